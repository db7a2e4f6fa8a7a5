package net.flowsonde.decode;

/**
 * What lies above an IP header: transport headers with ports, ICMP, and the protocols that carry another packet. Tunnels are followed
 * only in packets that are not fragments.
 */
final class TransportHeader {
    private static final int PORTS_LENGTH = 4;
    private static final int TCP_LENGTH = 20;
    private static final int TCP_SEQUENCE_OFFSET = 4;
    private static final int TCP_ACKNOWLEDGMENT_OFFSET = 8;
    private static final int TCP_FLAGS_WORD_OFFSET = 12;
    private static final int UDP_LENGTH = 8;
    private static final int UDP_LENGTH_OFFSET = 4;
    private static final int SCTP_LENGTH = 12;
    private static final int DCCP_LENGTH = 12;
    private static final int DCCP_DATA_OFFSET = 4;
    private static final int AUTHENTICATION_LENGTH = 12;
    private static final int ETHER_IP_LENGTH = 2;
    private static final int LARGEST_STATED_LENGTH = 0xFFFF;

    private TransportHeader() {
    }

    static int decode(final Cursor cursor, final PacketLayout layout) {
        final int protocol = layout.protocol;
        if (protocol == IpProtocol.TCP) {
            return decodeTcp(cursor, layout);
        }
        if (protocol == IpProtocol.UDP) {
            return decodeUdp(cursor, layout);
        }
        return switch (protocol) {
            case IpProtocol.ICMP, IpProtocol.ICMPV6 -> IcmpHeader.decode(cursor, layout);
            case IpProtocol.UDP_LITE -> fixed(cursor, layout, UDP_LENGTH, Verdict.UDP_TRUNCATED, Verdict.UDP_MALFORMED);
            case IpProtocol.SCTP -> fixed(cursor, layout, SCTP_LENGTH, Verdict.SCTP_TRUNCATED, Verdict.SCTP_MALFORMED);
            case IpProtocol.DCCP -> decodeDccp(cursor, layout);
            default -> layout.isFragment ? Cursor.DONE : carrier(cursor, layout, protocol);
        };
    }

    /**
     * TCP (RFC 9293).
     * <pre>
     *  +-------------------------------+-------------------------------+
     *  |          Source port          |       Destination port        |
     *  +-------------------------------+-------------------------------+
     *  |                        Sequence number                        |
     *  +---------------------------------------------------------------+
     *  |                     Acknowledgment number                     |
     *  +-------+-----+-----------------+-------------------------------+
     *  |Offset |     |N C E U A P R S F|            Window             |
     *  +-------+-----+-----------------+-------------------------------+
     *  |           Checksum            |        Urgent pointer         |
     *  +-------------------------------+-------------------------------+
     * </pre>
     */
    private static int decodeTcp(final Cursor cursor, final PacketLayout layout) {
        final int start = cursor.position;
        if (cursor.limit - start < TCP_LENGTH) {
            return cut(cursor, layout, TCP_LENGTH, Verdict.TCP_TRUNCATED, Verdict.TCP_MALFORMED);
        }
        readPorts(cursor, layout, start);
        final int word = cursor.integer(start + TCP_FLAGS_WORD_OFFSET);
        final int headerLength = word >>> 26 & 0x3C;
        if (headerLength < TCP_LENGTH || headerLength > cursor.wireLimit - start && !layout.hasMoreFragments) {
            cursor.note(Verdict.TCP_MALFORMED);
            return Cursor.DONE;
        }
        layout.tcpFlags = word >>> 16 & 0x1FF;
        layout.tcpWindow = word & 0xFFFF;
        layout.tcpSequence = cursor.integer(start + TCP_SEQUENCE_OFFSET);
        layout.tcpAcknowledgment = cursor.integer(start + TCP_ACKNOWLEDGMENT_OFFSET);
        if (headerLength > cursor.limit - start) {
            return cut(cursor, layout, headerLength, Verdict.TCP_TRUNCATED, Verdict.TCP_MALFORMED);
        }
        layout.tcpHeaderLength = headerLength;
        layout.openPayload(start + headerLength, cursor.wireLimit - start - headerLength);
        return Cursor.DONE;
    }

    /** UDP (RFC 768): ports, length, checksum. */
    private static int decodeUdp(final Cursor cursor, final PacketLayout layout) {
        final int start = cursor.position;
        if (cursor.limit - start < UDP_LENGTH) {
            return cut(cursor, layout, UDP_LENGTH, Verdict.UDP_TRUNCATED, Verdict.UDP_MALFORMED);
        }
        readPorts(cursor, layout, start);
        final int onWire = cursor.wireLimit - start;
        final int length = cursor.unsignedShort(start + UDP_LENGTH_OFFSET);
        if (layout.isFragment) { // the length is the whole datagram's
            layout.openPayload(start + UDP_LENGTH, onWire - UDP_LENGTH);
            return Cursor.DONE;
        }
        if (length == 0 && onWire > LARGEST_STATED_LENGTH) { // RFC 2675 section 4
            layout.openPayload(start + UDP_LENGTH, onWire - UDP_LENGTH);
            return Cursor.DONE;
        }
        if (length < UDP_LENGTH || length > onWire) {
            cursor.note(Verdict.UDP_MALFORMED);
            return Cursor.DONE;
        }
        layout.openPayload(start + UDP_LENGTH, length - UDP_LENGTH);
        return UdpTunnel.decode(cursor, layout);
    }

    /** DCCP (RFC 4340): ports, then the header's length in words. */
    private static int decodeDccp(final Cursor cursor, final PacketLayout layout) {
        if (cursor.remaining() < DCCP_LENGTH) {
            return cut(cursor, layout, DCCP_LENGTH, Verdict.DCCP_TRUNCATED, Verdict.DCCP_MALFORMED);
        }
        final int headerLength = cursor.unsignedByte(cursor.position + DCCP_DATA_OFFSET) << 2;
        if (headerLength < DCCP_LENGTH) {
            readPorts(cursor, layout, cursor.position);
            cursor.note(Verdict.DCCP_MALFORMED);
            return Cursor.DONE;
        }
        return fixed(cursor, layout, headerLength, Verdict.DCCP_TRUNCATED, Verdict.DCCP_MALFORMED);
    }

    private static int fixed(
        final Cursor cursor, final PacketLayout layout, final int length, final Verdict truncated, final Verdict malformed) {
        if (cursor.remaining() < length) {
            return cut(cursor, layout, length, truncated, malformed);
        }
        readPorts(cursor, layout, cursor.position);
        layout.openPayload(cursor.position + length, cursor.wireRemaining() - length);
        return Cursor.DONE;
    }

    /** Fewer octets than the header has: cut by the capture, or by the packet; a fragment may go on in the next one. */
    private static int cut(
        final Cursor cursor, final PacketLayout layout, final int length, final Verdict truncated, final Verdict malformed) {
        if (cursor.remaining() >= PORTS_LENGTH) {
            readPorts(cursor, layout, cursor.position);
        }
        if (cursor.limit < cursor.wireLimit) {
            cursor.note(truncated);
        } else if (!layout.hasMoreFragments) {
            cursor.note(malformed);
        }
        layout.payloadOffset = cursor.limit;
        layout.payloadLength = Math.max(0, cursor.wireRemaining() - length);
        return Cursor.DONE;
    }

    private static void readPorts(final Cursor cursor, final PacketLayout layout, final int start) {
        final int ports = cursor.integer(start);
        layout.hasPorts = true;
        layout.sourcePort = ports >>> 16;
        layout.destinationPort = ports & 0xFFFF;
    }

    private static int carrier(final Cursor cursor, final PacketLayout layout, final int protocol) {
        final TunnelType inIp = layout.ipVersion == 4 ? TunnelType.IP_IN_IPV4 : TunnelType.IP_IN_IPV6;
        return switch (protocol) {
            case IpProtocol.GRE -> GreHeader.decode(cursor, layout);
            case IpProtocol.IPV4 -> tunnel(cursor, inIp, EtherType.IPV4);
            case IpProtocol.IPV6 -> tunnel(cursor, inIp, EtherType.IPV6);
            case IpProtocol.MPLS -> tunnel(cursor, TunnelType.MPLS_IN_IP, EtherType.MPLS);
            case IpProtocol.ETHERNET -> tunnel(cursor, TunnelType.ETHERNET_IN_IP, Cursor.ETHERNET);
            case IpProtocol.ETHER_IP -> decodeEtherIp(cursor, layout);
            case IpProtocol.AUTHENTICATION -> decodeAuthentication(cursor, layout);
            default -> Cursor.DONE;
        };
    }

    private static int tunnel(final Cursor cursor, final TunnelType type, final int next) {
        cursor.enterTunnel(type, 0);
        return next;
    }

    /** Four bits of version 3, twelve of zero, then a frame (RFC 3378). */
    private static int decodeEtherIp(final Cursor cursor, final PacketLayout layout) {
        if (cursor.remaining() < ETHER_IP_LENGTH) {
            return cursor.end(Verdict.ETHERNET_TRUNCATED, layout);
        }
        cursor.position += ETHER_IP_LENGTH;
        return tunnel(cursor, TunnelType.ETHERNET_IN_IP, Cursor.ETHERNET);
    }

    /** Authentication header over IPv4 (RFC 4302): the protocol is what it protects, as it is for IPv6. */
    private static int decodeAuthentication(final Cursor cursor, final PacketLayout layout) {
        if (cursor.remaining() < AUTHENTICATION_LENGTH) {
            return Cursor.DONE;
        }
        final int length = (cursor.unsignedByte(cursor.position + 1) + 2) << 2;
        if (length < AUTHENTICATION_LENGTH || length > cursor.remaining()) {
            return Cursor.DONE;
        }
        layout.protocol = cursor.unsignedByte(cursor.position);
        layout.ipHeaderLength += length;
        cursor.position += length;
        layout.openTransport(cursor.position, cursor.wireRemaining());
        return Cursor.TRANSPORT;
    }
}
