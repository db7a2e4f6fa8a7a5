package net.flowsonde.flow;

import java.nio.ByteOrder;
import net.flowsonde.decode.PacketLayout;

/**
 * Segments with RST: which of them take part in the teardown, and what they tell about their sender. Owned by one queue thread.
 * <p>A reset takes part when its receiver would have obeyed it (RFC 9293, 3.10.7.4): its sequence number is what the peer expects next
 * or lies in the peer's window; or it has no ACK flag and repeats a recent acknowledgment of the peer (the reply of a host without a
 * socket); or it answers a SYN and acknowledges it. Others are counted only.
 */
final class TcpResets {
    private static final long SERIES_NS = 100 * TcpTime.NS_PER_MS;
    private static final long SHORT_ROUND_TRIP_NS = 2 * TcpTime.NS_PER_MS;
    private static final int IPV4_ID_OFFSET = 4;
    /** Farther from the counter than this, either way, an IP identification is not the next of its side. */
    private static final int IP_ID_DISTANCE = 1_024;

    private final TcpOptions options;
    private final TcpTeardown teardown;

    TcpResets(final TcpOptions options, final TcpTeardown teardown) {
        this.options = options;
        this.teardown = teardown;
    }

    /** A segment with RST, sent in {@code direction}. */
    void onReset(
        final FlowRecord record, final TcpState state, final int direction, final PacketLayout layout, final long timestampNs) {
        note(record, state, direction, layout);
        final boolean isReply = isReplyWithoutSocket(state, direction, layout);
        if (!state.isClosing()) {
            record.tcpResetEvidence(record.tcpResetEvidence()
                | evidence(record, state, direction, layout, timestampNs, isReply));
            state.addRstTtl(direction, layout.ttl());
            state.rstNs(timestampNs);
            state.raise(TcpState.RST_SEEN);
            state.mark(TcpState.LAST_RST_BY_SERVER, direction == FlowRecord.REVERSE);
        }
        state.rstSequence(layout.tcpSequence());
        if (!state.has(TcpState.RESET) && (isReply || isAcceptable(record, state, direction, layout))) {
            acknowledge(record, state, direction, layout);
            teardown.onReset(record, state, direction, layout, timestampNs);
        }
    }

    private void note(final FlowRecord record, final TcpState state, final int direction, final PacketLayout layout) {
        record.tcpRstCount(direction, record.tcpRstCount(direction) + 1);
        record.tcpTtlRst(direction, layout.ttl());
        TcpHistory.add(record, direction, 'r');
        if ((layout.tcpFlags() & (TcpFlags.SYN | TcpFlags.FIN)) != 0) {
            TcpHistory.addOnce(record, state, direction, TcpState.WROTE_INCONSISTENT, 'i');
        }
        options.parse(layout);
        if (options.mptcpResetReason() != TcpOptions.NO_MPTCP_REASON) {
            record.tcpResetMptcpReason(options.mptcpResetReason());
        }
    }

    private static boolean isReplyWithoutSocket(final TcpState state, final int direction, final PacketLayout layout) {
        return (layout.tcpFlags() & TcpFlags.ACK) == 0 && state.hasSentAck(1 - direction, layout.tcpSequence());
    }

    private static boolean isAcceptable(
        final FlowRecord record, final TcpState state, final int direction, final PacketLayout layout) {
        final int peer = 1 - direction;
        if (!state.has(direction, TcpState.SEEN)) {
            if (!state.has(peer, TcpState.SEEN)) {
                return true;
            }
            if (!state.has(direction, TcpState.ACKED_KNOWN)) {
                return isAnswerToFirst(record, state, peer, layout);
            }
        }
        final int sequence = layout.tcpSequence();
        if (state.has(direction, TcpState.NEXT_KNOWN) && sequence == state.next(direction)) {
            return true;
        }
        final int expected = state.has(direction, TcpState.ACKED_KNOWN) ? state.acked(direction) : state.next(direction);
        final int ahead = sequence - expected;
        return ahead >= 0 && ahead < TcpWindow.of(record, state, peer);
    }

    /** The peer has not acknowledged anything so far: the sequence number says nothing, the acknowledgment must fit. */
    private static boolean isAnswerToFirst(
        final FlowRecord record, final TcpState state, final int peer, final PacketLayout layout) {
        if ((layout.tcpFlags() & TcpFlags.ACK) == 0) {
            return false;
        }
        final int acknowledgment = layout.tcpAcknowledgment();
        if (state.has(peer, TcpState.ISN_KNOWN)) {
            return TcpHandshake.isAnswerToSyn(state, peer, acknowledgment);
        }
        final int behind = state.next(peer) - acknowledgment;
        return behind >= 0 && behind <= TcpWindow.of(record, state, 1 - peer);
    }

    /** What the RST acknowledges did arrive, as far as it was seen. */
    private static void acknowledge(
        final FlowRecord record, final TcpState state, final int direction, final PacketLayout layout) {
        final int peer = 1 - direction;
        if ((layout.tcpFlags() & TcpFlags.ACK) == 0 || !state.has(peer, TcpState.NEXT_KNOWN)) {
            return;
        }
        final int next = state.next(peer);
        final int acknowledgment = layout.tcpAcknowledgment() - next > 0 ? next : layout.tcpAcknowledgment();
        if (!state.has(peer, TcpState.ACKED_KNOWN) || acknowledgment - state.acked(peer) > 0) {
            final int before = TcpWindow.outstanding(record, state, peer);
            state.acked(peer, acknowledgment);
            state.raise(peer, TcpState.ACKED_KNOWN);
            if (before > Math.max(0, TcpWindow.outstanding(record, state, peer))) {
                record.tcpResetEvidence(record.tcpResetEvidence() | TcpResetEvidence.ACKED_BY_RST.mask());
            }
        }
    }

    private int evidence(
        final FlowRecord record, final TcpState state, final int direction, final PacketLayout layout, final long timestampNs,
        final boolean isReply) {
        return sequenceEvidence(state, direction, layout, timestampNs, isReply)
            | timeEvidence(record, state, direction, timestampNs) | headerEvidence(state, direction, layout);
    }

    private static int sequenceEvidence(
        final TcpState state, final int direction, final PacketLayout layout, final long timestampNs, final boolean isReply) {
        final int sequence = layout.tcpSequence();
        final int peer = 1 - direction;
        int evidence = 0;
        if (state.has(direction, TcpState.NEXT_KNOWN)) {
            final int ahead = sequence - state.next(direction);
            if (ahead > 0) {
                evidence |= TcpResetEvidence.SEQ_AHEAD.mask();
            } else if (ahead < 0 && !isAckedNumber(state, direction, sequence) && !state.hasSentAck(peer, sequence)) {
                evidence |= TcpResetEvidence.STALE_SEQ.mask();
            }
        }
        if (isLastRstOf(state, direction) && !isReply && sequence - state.rstSequence() > 0
            && timestampNs - state.rstNs() <= SERIES_NS) {
            evidence |= TcpResetEvidence.MULTI_SEQ.mask();
        }
        if ((layout.tcpFlags() & TcpFlags.ACK) != 0 && state.has(peer, TcpState.NEXT_KNOWN)
            && layout.tcpAcknowledgment() - state.next(peer) > 0) {
            evidence |= TcpResetEvidence.ACK_AHEAD.mask();
        }
        return evidence;
    }

    private static boolean isAckedNumber(final TcpState state, final int direction, final int sequence) {
        return state.has(direction, TcpState.ACKED_KNOWN) && state.acked(direction) == sequence;
    }

    private static boolean isLastRstOf(final TcpState state, final int direction) {
        return state.has(TcpState.RST_SEEN) && state.has(TcpState.LAST_RST_BY_SERVER) == (direction == FlowRecord.REVERSE);
    }

    private static int timeEvidence(
        final FlowRecord record, final TcpState state, final int direction, final long timestampNs) {
        int evidence = 0;
        final long roundTripNs = TcpTeardown.roundTripNs(record);
        if (isLastRstOf(state, 1 - direction) && roundTripNs > SHORT_ROUND_TRIP_NS
            && timestampNs - state.rstNs() <= roundTripNs / 2) {
            evidence |= TcpResetEvidence.BOTH_SIDES.mask();
        }
        if (direction == FlowRecord.REVERSE && state.has(FlowRecord.FORWARD, TcpState.DATA)
            && !state.has(TcpState.SERVER_SPOKE_LAST)
            && timestampNs - state.lastDataNs(FlowRecord.FORWARD) < record.handshakeServerRttNs() / 2) {
            evidence |= TcpResetEvidence.TOO_FAST.mask();
        }
        return evidence;
    }

    private int headerEvidence(final TcpState state, final int direction, final PacketLayout layout) {
        int evidence = 0;
        if (layout.payloadLength() > 0) {
            evidence |= TcpResetEvidence.RST_DATA.mask();
        }
        if ((layout.tcpFlags() & TcpFlags.ACK) == 0 && layout.tcpAcknowledgment() != 0) {
            evidence |= TcpResetEvidence.ACKFIELD_WITHOUT_FLAG.mask();
        }
        if (layout.ipVersion() == 4 && isForeignIpId(state, direction, ipId(layout))) {
            evidence |= TcpResetEvidence.IPID_DEV.mask();
        }
        if (state.has(direction, TcpState.TIMESTAMPS) && !options.hasTimestamps()) {
            evidence |= TcpResetEvidence.NO_TSOPT.mask();
        }
        return evidence;
    }

    private static boolean isForeignIpId(final TcpState state, final int direction, final int ipId) {
        final int flags = state.flags(direction);
        final boolean isCounter = (flags & TcpState.IP_ID_STEPS) == TcpState.IP_ID_STEPS && (flags & TcpState.IP_ID_JUMPS) == 0;
        return isCounter && ipId != 0 && Math.abs((short) (ipId - state.ipId(direction))) > IP_ID_DISTANCE;
    }

    /** Takes the IP identification of a packet without RST into account: three small steps make a counter, one large none. */
    static void noteIpId(final TcpState state, final int direction, final PacketLayout layout) {
        final int flags = state.flags(direction);
        final int ipId = ipId(layout);
        if ((flags & TcpState.IP_ID_JUMPS) == 0) {
            final int step = (short) (ipId - state.ipId(direction));
            if (Math.abs(step) > IP_ID_DISTANCE || step == 0) {
                state.raise(direction, TcpState.IP_ID_JUMPS);
            } else if ((flags & TcpState.IP_ID_STEPS) != TcpState.IP_ID_STEPS) {
                state.flags(direction, flags + TcpState.IP_ID_STEP);
            }
            state.ipId(direction, ipId);
        }
    }

    static int ipId(final PacketLayout layout) {
        return layout.buffer().getShort(layout.ipOffset() + IPV4_ID_OFFSET, ByteOrder.BIG_ENDIAN) & 0xFFFF;
    }
}
