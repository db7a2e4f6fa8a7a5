package net.flowsonde.flow;

import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Numbered items of one length outside the Java heap, in slabs that are taken from the system as they are first needed and given back
 * together. The memory is not cleared: an item holds nothing that may be read before its user has written it, so that pages of items
 * that were never used cost no memory. Slabs of many items are large enough (over 32 MiB for the slots of the table) for the C library
 * to map and unmap each by itself. Owned by one queue thread.
 */
final class SlabMemory implements AutoCloseable {
    static final int CACHE_LINE_LENGTH = 64;
    private static final int LARGEST_SLAB_SHIFT = 16;

    private final int itemLength;
    private final int shift;
    private final int mask;
    private final UnsafeBuffer[] slabs;
    private final long[] addresses;
    private int slabCount;

    /**
     * @param itemLength  octets of an item; a multiple of 64 keeps every item on cache lines of its own
     * @param capacity    most items
     */
    SlabMemory(final int itemLength, final int capacity) {
        this.itemLength = itemLength;
        shift = Math.min(LARGEST_SLAB_SHIFT, Integer.SIZE - Integer.numberOfLeadingZeros(capacity - 1));
        mask = (1 << shift) - 1;
        slabs = new UnsafeBuffer[(capacity + mask) >>> shift];
        addresses = new long[slabs.length];
    }

    /** Makes every item up to {@code item} usable. */
    void ensure(final int item) {
        while (item >>> shift >= slabCount) {
            final int length = itemLength << shift;
            final long address = UnsafeApi.allocateMemory(length + CACHE_LINE_LENGTH);
            addresses[slabCount] = address;
            slabs[slabCount++] = new UnsafeBuffer(BitUtil.align(address, CACHE_LINE_LENGTH), length);
        }
    }

    UnsafeBuffer buffer(final int item) {
        return slabs[item >>> shift];
    }

    /** Where the item lies in {@link #buffer}. */
    int offset(final int item) {
        return (item & mask) * itemLength;
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
