package net.flowsonde.dpi;

import net.flowsonde.telemetry.Counter;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One direction of a TCP flow, put in order. What comes in order is passed on where it lies; copied is only the unfinished rest of a
 * message and what comes ahead of a hole. A hole inside what the consumer skips is no gap and is not waited for. A hole is given up, and
 * reported, when the peer has acknowledged what lies behind it (it was lost to the capture only), when too much waits behind it, or at the
 * end. Of octets that come twice the first count. Pooled with its flow; owned by one queue thread.
 * <pre>
 *   delivered   |  carry  |  next              hole             held                held
 *  -------------+---------+                          +-----------------+   +-----------------+
 *               ^ rest of an unfinished message      ^ ahead of sequence number `next`
 * </pre>
 */
final class StreamReassembler {
    /** Most octets of an unfinished message that are kept. */
    static final int LONGEST_CARRY = 1 << 17;
    /** Most segments that wait behind a hole. */
    private static final int MOST_HELD = 64;
    /** Most octets that wait behind a hole. */
    private static final int MOST_HELD_OCTETS = 1 << 19;
    /** A segment that lies farther back than any window reaches is none of this stream, unless another follows it. */
    private static final int STRAY_DISTANCE = 1 << 24;

    private final StreamMemory memory;
    private boolean isOpen;
    private boolean isDismissed;
    private int next;
    private long skip;
    private UnsafeBuffer carry;
    private int carryLength;
    private HeldSegment firstHeld;
    private int heldCount;
    private int heldOctets;
    private int strays;

    StreamReassembler(final StreamMemory memory) {
        this.memory = memory;
    }

    /**
     * Payload of one segment.
     *
     * @param firstSequence  where the stream begins, if this is the first that is seen of it
     * @param captured       octets at {@code offset}
     * @param length         octets on the wire, at least {@code captured}
     */
    void onSegment(
        final StreamConsumer consumer, final int direction, final int sequence, final int firstSequence, final DirectBuffer buffer,
        final int offset, final int captured, final int length, final long timestampNs) {
        if (!isOpen) {
            isOpen = true;
            next = firstSequence;
        }
        if (isBehind(sequence, length)) {
            if (!isNewTruth(sequence)) {
                return;
            }
            restart(consumer, direction, sequence, timestampNs);
        }
        strays = 0;
        while (!isDismissed && sequence + length - next > 0) {
            final int ahead = sequence - next;
            if (ahead <= 0 || ahead <= skip) {
                passHole(ahead);
                final int known = next - sequence;
                deliver(consumer, direction, buffer, offset + known, Math.max(0, captured - known), length - known, timestampNs);
            } else if (hold(sequence, buffer, offset, captured, length)) {
                return;
            } else {
                jump(consumer, direction, firstHeld == null || firstHeld.sequence - sequence > 0 ? sequence : firstHeld.sequence, timestampNs);
                deliverHeld(consumer, direction, timestampNs);
            }
        }
        deliverHeld(consumer, direction, timestampNs);
    }

    private boolean isBehind(final int sequence, final int length) {
        return sequence + length - next <= 0;
    }

    /** Two segments that lie far back show that the sequence numbers kept here are wrong. */
    private boolean isNewTruth(final int sequence) {
        return next - sequence > STRAY_DISTANCE && ++strays > 1;
    }

    private void restart(final StreamConsumer consumer, final int direction, final int sequence, final long timestampNs) {
        releaseHeld();
        next = sequence;
        lose(consumer, direction, 0, timestampNs);
    }

    /** What the consumer skips may be missing. */
    private void passHole(final int ahead) {
        if (ahead > 0) {
            skip -= ahead;
            next += ahead;
        }
    }

    private void deliver(
        final StreamConsumer consumer, final int direction, final DirectBuffer buffer, final int offset, final int captured, final int length,
        final long timestampNs) {
        next += length;
        final int skipped = (int) Math.min(skip, length);
        skip -= skipped;
        final int left = Math.max(0, captured - skipped);
        if (left > 0) {
            feed(consumer, direction, buffer, offset + skipped, left, timestampNs);
        }
        final int cut = length - skipped - left;
        if (cut <= skip) {
            skip -= cut;
        } else if (!isDismissed) {
            lose(consumer, direction, cut, timestampNs);
        }
    }

    private void feed(
        final StreamConsumer consumer, final int direction, final DirectBuffer buffer, final int offset, final int length,
        final long timestampNs) {
        if (carryLength > 0) {
            if (append(buffer, offset, length)) {
                feedCarry(consumer, direction, timestampNs);
                return;
            }
            memory.count(Counter.DPI_MESSAGES_TOO_LONG);
            lose(consumer, direction, 0, timestampNs);
        }
        final int done = consumer.onStream(direction, buffer, offset, length, timestampNs);
        if (isOver(done)) {
            return;
        }
        if (done >= length) {
            skip = done - length;
        } else if (!append(buffer, offset + done, length - done)) {
            memory.count(Counter.DPI_MESSAGES_TOO_LONG);
            lose(consumer, direction, length - done, timestampNs);
        }
    }

    private void feedCarry(final StreamConsumer consumer, final int direction, final long timestampNs) {
        final int done = consumer.onStream(direction, carry, 0, carryLength, timestampNs);
        if (isOver(done)) {
            return;
        }
        if (done >= carryLength) {
            skip = done - carryLength;
            releaseCarry();
        } else if (done > 0) {
            carryLength -= done;
            System.arraycopy(carry.byteArray(), done, carry.byteArray(), 0, carryLength);
        }
    }

    private boolean isOver(final int done) {
        if (done < 0) {
            isDismissed = true;
            release();
        }
        return isDismissed;
    }

    /** Keeps octets for later, behind those that are kept already; false when there is no room for them. */
    private boolean append(final DirectBuffer buffer, final int offset, final int length) {
        final int needed = carryLength + length;
        if (needed > LONGEST_CARRY) {
            return false;
        }
        if (carry == null || needed > carry.capacity()) {
            final UnsafeBuffer larger = memory.blocks().acquire(needed);
            if (larger == null) {
                return false;
            }
            if (carry != null) {
                larger.putBytes(0, carry, 0, carryLength);
                memory.blocks().release(carry);
            }
            carry = larger;
        }
        carry.putBytes(carryLength, buffer, offset, length);
        carryLength = needed;
        return true;
    }

    /** Keeps a segment that lies ahead; false when there is no room for it. */
    private boolean hold(final int sequence, final DirectBuffer buffer, final int offset, final int captured, final int length) {
        HeldSegment before = null;
        HeldSegment after = firstHeld;
        while (after != null && after.sequence - sequence <= 0) {
            if (after.sequence + after.length - sequence >= length) {
                return true;
            }
            before = after;
            after = after.next;
        }
        final HeldSegment segment =
            heldCount < MOST_HELD && heldOctets + captured <= MOST_HELD_OCTETS ? memory.hold(buffer, offset, captured) : null;
        if (segment == null) {
            return false;
        }
        segment.sequence = sequence;
        segment.length = length;
        segment.next = after;
        if (before == null) {
            firstHeld = segment;
        } else {
            before.next = segment;
        }
        heldCount++;
        heldOctets += captured;
        return true;
    }

    /** Passes on what is held, as far as it has become contiguous. */
    private void deliverHeld(final StreamConsumer consumer, final int direction, final long timestampNs) {
        while (firstHeld != null && !isDismissed) {
            final HeldSegment segment = firstHeld;
            final int ahead = segment.sequence - next;
            if (ahead > 0 && ahead > skip) {
                return;
            }
            firstHeld = segment.next;
            heldCount--;
            heldOctets -= segment.captured;
            passHole(ahead);
            final int known = next - segment.sequence;
            if (known < segment.length) {
                deliver(consumer, direction, segment.block, known, Math.max(0, segment.captured - known), segment.length - known, timestampNs);
            }
            memory.release(segment);
        }
    }

    /** The other side has acknowledged everything before {@code acknowledgment}: what is missing of it will not come. */
    void onAcknowledgment(final StreamConsumer consumer, final int direction, final int acknowledgment, final long timestampNs) {
        while (firstHeld != null && acknowledgment - firstHeld.sequence >= 0) {
            giveUpHole(consumer, direction, timestampNs);
        }
    }

    /** Nothing more comes: passes on what waits behind holes. */
    void flush(final StreamConsumer consumer, final int direction, final long timestampNs) {
        while (firstHeld != null) {
            giveUpHole(consumer, direction, timestampNs);
        }
    }

    private void giveUpHole(final StreamConsumer consumer, final int direction, final long timestampNs) {
        if (firstHeld.sequence - next > 0) {
            jump(consumer, direction, firstHeld.sequence, timestampNs);
        }
        deliverHeld(consumer, direction, timestampNs);
    }

    private void jump(final StreamConsumer consumer, final int direction, final int sequence, final long timestampNs) {
        final int octets = sequence - next;
        next = sequence;
        lose(consumer, direction, octets, timestampNs);
    }

    /** {@code octets} are missing, and what was kept of an unfinished message is worth nothing without them. */
    private void lose(final StreamConsumer consumer, final int direction, final int octets, final long timestampNs) {
        final int lost = octets + carryLength;
        releaseCarry();
        skip = 0;
        memory.count(Counter.DPI_GAPS);
        memory.count(Counter.DPI_GAP_OCTETS, lost);
        consumer.onGap(direction, lost, timestampNs);
    }

    private void releaseCarry() {
        if (carry != null) {
            memory.blocks().release(carry);
            carry = null;
        }
        carryLength = 0;
    }

    private void releaseHeld() {
        while (firstHeld != null) {
            final HeldSegment segment = firstHeld;
            firstHeld = segment.next;
            memory.release(segment);
        }
        heldCount = 0;
        heldOctets = 0;
    }

    private void release() {
        releaseCarry();
        releaseHeld();
    }

    /** Gives everything back, for the next flow. */
    void reset() {
        release();
        isOpen = false;
        isDismissed = false;
        next = 0;
        skip = 0;
        strays = 0;
    }
}
