package net.flowsonde.collector.generate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Command line of the traffic generator. */
@Command(
    name = "generate", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Writes a seeded, realistic traffic mix as a pcap file and prints its totals as one JSON object.")
public final class Generate implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--packets", required = true, paramLabel = "N", description = "Packets in the file.")
    private long packets;

    @Option(names = "--flows", required = true, paramLabel = "N", description = "Bidirectional flows, at most half the packets.")
    private int flows;

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "The pcap file; - is standard output.")
    private String output;

    @Option(names = "--truth", paramLabel = "FILE", description = "A CSV file with one line a flow: key, counts, times, how it ended.")
    private Path truth;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "" + TrafficOptions.DEFAULT_SEED,
        description = "The same seed gives the same file (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "" + TrafficOptions.DEFAULT_SECONDS,
        description = "Time that the file spans, about (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--concurrent", paramLabel = "N", defaultValue = "" + TrafficOptions.DEFAULT_CONCURRENT,
        description = "Flows open at one time (default: ${DEFAULT-VALUE}).")
    private int concurrent;

    @Option(names = "--start", paramLabel = "S", defaultValue = "" + TrafficOptions.DEFAULT_START_SECONDS,
        description = "Stamp of the first packet, seconds since 1970 (default: ${DEFAULT-VALUE}).")
    private long start;

    private Generate() {
    }

    public static void main(final String[] args) {
        System.exit(new CommandLine(new Generate()).setExecutionExceptionHandler(Generate::report).execute(args));
    }

    private static int report(final Exception failure, final CommandLine command, final CommandLine.ParseResult parsed)
        throws Exception {
        if (failure instanceof IOException) {
            command.getErr().println("generate: " + failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw failure;
    }

    @Override
    public Integer call() throws IOException {
        final boolean isToStandardOutput = output.equals("-");
        final TrafficTotals totals = isToStandardOutput ? writeToStandardOutput() : writeToFile();
        (isToStandardOutput ? spec.commandLine().getErr() : spec.commandLine().getOut()).println(totals.toJson());
        return CommandLine.ExitCode.OK;
    }

    private TrafficTotals writeToStandardOutput() throws IOException {
        if (truth != null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--truth needs an --output file");
        }
        return TrafficGenerator.write(options(), System.out, flow -> { });
    }

    private TrafficTotals writeToFile() throws IOException {
        final Path file = Path.of(output);
        return truth == null
            ? TrafficGenerator.write(options(), file)
            : TrafficGenerator.write(options(), file, truth);
    }

    private TrafficOptions options() {
        try {
            return new TrafficOptions(packets, flows, seed, seconds, concurrent, start);
        } catch (final IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
