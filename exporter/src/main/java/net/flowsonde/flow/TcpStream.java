package net.flowsonde.flow;

import net.flowsonde.decode.PacketLayout;

/**
 * Sequence numbers of the two senders: new payload, retransmissions, segments out of order, FINs. Owned by one queue thread.
 * <p>How segments are counted, segment by segment (a segment here has payload, SYN or FIN; coalesced frames count as the packets that
 * they stand for when all of it is old, so the counts of such flows are upper bounds):
 * <ul>
 * <li>It starts below the highest sequence number seen of its side: <em>retransmitted</em>, unless one of the next three holds.
 * <li>It has one octet, lies just below that number and everything was acknowledged: a keep-alive probe, not counted. Probes without
 *     payload occupy no sequence number and are not counted either.
 * <li>It lies in a hole (octets that a later segment jumped over), and that later segment came less than a handshake's round trip ago
 *     (3 ms where no handshake was seen): <em>out of order</em>. After that time it was sent again because it was lost before it came
 *     here, and counts as retransmitted.
 * <li>It is a stray: farther off than the windows allow. Not counted; two strays that follow each other are the new truth.
 * <li>It starts at the highest sequence number with one octet against a window of 0: a zero-window probe, not counted, and its octet is
 *     not taken for sent until it is acknowledged.
 * </ul>
 * This is what Wireshark's {@code tcp.analysis.retransmission} (which includes fast and spurious ones) and
 * {@code tcp.analysis.out_of_order} count, with these differences: Wireshark knows no holes and takes any late segment for out of order
 * that comes within a round trip after the last new one; it calls an octet sent again a keep-alive even when it was not acknowledged.
 */
final class TcpStream {
    private static final long REORDERING_NS = 3 * TcpTime.NS_PER_MS;
    private static final long SIMULTANEOUS_NS = 1_000 * TcpTime.NS_PER_MS;

    /** The sequence numbers of one segment without RST; its ACK has been taken in. */
    void onSegment(
        final FlowRecord record, final TcpState state, final int direction, final PacketLayout layout, final long timestampNs,
        final int wirePackets) {
        final int flags = layout.tcpFlags();
        final int sequence = layout.tcpSequence();
        final int length = layout.payloadLength() + (flags & TcpFlags.FIN) + ((flags & TcpFlags.SYN) >> 1);
        if (!state.has(direction, TcpState.NEXT_KNOWN)) {
            state.next(direction, sequence);
            state.raise(direction, TcpState.NEXT_KNOWN);
        }
        if (length == 0) {
            TcpHistory.addOnce(record, state, direction, TcpState.WROTE_ACK, 'a');
        }
        final int ahead = sequence - state.next(direction);
        if (ahead < 0) {
            if (length != 0) {
                onOld(record, state, direction, layout, length, timestampNs, wirePackets);
            }
        } else if (ahead > 0) {
            onGap(record, state, direction, layout, length, timestampNs);
        } else if (length != 0 && !isZeroWindowProbe(state, direction, length, flags)) {
            onNew(record, state, direction, layout, sequence + length, timestampNs);
        }
    }

    private static boolean isZeroWindowProbe(final TcpState state, final int direction, final int length, final int flags) {
        return length == 1 && (flags & (TcpFlags.FIN | TcpFlags.SYN)) == 0 && state.has(1 - direction, TcpState.ZERO_WINDOW);
    }

    private void onNew(
        final FlowRecord record, final TcpState state, final int direction, final PacketLayout layout, final int end,
        final long timestampNs) {
        state.next(direction, end);
        if (layout.payloadLength() > 0) {
            onPayload(record, state, direction, layout, timestampNs);
        }
        if ((layout.tcpFlags() & TcpFlags.FIN) != 0) {
            onFin(record, state, direction, timestampNs);
        }
    }

    private static void onPayload(
        final FlowRecord record, final TcpState state, final int direction, final PacketLayout layout, final long timestampNs) {
        final int before = state.flags(direction);
        // a FIN that is followed by payload was not this side's
        int flags = (before | TcpState.DATA) & ~(TcpState.FAREWELL | TcpState.FIN);
        if (TcpClosing.isFarewell(layout)) {
            flags |= TcpState.FAREWELL;
        }
        if (flags != before) {
            state.flags(direction, flags);
            TcpHistory.addOnce(record, state, direction, TcpState.WROTE_DATA, 'd');
        }
        state.lastDataNs(direction, timestampNs);
        state.lastPayloadLength(direction, layout.payloadLength());
        if (state.has(TcpState.SERVER_SPOKE_LAST) != (direction == FlowRecord.REVERSE)) {
            state.mark(TcpState.SERVER_SPOKE_LAST, direction == FlowRecord.REVERSE);
        }
        if (!state.has(TcpState.RESPONDED)) {
            onUnanswered(record, state, direction, timestampNs);
        }
    }

    private static void onUnanswered(final FlowRecord record, final TcpState state, final int direction, final long timestampNs) {
        if (direction == FlowRecord.FORWARD) {
            if (state.requestNs() == 0) {
                state.requestNs(timestampNs);
            }
        } else if (state.requestNs() != 0) {
            record.applicationResponseTimeNs(Math.max(0, timestampNs - state.requestNs()));
            state.raise(TcpState.RESPONDED);
        }
    }

    private static void onFin(final FlowRecord record, final TcpState state, final int direction, final long timestampNs) {
        TcpHistory.add(record, direction, 'f');
        state.raise(direction, TcpState.FIN);
        final int peer = 1 - direction;
        if (state.has(peer, TcpState.FIN)) {
            final boolean isAcknowledged = state.acked(peer) - state.next(peer) >= 0;
            state.mark(TcpState.CLOSED_TOGETHER, !isAcknowledged && timestampNs - state.finNs() <= SIMULTANEOUS_NS);
        } else {
            state.finNs(timestampNs);
            state.mark(TcpState.SERVER_CLOSED_FIRST, direction == FlowRecord.REVERSE);
            record.tcpIdleBeforeTeardownMs(TcpTime.milliseconds(TcpTeardown.idleNs(state, timestampNs)));
        }
    }

    /** Something was jumped over: lost on the way here, or still to come. */
    private void onGap(
        final FlowRecord record, final TcpState state, final int direction, final PacketLayout layout, final int length,
        final long timestampNs) {
        final int sequence = layout.tcpSequence();
        final int next = state.next(direction);
        if (sequence - next > TcpWindow.of(record, state, 1 - direction)) {
            if (isStray(record, state, direction, sequence, sequence + length)) {
                return;
            }
        } else {
            if (!state.has(direction, TcpState.HOLE)) {
                state.holeStart(direction, next);
                state.holeOpened(direction, TcpTime.fineTicks(timestampNs));
                state.clear(direction, TcpState.STRAY);
                state.raise(direction, TcpState.HOLE);
            }
            state.holeEnd(direction, sequence);
        }
        onNew(record, state, direction, layout, sequence + length, timestampNs);
    }

    /** A segment far from everything: true until a second one follows it. */
    private static boolean isStray(
        final FlowRecord record, final TcpState state, final int direction, final int sequence, final int end) {
        record.tcpResetEvidence(record.tcpResetEvidence() | TcpResetEvidence.BAD_SEQ.mask());
        final int behindStray = sequence - state.holeEnd(direction);
        if (state.has(direction, TcpState.STRAY) && behindStray >= 0
            && behindStray <= TcpWindow.of(record, state, 1 - direction)) {
            state.clear(direction, TcpState.STRAY);
            return false;
        }
        state.clear(direction, TcpState.HOLE);
        state.raise(direction, TcpState.STRAY);
        state.holeEnd(direction, end);
        return true;
    }

    private void onOld(
        final FlowRecord record, final TcpState state, final int direction, final PacketLayout layout, final int length,
        final long timestampNs, final int wirePackets) {
        final int sequence = layout.tcpSequence();
        final int end = sequence + length;
        final int next = state.next(direction);
        if (isKeepAlive(state, direction, layout, sequence)) {
            return;
        }
        if (next - sequence > 2L * TcpWindow.of(record, state, 1 - direction)) {
            if (!isStray(record, state, direction, sequence, end)) {
                onNew(record, state, direction, layout, end, timestampNs);
            }
            return;
        }
        if (isOutOfOrder(record, state, direction, sequence, end, timestampNs)) {
            record.tcpOutOfOrderPackets(direction, record.tcpOutOfOrderPackets(direction) + 1);
        } else {
            onRetransmission(record, state, direction, sequence, end, end - next <= 0 ? wirePackets : 1);
        }
        if (end - next > 0) {
            onNew(record, state, direction, layout, end, timestampNs);
        } else if (layout.payloadLength() > 0) {
            state.lastDataNs(direction, timestampNs);
        }
    }

    private static boolean isKeepAlive(final TcpState state, final int direction, final PacketLayout layout, final int sequence) {
        return layout.payloadLength() == 1 && (layout.tcpFlags() & (TcpFlags.FIN | TcpFlags.SYN)) == 0
            && state.next(direction) - sequence == 1 && state.acked(direction) == state.next(direction);
    }

    private static void onRetransmission(
        final FlowRecord record, final TcpState state, final int direction, final int sequence, final int end, final int packets) {
        record.tcpRetransmittedPackets(direction, record.tcpRetransmittedPackets(direction) + packets);
        TcpHistory.addOnce(record, state, direction, TcpState.WROTE_RETRANSMISSION, 't');
        final int acked = state.acked(direction);
        if (!state.has(direction, TcpState.ACKED_KNOWN) || sequence - acked <= 0 && end - acked > 0) {
            state.retransmissions(direction, state.retransmissions(direction) + 1);
        }
    }

    /** The segment lies in the hole, in time; a hole that is filled from either end shrinks whatever the time. */
    private static boolean isOutOfOrder(
        final FlowRecord record, final TcpState state, final int direction, final int sequence, final int end,
        final long timestampNs) {
        final int start = state.holeStart(direction);
        final int holeEnd = state.holeEnd(direction);
        if (!state.has(direction, TcpState.HOLE) || end - start <= 0 || sequence - holeEnd >= 0) {
            return false;
        }
        if (sequence - start <= 0) {
            state.holeStart(direction, end);
        } else if (end - holeEnd >= 0) {
            state.holeEnd(direction, sequence);
        }
        if (state.holeStart(direction) - state.holeEnd(direction) >= 0) {
            state.clear(direction, TcpState.HOLE);
        }
        final int age = TcpTime.fineTicks(timestampNs) - state.holeOpened(direction);
        return age >= 0 && age < TcpTime.fineTicks(reorderingNs(record));
    }

    private static long reorderingNs(final FlowRecord record) {
        final long roundTripNs = TcpTeardown.roundTripNs(record);
        return roundTripNs > 0 ? roundTripNs : REORDERING_NS;
    }
}
