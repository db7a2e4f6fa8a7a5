package net.flowsonde.decode;

/**
 * ERSPAN over GRE (draft-foschiano-erspan): type I has no header, II eight octets, III twelve and eight more when flag O is set.
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-------+-----------------------+-----+---+-+-------------------+
 *  |  Ver  |         VLAN          | CoS |   |T|    Session id     |
 *  +-------+-----------------------+-----+---+-+-------------------+
 *  | II: reserved and port index. III: timestamp, then security group, P, frame type (5), hardware id, direction, granularity, O
 *  +----------------------------------------------------------------
 * </pre>
 */
final class ErspanHeader {
    private static final int LENGTH_II = 8;
    private static final int LENGTH_III = 12;
    private static final int PLATFORM_LENGTH = 8;
    private static final int SESSION_MASK = 0x03FF;
    private static final int FRAME_TYPE_IP = 2;

    private ErspanHeader() {
    }

    /** @param hasSequence whether the GRE header had a sequence number: type I has none */
    static int decode(final Cursor cursor, final PacketLayout layout, final int protocol, final boolean hasSequence) {
        if (protocol == EtherType.ERSPAN && !hasSequence) {
            cursor.enterTunnel(TunnelType.ERSPAN, 0);
            return Cursor.ETHERNET;
        }
        final int minimum = protocol == EtherType.ERSPAN ? LENGTH_II : LENGTH_III;
        if (cursor.remaining() < minimum) {
            return cursor.end(cursor.wireRemaining() < minimum ? Verdict.GRE_MALFORMED : Verdict.GRE_TRUNCATED, layout);
        }
        cursor.enterTunnel(TunnelType.ERSPAN, cursor.unsignedShort(cursor.position + 2) & SESSION_MASK);
        return protocol == EtherType.ERSPAN ? skip(cursor, LENGTH_II, Cursor.ETHERNET) : decodeTypeIii(cursor);
    }

    private static int decodeTypeIii(final Cursor cursor) {
        final int flags = cursor.unsignedShort(cursor.position + 10);
        final int length = LENGTH_III + ((flags & 1) != 0 ? PLATFORM_LENGTH : 0);
        final int frameType = flags >> 10 & 0x1F;
        return skip(cursor, length, frameType == FRAME_TYPE_IP ? Cursor.IP_OF_EITHER_VERSION : Cursor.ETHERNET);
    }

    private static int skip(final Cursor cursor, final int length, final int next) {
        cursor.position += Math.min(length, cursor.remaining());
        return next;
    }
}
