package net.flowsonde.collector;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** Entry point of the test collector. Exit codes: 0 no breach, 1 a breach or a failure while running, 2 wrong usage. */
@Command(name = "collector", mixinStandardHelpOptions = true, version = "Flowsonde test collector",
    description = "Receives or reads IPFIX, prints what it says and names every breach of the standards.",
    subcommands = {ListenCommand.class, ReadCommand.class})
public final class Collector {
    static final int EXIT_GOOD = 0;
    static final int EXIT_BREACH = 1;
    static final int EXIT_USAGE = 2;

    private Collector() {
    }

    public static void main(final String[] args) {
        System.exit(new CommandLine(new Collector()).setExecutionExceptionHandler(Collector::onFailure).execute(args));
    }

    /** What the system refuses is one line; anything else is our bug and shows where. */
    private static int onFailure(final Exception failure, final CommandLine command, final ParseResult result) throws Exception {
        if (!(failure instanceof IOException)) {
            throw failure;
        }
        System.err.println("collector: " + failure.getMessage());
        return EXIT_BREACH;
    }

    /** Standard output with a buffer of its own: millions of lines must not be millions of system calls. */
    static PrintStream bufferedOut() {
        return new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16), false, StandardCharsets.UTF_8);
    }

    static int exitCode(final Breaches breaches) {
        return breaches.total() == 0 ? EXIT_GOOD : EXIT_BREACH;
    }
}
