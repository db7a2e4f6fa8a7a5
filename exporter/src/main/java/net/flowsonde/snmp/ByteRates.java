package net.flowsonde.snmp;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;

/** Octets a second that each collector is sent, between two questions at least a second apart. Used by the agent's thread. */
final class ByteRates {
    private static final long LEAST_NS = TimeUnit.SECONDS.toNanos(1);

    private final Map<Counters, Sample> samples = new IdentityHashMap<>();

    private record Sample(long timeNs, long octets, long rate) {
    }

    long of(final Counters collector) {
        final long nowNs = System.nanoTime();
        final long octets = collector.value(Counter.OCTETS_SENT);
        return samples.merge(collector, new Sample(nowNs, octets, 0), (last, now) -> now.timeNs() - last.timeNs() < LEAST_NS ? last
            : new Sample(nowNs, octets, (octets - last.octets()) * LEAST_NS / (nowNs - last.timeNs()))).rate();
    }
}
