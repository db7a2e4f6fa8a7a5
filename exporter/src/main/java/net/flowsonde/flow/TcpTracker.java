package net.flowsonde.flow;

import net.flowsonde.config.TcpConfig;
import net.flowsonde.decode.PacketLayout;

/**
 * Follows TCP connections segment by segment and explains their end. Owned by one queue thread; allocates nothing, throws nothing on
 * traffic.
 * <p>Fills of the record: RTTs, application response time, payload octets, retransmitted, out-of-order and zero-window packets, RST
 * count and TTL, control bits, MSS, window, window scale, history, the flags SYN_SEEN, HANDSHAKE_SEEN, ICMP_ERROR and
 * CLOSING_OCTETS_GUESSED, and everything called teardown. How segments are counted is said in {@link TcpStream}.
 */
final class TcpTracker {
    /** The connection goes on: a linger that was started is cancelled. */
    static final int CONTINUE = 0;
    /** The connection has ended: start the linger, or keep the one that runs. */
    static final int ENDED = 1;
    /**
     * This segment belongs to another connection on the same endpoints and was not taken in: close the record (flowEndReason 3, end
     * detected), open a new one and call again.
     */
    static final int NEW_CONNECTION = 2;

    private static final int ICMP_DESTINATION_UNREACHABLE = 3;
    private static final int ICMP_FRAGMENTATION_NEEDED = 4;
    private static final int ICMP_TIME_EXCEEDED = 11;
    private static final int ICMPV6_DESTINATION_UNREACHABLE = 1;
    private static final int ICMPV6_TIME_EXCEEDED = 3;
    private static final int FIXED_HEADER_LENGTH = 20;
    /** Packets are counted to one more than the rules ask for. */
    private static final int COUNTED_PACKETS = 3;

    private final TcpOptions options = new TcpOptions();
    private final TcpHandshake handshake = new TcpHandshake(options);
    private final TcpAcknowledgments acknowledgments = new TcpAcknowledgments(handshake);
    private final TcpStream stream = new TcpStream();
    private final TcpTeardown teardown;
    private final TcpResets resets;

    TcpTracker(final TcpConfig config) {
        teardown = new TcpTeardown(config);
        resets = new TcpResets(options, teardown);
    }

    /** Judges the end of connections by other thresholds from now on. */
    void thresholds(final TcpConfig config) {
        teardown.thresholds(config);
    }

    /** A flow was opened, its record initialised (zero where nothing is known); the state behind it is not. */
    void onOpen(final FlowRecord record, final TcpState state) {
        state.reset();
        record.handshakeServerRttNs(-1);
        record.handshakeClientRttNs(-1);
        record.applicationResponseTimeNs(-1);
        record.tcpWindowScale(FlowRecord.FORWARD, FlowRecord.NO_WINDOW_SCALE);
        record.tcpWindowScale(FlowRecord.REVERSE, FlowRecord.NO_WINDOW_SCALE);
        record.tcpResetMptcpReason(TcpOptions.NO_MPTCP_REASON);
        record.tcpTeardownImpact(TcpTeardownImpact.UNKNOWN.code());
    }

    /**
     * A segment whose header was captured.
     *
     * @param direction    of the flow record: FORWARD when the client sent it
     * @param wirePackets  packets that the frame stands for
     * @return {@link #CONTINUE}, {@link #ENDED} or {@link #NEW_CONNECTION}
     */
    int onSegment(
        final FlowRecord record, final TcpState state, final int direction, final PacketLayout layout, final long timestampNs,
        final int wirePackets) {
        final int flags = layout.tcpFlags();
        if ((flags & (TcpFlags.SYN | TcpFlags.RST)) == TcpFlags.SYN && handshake.isNewConnection(record, state, direction, layout)) {
            state.raise(TcpState.REUSED);
            return NEW_CONNECTION;
        }
        count(record, state, direction, layout, wirePackets);
        if ((flags & TcpFlags.RST) != 0) {
            resets.onReset(record, state, direction, layout, timestampNs);
        } else if (state.has(TcpState.RESET)) {
            onPacketAfterReset(record, state, direction, layout, timestampNs, wirePackets);
        } else {
            onPacket(record, state, direction, layout, timestampNs, wirePackets);
        }
        return state.isEnded() ? ENDED : CONTINUE;
    }

    private static void count(
        final FlowRecord record, final TcpState state, final int direction, final PacketLayout layout, final int wirePackets) {
        record.tcpControlBits(direction, record.tcpControlBits(direction) | layout.tcpFlags());
        record.payloadOctets(direction, record.payloadOctets(direction) + layout.payloadLength());
        if (wirePackets > 1) {
            record.tcpResetEvidence(record.tcpResetEvidence() | TcpResetEvidence.OFFLOAD.mask());
        }
        if (state.packets() < COUNTED_PACKETS) {
            onEarlyPacket(state, layout.tcpFlags());
        }
    }

    private static void onEarlyPacket(final TcpState state, final int flags) {
        if (state.packets() == 0 && ((flags & (TcpFlags.SYN | TcpFlags.ACK | TcpFlags.RST)) == 0
            || (flags & (TcpFlags.SYN | TcpFlags.FIN)) == (TcpFlags.SYN | TcpFlags.FIN))) {
            state.raise(TcpState.STEALTH);
        }
        state.packets(state.packets() + 1);
    }

    private void onPacket(
        final FlowRecord record, final TcpState state, final int direction, final PacketLayout layout, final long timestampNs,
        final int wirePackets) {
        final int flags = layout.tcpFlags();
        final int before = state.flags(direction);
        if ((before & TcpState.SEEN) == 0) {
            onFirstPacket(record, state, direction, layout);
        } else if (layout.ipVersion() == 4 && (before & TcpState.IP_ID_JUMPS) == 0) {
            TcpResets.noteIpId(state, direction, layout);
        }
        if ((flags & TcpFlags.SYN) != 0) {
            handshake.onSyn(record, state, direction, layout, timestampNs);
        }
        if ((flags & TcpFlags.ACK) != 0) {
            acknowledgments.onAck(record, state, direction, layout, timestampNs);
            if ((flags & TcpFlags.SYN) == 0 && (before & TcpState.SENT_ACK) == 0) {
                state.raise(direction, TcpState.SENT_ACK);
            }
        }
        stream.onSegment(record, state, direction, layout, timestampNs, wirePackets);
        onWindow(record, state, direction, layout, timestampNs);
        onTtl(state, direction, layout.ttl());
        state.lastPacketTicks(direction, TcpTime.ticks(timestampNs));
    }

    private void onFirstPacket(final FlowRecord record, final TcpState state, final int direction, final PacketLayout layout) {
        record.tcpWindowSize(direction, layout.tcpWindow());
        state.minimumTtl(direction, layout.ttl());
        state.maximumTtl(direction, layout.ttl());
        state.raise(direction, TcpState.SEEN);
        if (layout.ipVersion() == 4) {
            state.ipId(direction, TcpResets.ipId(layout));
        }
        if (layout.tcpHeaderLength() > FIXED_HEADER_LENGTH) {
            options.parse(layout);
            if (options.hasTimestamps()) {
                state.raise(direction, TcpState.TIMESTAMPS);
            }
        }
    }

    private static void onWindow(
        final FlowRecord record, final TcpState state, final int direction, final PacketLayout layout, final long timestampNs) {
        final int window = layout.tcpWindow();
        if ((layout.tcpFlags() & TcpFlags.SYN) != 0) {
            return;
        }
        if (window > state.largestWindow(direction)) {
            state.largestWindow(direction, window);
        }
        if (window == 0) {
            onZeroWindow(record, state, direction, layout.tcpFlags(), timestampNs);
        } else if (state.has(direction, TcpState.ZERO_WINDOW)) {
            state.clear(direction, TcpState.ZERO_WINDOW);
        }
    }

    private static void onZeroWindow(
        final FlowRecord record, final TcpState state, final int direction, final int flags, final long timestampNs) {
        if ((flags & TcpFlags.FIN) != 0) {
            return;
        }
        record.tcpZeroWindowPackets(direction, record.tcpZeroWindowPackets(direction) + 1);
        TcpHistory.addOnce(record, state, direction, TcpState.WROTE_ZERO_WINDOW, 'w');
        if (!state.has(direction, TcpState.ZERO_WINDOW)) {
            state.raise(direction, TcpState.ZERO_WINDOW);
            state.zeroWindowTicks(direction, TcpTime.ticks(timestampNs));
        }
    }

    private static void onTtl(final TcpState state, final int direction, final int ttl) {
        if (ttl < state.minimumTtl(direction)) {
            state.minimumTtl(direction, ttl);
        } else if (ttl > state.maximumTtl(direction)) {
            state.maximumTtl(direction, ttl);
        }
    }

    /** Evidence is collected; when the side that had reset goes on, the reset was without effect. */
    private void onPacketAfterReset(
        final FlowRecord record, final TcpState state, final int direction, final PacketLayout layout, final long timestampNs,
        final int wirePackets) {
        final int peer = 1 - direction;
        final boolean isOwn = state.has(TcpState.RESET_BY_SERVER) == (direction == FlowRecord.REVERSE);
        final boolean isOnlyRst = record.tcpTeardownReason() == TcpTeardownReason.BACKSCATTER_RST.code();
        final int next = state.next(direction);
        final int acked = state.acked(peer);
        onPacket(record, state, direction, layout, timestampNs, wirePackets);
        if (isOwn) {
            final boolean isNew = state.next(direction) - next > 0 && state.next(direction) - state.rstSequence() > 0
                || state.acked(peer) - acked > 0;
            if ((isOnlyRst || isNew) && record.tcpTeardownReason() != TcpTeardownReason.RST_AFTER_CLOSE.code()) {
                teardown.onAlive(record, state, (layout.tcpFlags() & TcpFlags.SYN) == 0);
            }
        } else if (isOnlyRst) {
            teardown.onPeerSeen(record, state);
        }
    }

    /** An ICMP error quoted a packet of this flow: evidence, never an end (RFC 5927, RFC 1122, 4.2.3.9). */
    void onIcmpError(final FlowRecord record, final TcpState state, final PacketLayout layout) {
        record.raiseFlag(FlowRecord.FLAG_ICMP_ERROR);
        final boolean isSyn = state.has(FlowRecord.FORWARD, TcpState.SYN_SEEN)
            && (layout.quotedTcpSequence() == state.isn(FlowRecord.FORWARD) || layout.quotedTcpSequence() == 0);
        if (isSyn && isRefusal(layout)) {
            state.raise(TcpState.SYN_QUOTED);
        }
    }

    private static boolean isRefusal(final PacketLayout layout) {
        final int type = layout.icmpType();
        if (layout.ipVersion() == 6) {
            return type == ICMPV6_DESTINATION_UNREACHABLE || type == ICMPV6_TIME_EXCEEDED;
        }
        return type == ICMP_DESTINATION_UNREACHABLE && layout.icmpCode() != ICMP_FRAGMENTATION_NEEDED || type == ICMP_TIME_EXCEEDED;
    }

    /** The record is about to be exported, for whatever cause: fills the teardown fields. */
    void onRecord(final FlowRecord record, final TcpState state, final int flowEndReason, final long nowNs) {
        teardown.onRecord(record, state, flowEndReason, nowNs);
    }

    /** The record was exported and the flow goes on: clears the counts that belong to one record; facts of the connection stay. */
    void onRecordExported(final FlowRecord record, final TcpState state) {
        for (int direction = FlowRecord.FORWARD; direction <= FlowRecord.REVERSE; direction++) {
            record.tcpControlBits(direction, 0);
            record.payloadOctets(direction, 0);
            record.tcpRetransmittedPackets(direction, 0);
            record.tcpOutOfOrderPackets(direction, 0);
            record.tcpZeroWindowPackets(direction, 0);
            record.tcpRstCount(direction, 0);
        }
    }
}
