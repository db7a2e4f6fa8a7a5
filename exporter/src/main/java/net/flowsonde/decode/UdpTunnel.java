package net.flowsonde.decode;

/**
 * Tunnels over UDP. The destination port only suggests one: what follows must look like it, else the datagram is metered as it is.
 */
final class UdpTunnel {
    private static final int PORT_GTP_U = 2152;
    private static final int PORT_TEREDO = 3544;
    private static final int PORT_VXLAN = 4789;
    private static final int PORT_VXLAN_GPE = 4790;
    private static final int PORT_GENEVE = 6081;
    private static final int PORT_VXLAN_LINUX = 8472;

    private static final int VXLAN_LENGTH = 8;
    private static final int VXLAN_HAS_ID = 0x08;
    private static final int GPE_HAS_PROTOCOL = 0x04;
    private static final int GPE_VERSION_MASK = 0x30;
    private static final int GENEVE_LENGTH = 8;
    private static final int GTP_LENGTH = 8;
    private static final int GTP_VERSION_AND_TYPE = 0x30;
    private static final int GTP_OPTIONAL_MASK = 0x07;
    private static final int GTP_OPTIONAL_LENGTH = 4;
    private static final int GTP_HAS_EXTENSION = 0x04;
    private static final int GTP_DATA = 0xFF;
    private static final int MOST_GTP_EXTENSIONS = 8;

    private UdpTunnel() {
    }

    static int decode(final Cursor cursor, final PacketLayout layout) {
        switch (layout.destinationPort) {
            case PORT_GTP_U, PORT_TEREDO, PORT_VXLAN, PORT_VXLAN_GPE, PORT_GENEVE, PORT_VXLAN_LINUX -> {
                return enter(cursor, layout, layout.destinationPort);
            }
            default -> {
                return layout.sourcePort == PORT_TEREDO ? enter(cursor, layout, PORT_TEREDO) : Cursor.DONE;
            }
        }
    }

    private static int enter(final Cursor cursor, final PacketLayout layout, final int port) {
        cursor.position = layout.payloadOffset;
        cursor.narrow(layout.payloadLength);
        return switch (port) {
            case PORT_TEREDO -> TeredoHeader.decode(cursor);
            case PORT_VXLAN_GPE -> decodeVxlanGpe(cursor);
            case PORT_GENEVE -> decodeGeneve(cursor);
            case PORT_GTP_U -> decodeGtpU(cursor);
            default -> decodeVxlan(cursor);
        };
    }

    /** VXLAN (RFC 7348): flags, 3 reserved, VNI 3, 1 reserved; reserved bits are ignored as the RFC says. */
    private static int decodeVxlan(final Cursor cursor) {
        final int start = cursor.position;
        if (cursor.remaining() < VXLAN_LENGTH || (cursor.unsignedByte(start) & VXLAN_HAS_ID) == 0
            || !EthernetHeader.isPlausible(cursor, start + VXLAN_LENGTH)) {
            return Cursor.DONE;
        }
        return inner(cursor, TunnelType.VXLAN, cursor.integer(start + 4) >>> 8, VXLAN_LENGTH, Cursor.ETHERNET);
    }

    /** VXLAN-GPE (draft-ietf-nvo3-vxlan-gpe): VXLAN with the next protocol in its fourth octet. */
    private static int decodeVxlanGpe(final Cursor cursor) {
        final int start = cursor.position;
        if (cursor.remaining() < VXLAN_LENGTH) {
            return Cursor.DONE;
        }
        final int flags = cursor.unsignedByte(start);
        if ((flags & GPE_VERSION_MASK) != 0 || (flags & (VXLAN_HAS_ID | GPE_HAS_PROTOCOL)) == 0) {
            return Cursor.DONE;
        }
        final int next = (flags & GPE_HAS_PROTOCOL) == 0 ? Cursor.ETHERNET : gpeNext(cursor.unsignedByte(start + 3));
        final long id = (flags & VXLAN_HAS_ID) == 0 ? 0 : cursor.integer(start + 4) >>> 8;
        return confirmed(cursor, start + VXLAN_LENGTH, next)
            ? inner(cursor, TunnelType.VXLAN_GPE, id, VXLAN_LENGTH, next) : Cursor.DONE;
    }

    private static int gpeNext(final int protocol) {
        return switch (protocol) {
            case 1 -> EtherType.IPV4;
            case 2 -> EtherType.IPV6;
            case 3 -> Cursor.ETHERNET;
            case 4 -> EtherType.NSH;
            case 5 -> EtherType.MPLS;
            default -> Cursor.DONE;
        };
    }

    /** GENEVE (RFC 8926): version 2 bits, options' length 6 bits in words, flags, protocol 2, VNI 3, 1 reserved, options. */
    private static int decodeGeneve(final Cursor cursor) {
        final int start = cursor.position;
        if (cursor.remaining() < GENEVE_LENGTH) {
            return Cursor.DONE;
        }
        final int first = cursor.unsignedByte(start);
        final int length = GENEVE_LENGTH + ((first & 0x3F) << 2);
        final int protocol = cursor.unsignedShort(start + 2);
        final int next = protocol == EtherType.TRANSPARENT_ETHERNET ? Cursor.ETHERNET : protocol;
        if (first >> 6 != 0 || length > cursor.remaining() || !confirmed(cursor, start + length, next)) {
            return Cursor.DONE;
        }
        return inner(cursor, TunnelType.GENEVE, cursor.integer(start + 4) >>> 8, length, next);
    }

    /** Whether {@code next} is what seems to begin at {@code start}. */
    private static boolean confirmed(final Cursor cursor, final int start, final int next) {
        return switch (next) {
            case Cursor.ETHERNET -> EthernetHeader.isPlausible(cursor, start);
            case EtherType.IPV4 -> Ipv4Header.isPlausible(cursor, start);
            case EtherType.IPV6 -> Ipv6Header.isPlausible(cursor, start);
            case EtherType.NSH, EtherType.MPLS -> true;
            default -> false;
        };
    }

    /**
     * GTP-U version 1 (3GPP TS 29.281): flags, message type, length 2, tunnel endpoint 4, and four more octets when any of three flags
     * is set. The endpoint identifier belongs to one direction only, so it is no identity of the tunnel.
     */
    private static int decodeGtpU(final Cursor cursor) {
        final int start = cursor.position;
        if (cursor.remaining() < GTP_LENGTH) {
            return Cursor.DONE;
        }
        final int flags = cursor.unsignedByte(start);
        if ((flags & 0xF0) != GTP_VERSION_AND_TYPE || cursor.unsignedByte(start + 1) != GTP_DATA) {
            return Cursor.DONE;
        }
        final int length = gtpLength(cursor, start, flags);
        final int payload = start + length;
        if (length < 0 || !Ipv4Header.isPlausible(cursor, payload) && !Ipv6Header.isPlausible(cursor, payload)) {
            return Cursor.DONE;
        }
        return inner(cursor, TunnelType.GTP_U, 0, length, Cursor.IP_OF_EITHER_VERSION);
    }

    /** Octets of the header with its extensions; -1 when they are not all there. */
    private static int gtpLength(final Cursor cursor, final int start, final int flags) {
        if ((flags & GTP_OPTIONAL_MASK) == 0) {
            return GTP_LENGTH;
        }
        int length = GTP_LENGTH + GTP_OPTIONAL_LENGTH;
        for (int extension = 0; extension < MOST_GTP_EXTENSIONS; extension++) {
            if (length > cursor.limit - start) {
                return -1;
            }
            // each header ends with the type of the next; the extension's own length counts words
            if (cursor.unsignedByte(start + length - 1) == 0 || (flags & GTP_HAS_EXTENSION) == 0) {
                return length;
            }
            if (length == cursor.limit - start || cursor.unsignedByte(start + length) == 0) {
                return -1;
            }
            length += cursor.unsignedByte(start + length) << 2;
        }
        return -1;
    }

    private static int inner(final Cursor cursor, final TunnelType type, final long id, final int length, final int next) {
        cursor.enterTunnel(type, id);
        cursor.position += length;
        return next;
    }
}
