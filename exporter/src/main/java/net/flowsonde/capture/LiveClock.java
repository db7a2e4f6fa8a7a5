package net.flowsonde.capture;

import java.time.Instant;

/** The time of a live queue: the wall clock and the stamps of its frames, never going back. One thread's. */
final class LiveClock {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MILLISECOND_NS = 1_000_000L;

    private long nowNs;

    /** Exact, and makes a little garbage: not for every packet or block. */
    static long wallClockNs() {
        final Instant now = Instant.now();
        return now.getEpochSecond() * SECOND_NS + now.getNano();
    }

    /** While frames come, their stamps are the time: a backlog in the kernel's buffer must not make flows look idle. */
    long advanceTo(final long stampNs) {
        nowNs = Math.max(nowNs, stampNs);
        return nowNs;
    }

    /** While none come. */
    long advanceToWallClock() {
        return advanceTo(System.currentTimeMillis() * MILLISECOND_NS);
    }
}
