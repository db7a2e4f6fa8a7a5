package net.flowsonde.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;

/** The process itself, under the names that Prometheus' own clients use. */
final class ProcessSnapshots {
    private final String version;

    ProcessSnapshots(final String version) {
        this.version = version;
    }

    List<MetricSnapshot> now() {
        return List.of(
            new InfoSnapshot(new MetricMetadata("flowsonde_build", "the version that runs"),
                List.of(new InfoDataPointSnapshot(Labels.of("version", version)))),
            gauge("process_start_time_seconds", "when the process started, seconds since 1970",
                ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3),
            counter("process_cpu_seconds", "processor time used",
                ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9),
            gauge("jvm_memory_used_bytes", "Java heap in use; flows lie outside of it",
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()),
            counter("jvm_gc_collection_seconds", "time spent in collections of garbage",
                ManagementFactory.getGarbageCollectorMXBeans().stream().mapToLong(GarbageCollectorMXBean::getCollectionTime).sum() / 1e3));
    }

    private static MetricSnapshot gauge(final String name, final String help, final double value) {
        return new GaugeSnapshot(new MetricMetadata(name, help), List.of(new GaugeDataPointSnapshot(value, Labels.EMPTY, null)));
    }

    private static MetricSnapshot counter(final String name, final String help, final double value) {
        return new CounterSnapshot(
            new MetricMetadata(name, help), List.of(new CounterDataPointSnapshot(value, Labels.EMPTY, null, 0)));
    }
}
