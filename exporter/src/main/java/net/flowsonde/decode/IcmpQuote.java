package net.flowsonde.decode;

/**
 * The packet that an ICMP error quotes, read as far as its ports and, for TCP, the sequence number. Its lengths are not compared with
 * anything: only its beginning is quoted.
 */
final class IcmpQuote {
    private static final int MOST_EXTENSIONS = 4;
    private static final int PORTS_LENGTH = 4;
    private static final int SEQUENCE_END = 8;

    private IcmpQuote() {
    }

    static void decode(final Cursor cursor, final PacketLayout layout, final int start) {
        final int available = cursor.limit - start;
        if (available < Ipv4Header.LENGTH) {
            return;
        }
        final int version = cursor.unsignedByte(start) >> 4;
        if (version == 4) {
            decodeIpv4(cursor, layout, start);
        } else if (version == 6 && available >= Ipv6Header.LENGTH) {
            decodeIpv6(cursor, layout, start);
        }
    }

    private static void decodeIpv4(final Cursor cursor, final PacketLayout layout, final int start) {
        final int headerLength = (cursor.unsignedByte(start) & 0x0F) << 2;
        final boolean isLaterFragment = (cursor.unsignedShort(start + 6) & 0x1FFF) != 0;
        if (headerLength < Ipv4Header.LENGTH || isLaterFragment) {
            return;
        }
        if (ports(cursor, layout, start + headerLength, cursor.unsignedByte(start + 9))) {
            layout.openQuote(4, start + 12, start + 16);
        }
    }

    private static void decodeIpv6(final Cursor cursor, final PacketLayout layout, final int start) {
        int protocol = cursor.unsignedByte(start + 6);
        int at = start + Ipv6Header.LENGTH;
        for (int header = 0; header < MOST_EXTENSIONS && Ipv6Extensions.isExtension(protocol); header++) {
            if (cursor.limit - at < SEQUENCE_END || isLaterFragment(cursor, protocol, at)) {
                return;
            }
            final int length = extensionLength(cursor, protocol, at);
            protocol = cursor.unsignedByte(at);
            at += length;
        }
        if (ports(cursor, layout, at, protocol)) {
            layout.openQuote(6, start + 8, start + 24);
        }
    }

    private static boolean isLaterFragment(final Cursor cursor, final int protocol, final int at) {
        return protocol == IpProtocol.IPV6_FRAGMENT && (cursor.unsignedShort(at + 2) & 0xFFF8) != 0;
    }

    private static int extensionLength(final Cursor cursor, final int protocol, final int at) {
        final int length = cursor.unsignedByte(at + 1);
        return switch (protocol) {
            case IpProtocol.IPV6_FRAGMENT -> 8;
            case IpProtocol.AUTHENTICATION -> (length + 2) << 2;
            default -> (length + 1) << 3;
        };
    }

    private static boolean ports(final Cursor cursor, final PacketLayout layout, final int at, final int protocol) {
        if (!IpProtocol.hasPorts(protocol) || cursor.limit - at < PORTS_LENGTH) {
            return false;
        }
        final int ports = cursor.integer(at);
        layout.quotedProtocol = protocol;
        layout.quotedSourcePort = ports >>> 16;
        layout.quotedDestinationPort = ports & 0xFFFF;
        layout.quotedTcpSequence =
            protocol == IpProtocol.TCP && cursor.limit - at >= SEQUENCE_END ? cursor.integer(at + PORTS_LENGTH) : 0;
        return true;
    }
}
