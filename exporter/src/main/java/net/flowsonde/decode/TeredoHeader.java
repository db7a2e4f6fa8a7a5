package net.flowsonde.decode;

/**
 * Teredo (RFC 4380 section 5.1.1): an authentication indication, an origin indication, each only where it is needed, then IPv6.
 * <pre>
 *  +------+------+-----------+------------+-----------+-------------+---------+--------------+
 *  | 0x00 | 0x01 | id length | auth length|    id     |    auth     | nonce 8 | confirmation |
 *  +------+------+-----------+------------+-----------+-------------+---------+--------------+
 *  +------+------+---------+------------+
 *  | 0x00 | 0x00 | port 2  | address 4  |   both obfuscated
 *  +------+------+---------+------------+
 * </pre>
 */
final class TeredoHeader {
    private static final int INDICATION_AUTHENTICATION = 0x0001;
    private static final int INDICATION_ORIGIN = 0x0000;
    private static final int AUTHENTICATION_LENGTH = 13;
    private static final int ORIGIN_LENGTH = 8;

    private TeredoHeader() {
    }

    static int decode(final Cursor cursor) {
        int start = cursor.position;
        start += authenticationLength(cursor, start);
        start += originLength(cursor, start);
        if (!Ipv6Header.isPlausible(cursor, start)) {
            return Cursor.DONE;
        }
        cursor.enterTunnel(TunnelType.TEREDO, 0);
        cursor.position = start;
        return EtherType.IPV6;
    }

    private static int authenticationLength(final Cursor cursor, final int start) {
        if (cursor.limit - start < AUTHENTICATION_LENGTH || cursor.unsignedShort(start) != INDICATION_AUTHENTICATION) {
            return 0;
        }
        return AUTHENTICATION_LENGTH + cursor.unsignedByte(start + 2) + cursor.unsignedByte(start + 3);
    }

    private static int originLength(final Cursor cursor, final int start) {
        final boolean isOrigin = cursor.limit - start >= ORIGIN_LENGTH && cursor.unsignedShort(start) == INDICATION_ORIGIN;
        return isOrigin ? ORIGIN_LENGTH : 0;
    }
}
