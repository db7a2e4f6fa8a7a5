package net.flowsonde.collector;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Reads IPFIX files (RFC 5655). */
@Command(name = "read", mixinStandardHelpOptions = true, description = "Reads IPFIX files.")
final class ReadCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "IPFIX files, each a transport session of its own.")
    private List<Path> files;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws IOException {
        for (final Path file : files) {
            if (!Files.isReadable(file)) {
                System.err.println("collector: cannot read " + file);
                return Collector.EXIT_USAGE;
            }
        }
        final PrintStream out = Collector.bufferedOut();
        final Breaches breaches = new Breaches(System.err::println);
        final Summary summary = new Summary(breaches);
        final MessageDecoder decoder =
            new MessageDecoder(breaches, RecordListener.all(summary, output.recordListener(out)), output.mtu());
        for (final Path file : files) {
            read(file, decoder);
        }
        output.printEnd(summary, out, System.err);
        return Collector.exitCode(breaches);
    }

    /** Decodes a whole file as one transport session. */
    static void read(final Path file, final MessageConsumer consumer) throws IOException {
        final MessageStream messages = new MessageStream(new Session(file.toString(), Transport.FILE), consumer);
        try (FileChannel channel = FileChannel.open(file)) {
            int count = 0;
            while (count >= 0) {
                count = messages.readFrom(channel);
            }
        }
        messages.end();
    }
}
