package net.flowsonde.flow;

import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Numbered items of one length outside the Java heap, in slabs that are taken from the system as they are first needed and given back
 * together. The memory is not cleared: an item holds nothing that may be read before its user has written it, so that pages of items
 * that were never used cost no memory. Owned by one queue thread.
 */
final class SlabMemory implements AutoCloseable {
    static final int CACHE_LINE_LENGTH = 64;
    private static final int SLAB_SHIFT = 12;
    /** Items of one slab. */
    static final int SLAB_ITEMS = 1 << SLAB_SHIFT;
    private static final int SLAB_MASK = SLAB_ITEMS - 1;

    private final int itemLength;
    private final UnsafeBuffer[] slabs;
    private final long[] addresses;
    private int slabCount;

    /**
     * @param itemLength  octets of an item; a multiple of 64 keeps every item on cache lines of its own
     * @param capacity    most items
     */
    SlabMemory(final int itemLength, final int capacity) {
        this.itemLength = itemLength;
        slabs = new UnsafeBuffer[(capacity + SLAB_ITEMS - 1) >>> SLAB_SHIFT];
        addresses = new long[slabs.length];
    }

    /** Makes every item up to {@code item} usable. */
    void ensure(final int item) {
        while (item >>> SLAB_SHIFT >= slabCount) {
            final int length = SLAB_ITEMS * itemLength;
            final long address = UnsafeApi.allocateMemory(length + CACHE_LINE_LENGTH);
            addresses[slabCount] = address;
            slabs[slabCount++] = new UnsafeBuffer(BitUtil.align(address, CACHE_LINE_LENGTH), length);
        }
    }

    UnsafeBuffer buffer(final int item) {
        return slabs[item >>> SLAB_SHIFT];
    }

    /** Where the item lies in {@link #buffer}. */
    int offset(final int item) {
        return (item & SLAB_MASK) * itemLength;
    }

    @Override
    public void close() {
        Arrays.fill(slabs, null);
        for (int i = 0; i < slabCount; i++) {
            UnsafeApi.freeMemory(addresses[i]);
        }
        slabCount = 0;
    }
}
