package net.flowsonde.flow;

import java.nio.ByteOrder;
import net.flowsonde.decode.PacketLayout;
import net.flowsonde.telemetry.Counter;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One datagram while it is put together. Where fragments overlap, the octets that came first stay. The octets that are there form
 * ranges in ascending order that neither touch nor overlap; one range from 0 to the end is a whole datagram.
 * <pre>
 *  0            40 (HEADER_ROOM)
 *  +------------+--------------------------------------------+
 *  | IP header  | fragmented part of the datagram            |
 *  +------------+--------------------------------------------+
 * </pre>
 */
final class DatagramBuffer {
    /** What became of one fragment. */
    enum Outcome {
        ADDED(null, false),
        OVERLAP(Counter.FRAGMENT_OVERLAPS, false),
        ENDS_DIFFER(Counter.FRAGMENT_ENDS_DIFFER, false),
        UNALIGNED(Counter.FRAGMENT_LENGTHS_UNALIGNED, false),
        OVERSIZE(Counter.FRAGMENT_OVERSIZE, true),
        CUT(Counter.FRAGMENTS_CUT, true),
        HOLES_EXCEEDED(Counter.FRAGMENT_HOLES_EXCEEDED, true);

        private final Counter counter;
        private final boolean isGivenUp;

        Outcome(final Counter counter, final boolean isGivenUp) {
            this.counter = counter;
            this.isGivenUp = isGivenUp;
        }

        /** Counts it; null when there is nothing to say. */
        Counter counter() {
            return counter;
        }

        /** The datagram will never be whole. */
        boolean isGivenUp() {
            return isGivenUp;
        }
    }

    static final int MOST_RANGES = 64;
    private static final int HEADER_ROOM = 40;
    private static final int LARGEST_DATAGRAM = 0xFFFF;
    private static final int UNKNOWN = -1;
    private static final int UNIT_MASK = 7;
    private static final int IPV4_HEADER_LENGTH = 20;
    private static final int IPV4_VERSION_AND_LENGTH = 0x45;
    private static final int IPV6_HEADER_LENGTH = 40;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[HEADER_ROOM + LARGEST_DATAGRAM]);
    private final int[] starts = new int[MOST_RANGES + 1];
    private final int[] ends = new int[MOST_RANGES + 1];
    private int ranges;
    private int end;
    private int headerLength;
    private long acquisition;
    private FragmentedDatagram owner;

    void open(final FragmentedDatagram owner, final long acquisition) {
        this.owner = owner;
        this.acquisition = acquisition;
        ranges = 0;
        end = UNKNOWN;
        headerLength = 0;
    }

    FragmentedDatagram owner() {
        return owner;
    }

    /** Grows with each use of the pool. */
    long acquisition() {
        return acquisition;
    }

    Outcome add(final PacketLayout layout) {
        final int start = layout.fragmentOffset();
        final int length = layout.fragmentPayloadLength();
        if (length > LARGEST_DATAGRAM - start - (layout.ipVersion() == 4 ? IPV4_HEADER_LENGTH : 0)) {
            return Outcome.OVERSIZE;
        }
        if (length == 0 || layout.hasMoreFragments() && (length & UNIT_MASK) != 0) {
            return Outcome.UNALIGNED;
        }
        if (layout.limit() - layout.fragmentPayloadOffset() < length) {
            return Outcome.CUT;
        }
        if (contradictsEnd(start + length, layout.hasMoreFragments())) {
            return Outcome.ENDS_DIFFER;
        }
        if (!layout.hasMoreFragments()) {
            end = start + length;
        }
        if (start == 0 && headerLength == 0) {
            copyHeader(layout);
        }
        return merge(layout, start, start + length);
    }

    private boolean contradictsEnd(final int fragmentEnd, final boolean hasMoreFragments) {
        if (hasMoreFragments) {
            return end != UNKNOWN && fragmentEnd > end;
        }
        return end != UNKNOWN ? fragmentEnd != end : ranges > 0 && ends[ranges - 1] > fragmentEnd;
    }

    private void copyHeader(final PacketLayout layout) {
        headerLength = layout.ipVersion() == 4 ? IPV4_HEADER_LENGTH : IPV6_HEADER_LENGTH;
        buffer.putBytes(HEADER_ROOM - headerLength, layout.buffer(), layout.ipOffset(), headerLength);
        if (layout.ipVersion() == 4) {
            buffer.putByte(HEADER_ROOM - IPV4_HEADER_LENGTH, (byte) IPV4_VERSION_AND_LENGTH);
            buffer.putShort(HEADER_ROOM - IPV4_HEADER_LENGTH + 6, (short) 0);
        } else {
            buffer.putByte(HEADER_ROOM - IPV6_HEADER_LENGTH + 6, (byte) layout.fragmentProtocol());
        }
    }

    /** Copies what is not there yet of [start, limit) and joins the ranges that it touches. */
    private Outcome merge(final PacketLayout layout, final int start, final int limit) {
        int first = 0;
        while (first < ranges && ends[first] < start) {
            first++;
        }
        int next = first;
        int at = start;
        boolean isOverlap = false;
        while (next < ranges && starts[next] <= limit) {
            isOverlap |= starts[next] < limit && ends[next] > start;
            copy(layout, start, at, Math.min(limit, starts[next]));
            at = Math.max(at, ends[next]);
            next++;
        }
        copy(layout, start, at, limit);
        if (first == next && ranges == MOST_RANGES) {
            return Outcome.HOLES_EXCEEDED;
        }
        join(first, next, start, limit);
        return isOverlap ? Outcome.OVERLAP : Outcome.ADDED;
    }

    private void copy(final PacketLayout layout, final int fragmentStart, final int from, final int to) {
        if (to > from) {
            final int source = layout.fragmentPayloadOffset() + from - fragmentStart;
            buffer.putBytes(HEADER_ROOM + from, layout.buffer(), source, to - from);
        }
    }

    /** Replaces the ranges [first, next) by one that spans them and [start, limit). */
    private void join(final int first, final int next, final int start, final int limit) {
        final int joinedStart = first == next ? start : Math.min(start, starts[first]);
        final int joinedEnd = first == next ? limit : Math.max(limit, ends[next - 1]);
        System.arraycopy(starts, next, starts, first + 1, ranges - next);
        System.arraycopy(ends, next, ends, first + 1, ranges - next);
        starts[first] = joinedStart;
        ends[first] = joinedEnd;
        ranges += 1 - (next - first);
    }

    boolean isComplete() {
        return ranges == 1 && starts[0] == 0 && ends[0] == end;
    }

    /** Points {@code whole} at the complete datagram, whose IP header is given its length. */
    void wrap(final UnsafeBuffer whole) {
        final int offset = HEADER_ROOM - headerLength;
        if (headerLength == IPV4_HEADER_LENGTH) {
            buffer.putShort(offset + 2, (short) (headerLength + end), ByteOrder.BIG_ENDIAN);
        } else {
            buffer.putShort(offset + 4, (short) end, ByteOrder.BIG_ENDIAN);
        }
        whole.wrap(buffer, offset, headerLength + end);
    }
}
