package net.flowsonde.flow;

import java.util.concurrent.locks.LockSupport;
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
    /** Message type of a DNS transaction. */
    public static final int DNS_TRANSACTION = 2;
    /** Message type of a {@code FileAccess}. */
    public static final int FILE_ACCESS = 3;
    /** Message type of a {@code FileAccess} that tells of a logon or its end. */
    public static final int USER_SESSION = 5;
    /** Message type of a hint which DNS servers to ask. */
    public static final int SERVER_HINT = 6;

    private static final int SPINS = 100;
    /** Short enough to come back long before the consumer has emptied a ring, long enough to leave it the core. */
    private static final long PARK_NS = 50_000;
    private static final int CACHE_LINE_LENGTH = 64;

    private final OneToOneRingBuffer ring;
    private final BooleanSupplier isWaitingAllowed;
    private volatile long reachedNs = Long.MIN_VALUE;

    /**
     * @param capacity          octets, a power of two
     * @param isWaitingAllowed  asked while the ring is full: true to try again, false to drop
     */
    public RecordRing(final int capacity, final BooleanSupplier isWaitingAllowed) {
        ring = new OneToOneRingBuffer(new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(capacity + RingBufferDescriptor.TRAILER_LENGTH, CACHE_LINE_LENGTH)));
        this.isWaitingAllowed = isWaitingAllowed;
    }

    /** Copies one record into the ring; false when it was full. Producer only. */
    public boolean offer(final int type, final DirectBuffer record, final int offset, final int length) {
        return ring.write(type, record, offset, length) || offerWaiting(type, record, offset, length);
    }

    private boolean offerWaiting(final int type, final DirectBuffer record, final int offset, final int length) {
        for (int attempt = 0; isWaitingAllowed.getAsBoolean(); attempt++) {
            if (attempt < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(PARK_NS);
            }
            if (ring.write(type, record, offset, length)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether records that can be finished later are welcome now: the ring is less than half full, or its producer may wait. The other
     * half is kept for those that cannot be put off, which are flow records. Producer only.
     */
    public boolean isRoomy() {
        return ring.size() < ring.capacity() >> 1 || isWaitingAllowed.getAsBoolean();
    }

    /** Everything about the time up to {@code timeNs} has been offered. Producer only. */
    public void reached(final long timeNs) {
        reachedNs = timeNs;
    }

    /** Up to which time everything has been offered; any thread. */
    public long reachedNs() {
        return reachedNs;
    }

    /** Where what has been offered so far ends; any thread. */
    public long writtenPosition() {
        return ring.producerPosition();
    }

    /** Where what has been handed over so far ends; any thread. */
    public long readPosition() {
        return ring.consumerPosition();
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
