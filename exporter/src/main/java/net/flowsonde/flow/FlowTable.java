package net.flowsonde.flow;

import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The flows of one queue, outside the Java heap: an index from key to slot, the slots, and the lists by which they expire. Memory is
 * taken as flows come and kept until the table is closed. Owned by one queue thread.
 * <pre>
 *  0               {@value FlowRecord#LENGTH}                   slot length, a multiple of 64
 *  +---------------+------------------------+
 *  |  FlowRecord   |  TcpState (TCP only)   |
 *  +---------------+------------------------+
 * </pre>
 */
final class FlowTable implements AutoCloseable {
    static final int NONE = -1;
    static final int SLOT_LENGTH = BitUtil.align(FlowRecord.LENGTH + TcpState.LENGTH, SlabMemory.CACHE_LINE_LENGTH);

    private final int capacity;
    private final FlowHash hash;
    private final FlowIndex index = new FlowIndex();
    private final SlabMemory slots;
    private final FlowLists lists;
    private int freeSlot = NONE;
    private int usedSlots;

    /** @param capacity most flows */
    FlowTable(final int capacity, final FlowHash hash) {
        this.capacity = capacity;
        this.hash = hash;
        slots = new SlabMemory(SLOT_LENGTH, capacity);
        lists = new FlowLists(FlowTimeouts.LISTS, capacity);
    }

    int size() {
        return index.size();
    }

    boolean isFull() {
        return index.size() == capacity;
    }

    /** The lists, in which every slot of the table is exactly once. */
    FlowLists lists() {
        return lists;
    }

    /** The slot of this key, or {@link #NONE}. */
    int find(final FlowKey key) {
        return index.find(key.hash(hash), key, slots);
    }

    /** Takes a slot for a key that has none, in a table that is not full: its record is the key and zeros, its state is undefined. */
    int open(final FlowKey key, final int list, final long tick) {
        final int slot = takeSlot();
        final UnsafeBuffer buffer = slots.buffer(slot);
        final int offset = slots.offset(slot);
        clear(buffer, offset);
        key.store(buffer, offset);
        index.add(key.hash(hash), slot);
        lists.add(slot, list, tick);
        return slot;
    }

    /** Word by word, because Java 17 leaves the compiled code for setMemory, which costs more than to clear so little. */
    private static void clear(final UnsafeBuffer buffer, final int offset) {
        for (int end = offset + FlowRecord.LENGTH, word = offset; word < end; word += Long.BYTES) {
            buffer.putLong(word, 0);
        }
    }

    private int takeSlot() {
        final int slot = freeSlot;
        if (slot != NONE) {
            freeSlot = slots.buffer(slot).getInt(slots.offset(slot));
            return slot;
        }
        slots.ensure(usedSlots);
        lists.ensure(usedSlots);
        return usedSlots++;
    }

    /** Gives a slot back. */
    void remove(final int slot) {
        final UnsafeBuffer buffer = slots.buffer(slot);
        final int offset = slots.offset(slot);
        index.remove(hash.of(buffer, offset), slot);
        lists.remove(slot);
        buffer.putInt(offset, freeSlot);
        freeSlot = slot;
    }

    /** Points {@code flow} at a slot. */
    void select(final int slot, final Flow flow) {
        flow.wrap(slot, slots.buffer(slot), slots.offset(slot));
    }

    @Override
    public void close() {
        index.close();
        slots.close();
        lists.close();
    }
}
