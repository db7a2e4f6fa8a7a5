package net.flowsonde.decode;

import org.agrona.DirectBuffer;

/**
 * Where each layer of one packet lies in the capture buffer, as {@link PacketDecoder} found it: offsets and the numbers that every
 * packet needs, no copies. Owned and reused by one queue thread. Offsets are absolute in {@link #buffer()}; every octet between an
 * offset given here and the length that goes with it is inside the captured frame, unless its line says otherwise. Where a packet has
 * several IP headers (tunnels), the flow is that of the innermost and the outermost is kept as the tunnel. Without an IP header
 * ({@link #ipVersion()} 0) nothing but MACs, VLANs and label has a meaning.
 */
public final class PacketLayout {
    /** An offset or value that is not there. */
    public static final int NONE = -1;
    /** A VLAN field of a frame without that tag. */
    public static final int NO_VLAN = 0xFFFF;

    private static final int LARGEST_DATAGRAM = 0xFFFF;
    private static final int FRAGMENT_UNIT_MASK = 7;

    DirectBuffer buffer;
    private int nestingLimit = Integer.MAX_VALUE;
    /** Something of {@link #resetRare} is not in its initial state. */
    private boolean isRareUsed = true;
    int linkType;
    int sourceMacOffset;
    int destinationMacOffset;
    int vlanId;
    int customerVlanId;
    int mplsTopLabelStackSection;
    int tunnelType;
    long tunnelId;
    int tunnelIpVersion;
    int tunnelSourceAddressOffset;
    int tunnelDestinationAddressOffset;
    int nestingDepth;
    int ipVersion;
    int ipOffset;
    int ipHeaderLength;
    int ipLength;
    int sourceAddressOffset;
    int destinationAddressOffset;
    int protocol;
    int ttl;
    int ipClassOfService;
    int flowLabel;
    boolean isFragment;
    boolean hasMoreFragments;
    int fragmentOffset;
    int fragmentId;
    int fragmentProtocol;
    int fragmentPayloadOffset;
    int fragmentPayloadLength;
    int transportOffset;
    int transportLength;
    int limit;
    boolean hasPorts;
    int sourcePort;
    int destinationPort;
    boolean hasTransport;
    int payloadOffset;
    int payloadLength;
    int tcpFlags;
    int tcpSequence;
    int tcpAcknowledgment;
    int tcpWindow;
    int tcpHeaderLength;
    int icmpType;
    int icmpCode;
    int icmpIdentifier;
    boolean hasQuote;
    int quotedIpVersion;
    int quotedSourceAddressOffset;
    int quotedDestinationAddressOffset;
    int quotedProtocol;
    int quotedSourcePort;
    int quotedDestinationPort;
    int quotedTcpSequence;

    /** Forgets the last packet. What only an IP header fills is cleared when there is one. */
    void reset(final DirectBuffer buffer, final int linkType) {
        this.buffer = buffer;
        this.linkType = linkType;
        sourceMacOffset = NONE;
        destinationMacOffset = NONE;
        vlanId = NO_VLAN;
        customerVlanId = NO_VLAN;
        ipVersion = 0;
        nestingDepth = 0;
        if (isRareUsed) {
            resetRare();
        }
    }

    /** What few packets fill: cleared only when the last one did. */
    private void resetRare() {
        isRareUsed = false;
        mplsTopLabelStackSection = NONE;
        tunnelType = 0;
        tunnelId = 0;
        tunnelIpVersion = 0;
        tunnelSourceAddressOffset = NONE;
        tunnelDestinationAddressOffset = NONE;
        resetFragment();
        resetIcmp();
    }

    private void resetFragment() {
        isFragment = false;
        hasMoreFragments = false;
        fragmentOffset = 0;
        fragmentId = 0;
        fragmentProtocol = 0;
        fragmentPayloadOffset = 0;
        fragmentPayloadLength = 0;
    }

    private void resetIcmp() {
        icmpType = NONE;
        icmpCode = 0;
        icmpIdentifier = 0;
        hasQuote = false;
        quotedIpVersion = 0;
        quotedSourceAddressOffset = NONE;
        quotedDestinationAddressOffset = NONE;
        quotedProtocol = 0;
        quotedSourcePort = 0;
        quotedDestinationPort = 0;
        quotedTcpSequence = 0;
    }

    /** Sets most IP headers inside others that are followed. */
    void nestingLimit(final int limit) {
        nestingLimit = limit;
    }

    /** Keeps the label stack entry without its TTL, unless one is kept already. */
    void keepTopLabel(final int entry) {
        if (mplsTopLabelStackSection == NONE) {
            isRareUsed = true;
            mplsTopLabelStackSection = entry;
        }
    }

    /**
     * A sound IP header begins at {@code offset}: from now on it is the packet, and the one before it, if any, the tunnel.
     *
     * @return false when there are too many, and the packet stays what it was
     */
    boolean enterIp(final Cursor cursor, final int version, final int offset) {
        if (ipVersion != 0) {
            if (nestingDepth >= nestingLimit) {
                cursor.note(Verdict.NESTING_LIMIT);
                return false;
            }
            enterTunnel();
        }
        if (cursor.tunnelType != TunnelType.NONE) {
            keepTunnel(cursor);
        }
        ipVersion = version;
        ipOffset = offset;
        return true;
    }

    private void enterTunnel() {
        isRareUsed = true;
        nestingDepth++;
        if (tunnelIpVersion == 0) {
            tunnelIpVersion = ipVersion;
            tunnelSourceAddressOffset = sourceAddressOffset;
            tunnelDestinationAddressOffset = destinationAddressOffset;
        }
    }

    private void keepTunnel(final Cursor cursor) {
        isRareUsed = true;
        if (tunnelType == 0) {
            tunnelType = cursor.tunnelType.code();
        }
        if (tunnelId == 0) {
            tunnelId = cursor.tunnelId;
        }
        cursor.tunnelType = TunnelType.NONE;
        cursor.tunnelId = 0;
    }

    /** What follows the IP header begins at {@code offset}; nothing is known of it yet. */
    void openTransport(final int offset, final int length) {
        transportOffset = offset;
        transportLength = length;
        payloadOffset = offset;
        payloadLength = length;
        hasTransport = false;
        hasPorts = false;
        sourcePort = 0;
        destinationPort = 0;
        tcpFlags = 0;
        tcpSequence = 0;
        tcpAcknowledgment = 0;
        tcpWindow = 0;
        tcpHeaderLength = 0;
    }

    /** The transport header is sound; what it carries begins at {@code offset}. */
    void openPayload(final int offset, final int length) {
        hasTransport = true;
        payloadOffset = offset;
        payloadLength = length;
    }

    /** This packet is a fragment; only the first one's transport header can be read. */
    int enterFragment(final Cursor cursor, final int offset, final boolean hasMore, final int id) {
        isRareUsed = true;
        isFragment = true;
        hasMoreFragments = hasMore;
        fragmentOffset = offset;
        fragmentId = id;
        fragmentProtocol = protocol;
        fragmentPayloadOffset = transportOffset;
        fragmentPayloadLength = transportLength;
        final boolean isBeyond = offset + (ipVersion == 4 ? ipLength : transportLength) > LARGEST_DATAGRAM;
        if (isBeyond || hasMore && (transportLength & FRAGMENT_UNIT_MASK) != 0) {
            cursor.note(Verdict.FRAGMENT_MALFORMED);
        }
        return offset == 0 ? Cursor.TRANSPORT : Cursor.DONE;
    }

    /** The ICMP message's own fields. */
    void openIcmp(final int type, final int code) {
        isRareUsed = true;
        icmpType = type;
        icmpCode = code;
    }

    void openQuote(final int version, final int sourceOffset, final int destinationOffset) {
        hasQuote = true;
        quotedIpVersion = version;
        quotedSourceAddressOffset = sourceOffset;
        quotedDestinationAddressOffset = destinationOffset;
    }

    /** The capture buffer that all offsets belong to. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** LINKTYPE_ value that the frame was decoded as. */
    public int linkType() {
        return linkType;
    }

    /** Where the six octets of the outermost Ethernet source address lie; NONE when there is no Ethernet. */
    public int sourceMacOffset() {
        return sourceMacOffset;
    }

    /** Where the outermost Ethernet destination address lies; NONE when there is no Ethernet. */
    public int destinationMacOffset() {
        return destinationMacOffset;
    }

    /** Outermost VLAN identifier, 12 bits; NO_VLAN when untagged. */
    public int vlanId() {
        return vlanId;
    }

    /** VLAN identifier of the second tag (QinQ); NO_VLAN when there is none. */
    public int customerVlanId() {
        return customerVlanId;
    }

    /** Top MPLS entry without its TTL (20 bits label, 3 bits, bottom bit); NONE when there is none. */
    public int mplsTopLabelStackSection() {
        return mplsTopLabelStackSection;
    }

    /**
     * Code of the outermost tunnel ({@link TunnelType}); 0 when there is none. A tunnel straight on Ethernet (NSH) has no outer IP header:
     * its addresses are not there and {@link #tunnelIpVersion()} is 0.
     */
    public int tunnelType() {
        return tunnelType;
    }

    /**
     * VNI, GRE key, ERSPAN session or NSH service path of the outermost tunnel that has one; 0 when none. Identifiers that belong to one
     * direction only (PPTP calls, GTP endpoints) are left out: the two directions of a flow would not meet.
     */
    public long tunnelId() {
        return tunnelId;
    }

    /** 4 or 6: version of the outermost IP header when there is a tunnel; else 0. */
    public int tunnelIpVersion() {
        return tunnelIpVersion;
    }

    /** Where the outermost source address lies when there is a tunnel. */
    public int tunnelSourceAddressOffset() {
        return tunnelSourceAddressOffset;
    }

    /** Where the outermost destination address lies when there is a tunnel. */
    public int tunnelDestinationAddressOffset() {
        return tunnelDestinationAddressOffset;
    }

    /** IP headers passed on the way to the innermost. */
    public int nestingDepth() {
        return nestingDepth;
    }

    /** Version of the innermost IP header: 4 or 6; 0 when there is none. */
    public int ipVersion() {
        return ipVersion;
    }

    /** Where the innermost IP header lies. */
    public int ipOffset() {
        return ipOffset;
    }

    /** Octets of that header with options (IPv4) or extension headers (IPv6). */
    public int ipHeaderLength() {
        return ipHeaderLength;
    }

    /** Octets of the innermost IP packet on the wire, header included; from the frame where the header says 0 (offload). */
    public int ipLength() {
        return ipLength;
    }

    /** Where the innermost source address lies (4 or 16 octets). */
    public int sourceAddressOffset() {
        return sourceAddressOffset;
    }

    /** Where the innermost destination address lies. */
    public int destinationAddressOffset() {
        return destinationAddressOffset;
    }

    /** ProtocolIdentifier above the innermost IP header and its extension headers; that of the last header that could be read. */
    public int protocol() {
        return protocol;
    }

    /** TTL or hop limit. */
    public int ttl() {
        return ttl;
    }

    /** ToS or traffic class octet. */
    public int ipClassOfService() {
        return ipClassOfService;
    }

    /** IPv6 flow label; 0 for IPv4. */
    public int flowLabel() {
        return flowLabel;
    }

    /** This packet is one fragment of a datagram. */
    public boolean isFragment() {
        return isFragment;
    }

    /** More fragments follow this one. */
    public boolean hasMoreFragments() {
        return hasMoreFragments;
    }

    /** Where this fragment belongs in the datagram, octets. */
    public int fragmentOffset() {
        return fragmentOffset;
    }

    /** Identification of the datagram (16 bits IPv4, 32 bits IPv6). */
    public int fragmentId() {
        return fragmentId;
    }

    /** Protocol (IPv4) or next header (IPv6) of the fragmented part. */
    public int fragmentProtocol() {
        return fragmentProtocol;
    }

    /** Where this fragment's part of the datagram lies: before transportOffset when extension headers were fragmented too. */
    public int fragmentPayloadOffset() {
        return fragmentPayloadOffset;
    }

    /** Octets of that part on the wire; may be more than was captured (see limit). */
    public int fragmentPayloadLength() {
        return fragmentPayloadLength;
    }

    /**
     * The protocol has ports or is ICMP, or is an extension header with perhaps one of these behind it: worth waiting for a first
     * fragment.
     */
    public boolean mayHavePorts() {
        return IpProtocol.hasPorts(protocol) || protocol == IpProtocol.ICMP || protocol == IpProtocol.ICMPV6 || ipVersion == 6 && Ipv6Extensions.isExtension(protocol);
    }

    /** Where the transport header, or the fragment's payload, lies. */
    public int transportOffset() {
        return transportOffset;
    }

    /** Octets on the wire from transportOffset to the end of the IP packet; may be more than was captured. */
    public int transportLength() {
        return transportLength;
    }

    /** Exclusive end of the captured octets of the innermost IP packet (Ethernet padding is beyond it). */
    public int limit() {
        return limit;
    }

    /** SourcePort and destinationPort were read (TCP, UDP, UDP-Lite, SCTP, DCCP; not in later fragments). */
    public boolean hasPorts() {
        return hasPorts;
    }

    /**
     * Gives a later fragment what only the first of its datagram has: the protocol (an IPv6 fragment names the next extension header)
     * and, where {@code hasPorts}, the ports.
     */
    public void adoptFirstFragment(final int protocol, final boolean hasPorts, final int sourcePort, final int destinationPort) {
        this.protocol = protocol;
        this.hasPorts = hasPorts;
        this.sourcePort = sourcePort;
        this.destinationPort = destinationPort;
    }

    /** Gives a later fragment of an ICMP message what only the first has; {@link #hasTransport()} stays false. */
    public void adoptFirstIcmpFragment(final int icmpType, final int icmpCode, final int icmpIdentifier) {
        this.icmpType = icmpType;
        this.icmpCode = icmpCode;
        this.icmpIdentifier = icmpIdentifier;
    }

    /** Source port; 0 without ports. */
    public int sourcePort() {
        return sourcePort;
    }

    /** Destination port; 0 without ports. */
    public int destinationPort() {
        return destinationPort;
    }

    /** The transport header of this protocol was captured and is sound. */
    public boolean hasTransport() {
        return hasTransport;
    }

    /** Where the payload above the transport header lies. */
    public int payloadOffset() {
        return payloadOffset;
    }

    /** Octets of that payload on the wire; may be more than was captured (see limit). */
    public int payloadLength() {
        return payloadLength;
    }

    /** Nine TCP flag bits, NS to FIN; 0 when not TCP. Like the next three also given when only the options were cut off. */
    public int tcpFlags() {
        return tcpFlags;
    }

    /** Sequence number, as the raw 32 bits. */
    public int tcpSequence() {
        return tcpSequence;
    }

    /** Acknowledgment number, as the raw 32 bits. */
    public int tcpAcknowledgment() {
        return tcpAcknowledgment;
    }

    /** Unscaled window. */
    public int tcpWindow() {
        return tcpWindow;
    }

    /** Octets of the TCP header with options, all of them captured. */
    public int tcpHeaderLength() {
        return tcpHeaderLength;
    }

    /** ICMP or ICMPv6 type; NONE when not ICMP. */
    public int icmpType() {
        return icmpType;
    }

    /** ICMP or ICMPv6 code. */
    public int icmpCode() {
        return icmpCode;
    }

    /** Identifier of echo and the other query messages; 0 for the rest. */
    public int icmpIdentifier() {
        return icmpIdentifier;
    }

    /** An ICMP error whose quoted packet could be read to its ports. */
    public boolean hasQuote() {
        return hasQuote;
    }

    /** Version of the quoted IP header. */
    public int quotedIpVersion() {
        return quotedIpVersion;
    }

    /** Where the quoted source address lies. */
    public int quotedSourceAddressOffset() {
        return quotedSourceAddressOffset;
    }

    /** Where the quoted destination address lies. */
    public int quotedDestinationAddressOffset() {
        return quotedDestinationAddressOffset;
    }

    /** Protocol of the quoted packet. */
    public int quotedProtocol() {
        return quotedProtocol;
    }

    /** Source port of the quoted packet. */
    public int quotedSourcePort() {
        return quotedSourcePort;
    }

    /** Destination port of the quoted packet. */
    public int quotedDestinationPort() {
        return quotedDestinationPort;
    }

    /** Sequence number of the quoted segment; 0 when it was cut off. */
    public int quotedTcpSequence() {
        return quotedTcpSequence;
    }
}
