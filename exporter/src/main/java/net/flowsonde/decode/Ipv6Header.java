package net.flowsonde.decode;

/**
 * IPv6 header (RFC 8200).
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-------+---------------+---------------------------------------+
 *  |Version| Traffic class |              Flow label               |
 *  +-------+---------------+-------+---------------+---------------+
 *  |        Payload length         |  Next header  |   Hop limit   |
 *  +-------------------------------+---------------+---------------+
 *  |                 Source address (16 octets)                    |
 *  +---------------------------------------------------------------+
 *  |               Destination address (16 octets)                 |
 *  +---------------------------------------------------------------+
 * </pre>
 */
final class Ipv6Header {
    static final int LENGTH = 40;
    private static final int PAYLOAD_LENGTH_OFFSET = 4;
    private static final int SOURCE_OFFSET = 8;
    private static final int DESTINATION_OFFSET = 24;
    /** A payload no longer than this may be Ethernet padding. */
    private static final int ETHERNET_MINIMUM_PAYLOAD = 46 - LENGTH;

    private Ipv6Header() {
    }

    static int decode(final Cursor cursor, final PacketLayout layout) {
        if (cursor.remaining() < LENGTH) {
            return cursor.end(Verdict.IPV6_TRUNCATED, layout);
        }
        final int start = cursor.position;
        final int word = cursor.integer(start);
        if (word >>> 28 != 6) {
            return cursor.end(Verdict.IPV6_MALFORMED_VERSION, layout);
        }
        if (!layout.enterIp(cursor, 6, start)) {
            return Cursor.DONE;
        }
        layout.ipClassOfService = word >>> 20 & 0xFF;
        layout.flowLabel = word & 0xF_FFFF;
        final int payloadWord = cursor.integer(start + PAYLOAD_LENGTH_OFFSET);
        layout.ttl = payloadWord & 0xFF;
        layout.protocol = payloadWord >>> 8 & 0xFF;
        layout.sourceAddressOffset = start + SOURCE_OFFSET;
        layout.destinationAddressOffset = start + DESTINATION_OFFSET;
        layout.ipHeaderLength = LENGTH;
        return bounds(cursor, layout, start, payloadWord >>> 16);
    }

    private static int bounds(final Cursor cursor, final PacketLayout layout, final int start, final int payloadLength) {
        final int onWire = cursor.wireLimit - start - LENGTH;
        final int length = payloadLength != 0 ? payloadLength : unstatedLength(cursor, layout.protocol, start + LENGTH, onWire);
        if (length > onWire) {
            cursor.note(Verdict.IPV6_LENGTH_BEYOND_FRAME);
        }
        final int shown = Math.min(length, onWire);
        layout.ipLength = LENGTH + shown;
        cursor.wireLimit = start + LENGTH + shown;
        cursor.limit = Math.min(cursor.limit, cursor.wireLimit);
        layout.limit = cursor.limit;
        cursor.position = start + LENGTH;
        layout.openTransport(cursor.position, shown);
        return Ipv6Extensions.isExtension(layout.protocol) ? Ipv6Extensions.decode(cursor, layout) : Cursor.TRANSPORT;
    }

    /** Payload length 0: none, a jumbogram (RFC 2675), or a frame whose segmentation was left to the interface. */
    private static int unstatedLength(final Cursor cursor, final int nextHeader, final int payload, final int onWire) {
        if (nextHeader == IpProtocol.IPV6_NO_NEXT_HEADER || onWire <= ETHERNET_MINIMUM_PAYLOAD) {
            return 0;
        }
        if (nextHeader == IpProtocol.IPV6_HOP_BY_HOP) {
            final int jumbo = Ipv6Extensions.jumboPayloadLength(cursor, payload);
            return jumbo == 0 ? onWire : jumbo;
        }
        return onWire;
    }

    /** Whether what begins at {@code start} fits an IPv6 header: for places where nothing announces one. */
    static boolean isPlausible(final Cursor cursor, final int start) {
        return cursor.limit - start >= LENGTH && cursor.unsignedByte(start) >> 4 == 6
            && cursor.unsignedShort(start + PAYLOAD_LENGTH_OFFSET) <= cursor.wireLimit - start - LENGTH;
    }
}
