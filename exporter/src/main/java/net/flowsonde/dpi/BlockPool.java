package net.flowsonde.dpi;

import java.util.ArrayList;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Blocks of memory for octets that must wait, by powers of two, of bounded size together. Blocks are reused; when the bound is reached,
 * free blocks of other lengths make room. Owned by one queue thread.
 */
final class BlockPool {
    static final int SMALLEST_BLOCK = 1 << 11;
    static final int LARGEST_BLOCK = 1 << 18;
    private static final int SMALLEST_SHIFT = Integer.numberOfTrailingZeros(SMALLEST_BLOCK);
    private static final int CLASSES = Integer.numberOfTrailingZeros(LARGEST_BLOCK) - SMALLEST_SHIFT + 1;

    private final long limit;
    private final List<List<UnsafeBuffer>> free = new ArrayList<>();
    private long allocated;
    private long used;

    /** @param limit most octets of all blocks */
    BlockPool(final long limit) {
        this.limit = limit;
        for (int i = 0; i < CLASSES; i++) {
            free.add(new ArrayList<>());
        }
    }

    /** A block of at least {@code length} octets, or null: there is none so large, or the bound is reached. */
    UnsafeBuffer acquire(final int length) {
        if (length > LARGEST_BLOCK) {
            return null;
        }
        final int size = Math.max(SMALLEST_BLOCK, BitUtil.findNextPositivePowerOfTwo(length));
        final List<UnsafeBuffer> blocks = free.get(Integer.numberOfTrailingZeros(size) - SMALLEST_SHIFT);
        if (!blocks.isEmpty()) {
            used += size;
            return blocks.remove(blocks.size() - 1);
        }
        if (!makeRoom(size)) {
            return null;
        }
        allocated += size;
        used += size;
        return new UnsafeBuffer(new byte[size]);
    }

    private boolean makeRoom(final int size) {
        for (int i = CLASSES - 1; i >= 0 && allocated + size > limit; i--) {
            final List<UnsafeBuffer> blocks = free.get(i);
            while (!blocks.isEmpty() && allocated + size > limit) {
                allocated -= blocks.remove(blocks.size() - 1).capacity();
            }
        }
        return allocated + size <= limit;
    }

    void release(final UnsafeBuffer block) {
        used -= block.capacity();
        free.get(Integer.numberOfTrailingZeros(block.capacity()) - SMALLEST_SHIFT).add(block);
    }

    /** Octets in blocks that are in use. */
    long used() {
        return used;
    }
}
