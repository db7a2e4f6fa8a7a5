package net.flowsonde.enrich;

import java.security.SecureRandom;

/**
 * Values by address, without an object for a key: open addressing with linear probing, hashed under a secret, so that nobody who chooses
 * addresses can make them collide. Tags, which are hashes, lie side by side, so that a search touches no value but the one it finds.
 * Owned by the export thread.
 */
final class AddressMap<V extends RecentAddress> {
    private static final long[] SECRETS = new SecureRandom().longs(2).toArray();
    private static final int LEAST_BITS = 3;
    private static final int EMPTY = 0;

    /** The upper half of a hash, whose first bits say the home of a value; odd, to differ from {@link #EMPTY}. */
    private int[] tags;
    private Object[] values;
    private int shift;
    private int size;

    AddressMap() {
        allocate(LEAST_BITS);
    }

    private void allocate(final int bits) {
        tags = new int[1 << bits];
        values = new Object[1 << bits];
        shift = Integer.SIZE - bits;
    }

    int size() {
        return size;
    }

    /** The value of an address, or null. */
    V get(final long high, final long low) {
        final int tag = tag(high, low);
        for (int slot = tag >>> shift; tags[slot] != EMPTY; slot = next(slot)) {
            if (tags[slot] == tag) {
                final V value = at(slot);
                if (value.low() == low && value.high() == high) {
                    return value;
                }
            }
        }
        return null;
    }

    /** Adds a value whose address is not in the map. */
    void add(final V value) {
        if ((size + 1) * 3L > values.length * 2L) {
            grow();
        }
        insert(tag(value.high(), value.low()), value);
        size++;
    }

    void remove(final V value) {
        int slot = tag(value.high(), value.low()) >>> shift;
        while (values[slot] != value) {
            slot = next(slot);
        }
        clear(slot);
        size--;
        closeGap(slot);
    }

    /** Moves back what was pushed beyond its home by the value that is gone. */
    private void closeGap(final int removed) {
        int gap = removed;
        for (int slot = next(gap); tags[slot] != EMPTY; slot = next(slot)) {
            final int home = tags[slot] >>> shift;
            final boolean mayMove = gap <= slot ? home <= gap || home > slot : home <= gap && home > slot;
            if (mayMove) {
                tags[gap] = tags[slot];
                values[gap] = values[slot];
                clear(slot);
                gap = slot;
            }
        }
    }

    private void clear(final int slot) {
        tags[slot] = EMPTY;
        values[slot] = null;
    }

    private void grow() {
        final int[] oldTags = tags;
        final Object[] old = values;
        allocate(Integer.SIZE - shift + 1);
        for (int i = 0; i < old.length; i++) {
            if (oldTags[i] != EMPTY) {
                insert(oldTags[i], old[i]);
            }
        }
    }

    private void insert(final int tag, final Object value) {
        int slot = tag >>> shift;
        while (tags[slot] != EMPTY) {
            slot = next(slot);
        }
        tags[slot] = tag;
        values[slot] = value;
    }

    @SuppressWarnings("unchecked")
    private V at(final int slot) {
        return (V) values[slot];
    }

    private int next(final int slot) {
        return slot + 1 & tags.length - 1;
    }

    /** The upper half of the hash of an address, never 0. */
    static int tag(final long high, final long low) {
        return (int) (hash(high, low) >>> 32) | 1;
    }

    /** A hash of an address that no one can foretell. */
    static long hash(final long high, final long low) {
        final long a = high ^ SECRETS[0];
        final long b = low ^ SECRETS[1];
        final long folded = a * b ^ Math.multiplyHigh(a, b);
        return (folded ^ folded >>> 29) * 0x9E37_79B9_7F4A_7C15L;
    }
}
