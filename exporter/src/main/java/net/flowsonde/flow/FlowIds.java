package net.flowsonde.flow;

import java.security.SecureRandom;

/**
 * Identifiers of flows: unique within the run of the process, because each queue counts in a range of its own, and unlikely to meet
 * those of another run, because it starts anywhere in it. Never 0. Owned by one queue thread.
 */
final class FlowIds {
    private static final int COUNT_BITS = 52;
    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

    private final long range;
    private long count;

    /** @param seed number of the queue; 0 to 4,095 */
    FlowIds(final int seed) {
        range = (long) seed << COUNT_BITS;
        count = new SecureRandom().nextLong() & COUNT_MASK;
    }

    long next() {
        count = count + 1 & COUNT_MASK;
        return range | (count == 0 ? ++count : count);
    }
}
