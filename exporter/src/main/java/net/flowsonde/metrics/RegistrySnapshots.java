package net.flowsonde.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;

/** The counters as they are now, one family a counter and one sample a queue or collector; zeros too, so that rates begin at zero. */
final class RegistrySnapshots {
    private final Telemetry telemetry;

    RegistrySnapshots(final Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    List<MetricSnapshot> now() {
        final List<MetricSnapshot> families = new ArrayList<>();
        for (final Counter counter : Counter.values()) {
            final Map<Labels, Long> samples = samples(counter);
            if (!samples.isEmpty()) {
                families.add(family(counter, samples));
            }
        }
        return families;
    }

    /** Blocks of the same name are one: a collector that was taken out of the configuration and put back. */
    private Map<Labels, Long> samples(final Counter counter) {
        final String label = MetricNames.label(counter.scope());
        final Map<Labels, Long> samples = new LinkedHashMap<>();
        for (final Counters counters : telemetry.all(counter.scope())) {
            samples.merge(label.isEmpty() ? Labels.EMPTY : Labels.of(label, counters.name()), counters.value(counter), Long::sum);
        }
        return samples;
    }

    private static MetricSnapshot family(final Counter counter, final Map<Labels, Long> samples) {
        final MetricMetadata metadata = new MetricMetadata(MetricNames.family(counter), counter.description());
        return switch (counter.kind()) {
            case COUNTER -> new CounterSnapshot(metadata, samples.entrySet().stream()
                .map(sample -> new CounterDataPointSnapshot(sample.getValue(), sample.getKey(), null, 0)).toList());
            case GAUGE -> new GaugeSnapshot(metadata, samples.entrySet().stream()
                .map(sample -> new GaugeDataPointSnapshot(sample.getValue(), sample.getKey(), null)).toList());
        };
    }
}
