package net.flowsonde.collector;

import java.util.Arrays;

/** A set of numbers by open addressing: eight octets a slot, so that millions of flow keys can be told apart. */
final class LongSet {
    private static final long FIBONACCI = 0x9E37_79B9_7F4A_7C15L;

    private long[] slots = new long[1 << 12];
    private boolean hasZero;
    private int size;

    /** Adds and says whether it was new. */
    boolean add(final long value) {
        if (value == 0) {
            final boolean isNew = !hasZero;
            hasZero = true;
            return isNew;
        }
        if (!insert(slots, value)) {
            return false;
        }
        if (++size > slots.length / 2) {
            grow();
        }
        return true;
    }

    int size() {
        return hasZero ? size + 1 : size;
    }

    private void grow() {
        final long[] larger = new long[slots.length * 2];
        Arrays.stream(slots).filter(value -> value != 0).forEach(value -> insert(larger, value));
        slots = larger;
    }

    private static boolean insert(final long[] slots, final long value) {
        final int mask = slots.length - 1;
        int at = (int) (value * FIBONACCI >>> 32) & mask;
        while (slots[at] != 0) {
            if (slots[at] == value) {
                return false;
            }
            at = at + 1 & mask;
        }
        slots[at] = value;
        return true;
    }
}
