package net.flowsonde.flow;

import java.util.EnumMap;
import java.util.Map;
import net.flowsonde.decode.Verdict;
import net.flowsonde.telemetry.Counter;

/** Which counter counts which verdict of the decoder: {@code DECODE_X} counts {@code X}; {@link Verdict#DECODED} has none. */
final class DecodeCounters {
    private static final String PREFIX = "DECODE_";
    private static final Map<Verdict, Counter> COUNTERS = new EnumMap<>(Verdict.class);

    static {
        for (final Verdict verdict : Verdict.values()) {
            if (verdict != Verdict.DECODED) {
                COUNTERS.put(verdict, Counter.valueOf(PREFIX + verdict.name()));
            }
        }
    }

    private DecodeCounters() {
    }

    /** The counter of {@code verdict}; null for {@link Verdict#DECODED}. */
    static Counter of(final Verdict verdict) {
        return COUNTERS.get(verdict);
    }
}
