package net.flowsonde.enrich;

import java.util.Arrays;

/**
 * About how many different things were seen, in {@value #REGISTERS} octets: HyperLogLog (Flajolet and others, 2007), which below a few
 * thousand counts empty registers instead and is then a few per cent off.
 */
final class DistinctCount {
    private static final int INDEX_BITS = 9;
    private static final int REGISTERS = 1 << INDEX_BITS;
    private static final double BIAS = 0.7213 / (1 + 1.079 / REGISTERS);

    private final byte[] registers = new byte[REGISTERS];
    private int empty = REGISTERS;

    void clear() {
        Arrays.fill(registers, (byte) 0);
        empty = REGISTERS;
    }

    /** @param hash  64 bits of a good hash */
    void add(final long hash) {
        final int index = (int) (hash >>> Long.SIZE - INDEX_BITS);
        final int rank = Long.numberOfLeadingZeros(hash << INDEX_BITS | 1L << INDEX_BITS - 1) + 1;
        if (registers[index] < rank) {
            empty -= registers[index] == 0 ? 1 : 0;
            registers[index] = (byte) rank;
        }
    }

    long estimate() {
        double sum = 0;
        for (final byte register : registers) {
            sum += 1.0 / (1L << register);
        }
        final double estimate = BIAS * REGISTERS * REGISTERS / sum;
        return Math.round(estimate <= 2.5 * REGISTERS && empty > 0 ? smallEstimate() : estimate);
    }

    /** Good up to a few times the number of registers, and cheaper. */
    private double smallEstimate() {
        return REGISTERS * Math.log((double) REGISTERS / empty);
    }
}
