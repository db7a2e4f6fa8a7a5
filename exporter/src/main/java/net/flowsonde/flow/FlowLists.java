package net.flowsonde.flow;

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Doubly linked lists through the slots of the table, ordered by the time of the last touch: one list for all flows that share a
 * timeout, so that the next to expire is always the tail of its list and no timer and no scan is needed. Links are kept apart from the
 * slots, four flows to a cache line, because moving a flow writes its neighbours. To spare most of these moves, time is kept in ticks of
 * 2^{@value #TICK_SHIFT} nanoseconds (0.27 s), and a flow moves at most once a tick. Owned by one queue thread.
 */
final class FlowLists implements AutoCloseable {
    static final int NONE = -1;
    /** A tick is 2 to this power nanoseconds. */
    static final int TICK_SHIFT = 28;

    private static final int PREVIOUS_OFFSET = 0;
    private static final int NEXT_OFFSET = 4;
    private static final int TICK_AND_LIST_OFFSET = 8;
    private static final int LENGTH = 16;
    private static final int LIST_BITS = 8;
    private static final int LIST_MASK = (1 << LIST_BITS) - 1;

    private final SlabMemory links;
    private final int[] heads;
    private final int[] tails;
    private final int[] sizes;

    /**
     * @param lists     how many lists there are
     * @param capacity  most slots
     */
    FlowLists(final int lists, final int capacity) {
        links = new SlabMemory(LENGTH, capacity);
        heads = new int[lists];
        tails = new int[lists];
        sizes = new int[lists];
        Arrays.fill(heads, NONE);
        Arrays.fill(tails, NONE);
    }

    void ensure(final int slot) {
        links.ensure(slot);
    }

    /** Puts a slot that is in no list at the head of one. */
    void add(final int slot, final int list, final long tick) {
        final UnsafeBuffer buffer = links.buffer(slot);
        final int offset = links.offset(slot);
        final int head = heads[list];
        buffer.putInt(offset + PREVIOUS_OFFSET, NONE);
        buffer.putInt(offset + NEXT_OFFSET, head);
        buffer.putLong(offset + TICK_AND_LIST_OFFSET, tick << LIST_BITS | list);
        if (head == NONE) {
            tails[list] = slot;
        } else {
            put(head, PREVIOUS_OFFSET, slot);
        }
        heads[list] = slot;
        sizes[list]++;
    }

    /** Takes a slot out of its list. */
    void remove(final int slot) {
        final int list = list(slot);
        final int previous = get(slot, PREVIOUS_OFFSET);
        final int next = get(slot, NEXT_OFFSET);
        if (previous == NONE) {
            heads[list] = next;
        } else {
            put(previous, NEXT_OFFSET, next);
        }
        if (next == NONE) {
            tails[list] = previous;
        } else {
            put(next, PREVIOUS_OFFSET, previous);
        }
        sizes[list]--;
    }

    /** Puts a slot at the head of a list, where it may be already. */
    void move(final int slot, final int list, final long tick) {
        remove(slot);
        add(slot, list, tick);
    }

    /** A packet came: the slot goes to the head of its list, unless it has gone there in this tick. */
    void touch(final int slot, final long tick) {
        if (tick(slot) != tick) {
            move(slot, list(slot), tick);
        }
    }

    /** The slot that was touched longest ago, or {@link #NONE}. */
    int tail(final int list) {
        return tails[list];
    }

    int size(final int list) {
        return sizes[list];
    }

    /** Which list the slot is in. */
    int list(final int slot) {
        return (int) tickAndList(slot) & LIST_MASK;
    }

    /** When the slot was touched. */
    long tick(final int slot) {
        return tickAndList(slot) >> LIST_BITS;
    }

    private long tickAndList(final int slot) {
        return links.buffer(slot).getLong(links.offset(slot) + TICK_AND_LIST_OFFSET);
    }

    private int get(final int slot, final int field) {
        return links.buffer(slot).getInt(links.offset(slot) + field);
    }

    private void put(final int slot, final int field, final int value) {
        links.buffer(slot).putInt(links.offset(slot) + field, value);
    }

    @Override
    public void close() {
        links.close();
    }
}
