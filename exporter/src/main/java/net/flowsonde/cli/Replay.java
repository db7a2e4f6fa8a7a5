package net.flowsonde.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.flowsonde.config.FlowsondeConfig;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Telemetry;

/** One replay from its first file to its account. */
final class Replay {
    private static final long PROGRESS_INTERVAL_MS = 250;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final FlowsondeConfig config;
    private final List<Path> files;
    private final boolean isStaying;
    private final PrintWriter out;
    private final PrintWriter err;

    /** @param isStaying  whether the counters can be asked for after the end, until a signal comes */
    Replay(
        final FlowsondeConfig config, final List<Path> files, final boolean isStaying, final PrintWriter out, final PrintWriter err) {
        this.config = config;
        this.files = files;
        this.isStaying = isStaying;
        this.out = out;
        this.err = err;
    }

    /** Exports to the collectors of the configuration. */
    int toCollectors() throws InterruptedException {
        try (ExporterAssembly assembly = ExporterAssembly.replay(config, files, Optional.empty())) {
            return run(assembly, err, () -> { });
        }
    }

    /** Exports to the built-in collector, which prints a table of flows. */
    int toTable() throws InterruptedException {
        return toReport(new FlowTableView(out, Terminal.hasColours()));
    }

    /** Exports to the built-in collector, from which {@code report} prints what it is about. */
    int toReport(final RecordReport report) throws InterruptedException {
        try (ExporterAssembly assembly = ExporterAssembly.replay(
            config, files, Optional.of(telemetry -> new BuiltInCollector(telemetry, config.export().enterpriseNumber(), report)))) {
            return run(assembly, out, report::print);
        }
    }

    private int run(final ExporterAssembly assembly, final PrintWriter report, final Runnable onEnd) throws InterruptedException {
        try (StopSignal stop = new StopSignal()) {
            assembly.start();
            while (!stop.isRaised() && !assembly.awaitEnd(PROGRESS_INTERVAL_MS)) {
                progress(assembly);
            }
            final boolean isCutShort = stop.isRaised();
            if (isStaying) {
                assembly.drain();
            } else {
                assembly.finish();
            }
            onEnd.run();
            final int exitCode = report(assembly, report, isCutShort);
            stop.exitCode(exitCode);
            while (isStaying && !stop.isRaised()) {
                TimeUnit.MILLISECONDS.sleep(PROGRESS_INTERVAL_MS);
            }
            return exitCode;
        }
    }

    private void progress(final ExporterAssembly assembly) {
        if (Terminal.isError()) {
            err.print(CLEAR_LINE + String.format(Locale.ROOT, "%,d frames read, file %d of %d",
                assembly.telemetry().total(Counter.FRAMES_CAPTURED), assembly.filesBegun(), files.size()));
            err.flush();
        }
    }

    private int report(final ExporterAssembly assembly, final PrintWriter report, final boolean isCutShort) {
        if (Terminal.isError()) {
            err.print(CLEAR_LINE);
            err.flush();
        }
        final List<String> problems = assembly.problems();
        if (isCutShort) {
            err.println("flowsonde: stopped by a signal before the end");
        }
        problems.addAll(undelivered(assembly.telemetry()));
        problems.forEach(problem -> err.println("flowsonde: " + problem));
        Account.of(assembly.telemetry()).forEach(report::println);
        return problems.isEmpty() && !isCutShort && Sums.differences(assembly.telemetry()).isEmpty() ? Flowsonde.DONE : Flowsonde.FAILED;
    }

    /** A file can be replayed again, so that its operator should know from the exit code that not all of it arrived. */
    private static List<String> undelivered(final Telemetry telemetry) {
        return telemetry.all(Counter.Scope.COLLECTOR).stream().filter(collector -> collector.value(Counter.RECORDS_DROPPED) > 0)
            .map(collector -> String.format(Locale.ROOT, "%,d of %,d records did not reach %s",
                collector.value(Counter.RECORDS_DROPPED), telemetry.total(Counter.RECORDS_RECEIVED), collector.name())).toList();
    }
}
