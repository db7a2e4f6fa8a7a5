package net.flowsonde.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import net.flowsonde.capture.CaptureInterface;
import net.flowsonde.capture.NetworkInterfaces;
import net.flowsonde.capture.Offload;
import net.flowsonde.config.CaptureConfig;
import net.flowsonde.config.FlowsondeConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "run", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Captures and exports until SIGTERM or SIGINT; then it exports every flow that it holds and gives an account.",
    footer = {"", "Needs the right to capture: root, or CAP_NET_RAW, which is enough for promiscuous mode too.", "",
        "Example: flowsonde run --interface eth0 --collector udp://192.0.2.1:4739"})
final class RunCommand implements Callable<Integer> {
    private static final long WATCH_INTERVAL_MS = 100;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Flowsonde parent;

    @Mixin
    private ConfigOptions options;

    @Option(names = "--interface", paramLabel = "NAME", description = "What to capture on, instead of the file's; repeatable.")
    private List<String> interfaces = List.of();

    @Option(names = "--queues", paramLabel = "N", description = "Threads for each interface.")
    private Integer queues;

    @Override
    public Integer call() throws InterruptedException, IOException {
        final FlowsondeConfig config = config();
        parent.log(config.log());
        final PrintWriter err = spec.commandLine().getErr();
        try (StopSignal stop = new StopSignal(); ExporterAssembly assembly = ExporterAssembly.live(config)) {
            warnOfOffloads(config.capture(), err);
            assembly.startExport();
            final Reload reload = assembly.reload(this::config, parent::log);
            try (RunningService service = new RunningService(config.service(), assembly, reload, summary(config))) {
                service.startCapture(options.hasFile());
                err.println(summary(config));
                while (!stop.isRaised() && !assembly.awaitEnd(WATCH_INTERVAL_MS)) {
                    service.keepAlive();
                }
                service.onStopping();
                assembly.finish();
            }
            final int exitCode = report(assembly, err);
            stop.exitCode(exitCode);
            return exitCode;
        }
    }

    private static String summary(final FlowsondeConfig config) {
        return "capturing on " + String.join(", ", config.capture().interfaces())
            + (config.capture().queues() == 1 ? "" : " in " + config.capture().queues() + " queues each") + ", exporting to "
            + config.collectors().stream().map(collector -> collector.uri().toString()).collect(Collectors.joining(", "));
    }

    private static int report(final ExporterAssembly assembly, final PrintWriter err) {
        final List<String> problems = assembly.problems();
        problems.forEach(problem -> err.println("flowsonde: " + problem));
        Account.of(assembly.telemetry()).forEach(err::println);
        return problems.isEmpty() && Sums.differences(assembly.telemetry()).isEmpty() ? Flowsonde.DONE : Flowsonde.FAILED;
    }

    private FlowsondeConfig config() {
        final FlowsondeConfig config = options.read();
        final FlowsondeConfig wanted = config.with(capture(config.capture()));
        if (wanted.capture().interfaces().isEmpty()) {
            throw new WrongUsageException("no interface to capture on: give --interface or capture.interfaces in the configuration");
        }
        if (wanted.collectors().isEmpty()) {
            throw new WrongUsageException("nowhere to export to: give --collector or collectors in the configuration");
        }
        return wanted;
    }

    private CaptureConfig capture(final CaptureConfig config) {
        if (queues != null && (queues < 1 || queues > CaptureConfig.MOST_QUEUES)) {
            throw new WrongUsageException("--queues " + queues + " is outside of 1 to " + CaptureConfig.MOST_QUEUES);
        }
        return new CaptureConfig(
            interfaces.isEmpty() ? config.interfaces() : interfaces.stream().distinct().toList(), config.backend(),
            queues == null ? config.queues() : queues, config.filter(), config.snapLength(), config.bufferSize(), config.promiscuous(),
            config.excludeOwn());
    }

    /** The packets that a coalescing network interface shows are not those of the wire; octets stay exact, packet counts may not. */
    private static void warnOfOffloads(final CaptureConfig config, final PrintWriter err) {
        for (final String name : config.interfaces()) {
            final String coalescing = NetworkInterfaces.find(name).flatMap(CaptureInterface::offloads).stream().flatMap(Set::stream)
                .filter(Offload::isCoalescing).map(Offload::label).sorted().collect(Collectors.joining(" "));
            if (!coalescing.isEmpty()) {
                err.println("warning: " + name + " joins packets before we see them (" + coalescing + "); octets are exact, packet "
                    + "counts are exact with the ring backend and estimates with pcap; 'flowsonde interfaces' says more");
            }
        }
    }
}
