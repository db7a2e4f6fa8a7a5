package net.flowsonde.collector.generate;

/**
 * Seeded random numbers (SplitMix64). Written out here, instead of {@code SplittableRandom}, because a seed must give the same file on
 * every Java version.
 */
final class Randomness {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1p-53;

    private long state;

    Randomness(final long seed) {
        state = seed;
    }

    long nextLong() {
        state += GOLDEN_GAMMA;
        long mixed = state;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** 0 to {@code bound} - 1. */
    int below(final int bound) {
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }

    /** From 0 (included) to 1 (excluded). */
    double unit() {
        return (nextLong() >>> 11) * UNIT;
    }

    boolean chance(final int percent) {
        return below(100) < percent;
    }

    int oneOf(final int[] values) {
        return values[below(values.length)];
    }
}
