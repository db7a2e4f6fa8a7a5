package net.flowsonde.decode;

/**
 * Network service header (RFC 8300).
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---+-+-+-----------+-----------+-------+-------+---------------+
 *  |Ver|O|U|    TTL    |  Length   |   U   |MD type| Next protocol |
 *  +---+-+-+-----------+-----------+-------+-------+---------------+
 *  |          Service path identifier              | Service index |
 *  +-----------------------------------------------+---------------+
 * </pre>
 * Length counts words of four octets, context headers included.
 */
final class NshHeader {
    private static final int LENGTH = 8;
    private static final int NEXT_IPV4 = 1;
    private static final int NEXT_IPV6 = 2;
    private static final int NEXT_ETHERNET = 3;
    private static final int NEXT_NSH = 4;
    private static final int NEXT_MPLS = 5;

    private NshHeader() {
    }

    static int decode(final Cursor cursor, final PacketLayout layout) {
        if (cursor.remaining() < LENGTH) {
            return cursor.end(Verdict.NSH_TRUNCATED, layout);
        }
        final int start = cursor.position;
        final int base = cursor.integer(start);
        final int length = (base >>> 16 & 0x3F) << 2;
        if (base >>> 30 != 0 || length < LENGTH || length > cursor.wireRemaining()) {
            return cursor.end(Verdict.NSH_MALFORMED, layout);
        }
        if (length > cursor.remaining()) {
            return cursor.end(Verdict.NSH_TRUNCATED, layout);
        }
        cursor.enterTunnel(TunnelType.NSH, cursor.integer(start + 4) >>> 8);
        cursor.position = start + length;
        return next(cursor, layout, base & 0xFF);
    }

    private static int next(final Cursor cursor, final PacketLayout layout, final int protocol) {
        return switch (protocol) {
            case NEXT_IPV4 -> EtherType.IPV4;
            case NEXT_IPV6 -> EtherType.IPV6;
            case NEXT_ETHERNET -> Cursor.ETHERNET;
            case NEXT_NSH -> EtherType.NSH;
            case NEXT_MPLS -> EtherType.MPLS;
            default -> cursor.end(Verdict.NSH_UNKNOWN_PAYLOAD, layout);
        };
    }
}
