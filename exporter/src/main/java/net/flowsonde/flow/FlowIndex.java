package net.flowsonde.flow;

import org.agrona.BitUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds the slot of a key: open addressing with linear probing, at most a quarter full, because a short probe is worth more than the
 * memory. An entry is the 32-bit hash of the key above the slot number plus one, 0 when empty; the whole key is compared in the slot,
 * which is read only where the hash is the same. It doubles as flows come, without reading a key. Owned by one queue thread.
 * <pre>
 *  63                        32 31                         0
 *  +---------------------------+---------------------------+
 *  |      hash of the key      |         slot + 1          |
 *  +---------------------------+---------------------------+
 * </pre>
 */
final class FlowIndex implements AutoCloseable {
    static final int NONE = -1;
    private static final int MINIMUM_CAPACITY = 1 << 12;
    private static final int ENTRIES_A_FLOW = 4;
    private static final int ENTRY_SHIFT = 3;
    private static final long EMPTY = 0;

    private final UnsafeBuffer entries = new UnsafeBuffer(0, 0);
    private long address;
    private int mask;
    private int growAt;
    private int size;

    FlowIndex() {
        allocate(MINIMUM_CAPACITY);
    }

    int size() {
        return size;
    }

    int capacity() {
        return mask + 1;
    }

    /** The slot of {@code slots} that has this key, or {@link #NONE}. */
    int find(final int hash, final FlowKey key, final SlabMemory slots) {
        for (int position = hash & mask; ; position = position + 1 & mask) {
            final long entry = entry(position);
            if (entry == EMPTY) {
                return NONE;
            }
            if (hash(entry) == hash && key.isAt(slots.buffer(slot(entry)), slots.offset(slot(entry)))) {
                return slot(entry);
            }
        }
    }

    /** Adds a slot whose key is not here yet. */
    void add(final int hash, final int slot) {
        if (size == growAt) {
            grow();
        }
        insert((long) hash << 32 | slot + 1);
        size++;
    }

    /** Removes a slot that is here. */
    void remove(final int hash, final int slot) {
        int hole = hash & mask;
        while (slot(entry(hole)) != slot) {
            hole = hole + 1 & mask;
        }
        closeHole(hole);
        size--;
    }

    /** Moves later entries of the run back, so that every probe still ends at the first empty entry (Knuth, volume 3, 6.4 R). */
    private void closeHole(final int removed) {
        int hole = removed;
        for (int position = hole + 1 & mask; entry(position) != EMPTY; position = position + 1 & mask) {
            final int home = hash(entry(position)) & mask;
            if ((position - home & mask) >= (position - hole & mask)) {
                entry(hole, entry(position));
                hole = position;
            }
        }
        entry(hole, EMPTY);
    }

    private void insert(final long entry) {
        int position = hash(entry) & mask;
        while (entry(position) != EMPTY) {
            position = position + 1 & mask;
        }
        entry(position, entry);
    }

    private void grow() {
        final long oldAddress = address;
        final UnsafeBuffer old = new UnsafeBuffer(oldAddress, entries.capacity());
        allocate(2 * capacity());
        for (int offset = 0; offset < old.capacity(); offset += Long.BYTES) {
            final long entry = old.getLong(offset);
            if (entry != EMPTY) {
                insert(entry);
            }
        }
        UnsafeApi.freeMemory(oldAddress);
    }

    private void allocate(final int capacity) {
        final int length = capacity << ENTRY_SHIFT;
        address = UnsafeApi.allocateMemory(length);
        UnsafeApi.setMemory(address, length, (byte) 0);
        entries.wrap(address, length);
        mask = BitUtil.findNextPositivePowerOfTwo(capacity) - 1;
        growAt = capacity / ENTRIES_A_FLOW;
    }

    private long entry(final int position) {
        return entries.getLong(position << ENTRY_SHIFT);
    }

    private void entry(final int position, final long entry) {
        entries.putLong(position << ENTRY_SHIFT, entry);
    }

    private static int hash(final long entry) {
        return (int) (entry >>> 32);
    }

    private static int slot(final long entry) {
        return (int) entry - 1;
    }

    @Override
    public void close() {
        entries.wrap(0, 0);
        UnsafeApi.freeMemory(address);
        address = 0;
    }
}
