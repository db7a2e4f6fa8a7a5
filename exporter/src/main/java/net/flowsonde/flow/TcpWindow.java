package net.flowsonde.flow;

/** What a side may have sent, by the window of its peer (RFC 9293, 3.8.6; scale: RFC 7323, 2.2). */
final class TcpWindow {
    /** More than any window allows: the sequence numbers cannot be trusted. */
    static final int UNKNOWN = -1;

    private static final int UNSCALED_LIMIT = 65_535;
    /** Where the SYNs were not seen, the shift is not known; 8 makes windows of 16 MiB, more than hosts have by default. */
    private static final int ASSUMED_SHIFT = 8;

    private TcpWindow() {
    }

    /** Largest receive window that the side has announced, octets; never 0, for a probe may always come. */
    static int of(final FlowRecord record, final TcpState state, final int side) {
        final int largest = state.largestWindow(side);
        return largest == 0 ? UNSCALED_LIMIT : (largest << shift(record, state, side)) + 1;
    }

    private static int shift(final FlowRecord record, final TcpState state, final int side) {
        if ((state.flags(0) & state.flags(1) & TcpState.SYN_SEEN) == 0) {
            return ASSUMED_SHIFT;
        }
        final int own = record.tcpWindowScale(side);
        return own == FlowRecord.NO_WINDOW_SCALE || record.tcpWindowScale(1 - side) == FlowRecord.NO_WINDOW_SCALE ? 0 : own;
    }

    /**
     * Payload that the side has sent and that was not acknowledged, octets, SYN and FIN not counted; or {@link #UNKNOWN}. 0 where only
     * this side is seen and it acknowledges: its peer is there, and what that acknowledges goes another way.
     */
    static int outstanding(final FlowRecord record, final TcpState state, final int side) {
        final int flags = state.flags(side);
        final int known = TcpState.NEXT_KNOWN | TcpState.ACKED_KNOWN;
        int octets = state.next(side) - state.acked(side);
        final boolean isPeerElsewhere = (flags & TcpState.SENT_ACK) != 0
            && (state.flags(1 - side) & (TcpState.SEEN | TcpState.RST_TTL)) == 0;
        if ((flags & known) != known || octets <= 0 || isPeerElsewhere) {
            return 0;
        }
        if ((flags & TcpState.FIN) != 0) {
            octets--;
        }
        if ((flags & TcpState.ISN_KNOWN) != 0 && state.acked(side) == state.isn(side)) {
            octets--;
        }
        return octets > of(record, state, 1 - side) ? UNKNOWN : octets;
    }
}
