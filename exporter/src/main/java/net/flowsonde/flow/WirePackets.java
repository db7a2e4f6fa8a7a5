package net.flowsonde.flow;

import net.flowsonde.capture.CapturedFrame;
import net.flowsonde.decode.PacketLayout;

/**
 * How many packets on the wire one captured frame stands for. Segmentation offload (TSO, GSO, GRO, LRO) hands the kernel frames of up
 * to half a megabyte that no wire ever carried. The kernel's own segment size is exact; where the capture does not bring it, the
 * maximum segment size of the SYNs without this segment's options is used, else the usual MTU, and the number is an estimate. Only
 * TCP is estimated: a long datagram of another protocol is one packet of a link with long frames. Owned and reused by one queue thread.
 */
final class WirePackets {
    /** Below this a maximum segment size is nonsense or an attack; Linux sends no smaller segments. */
    static final int LEAST_SEGMENT_SIZE = 48;
    private static final int USUAL_MTU = 1_500;
    private static final int TCP_HEADER_LENGTH = 20;

    private int count;
    private boolean isEstimated;

    int count() {
        return count;
    }

    /** The count is greater than one and not the kernel's number. */
    boolean isEstimated() {
        return isEstimated;
    }

    void measure(final CapturedFrame frame, final PacketLayout layout, final FlowRecord record) {
        if (frame.gsoSize() > 0) {
            isEstimated = false;
            count = segments(payloadLength(frame, layout), frame.gsoSize());
        } else if (layout.protocol() == FlowRecord.PROTOCOL_TCP && layout.payloadLength() > LEAST_SEGMENT_SIZE && !layout.isFragment()) {
            count = segments(layout.payloadLength(), segmentSize(layout, record));
            isEstimated = count > 1;
        } else {
            isEstimated = false;
            count = 1;
        }
    }

    private static int payloadLength(final CapturedFrame frame, final PacketLayout layout) {
        return layout.hasTransport() ? layout.payloadLength() : frame.wireLength() - frame.gsoHeaderLength();
    }

    /** Most payload octets that this segment can have had on the wire. */
    private static int segmentSize(final PacketLayout layout, final FlowRecord record) {
        final int announced = leastAnnounced(record);
        if (announced != 0) {
            final int options = layout.tcpHeaderLength() - TCP_HEADER_LENGTH;
            return Math.max(LEAST_SEGMENT_SIZE, announced - options);
        }
        if (layout.ipLength() > USUAL_MTU) {
            return Math.max(LEAST_SEGMENT_SIZE, USUAL_MTU - (layout.ipLength() - layout.payloadLength()));
        }
        return Integer.MAX_VALUE;
    }

    /** Either side's announcement bounds both, for what one side can receive is mostly what the path to it can carry; 0 when none. */
    private static int leastAnnounced(final FlowRecord record) {
        final int forward = record.tcpMaximumSegmentSize(FlowRecord.FORWARD);
        final int reverse = record.tcpMaximumSegmentSize(FlowRecord.REVERSE);
        return forward == 0 ? reverse : reverse == 0 ? forward : Math.min(forward, reverse);
    }

    private static int segments(final int payloadLength, final int segmentSize) {
        return payloadLength <= segmentSize ? 1 : (payloadLength - 1) / segmentSize + 1;
    }
}
