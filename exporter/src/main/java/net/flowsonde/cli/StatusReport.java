package net.flowsonde.cli;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Gauge;

/** The state of a running instance, a line a fact, fields parted by tabs: what {@code flowsonde top} is told over the control socket. */
final class StatusReport {
    private final ExporterAssembly assembly;

    StatusReport(final ExporterAssembly assembly) {
        this.assembly = assembly;
    }

    List<String> lines() {
        final List<String> lines = new ArrayList<>();
        lines.add("version\t" + Flowsonde.Version.number());
        lines.add("pid\t" + ProcessHandle.current().pid());
        lines.add("started\t" + ManagementFactory.getRuntimeMXBean().getStartTime());
        lines.add("time\t" + System.currentTimeMillis());
        lines.add("state\t" + state());
        for (final Counters counters : assembly.telemetry().all()) {
            final String thing = counters.scope() + "\t" + counters.name() + "\t";
            for (final Counter counter : Counter.values()) {
                if (counter.scope() == counters.scope()) {
                    lines.add("counter\t" + thing + counter + "\t" + counters.value(counter));
                }
            }
            for (final Gauge gauge : Gauge.values()) {
                if (gauge.scope() == counters.scope()) {
                    lines.add("gauge\t" + thing + gauge + "\t" + counters.value(gauge));
                }
            }
        }
        return lines;
    }

    private String state() {
        final List<String> complaints = assembly.health().complaints();
        return complaints.isEmpty() ? assembly.health().isReady() ? "ready" : "not ready" : String.join("; ", complaints);
    }
}
