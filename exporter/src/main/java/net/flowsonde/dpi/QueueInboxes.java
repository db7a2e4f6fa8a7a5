package net.flowsonde.dpi;

import static org.agrona.BitUtil.CACHE_LINE_LENGTH;

import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.BufferUtil;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** An inbox for the analyzer of each queue, which the others write and it reads: rings, without a lock. */
public final class QueueInboxes {
    /** Number of an analyzer that has no inbox. */
    public static final int NOBODY = -1;
    /** Queues beyond keep what they see to themselves. */
    private static final int MOST_QUEUES = Long.SIZE;
    private static final int CAPACITY = 1 << 20;

    private final ManyToOneRingBuffer[] inboxes;
    private final AtomicInteger joined = new AtomicInteger();

    /** @param queues  how many analyzers will join; one has no peers, and needs nothing */
    public QueueInboxes(final int queues) {
        inboxes = new ManyToOneRingBuffer[queues > 1 ? Math.min(queues, MOST_QUEUES) : 0];
        for (int i = 0; i < inboxes.length; i++) {
            inboxes[i] = new ManyToOneRingBuffer(new UnsafeBuffer(
                BufferUtil.allocateDirectAligned(CAPACITY + RingBufferDescriptor.TRAILER_LENGTH, CACHE_LINE_LENGTH)));
        }
    }

    /** Number of the analyzer that asks, from 0 to 63; {@link #NOBODY} where it has no peers. */
    public int join() {
        final int number = joined.getAndIncrement();
        return number < inboxes.length ? number : NOBODY;
    }

    /** Nobody has peers. */
    public boolean isEmpty() {
        return inboxes.length == 0;
    }

    /** Has messages handled until there are no more, or so many were; a ring by itself stops where its memory ends. */
    public static void read(final ManyToOneRingBuffer inbox, final MessageHandler handler, final int most) {
        int left = most;
        int taken = 1;
        while (taken > 0 && left > 0) {
            taken = inbox.read(handler, left);
            left -= taken;
        }
    }

    public ManyToOneRingBuffer inbox(final int number) {
        return inboxes[number];
    }
}
