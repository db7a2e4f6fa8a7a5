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
import java.util.function.BinaryOperator;
import java.util.function.ToDoubleFunction;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Gauge;
import net.flowsonde.telemetry.Telemetry;

/**
 * The registry as it is now: one family a counter or gauge and one sample a queue or collector, zeros too, so that rates begin at zero; and
 * the rows of its tables.
 */
final class RegistrySnapshots {
    private static final double MS_PER_SECOND = 1e3;

    private final Telemetry telemetry;

    RegistrySnapshots(final Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    List<MetricSnapshot> now() {
        final List<MetricSnapshot> families = new ArrayList<>();
        for (final Counter counter : Counter.values()) {
            final Map<Labels, Double> samples = samples(counter.scope(), Double::sum, counters -> counters.value(counter));
            if (!samples.isEmpty()) {
                families.add(family(counter, samples));
            }
        }
        for (final Gauge gauge : Gauge.values()) {
            final double unit = MetricNames.isTime(gauge) ? MS_PER_SECOND : 1;
            final Map<Labels, Double> samples = samples(gauge.scope(), (first, last) -> last, counters -> counters.value(gauge) / unit);
            if (!samples.isEmpty()) {
                families.add(gauge(new MetricMetadata(MetricNames.of(gauge), MetricNames.description(gauge)), samples));
            }
        }
        TableMetrics.ALL.forEach(table -> families.addAll(table.now(telemetry)));
        return families;
    }

    /** Counts of the same name are one: a collector that was taken out of the configuration and put back. Of gauges the last is true. */
    private Map<Labels, Double> samples(
        final Counter.Scope scope, final BinaryOperator<Double> join, final ToDoubleFunction<Counters> reader) {
        final String label = MetricNames.label(scope);
        final Map<Labels, Double> samples = new LinkedHashMap<>();
        for (final Counters counters : telemetry.all(scope)) {
            samples.merge(label.isEmpty() ? Labels.EMPTY : Labels.of(label, counters.name()), reader.applyAsDouble(counters), join);
        }
        return samples;
    }

    private static MetricSnapshot family(final Counter counter, final Map<Labels, Double> samples) {
        final MetricMetadata metadata = new MetricMetadata(MetricNames.family(counter), counter.description());
        return switch (counter.kind()) {
            case COUNTER -> new CounterSnapshot(metadata, samples.entrySet().stream()
                .map(sample -> new CounterDataPointSnapshot(sample.getValue(), sample.getKey(), null, 0)).toList());
            case GAUGE -> gauge(metadata, samples);
        };
    }

    private static MetricSnapshot gauge(final MetricMetadata metadata, final Map<Labels, Double> samples) {
        return new GaugeSnapshot(metadata, samples.entrySet().stream()
            .map(sample -> new GaugeDataPointSnapshot(sample.getValue(), sample.getKey(), null)).toList());
    }
}
