package net.flowsonde.transport;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** When to try a collector again: 0.25 s, then twice as long after each failure up to 30 s, each time shortened by chance to a half. */
final class Backoff {
    static final long SHORTEST_NS = TimeUnit.MILLISECONDS.toNanos(250);
    static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(30);

    private final SplittableRandom random;
    private long delayNs = SHORTEST_NS;

    Backoff(final SplittableRandom random) {
        this.random = random;
    }

    /** How long to wait after one more failure. */
    long nextNs() {
        final long delay = delayNs;
        delayNs = Math.min(2 * delayNs, LONGEST_NS);
        return random.nextLong(delay / 2, delay + 1);
    }

    /** All is well again. */
    void reset() {
        delayNs = SHORTEST_NS;
    }
}
