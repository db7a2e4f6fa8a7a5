package net.flowsonde.dpi;

import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What the reassemblers of one queue share: memory within a bound, and counts. Owned by one queue thread. */
final class StreamMemory {
    private final BlockPool blocks;
    private final Counters counters;
    private HeldSegment free;

    /** @param limit most octets that are kept at one time */
    StreamMemory(final long limit, final Counters counters) {
        blocks = new BlockPool(limit);
        this.counters = counters;
    }

    BlockPool blocks() {
        return blocks;
    }

    void count(final Counter counter) {
        counters.increment(counter);
    }

    void count(final Counter counter, final long delta) {
        counters.add(counter, delta);
    }

    /** A copy of a segment's octets, or null when the bound is reached. */
    HeldSegment hold(final DirectBuffer buffer, final int offset, final int captured) {
        final UnsafeBuffer block = blocks.acquire(captured);
        if (block == null) {
            return null;
        }
        block.putBytes(0, buffer, offset, captured);
        final HeldSegment segment = free == null ? new HeldSegment() : free;
        free = segment.next;
        segment.next = null;
        segment.block = block;
        segment.captured = captured;
        counters.increment(Counter.DPI_SEGMENTS_HELD);
        return segment;
    }

    void release(final HeldSegment segment) {
        blocks.release(segment.block);
        segment.block = null;
        segment.next = free;
        free = segment;
    }
}
