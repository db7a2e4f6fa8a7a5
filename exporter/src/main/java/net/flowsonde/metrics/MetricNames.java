package net.flowsonde.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Gauge;

/** What a count or a gauge is called in Prometheus: derived from its constant, so that nothing is named twice. */
public final class MetricNames {
    static final String PREFIX = "flowsonde_";
    private static final String TIME = "_TIME";

    private MetricNames() {
    }

    /**
     * One name there is.
     *
     * @param constant     the constant that it is derived from, which the options records have too; empty for rows of tables
     * @param name         as Prometheus is asked for it
     * @param labels       what tells its samples apart, parted by commas; empty where there is but one
     * @param description  one line
     */
    public record Name(String constant, String name, String labels, String description) {
    }

    /** Every name of ours that {@code /metrics} may have. */
    public static List<Name> all() {
        final List<Name> all = new ArrayList<>();
        for (final Counter counter : Counter.values()) {
            all.add(new Name(counter.name(), of(counter), label(counter.scope()), counter.description()));
        }
        for (final Gauge gauge : Gauge.values()) {
            all.add(new Name(gauge.name(), of(gauge), label(gauge.scope()), description(gauge)));
        }
        for (final TableMetrics<?> table : TableMetrics.ALL) {
            all.addAll(table.names());
        }
        return all;
    }

    /** The name of the family, to which a counter's samples add {@code _total}: {@code flowsonde_frames_captured}. */
    static String family(final Counter counter) {
        return PREFIX + counter.name().toLowerCase(Locale.ROOT);
    }

    /** As it is asked for: {@code flowsonde_frames_captured_total}, {@code flowsonde_flows_active}. */
    static String of(final Counter counter) {
        return family(counter) + (counter.kind() == Counter.Kind.COUNTER ? "_total" : "");
    }

    /** Times are seconds since 1970, as Prometheus has them: {@code flowsonde_last_template_timestamp_seconds}. */
    static String of(final Gauge gauge) {
        final String name = isTime(gauge) ? gauge.name().replace(TIME, "_TIMESTAMP_SECONDS") : gauge.name();
        return PREFIX + name.toLowerCase(Locale.ROOT);
    }

    static boolean isTime(final Gauge gauge) {
        return gauge.name().endsWith(TIME);
    }

    static String description(final Gauge gauge) {
        return gauge.description() + (isTime(gauge) ? ", seconds since 1970; 0 for never or none" : "");
    }

    /** The label that says which of several counts: {@code queue}, {@code collector}; empty where there is but one. */
    static String label(final Counter.Scope scope) {
        return switch (scope) {
            case QUEUE, COLLECTOR -> scope.name().toLowerCase(Locale.ROOT);
            default -> "";
        };
    }
}
