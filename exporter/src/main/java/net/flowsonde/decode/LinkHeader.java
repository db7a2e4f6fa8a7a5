package net.flowsonde.decode;

/** First header of a frame by the link type of the capture: the LINKTYPE_ values of the pcap file format. */
final class LinkHeader {
    static final int ETHERNET = 1;
    private static final int NULL = 0;
    private static final int PPP = 9;
    private static final int DLT_RAW = 12;
    private static final int OPENBSD_DLT_RAW = 14;
    private static final int PPP_HDLC = 50;
    private static final int PPPOE = 51;
    private static final int RAW = 101;
    private static final int CISCO_HDLC = 104;
    private static final int LOOP = 108;
    private static final int LINUX_SLL = 113;
    private static final int IPV4 = 228;
    private static final int IPV6 = 229;
    private static final int LINUX_SLL2 = 276;

    private static final int FAMILY_LENGTH = 4;
    private static final int FAMILY_IPV4 = 2;
    private static final int CISCO_HDLC_LENGTH = 4;
    private static final int PPP_ALLSTATIONS = 0xFF;
    /** Packet type, ARPHRD, address length, address (8), protocol. */
    private static final int SLL_LENGTH = 16;
    /** Protocol, reserved, interface index (4), ARPHRD, packet type (1), address length (1), address (8). */
    private static final int SLL2_LENGTH = 20;
    /** ARPHRD_NETLINK: the protocol is a netlink family. */
    private static final int HARDWARE_NETLINK = 824;
    /** ETH_P_802_2: an 802.2 header follows. */
    private static final int PROTOCOL_LLC = 4;

    private LinkHeader() {
    }

    static int decode(final Cursor cursor, final PacketLayout layout, final int linkType) {
        return switch (linkType) {
            case ETHERNET -> Cursor.ETHERNET;
            case RAW, DLT_RAW, OPENBSD_DLT_RAW -> Cursor.IP_OF_EITHER_VERSION;
            case IPV4 -> EtherType.IPV4;
            case IPV6 -> EtherType.IPV6;
            case NULL, LOOP -> decodeFamily(cursor, layout);
            case LINUX_SLL -> decodeSll(cursor, layout);
            case LINUX_SLL2 -> decodeSll2(cursor, layout);
            case PPP -> Cursor.PPP;
            case PPPOE -> EtherType.PPPOE_SESSION;
            case CISCO_HDLC -> decodeCiscoHdlc(cursor, layout);
            case PPP_HDLC -> decodePppHdlc(cursor, layout);
            default -> cursor.end(Verdict.UNKNOWN_LINK_TYPE, layout);
        };
    }

    /** BSD loopback: the address family, in the byte order of the host that captured (null) or the network's (loop). */
    private static int decodeFamily(final Cursor cursor, final PacketLayout layout) {
        if (cursor.remaining() < FAMILY_LENGTH) {
            return cursor.end(Verdict.LINK_TRUNCATED, layout);
        }
        final int value = cursor.integer(cursor.position);
        final int family = value >>> 16 == 0 ? value : Integer.reverseBytes(value);
        cursor.position += FAMILY_LENGTH;
        return switch (family) {
            case FAMILY_IPV4 -> EtherType.IPV4;
            case 10, 24, 28, 30 -> EtherType.IPV6; // AF_INET6 of Linux, NetBSD and OpenBSD, FreeBSD, macOS
            default -> cursor.end(Verdict.LINK_CONTROL, layout);
        };
    }

    private static int decodeSll(final Cursor cursor, final PacketLayout layout) {
        if (cursor.remaining() < SLL_LENGTH) {
            return cursor.end(Verdict.LINK_TRUNCATED, layout);
        }
        final int start = cursor.position;
        cursor.position = start + SLL_LENGTH;
        return cooked(cursor, layout, cursor.unsignedShort(start + 2), cursor.unsignedShort(start + 14));
    }

    private static int decodeSll2(final Cursor cursor, final PacketLayout layout) {
        if (cursor.remaining() < SLL2_LENGTH) {
            return cursor.end(Verdict.LINK_TRUNCATED, layout);
        }
        final int start = cursor.position;
        cursor.position = start + SLL2_LENGTH;
        return cooked(cursor, layout, cursor.unsignedShort(start + 8), cursor.unsignedShort(start));
    }

    private static int cooked(final Cursor cursor, final PacketLayout layout, final int hardware, final int protocol) {
        if (hardware == HARDWARE_NETLINK) {
            return cursor.end(Verdict.LINK_CONTROL, layout);
        }
        if (protocol >= EtherType.MINIMUM) {
            return protocol;
        }
        return protocol == PROTOCOL_LLC ? Cursor.LLC : cursor.end(Verdict.LINK_CONTROL, layout);
    }

    /** Address, control, EtherType (RFC 1547, Cisco's variant). */
    private static int decodeCiscoHdlc(final Cursor cursor, final PacketLayout layout) {
        if (cursor.remaining() < CISCO_HDLC_LENGTH) {
            return cursor.end(Verdict.LINK_TRUNCATED, layout);
        }
        final int type = cursor.unsignedShort(cursor.position + 2);
        if (type == EtherType.RARP) { // here the number means Cisco's SLARP
            return cursor.end(Verdict.LINK_CONTROL, layout);
        }
        cursor.position += CISCO_HDLC_LENGTH;
        return type < EtherType.MINIMUM ? cursor.end(Verdict.LINK_CONTROL, layout) : type;
    }

    /** PPP in HDLC framing, or Cisco HDLC when the address is not PPP's. */
    private static int decodePppHdlc(final Cursor cursor, final PacketLayout layout) {
        if (cursor.remaining() < 1) {
            return cursor.end(Verdict.LINK_TRUNCATED, layout);
        }
        return cursor.unsignedByte(cursor.position) == PPP_ALLSTATIONS ? Cursor.PPP : decodeCiscoHdlc(cursor, layout);
    }
}
