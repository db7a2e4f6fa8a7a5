package net.flowsonde.metrics;

import java.util.Locale;
import net.flowsonde.telemetry.Counter;

/** What a {@link Counter} is called in Prometheus: derived from its constant, so that nothing is named twice. */
public final class MetricNames {
    private static final String PREFIX = "flowsonde_";

    private MetricNames() {
    }

    /** The name of the family, to which a counter's samples add {@code _total}: {@code flowsonde_frames_captured}. */
    static String family(final Counter counter) {
        return PREFIX + counter.name().toLowerCase(Locale.ROOT);
    }

    /** As it is asked for: {@code flowsonde_frames_captured_total}, {@code flowsonde_flows_active}. */
    public static String of(final Counter counter) {
        return family(counter) + (counter.kind() == Counter.Kind.COUNTER ? "_total" : "");
    }

    /** The label that says which of several counts: {@code queue}, {@code collector}; empty where there is but one. */
    public static String label(final Counter.Scope scope) {
        return switch (scope) {
            case QUEUE, COLLECTOR -> scope.name().toLowerCase(Locale.ROOT);
            default -> "";
        };
    }
}
