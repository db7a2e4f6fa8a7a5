package net.flowsonde.transport;

import java.util.concurrent.TimeUnit;

/** Holds what was kept for a collector that was away to a rate, so that its return is not its next fall. */
final class SendRate {
    private static final long BURST_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final long octetsPerSecond;
    private long paidNs;

    SendRate(final long octetsPerSecond) {
        this.octetsPerSecond = octetsPerSecond;
    }

    /** Whether one more message may be sent now. */
    boolean isAllowed(final long nowNs) {
        if (nowNs - paidNs > BURST_NS) {
            paidNs = nowNs - BURST_NS;
        }
        return nowNs - paidNs >= 0;
    }

    void onSent(final int length) {
        paidNs += length * SECOND_NS / octetsPerSecond;
    }
}
