package net.flowsonde.enrich;

import java.security.SecureRandom;
import org.agrona.BitUtil;

/**
 * Values by address, without an object for a key: open addressing with linear probing, hashed under a secret, so that nobody who chooses
 * addresses can make them collide. Owned by the export thread.
 */
final class AddressMap<V extends RecentAddress> {
    private static final long[] SECRETS = new SecureRandom().longs(2).toArray();
    private static final int LEAST_CAPACITY = 8;

    private Object[] values;
    private int size;

    AddressMap() {
        values = new Object[LEAST_CAPACITY];
    }

    int size() {
        return size;
    }

    /** The value of an address, or null. */
    V get(final long high, final long low) {
        for (int slot = home(high, low); values[slot] != null; slot = next(slot)) {
            final V value = at(slot);
            if (value.low() == low && value.high() == high) {
                return value;
            }
        }
        return null;
    }

    /** Adds a value whose address is not in the map. */
    void add(final V value) {
        if ((size + 1) * 3 > values.length * 2) {
            grow();
        }
        insert(value);
        size++;
    }

    void remove(final V value) {
        int slot = home(value.high(), value.low());
        while (values[slot] != value) {
            slot = next(slot);
        }
        values[slot] = null;
        size--;
        closeGap(slot);
    }

    /** Moves back what was pushed beyond its home by the value that is gone. */
    private void closeGap(final int removed) {
        int gap = removed;
        for (int slot = next(gap); values[slot] != null; slot = next(slot)) {
            final V value = at(slot);
            final int home = home(value.high(), value.low());
            final boolean mayMove = gap <= slot ? home <= gap || home > slot : home <= gap && home > slot;
            if (mayMove) {
                values[gap] = value;
                values[slot] = null;
                gap = slot;
            }
        }
    }

    private void grow() {
        final Object[] old = values;
        values = new Object[BitUtil.findNextPositivePowerOfTwo(old.length + 1)];
        for (final Object value : old) {
            if (value != null) {
                insert(cast(value));
            }
        }
    }

    private void insert(final V value) {
        int slot = home(value.high(), value.low());
        while (values[slot] != null) {
            slot = next(slot);
        }
        values[slot] = value;
    }

    private V at(final int slot) {
        return cast(values[slot]);
    }

    @SuppressWarnings("unchecked")
    private V cast(final Object value) {
        return (V) value;
    }

    private int home(final long high, final long low) {
        return (int) (hash(high, low) >>> 32) & values.length - 1;
    }

    private int next(final int slot) {
        return slot + 1 & values.length - 1;
    }

    /** A hash of an address that no one can foretell. */
    static long hash(final long high, final long low) {
        final long a = high ^ SECRETS[0];
        final long b = low ^ SECRETS[1];
        final long folded = a * b ^ Math.multiplyHigh(a, b);
        return (folded ^ folded >>> 29) * 0x9E37_79B9_7F4A_7C15L;
    }
}
