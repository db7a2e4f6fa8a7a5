package net.flowsonde.decode;

/** PPP (RFC 1661, RFC 1662) and PPPoE (RFC 2516). */
final class PppHeader {
    private static final int PPPOE_LENGTH = 6;
    private static final int PPPOE_VERSION_AND_TYPE = 0x11;
    private static final int ADDRESS_AND_CONTROL = 0xFF03;
    private static final int PROTOCOL_IPV4 = 0x0021;
    private static final int PROTOCOL_IPV6 = 0x0057;
    private static final int PROTOCOL_MPLS = 0x0281;

    private PppHeader() {
    }

    /**
     * A PPPoE session header.
     * <pre>
     *  +---------+---------+------+------------+----------+
     *  | version |  type   | code | session id |  length  |
     *  | 4 bits  | 4 bits  |  1   |     2      |    2     |
     *  +---------+---------+------+------------+----------+
     * </pre>
     */
    static int decodePppoeSession(final Cursor cursor, final PacketLayout layout) {
        if (cursor.remaining() < PPPOE_LENGTH) {
            return cursor.end(Verdict.PPPOE_TRUNCATED, layout);
        }
        final int start = cursor.position;
        if (cursor.unsignedByte(start) != PPPOE_VERSION_AND_TYPE) {
            return cursor.end(Verdict.PPPOE_MALFORMED, layout);
        }
        cursor.position = start + PPPOE_LENGTH;
        cursor.narrow(cursor.unsignedShort(start + 4));
        return Cursor.PPP;
    }

    /** The protocol field, which may be compressed to one odd octet, and the address and control octets where they are there. */
    static int decode(final Cursor cursor, final PacketLayout layout) {
        if (cursor.remaining() >= 2 && cursor.unsignedShort(cursor.position) == ADDRESS_AND_CONTROL) {
            cursor.position += 2;
        }
        if (cursor.remaining() < 1) {
            return cursor.end(Verdict.PPP_TRUNCATED, layout);
        }
        int protocol = cursor.unsignedByte(cursor.position++);
        if ((protocol & 1) == 0) {
            if (cursor.remaining() < 1) {
                return cursor.end(Verdict.PPP_TRUNCATED, layout);
            }
            protocol = protocol << 8 | cursor.unsignedByte(cursor.position++);
        }
        return switch (protocol) {
            case PROTOCOL_IPV4 -> EtherType.IPV4;
            case PROTOCOL_IPV6 -> EtherType.IPV6;
            case PROTOCOL_MPLS -> EtherType.MPLS;
            default -> cursor.end(Verdict.PPP_CONTROL, layout);
        };
    }
}
