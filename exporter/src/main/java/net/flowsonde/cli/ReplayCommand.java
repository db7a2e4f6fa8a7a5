package net.flowsonde.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import net.flowsonde.capture.PacketSources;
import net.flowsonde.config.CollectorConfig;
import net.flowsonde.config.FlowsondeConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "replay", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Reads pcap and pcapng files as fast as they can be read, with the captures' own clock, and exports their flows.",
    footer = {"", "Without a destination (--collector, --output, --json, or collectors in the configuration) it prints a table of flows.",
        "A file that is cut short or corrupt is exported as far as it could be read, and the exit code is 1.", "",
        "Example: flowsonde replay trace.pcap --output trace.ipfix"})
final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Flowsonde parent;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Capture files in the order of time; - for standard input.")
    private List<Path> files;

    @Mixin
    private ConfigOptions options;

    @Option(names = "--output", paramLabel = "FILE.ipfix", description = "Write an IPFIX file (RFC 5655).")
    private Path output;

    @Option(names = "--json", description = "Write a JSON object a line to standard output, as --collector json:- does.")
    private boolean isJson;

    @Option(names = "--stay", description = "When all is exported, go on answering SNMP and HTTP until SIGTERM or SIGINT.")
    private boolean isStaying;

    @Option(names = "--report", paramLabel = "KIND",
        description = "Print tables of one kind of thing instead of flows: ${COMPLETION-CANDIDATES} (who asked whom, who did what to which file).")
    private Report report;

    /** What a report is about. */
    enum Report { dns, files }

    @Override
    public Integer call() throws InterruptedException {
        final FlowsondeConfig config = config();
        parent.log(config.log());
        final PrintWriter out = spec.commandLine().getOut();
        final Replay replay = new Replay(config, files, isStaying, out, spec.commandLine().getErr());
        if (report != null) {
            return replay.toReport(report == Report.dns ? new DnsReport(out) : new FilesReport(out));
        }
        return config.collectors().isEmpty() ? replay.toTable() : replay.toCollectors();
    }

    private FlowsondeConfig config() {
        if (files.stream().filter(PacketSources.STANDARD_INPUT::equals).count() > 1) {
            throw new WrongUsageException("standard input can be read once only");
        }
        final FlowsondeConfig config = options.read();
        final List<CollectorConfig> destinations = new ArrayList<>();
        Optional.ofNullable(output).ifPresent(path -> destinations.add(CollectorConfig.of(fileUri(path))));
        if (isJson) {
            destinations.add(CollectorConfig.parse("json:-"));
        }
        if (destinations.isEmpty()) {
            return config;
        }
        if (options.hasCollectors()) {
            destinations.addAll(config.collectors());
        }
        return config.with(destinations.stream().distinct().toList());
    }

    private static URI fileUri(final Path path) {
        return URI.create("file://" + path.toAbsolutePath().normalize().toUri().getRawPath());
    }
}
