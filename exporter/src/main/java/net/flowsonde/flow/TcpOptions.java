package net.flowsonde.flow;

import java.nio.ByteOrder;
import net.flowsonde.decode.PacketLayout;
import org.agrona.DirectBuffer;

/**
 * The options of one TCP header that matter here: maximum segment size (kind 2, RFC 9293), window scale (kind 3) and timestamps (kind 8,
 * RFC 7323), MP_TCPRST (kind 30, subtype 8, RFC 8684, 3.6). An option list that does not add up ends the parse; what came before counts.
 * <pre>
 *  MP_TCPRST
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------+---------------+-------+-------+---------------+
 *  |    Kind 30    |   Length 4    |Sub. 8 |U|V|W|T|    Reason     |
 *  +---------------+---------------+-------+-------+---------------+
 * </pre>
 */
final class TcpOptions {
    static final int NO_MPTCP_REASON = 255;

    private static final int FIXED_HEADER_LENGTH = 20;
    private static final int END_OF_LIST = 0;
    private static final int NO_OPERATION = 1;
    private static final int MAXIMUM_SEGMENT_SIZE = 2;
    private static final int WINDOW_SCALE = 3;
    private static final int TIMESTAMPS = 8;
    private static final int MPTCP = 30;
    private static final int MPTCP_RESET = 8;
    /** RFC 7323, 2.3: a larger shift is taken for 14. */
    private static final int LARGEST_SHIFT = 14;

    private int maximumSegmentSize;
    private int windowScale;
    private boolean hasTimestamps;
    private int mptcpResetReason;

    /** Reads the options of the segment; the whole header was captured. */
    void parse(final PacketLayout layout) {
        maximumSegmentSize = 0;
        windowScale = FlowRecord.NO_WINDOW_SCALE;
        hasTimestamps = false;
        mptcpResetReason = NO_MPTCP_REASON;
        final DirectBuffer buffer = layout.buffer();
        final int limit = layout.transportOffset() + layout.tcpHeaderLength();
        int offset = layout.transportOffset() + FIXED_HEADER_LENGTH;
        while (offset < limit) {
            final int kind = buffer.getByte(offset) & 0xFF;
            if (kind == NO_OPERATION) {
                offset++;
                continue;
            }
            final int length = kind == END_OF_LIST || limit - offset < 2 ? 0 : buffer.getByte(offset + 1) & 0xFF;
            if (length < 2 || length > limit - offset) {
                return;
            }
            onOption(buffer, kind, offset, length);
            offset += length;
        }
    }

    private void onOption(final DirectBuffer buffer, final int kind, final int offset, final int length) {
        if (kind == MAXIMUM_SEGMENT_SIZE && length == 4) {
            maximumSegmentSize = buffer.getShort(offset + 2, ByteOrder.BIG_ENDIAN) & 0xFFFF;
        } else if (kind == WINDOW_SCALE && length == 3) {
            windowScale = Math.min(buffer.getByte(offset + 2) & 0xFF, LARGEST_SHIFT);
        } else if (kind == TIMESTAMPS && length == 10) {
            hasTimestamps = true;
        } else if (kind == MPTCP && length == 4 && (buffer.getByte(offset + 2) & 0xF0) >> 4 == MPTCP_RESET) {
            mptcpResetReason = buffer.getByte(offset + 3) & 0xFF;
        }
    }

    /** 0 when absent. */
    int maximumSegmentSize() {
        return maximumSegmentSize;
    }

    /** 0 to 14, or {@link FlowRecord#NO_WINDOW_SCALE}. */
    int windowScale() {
        return windowScale;
    }

    boolean hasTimestamps() {
        return hasTimestamps;
    }

    /** Reason of MP_TCPRST, or {@link #NO_MPTCP_REASON}. */
    int mptcpResetReason() {
        return mptcpResetReason;
    }
}
