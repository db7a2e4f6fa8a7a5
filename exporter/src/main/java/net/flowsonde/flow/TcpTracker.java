package net.flowsonde.flow;

import net.flowsonde.config.TcpConfig;
import net.flowsonde.decode.PacketLayout;

/**
 * Follows TCP connections segment by segment and explains their end. Owned by one queue thread; allocates nothing, throws nothing on
 * traffic.
 * <p>Fills of the record: RTTs, application response time, payload octets, retransmitted, out-of-order and zero-window packets, RST
 * count and TTL, control bits, MSS, window, window scale, history, the flags SYN_SEEN, HANDSHAKE_SEEN, ICMP_ERROR and
 * CLOSING_OCTETS_GUESSED, and everything called teardown.
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

    private final TcpConfig config;

    TcpTracker(final TcpConfig config) {
        this.config = config;
    }

    /** A flow was opened, its record initialised (zero where nothing is known); the state behind it is not. */
    void onOpen(final FlowRecord record, final TcpState state) {
        state.reset();
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
        return CONTINUE;
    }

    /** An ICMP error quoted a packet of this flow. */
    void onIcmpError(final FlowRecord record, final TcpState state, final PacketLayout layout) {
        record.raiseFlag(FlowRecord.FLAG_ICMP_ERROR);
    }

    /** The record is about to be exported, for whatever cause: fills the teardown fields. */
    void onRecord(final FlowRecord record, final TcpState state, final int flowEndReason, final long nowNs) {
    }

    /** The record was exported and the flow goes on: clears the counts that belong to one record. */
    void onRecordExported(final FlowRecord record, final TcpState state) {
    }
}
