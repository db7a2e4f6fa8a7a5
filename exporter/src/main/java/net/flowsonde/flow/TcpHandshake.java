package net.flowsonde.flow;

import net.flowsonde.decode.PacketLayout;

/** SYNs: which connection they belong to, what their options say, and the two halves of the round trip. Owned by one queue thread. */
final class TcpHandshake {
    private final TcpOptions options;

    TcpHandshake(final TcpOptions options) {
        this.options = options;
    }

    /**
     * Whether a segment with SYN opens another connection on the same endpoints: its initial sequence number is not the one that is
     * known. A SYN of the peer that crosses ours, or comes after a bare ACK (split handshake), belongs to the connection that is opening.
     */
    boolean isNewConnection(final FlowRecord record, final TcpState state, final int direction, final PacketLayout layout) {
        if (state.packets() == 0) {
            return false;
        }
        final boolean isKnown = state.has(direction, TcpState.ISN_KNOWN) && state.isn(direction) == layout.tcpSequence();
        if ((layout.tcpFlags() & TcpFlags.ACK) != 0) {
            return state.isEnded() && !isKnown && !isAnswerToSyn(state, 1 - direction, layout.tcpAcknowledgment());
        }
        if (state.has(direction, TcpState.ISN_KNOWN)) {
            return !isKnown || isRetryAfterResync(record, state);
        }
        return state.isEnded() || state.has(TcpState.ESTABLISHED) || !state.has(1 - direction, TcpState.SYN_SEEN);
    }

    private static boolean isRetryAfterResync(final FlowRecord record, final TcpState state) {
        return state.has(TcpState.RESET) && record.tcpTeardownReason() == TcpTeardownReason.HALF_OPEN_RESYNC.code();
    }

    /** The acknowledgment covers the SYN of the side, and at most what it has sent. */
    static boolean isAnswerToSyn(final TcpState state, final int side, final int acknowledgment) {
        return state.has(side, TcpState.ISN_KNOWN) && acknowledgment - state.isn(side) > 0 && acknowledgment - state.next(side) <= 0;
    }

    /** A SYN or SYN-ACK of this connection. */
    void onSyn(
        final FlowRecord record, final TcpState state, final int direction, final PacketLayout layout, final long timestampNs) {
        if ((layout.tcpFlags() & TcpFlags.FIN) != 0) {
            TcpHistory.addOnce(record, state, direction, TcpState.WROTE_SYN_FIN, 'q');
        }
        if ((layout.tcpFlags() & TcpFlags.ACK) == 0) {
            TcpHistory.add(record, direction, 's');
            onPlainSyn(record, state, direction, layout, timestampNs);
        } else {
            TcpHistory.add(record, direction, 'h');
            onSynAck(record, state, direction, layout, timestampNs);
        }
    }

    private void onPlainSyn(
        final FlowRecord record, final TcpState state, final int direction, final PacketLayout layout, final long timestampNs) {
        open(record, state, direction, layout);
        if (direction == FlowRecord.FORWARD) {
            record.raiseFlag(FlowRecord.FLAG_SYN_SEEN);
            if (!state.has(FlowRecord.REVERSE, TcpState.ISN_KNOWN)) {
                state.handshakeNs(timestampNs);
            }
        }
    }

    private void onSynAck(
        final FlowRecord record, final TcpState state, final int direction, final PacketLayout layout, final long timestampNs) {
        if (state.has(TcpState.ESTABLISHED)) {
            return;
        }
        open(record, state, direction, layout);
        final int peer = 1 - direction;
        if (!state.has(peer, TcpState.ISN_KNOWN)) {
            imply(state, peer, layout.tcpAcknowledgment());
        }
        if (direction == FlowRecord.REVERSE) {
            if (record.handshakeServerRttNs() < 0 && state.has(FlowRecord.FORWARD, TcpState.SYN_SEEN)) {
                record.handshakeServerRttNs(Math.max(0, timestampNs - state.handshakeNs()));
            }
            state.handshakeNs(timestampNs);
        }
    }

    /** The SYN of this side was not seen, but what answers it tells its number. */
    private static void imply(final TcpState state, final int side, final int acknowledgment) {
        state.isn(side, acknowledgment - 1);
        if (!state.has(side, TcpState.NEXT_KNOWN)) {
            state.next(side, acknowledgment);
        }
        state.raise(side, TcpState.ISN_KNOWN | TcpState.NEXT_KNOWN);
    }

    private void open(final FlowRecord record, final TcpState state, final int direction, final PacketLayout layout) {
        final int sequence = layout.tcpSequence();
        final boolean isKnown = state.has(direction, TcpState.ISN_KNOWN) && state.isn(direction) == sequence;
        if (!isKnown) {
            state.clear(direction, TcpState.NEXT_KNOWN | TcpState.SYN_ACKED);
            state.isn(direction, sequence);
            state.acked(direction, sequence);
        }
        state.raise(direction, TcpState.SYN_SEEN | TcpState.ISN_KNOWN | TcpState.ACKED_KNOWN);
        options.parse(layout);
        record.tcpMaximumSegmentSize(direction, options.maximumSegmentSize());
        record.tcpWindowScale(direction, options.windowScale());
    }

    /** While the handshake is not complete: the side's sequence numbers were acknowledged further by {@code acknowledger}. */
    void onAcknowledged(final FlowRecord record, final TcpState state, final int acknowledger, final long timestampNs) {
        final int side = 1 - acknowledger;
        if (!state.has(side, TcpState.ISN_KNOWN) || state.acked(side) - state.isn(side) <= 0) {
            return;
        }
        state.raise(side, TcpState.SYN_ACKED);
        if ((state.flags(0) & state.flags(1) & TcpState.SYN_ACKED) != 0) {
            state.raise(TcpState.ESTABLISHED);
            record.raiseFlag(FlowRecord.FLAG_HANDSHAKE_SEEN);
            if (acknowledger == FlowRecord.FORWARD && record.handshakeClientRttNs() < 0) {
                record.handshakeClientRttNs(Math.max(0, timestampNs - state.handshakeNs()));
            }
        }
    }
}
