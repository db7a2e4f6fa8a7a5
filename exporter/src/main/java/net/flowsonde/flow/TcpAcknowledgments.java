package net.flowsonde.flow;

import net.flowsonde.decode.PacketLayout;

/** Acknowledgments: how far a side's octets are known to have arrived. Owned by one queue thread. */
final class TcpAcknowledgments {
    private final TcpHandshake handshake;

    TcpAcknowledgments(final TcpHandshake handshake) {
        this.handshake = handshake;
    }

    /** A segment with ACK, sent in {@code direction}. */
    void onAck(
        final FlowRecord record, final TcpState state, final int direction, final PacketLayout layout, final long timestampNs) {
        final int peer = 1 - direction;
        final int acknowledgment = layout.tcpAcknowledgment();
        final int peerFlags = state.flags(peer);
        if ((peerFlags & TcpState.ACKED_KNOWN) != 0) {
            if (acknowledgment == state.acked(peer)) {
                return;
            }
            if (isChallenge(state, direction, acknowledgment)) {
                state.addAck(direction, acknowledgment);
                state.raise(TcpState.CHALLENGED);
                return;
            }
            if (acknowledgment - state.acked(peer) < 0) {
                return;
            }
        }
        if ((peerFlags & TcpState.NEXT_KNOWN) != 0 && acknowledgment - state.next(peer) > 0
            && !isUnseenPlausible(record, state, direction, acknowledgment)) {
            return;
        }
        advance(record, state, direction, acknowledgment, peerFlags, timestampNs);
    }

    private void advance(
        final FlowRecord record, final TcpState state, final int direction, final int acknowledgment, final int peerFlags,
        final long timestampNs) {
        final int peer = 1 - direction;
        state.acked(peer, acknowledgment);
        state.addAck(direction, acknowledgment);
        if ((peerFlags & TcpState.ACKED_KNOWN) == 0) {
            state.raise(peer, TcpState.ACKED_KNOWN);
        }
        if (state.retransmissions(peer) != 0) {
            state.retransmissions(peer, 0);
        }
        if ((peerFlags & TcpState.HOLE) != 0 && acknowledgment - state.holeEnd(peer) >= 0) {
            onLoss(record, state, peer);
            state.clear(peer, TcpState.HOLE);
        }
        if (!state.has(TcpState.ESTABLISHED)) {
            handshake.onAcknowledged(record, state, direction, timestampNs);
        }
    }

    /** The server answers a SYN by an ACK of something else: it still has an old connection (RFC 9293, 3.5.1). */
    private static boolean isChallenge(final TcpState state, final int direction, final int acknowledgment) {
        return direction == FlowRecord.REVERSE && !state.has(TcpState.ESTABLISHED)
            && state.has(FlowRecord.FORWARD, TcpState.SYN_SEEN) && !state.has(FlowRecord.REVERSE, TcpState.ISN_KNOWN)
            && !TcpHandshake.isAnswerToSyn(state, FlowRecord.FORWARD, acknowledgment);
    }

    /** The acknowledgment covers what was not seen. False when it is beyond any window: then it is not believed. */
    private static boolean isUnseenPlausible(
        final FlowRecord record, final TcpState state, final int direction, final int acknowledgment) {
        final int peer = 1 - direction;
        final int unseen = acknowledgment - state.next(peer);
        if (unseen == 1 && state.has(direction, TcpState.ZERO_WINDOW)) {
            // the octet of a zero-window probe was taken in
            state.next(peer, acknowledgment);
            return true;
        }
        onLoss(record, state, peer);
        return unseen <= TcpWindow.of(record, state, direction);
    }

    private static void onLoss(final FlowRecord record, final TcpState state, final int side) {
        record.tcpResetEvidence(record.tcpResetEvidence() | TcpResetEvidence.CAPTURE_LOSS.mask());
        TcpHistory.addOnce(record, state, side, TcpState.WROTE_GAP, 'g');
    }
}
