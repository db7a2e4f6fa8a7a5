package net.flowsonde.flow;

import net.flowsonde.config.TcpConfig;
import net.flowsonde.decode.PacketLayout;

/**
 * Decides why a connection ended, who ended it, when, and what the user felt: at the first reset that takes part, or when the record
 * leaves the table. The rules are those of {@link TcpTeardownReason}. Owned by one queue thread.
 */
final class TcpTeardown {
    private static final int ACTIVE_TIMEOUT = 2;
    private static final int FORCED_END = 4;
    private static final int LACK_OF_RESOURCES = 5;
    /** Idle timers that are common, ms; a time within 2 % of one is explained by it. */
    private static final int[] WELL_KNOWN_TIMERS_MS =
        {5_000, 15_000, 60_000, 65_000, 75_000, 120_000, 300_000, 350_000, 3_600_000};
    private static final int ROUND_TRIPS_OF_SILENCE = 4;

    private long idleNs;
    private int zeroWindowTicks;
    private int halfOpenTicks;
    private int retransmissions;
    private int closingOctets;

    TcpTeardown(final TcpConfig config) {
        thresholds(config);
    }

    /** Judges by other thresholds from now on. */
    void thresholds(final TcpConfig config) {
        idleNs = config.idle().toNanos();
        zeroWindowTicks = TcpTime.ticks(config.zeroWindow().toNanos());
        halfOpenTicks = TcpTime.ticks(config.halfOpen().toNanos());
        retransmissions = config.retransmissions();
        closingOctets = config.closingOctets();
    }

    /** Round trip of the handshake between client and server; 0 where it was not seen. */
    static long roundTripNs(final FlowRecord record) {
        return Math.max(0, record.handshakeServerRttNs()) + Math.max(0, record.handshakeClientRttNs());
    }

    /** Time since the last payload of either side, or since the handshake where there was none. */
    static long idleNs(final TcpState state, final long nowNs) {
        final long data = Math.max(state.lastDataNs(FlowRecord.FORWARD), state.lastDataNs(FlowRecord.REVERSE));
        final long last = data == 0 ? state.handshakeNs() : data;
        return last == 0 ? 0 : Math.max(0, nowNs - last);
    }

    /** The first reset that takes part: freezes what is known now. */
    void onReset(
        final FlowRecord record, final TcpState state, final int direction, final PacketLayout layout, final long timestampNs) {
        record.tcpIdleBeforeTeardownMs(TcpTime.milliseconds(idleNs(state, timestampNs)));
        measureOutstanding(record, state);
        final TcpTeardownReason reason = reasonOfReset(record, state, direction, layout, timestampNs);
        decide(record, state, reason, initiatorOfReset(reason, direction), direction);
        if (isIdle(reason) && isWellKnownTimer(record.tcpIdleBeforeTeardownMs())) {
            raise(record, TcpResetEvidence.IDLE_TIMER);
        }
        state.raise(TcpState.RESET);
        state.mark(TcpState.RESET_BY_SERVER, direction == FlowRecord.REVERSE);
    }

    /** The side that had reset the connection goes on: the reset was without effect. */
    void onAlive(final FlowRecord record, final TcpState state, final boolean isEvidence) {
        if (isEvidence) {
            raise(record, TcpResetEvidence.ALIVE_AFTER_RST);
        }
        state.clear(TcpState.RESET | TcpState.RESET_BY_SERVER);
        forget(record);
    }

    /** The flow had nothing but a RST, and now a packet of the other side came: it was the middle of a connection. */
    void onPeerSeen(final FlowRecord record, final TcpState state) {
        final int sender = state.has(TcpState.RESET_BY_SERVER) ? FlowRecord.REVERSE : FlowRecord.FORWARD;
        decide(record, state, TcpTeardownReason.MIDSTREAM_RST, TcpTeardownInitiator.ofSender(sender), sender);
    }

    private static void forget(final FlowRecord record) {
        record.tcpTeardownReason(0);
        record.tcpTeardownInitiator(0);
        record.tcpTeardownPhase(0);
        record.tcpTeardownImpact(TcpTeardownImpact.UNKNOWN.code());
        record.tcpIdleBeforeTeardownMs(0);
        record.tcpUnackedOctets(FlowRecord.FORWARD, 0);
        record.tcpUnackedOctets(FlowRecord.REVERSE, 0);
        record.flags(record.flags() & ~FlowRecord.FLAG_CLOSING_OCTETS_GUESSED);
        record.tcpResetEvidence(record.tcpResetEvidence()
            & ~(TcpResetEvidence.IDLE_TIMER.mask() | TcpResetEvidence.ACKED_BY_RST.mask()));
    }

    /** The record leaves the table. */
    void onRecord(final FlowRecord record, final TcpState state, final int flowEndReason, final long nowNs) {
        compareTtl(record, state, FlowRecord.FORWARD);
        compareTtl(record, state, FlowRecord.REVERSE);
        if (!state.has(TcpState.RESET)) {
            final TcpTeardownReason reason = reasonAtEnd(state, flowEndReason);
            if (reason == TcpTeardownReason.NOT_ENDED) {
                forget(record);
                return;
            }
            if (!state.isClosed()) {
                record.tcpIdleBeforeTeardownMs(TcpTime.milliseconds(idleNs(state, nowNs)));
            }
            measureOutstanding(record, state);
            decide(record, state, reason, initiatorAtEnd(reason), FlowRecord.FORWARD);
        }
        suspect(record, state);
    }

    private static void suspect(final FlowRecord record, final TcpState state) {
        final int reason = record.tcpTeardownReason();
        final boolean isOpen = state.has(TcpState.RESET) || reason == TcpTeardownReason.IDLE_ESTABLISHED.code()
            || reason == TcpTeardownReason.MIDSTREAM_END.code();
        if (isOpen && state.has(TcpState.RST_SEEN) && TcpResetEvidence.isThirdPartySuspected(record.tcpResetEvidence())) {
            record.tcpTeardownInitiator(TcpTeardownInitiator.THIRD_PARTY_SUSPECTED.code());
        }
    }

    private static void compareTtl(final FlowRecord record, final TcpState state, final int side) {
        final int both = TcpState.SEEN | TcpState.RST_TTL;
        if ((state.flags(side) & both) == both
            && (state.minimumRstTtl(side) < state.minimumTtl(side) - 1 || state.maximumRstTtl(side) > state.maximumTtl(side) + 1)) {
            raise(record, TcpResetEvidence.TTL_DEV);
        }
    }

    private static void raise(final FlowRecord record, final TcpResetEvidence evidence) {
        record.tcpResetEvidence(record.tcpResetEvidence() | evidence.mask());
    }

    private static void measureOutstanding(final FlowRecord record, final TcpState state) {
        for (int side = FlowRecord.FORWARD; side <= FlowRecord.REVERSE; side++) {
            final int octets = TcpWindow.outstanding(record, state, side);
            if (octets == TcpWindow.UNKNOWN) {
                raise(record, TcpResetEvidence.BAD_SEQ);
            }
            record.tcpUnackedOctets(side, Math.max(0, octets));
        }
    }

    private static boolean isOutstanding(final FlowRecord record) {
        return (record.tcpUnackedOctets(FlowRecord.FORWARD) | record.tcpUnackedOctets(FlowRecord.REVERSE)) != 0;
    }

    // ---- reasons of resets, top to bottom

    private TcpTeardownReason reasonOfReset(
        final FlowRecord record, final TcpState state, final int sender, final PacketLayout layout, final long timestampNs) {
        if (!state.has(FlowRecord.FORWARD, TcpState.SEEN) && !state.has(FlowRecord.REVERSE, TcpState.SEEN)) {
            return TcpTeardownReason.BACKSCATTER_RST;
        }
        if (isStealthProbe(state)) {
            return TcpTeardownReason.STEALTH_PROBE;
        }
        TcpTeardownReason reason = reasonInHandshake(state, sender, layout);
        if (reason == null) {
            reason = reasonAfterFin(state, sender);
        }
        if (reason == null) {
            reason = reasonWithoutExchange(state, sender, layout, timestampNs);
        }
        return reason == null ? reasonInExchange(record, state, sender, timestampNs) : reason;
    }

    private static TcpTeardownReason reasonInHandshake(final TcpState state, final int sender, final PacketLayout layout) {
        if (state.has(TcpState.ESTABLISHED) || !state.has(FlowRecord.FORWARD, TcpState.ISN_KNOWN)) {
            return null;
        }
        final boolean isServerSeen = state.has(FlowRecord.REVERSE, TcpState.SEEN);
        final boolean isSynAckSeen = state.has(FlowRecord.REVERSE, TcpState.SYN_SEEN);
        if (sender == FlowRecord.REVERSE) {
            return !isServerSeen && !state.has(FlowRecord.FORWARD, TcpState.SENT_ACK) ? TcpTeardownReason.SYN_REFUSED_RST
                : isSynAckSeen ? TcpTeardownReason.SYNACK_RESET_BY_SERVER : null;
        }
        if (!isServerSeen) {
            return state.has(FlowRecord.FORWARD, TcpState.SENT_ACK) ? null : TcpTeardownReason.SYN_ABORTED_BY_CLIENT;
        }
        if (isSynAckSeen) {
            return state.has(FlowRecord.FORWARD, TcpState.SENT_ACK) ? null : TcpTeardownReason.SYNACK_RESET_BY_CLIENT;
        }
        return state.has(TcpState.CHALLENGED) && state.hasSentAck(FlowRecord.REVERSE, layout.tcpSequence())
            ? TcpTeardownReason.HALF_OPEN_RESYNC : null;
    }

    private static TcpTeardownReason reasonAfterFin(final TcpState state, final int sender) {
        return state.isClosed() ? TcpTeardownReason.RST_AFTER_CLOSE
            : state.has(sender, TcpState.FIN) ? TcpTeardownReason.RST_BY_CLOSER_AFTER_FIN
            : state.has(1 - sender, TcpState.FIN) ? TcpTeardownReason.FIN_ANSWERED_BY_RST : null;
    }

    private TcpTeardownReason reasonWithoutExchange(
        final TcpState state, final int sender, final PacketLayout layout, final long timestampNs) {
        if ((layout.tcpFlags() & TcpFlags.ACK) == 0 && state.hasSentAck(1 - sender, layout.tcpSequence())
            && isSilent(state, sender, timestampNs)) {
            return TcpTeardownReason.HALF_OPEN_RST;
        }
        if (((state.flags(0) | state.flags(1)) & TcpState.DATA) != 0) {
            return null;
        }
        if (!state.has(TcpState.ESTABLISHED)) {
            return TcpTeardownReason.MIDSTREAM_RST;
        }
        return sender == FlowRecord.FORWARD ? TcpTeardownReason.RST_NO_DATA_BY_CLIENT : TcpTeardownReason.RST_NO_DATA_BY_SERVER;
    }

    private boolean isSilent(final TcpState state, final int side, final long timestampNs) {
        return !state.has(side, TcpState.SEEN)
            || TcpTime.ticks(timestampNs) - state.lastPacketTicks(side) >= halfOpenTicks;
    }

    private TcpTeardownReason reasonInExchange(
        final FlowRecord record, final TcpState state, final int sender, final long timestampNs) {
        final boolean isClient = sender == FlowRecord.FORWARD;
        if (isStuck(state, FlowRecord.FORWARD, timestampNs) || isStuck(state, FlowRecord.REVERSE, timestampNs)) {
            return TcpTeardownReason.RST_ZERO_WINDOW;
        }
        if (state.retransmissions(sender) >= retransmissions) {
            return TcpTeardownReason.RST_AFTER_RETRANSMISSION;
        }
        if (!state.has(TcpState.SERVER_SPOKE_LAST)) {
            return isClient ? TcpTeardownReason.RST_REQUEST_UNANSWERED_BY_CLIENT
                : TcpTeardownReason.RST_REQUEST_UNANSWERED_BY_SERVER;
        }
        if (isOutstanding(record)) {
            return isClient ? TcpTeardownReason.RST_MID_TRANSFER_BY_CLIENT : TcpTeardownReason.RST_MID_TRANSFER_BY_SERVER;
        }
        if (idleNs(state, timestampNs) < Math.max(idleNs, ROUND_TRIPS_OF_SILENCE * roundTripNs(record))) {
            return isClient ? TcpTeardownReason.RST_AFTER_RESPONSE_BY_CLIENT : TcpTeardownReason.RST_AFTER_RESPONSE_BY_SERVER;
        }
        return isClient ? TcpTeardownReason.RST_IDLE_BY_CLIENT : TcpTeardownReason.RST_IDLE_BY_SERVER;
    }

    private boolean isStuck(final TcpState state, final int side, final long timestampNs) {
        return state.has(side, TcpState.ZERO_WINDOW)
            && TcpTime.ticks(timestampNs) - state.zeroWindowTicks(side) >= zeroWindowTicks;
    }

    private static TcpTeardownInitiator initiatorOfReset(final TcpTeardownReason reason, final int sender) {
        return switch (reason) {
            case BACKSCATTER_RST, RST_AFTER_CLOSE -> TcpTeardownInitiator.UNKNOWN;
            case STEALTH_PROBE -> TcpTeardownInitiator.CLIENT;
            default -> TcpTeardownInitiator.ofSender(sender);
        };
    }

    // ---- reasons without a reset

    private static TcpTeardownReason reasonAtEnd(final TcpState state, final int flowEndReason) {
        if (state.isClosed()) {
            return state.has(TcpState.CLOSED_TOGETHER) ? TcpTeardownReason.FIN_SIMULTANEOUS
                : state.has(TcpState.SERVER_CLOSED_FIRST) ? TcpTeardownReason.FIN_BY_SERVER : TcpTeardownReason.FIN_BY_CLIENT;
        }
        if (state.has(TcpState.REUSED)) {
            return TcpTeardownReason.TUPLE_REUSED;
        }
        return switch (flowEndReason) {
            case ACTIVE_TIMEOUT -> TcpTeardownReason.NOT_ENDED;
            case FORCED_END, LACK_OF_RESOURCES -> isRefusedByIcmp(state)
                ? TcpTeardownReason.SYN_REFUSED_ICMP : TcpTeardownReason.FORCED_OR_EVICTED;
            default -> reasonOfSilence(state);
        };
    }

    private static TcpTeardownReason reasonOfSilence(final TcpState state) {
        if (isStealthProbe(state)) {
            return TcpTeardownReason.STEALTH_PROBE;
        }
        if (state.isClosing()) {
            return isClosedEarly(state) ? TcpTeardownReason.FIN_BEFORE_ESTABLISHED
                : state.has(TcpState.SERVER_CLOSED_FIRST) ? TcpTeardownReason.FIN_HALF_CLOSED_BY_SERVER
                : TcpTeardownReason.FIN_HALF_CLOSED_BY_CLIENT;
        }
        final boolean isClientSeen = state.has(FlowRecord.FORWARD, TcpState.SEEN);
        final boolean isServerSeen = state.has(FlowRecord.REVERSE, TcpState.SEEN);
        if (!isServerSeen) {
            return !isOnlySyn(state, FlowRecord.FORWARD) ? TcpTeardownReason.IDLE_ONE_DIRECTION
                : isRefusedByIcmp(state) ? TcpTeardownReason.SYN_REFUSED_ICMP : TcpTeardownReason.SYN_UNANSWERED;
        }
        if (!isClientSeen) {
            return isOnlySyn(state, FlowRecord.REVERSE) ? TcpTeardownReason.BACKSCATTER_SYNACK : TcpTeardownReason.IDLE_ONE_DIRECTION;
        }
        return state.has(TcpState.ESTABLISHED) ? TcpTeardownReason.IDLE_ESTABLISHED
            : isOnlySyn(state, FlowRecord.FORWARD) && isOnlySyn(state, FlowRecord.REVERSE) ? TcpTeardownReason.SYNACK_UNANSWERED
            : TcpTeardownReason.MIDSTREAM_END;
    }

    private static boolean isStealthProbe(final TcpState state) {
        return state.has(TcpState.STEALTH) && state.packets() <= 2;
    }

    private static boolean isClosedEarly(final TcpState state) {
        return state.has(FlowRecord.FORWARD, TcpState.SYN_SEEN) && !state.has(TcpState.ESTABLISHED)
            && ((state.flags(0) | state.flags(1)) & TcpState.DATA) == 0;
    }

    private static boolean isOnlySyn(final TcpState state, final int side) {
        return state.has(side, TcpState.SYN_SEEN) && !state.has(side, TcpState.SENT_ACK);
    }

    private static boolean isRefusedByIcmp(final TcpState state) {
        return state.has(TcpState.SYN_QUOTED) && !state.has(FlowRecord.REVERSE, TcpState.SEEN);
    }

    private static TcpTeardownInitiator initiatorAtEnd(final TcpTeardownReason reason) {
        return switch (reason) {
            case FORCED_OR_EVICTED -> TcpTeardownInitiator.PROBE;
            case SYN_REFUSED_ICMP -> TcpTeardownInitiator.NETWORK;
            case TUPLE_REUSED, FIN_BEFORE_ESTABLISHED, STEALTH_PROBE, FIN_BY_CLIENT, FIN_HALF_CLOSED_BY_CLIENT ->
                TcpTeardownInitiator.CLIENT;
            case FIN_BY_SERVER, FIN_HALF_CLOSED_BY_SERVER -> TcpTeardownInitiator.SERVER;
            case FIN_SIMULTANEOUS -> TcpTeardownInitiator.BOTH;
            default -> TcpTeardownInitiator.UNKNOWN;
        };
    }

    // ---- phase and impact

    private void decide(
        final FlowRecord record, final TcpState state, final TcpTeardownReason reason, final TcpTeardownInitiator initiator,
        final int sender) {
        record.tcpTeardownReason(reason.code());
        record.tcpTeardownInitiator(initiator.code());
        record.tcpTeardownPhase(phase(record, state, reason, sender).code());
        record.tcpTeardownImpact(impact(record, state, reason, sender).code());
    }

    private static TcpTeardownPhase phase(
        final FlowRecord record, final TcpState state, final TcpTeardownReason reason, final int sender) {
        return switch (reason) {
            case SYN_UNANSWERED, SYN_REFUSED_RST, SYN_REFUSED_ICMP, SYN_ABORTED_BY_CLIENT, STEALTH_PROBE, HALF_OPEN_RESYNC ->
                TcpTeardownPhase.AFTER_SYN;
            case SYNACK_RESET_BY_CLIENT, SYNACK_UNANSWERED, SYNACK_RESET_BY_SERVER -> TcpTeardownPhase.AFTER_SYN_ACK;
            case FIN_BEFORE_ESTABLISHED -> state.has(FlowRecord.REVERSE, TcpState.SYN_SEEN)
                ? TcpTeardownPhase.AFTER_SYN_ACK : TcpTeardownPhase.AFTER_SYN;
            case FIN_BY_CLIENT, FIN_BY_SERVER, FIN_SIMULTANEOUS, RST_AFTER_CLOSE -> TcpTeardownPhase.CLOSED;
            case FIN_HALF_CLOSED_BY_CLIENT, FIN_HALF_CLOSED_BY_SERVER, RST_BY_CLOSER_AFTER_FIN, FIN_ANSWERED_BY_RST ->
                TcpTeardownPhase.HALF_CLOSED;
            case RST_IDLE_BY_CLIENT, RST_IDLE_BY_SERVER -> TcpTeardownPhase.IDLE;
            case IDLE_ESTABLISHED -> isOutstanding(record) ? TcpTeardownPhase.EXCHANGE : TcpTeardownPhase.IDLE;
            case HALF_OPEN_RST -> state.has(sender, TcpState.SEEN) ? TcpTeardownPhase.IDLE : TcpTeardownPhase.UNKNOWN;
            case RST_NO_DATA_BY_CLIENT, RST_NO_DATA_BY_SERVER -> TcpTeardownPhase.ESTABLISHED_NO_DATA;
            case RST_REQUEST_UNANSWERED_BY_SERVER, RST_REQUEST_UNANSWERED_BY_CLIENT ->
                state.has(FlowRecord.REVERSE, TcpState.DATA) ? TcpTeardownPhase.EXCHANGE : TcpTeardownPhase.FIRST_REQUEST;
            case RST_AFTER_RESPONSE_BY_CLIENT, RST_AFTER_RESPONSE_BY_SERVER, RST_MID_TRANSFER_BY_CLIENT,
                RST_MID_TRANSFER_BY_SERVER, RST_ZERO_WINDOW, RST_AFTER_RETRANSMISSION -> TcpTeardownPhase.EXCHANGE;
            default -> TcpTeardownPhase.UNKNOWN;
        };
    }

    /** The reason's impact; after one FIN it depends on what the peer of the RST's sender still had under way. */
    private TcpTeardownImpact impact(
        final FlowRecord record, final TcpState state, final TcpTeardownReason reason, final int sender) {
        if (reason != TcpTeardownReason.RST_BY_CLOSER_AFTER_FIN && reason != TcpTeardownReason.FIN_ANSWERED_BY_RST) {
            return reason.impact();
        }
        final int peer = 1 - sender;
        final int octets = TcpWindow.outstanding(record, state, peer);
        if (octets == TcpWindow.UNKNOWN) {
            return TcpTeardownImpact.UNKNOWN;
        }
        if (octets == 0 || state.has(peer, TcpState.FAREWELL) && octets == state.lastPayloadLength(peer)) {
            return TcpTeardownImpact.COMPLETE;
        }
        if (octets <= closingOctets) {
            record.raiseFlag(FlowRecord.FLAG_CLOSING_OCTETS_GUESSED);
            return TcpTeardownImpact.COMPLETE;
        }
        return TcpTeardownImpact.TRUNCATED;
    }

    private static boolean isIdle(final TcpTeardownReason reason) {
        return reason == TcpTeardownReason.RST_IDLE_BY_CLIENT || reason == TcpTeardownReason.RST_IDLE_BY_SERVER;
    }

    private static boolean isWellKnownTimer(final int idleMs) {
        for (final int timer : WELL_KNOWN_TIMERS_MS) {
            if (Math.abs(Integer.toUnsignedLong(idleMs) - timer) * 50 <= timer) {
                return true;
            }
        }
        return false;
    }
}
