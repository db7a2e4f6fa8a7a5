package net.flowsonde.flow;

import net.flowsonde.decode.PacketLayout;

/**
 * What looks into the payload of flows. A flow's payload is wanted from its start, until {@link FlowRecord#dismissPayload} says that it is
 * not. All calls come from the queue thread that owns the flows; views are valid only during the call.
 */
public interface FlowListener {
    /** Wants nothing. */
    FlowListener NONE = new FlowListener() {
        @Override
        public void onPayload(
            final FlowRecord flow, final int direction, final PacketLayout packet, final int firstSequence, final long timestampNs) {
        }

        @Override
        public void onFlowEnd(final FlowRecord flow, final long nowNs) {
        }

        @Override
        public void onTime(final long nowNs) {
        }

        @Override
        public void onClose(final long nowNs) {
        }
    };

    /**
     * A TCP segment, a UDP datagram (whole, where it came in fragments) with payload or a router advertisement, already counted in its flow.
     *
     * @param direction      {@link FlowRecord#FORWARD} or {@link FlowRecord#REVERSE}
     * @param packet         of which the payload may have been captured cut: see its limit
     * @param firstSequence  TCP: number of the first octet of this direction where the handshake told it, else that of this segment
     * @param timestampNs    of the packet; never goes back within a flow
     */
    void onPayload(FlowRecord flow, int direction, PacketLayout packet, int firstSequence, long timestampNs);

    /** A flow whose {@link FlowRecord#dissector} was set has ended; its last record is not published yet. */
    void onFlowEnd(FlowRecord flow, long nowNs);

    /** Time has come to {@code nowNs}; never goes back. Comes before the flows end whose timeouts have passed with it. */
    void onTime(long nowNs);

    /** Every flow has ended and no packet will follow: what is held is to be passed on now. */
    void onClose(long nowNs);
}
