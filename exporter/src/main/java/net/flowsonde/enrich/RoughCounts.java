package net.flowsonde.enrich;

import java.util.Arrays;

/**
 * About how often each of any number of things was seen in a window of time, in memory that the processor keeps at hand. Things may share
 * a counter, so that the answer may be too high but never is too low. Owned by the export thread.
 */
final class RoughCounts {
    static final int MOST = Byte.MAX_VALUE;

    private static final int INDEX_BITS = 17;

    private final byte[] counts = new byte[1 << INDEX_BITS];
    private final long windowNs;
    private long windowStartNs;

    RoughCounts(final long windowNs) {
        this.windowNs = windowNs;
    }

    /**
     * Counts something and answers how often that was by now, at most {@link #MOST}.
     *
     * @param hash  of the thing, 64 bits of a good hash
     */
    int count(final long hash, final long nowNs) {
        if (Math.abs(nowNs - windowStartNs) >= windowNs) {
            windowStartNs = nowNs;
            Arrays.fill(counts, (byte) 0);
        }
        final int index = (int) (hash >>> Long.SIZE - INDEX_BITS);
        if (counts[index] < MOST) {
            counts[index]++;
        }
        return counts[index];
    }
}
