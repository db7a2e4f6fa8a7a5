package net.flowsonde.flow;

import java.util.function.BooleanSupplier;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Finished records on their way from one queue thread to the export thread: single producer, single consumer, no lock. Live, a full
 * ring is a drop that the producer counts; in a replay, where the file can wait, the producer waits.
 */
public final class RecordRing {
    /** Message type of a {@link FlowRecord}. */
    public static final int FLOW_RECORD = 1;

    private final OneToOneRingBuffer ring;
    private final BooleanSupplier isWaitingAllowed;

    /**
     * @param capacity          octets, a power of two
     * @param isWaitingAllowed  asked while the ring is full: true to try again, false to drop
     */
    public RecordRing(final int capacity, final BooleanSupplier isWaitingAllowed) {
        ring = new OneToOneRingBuffer(new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(capacity + RingBufferDescriptor.TRAILER_LENGTH, 64)));
        this.isWaitingAllowed = isWaitingAllowed;
    }

    /** Copies one record into the ring; false when it was full. Producer only. */
    public boolean offer(final int type, final DirectBuffer record, final int offset, final int length) {
        while (!ring.write(type, record, offset, length)) {
            if (!isWaitingAllowed.getAsBoolean()) {
                return false;
            }
            Thread.yield();
        }
        return true;
    }

    /** Hands over at most {@code limit} records and says how many there were. Consumer only. */
    public int drain(final MessageHandler handler, final int limit) {
        return ring.read(handler, limit);
    }

    /** Octets that wait; any thread. */
    public int size() {
        return ring.size();
    }

    public int capacity() {
        return ring.capacity();
    }
}
