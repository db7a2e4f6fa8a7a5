package net.flowsonde.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import net.flowsonde.service.ControlReply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "top", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Shows a running instance, again and again until interrupted: each queue's packets, drops, flows; each collector's "
        + "records; the counters that move most.")
final class TopCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long ONCE_MS = 1_000;
    private static final String HOME = "\u001b[H";
    private static final String CLEAR_TO_END_OF_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    @Spec
    private CommandSpec spec;

    @Mixin
    private ControlOptions instance;

    @Option(names = "--interval", paramLabel = "SECONDS", description = "Time between two looks; 2 by default.")
    private int interval = 2;

    @Option(names = "--once", description = "Print what was in one second, and end.")
    private boolean isOnce;

    @Override
    public Integer call() throws InterruptedException {
        if (interval < 1 || interval > 3_600) {
            throw new WrongUsageException("--interval " + interval + " is outside of 1 to 3600");
        }
        final PrintWriter out = spec.commandLine().getOut();
        InstanceStatus before = status();
        do {
            Thread.sleep(isOnce ? ONCE_MS : 1_000L * interval);
            final InstanceStatus now = status();
            show(TopView.lines(before, now), out);
            before = now;
        } while (!isOnce);
        return Flowsonde.DONE;
    }

    private InstanceStatus status() {
        final ControlReply reply = instance.ask("status", PATIENCE);
        if (!reply.isDone()) {
            throw new UncheckedIOException(new IOException(String.join("; ", reply.lines())));
        }
        return new InstanceStatus(reply.lines());
    }

    /** On a terminal that can, in place; elsewhere one page after the other. */
    private void show(final List<String> lines, final PrintWriter out) {
        if (isOnce || !Terminal.isOutput() || "dumb".equals(System.getenv("TERM"))) {
            lines.forEach(out::println);
            if (!isOnce) {
                out.println();
            }
        } else {
            out.print(HOME);
            lines.forEach(line -> out.print(line.substring(0, Math.min(line.length(), Terminal.columns())) + CLEAR_TO_END_OF_LINE + "\n"));
            out.print(CLEAR_BELOW);
        }
        out.flush();
    }
}
