package net.flowsonde.decode;

/**
 * What came of decoding one frame: an IP packet, or the layer and the cause why there is none or not all of it. Where a frame has
 * several faults, the lowest layer's is given. {@code TRUNCATED} causes are octets that were not captured or not sent,
 * {@code MALFORMED} ones contradict themselves.
 */
public enum Verdict {
    DECODED(Kind.COMPLETE, true, "IP packets with all that their headers promise"),
    // ---- IP packets that are metered although something above or around their header is missing or unsound
    IPV4_OPTIONS_TRUNCATED(Kind.TRUNCATED, true, "IPv4 packets captured only to within their options"),
    IPV4_LENGTH_BEYOND_FRAME(Kind.MALFORMED, true, "IPv4 packets longer than their frame, so metered by it"),
    IPV6_LENGTH_BEYOND_FRAME(Kind.MALFORMED, true, "IPv6 packets longer than their frame, so metered by it"),
    IPV6_EXTENSION_TRUNCATED(Kind.TRUNCATED, true, "IPv6 packets captured only to within an extension header"),
    IPV6_EXTENSION_MALFORMED(Kind.MALFORMED, true, "IPv6 packets with an extension header that is longer than the packet"),
    IPV6_EXTENSION_LIMIT(Kind.MALFORMED, true, "IPv6 packets with more extension headers than are followed"),
    FRAGMENT_MALFORMED(Kind.MALFORMED, true, "fragments beyond the largest datagram or of an impossible length"),
    TCP_TRUNCATED(Kind.TRUNCATED, true, "TCP segments captured only to within their header"),
    TCP_MALFORMED(Kind.MALFORMED, true, "TCP segments whose header is shorter than 20 octets or longer than the packet"),
    UDP_TRUNCATED(Kind.TRUNCATED, true, "UDP datagrams captured only to within their header"),
    UDP_MALFORMED(Kind.MALFORMED, true, "UDP datagrams whose length is below 8 octets or more than the packet holds"),
    SCTP_TRUNCATED(Kind.TRUNCATED, true, "SCTP packets captured only to within their header"),
    SCTP_MALFORMED(Kind.MALFORMED, true, "SCTP packets too short for their header"),
    DCCP_TRUNCATED(Kind.TRUNCATED, true, "DCCP packets captured only to within their header"),
    DCCP_MALFORMED(Kind.MALFORMED, true, "DCCP packets whose header is longer than the packet"),
    ICMP_TRUNCATED(Kind.TRUNCATED, true, "ICMP and ICMPv6 messages captured only to within their header"),
    ICMP_MALFORMED(Kind.MALFORMED, true, "ICMP and ICMPv6 messages too short for their header"),
    GRE_TRUNCATED(Kind.TRUNCATED, true, "GRE packets captured only to within their header"),
    GRE_MALFORMED(Kind.MALFORMED, true, "GRE packets of an unknown version or with a header longer than the packet"),
    TUNNEL_PAYLOAD_TRUNCATED(Kind.TRUNCATED, true, "tunnel packets captured only to within the inner headers, metered as outer"),
    TUNNEL_PAYLOAD_MALFORMED(Kind.MALFORMED, true, "tunnel packets with malformed inner headers, metered as outer"),
    NESTING_LIMIT(Kind.MALFORMED, true, "packets in more tunnels than are followed; metered by the last header followed"),
    // ---- frames that are not metered
    ARP(Kind.NOT_METERED, false, "ARP and RARP frames"),
    LLC(Kind.NOT_METERED, false, "IEEE 802.2 frames that carry no IP (spanning tree, IS-IS, CDP and such)"),
    OTHER_ETHERTYPE(Kind.NOT_METERED, false, "frames of an EtherType that carries no IP"),
    LINK_CONTROL(Kind.NOT_METERED, false, "frames of another protocol on links without EtherTypes (null, PPP, Cisco HDLC)"),
    PPPOE_DISCOVERY(Kind.NOT_METERED, false, "PPPoE discovery frames"),
    PPP_CONTROL(Kind.NOT_METERED, false, "PPP frames that carry no IP (LCP, authentication, network control)"),
    MPLS_UNKNOWN_PAYLOAD(Kind.NOT_METERED, false, "MPLS frames whose payload is neither IP nor Ethernet"),
    NSH_UNKNOWN_PAYLOAD(Kind.NOT_METERED, false, "NSH frames whose payload carries no IP"),
    UNKNOWN_LINK_TYPE(Kind.NOT_METERED, false, "frames of a link type that is not decoded"),
    LINK_TRUNCATED(Kind.TRUNCATED, false, "frames that end inside a link header other than Ethernet's"),
    ETHERNET_TRUNCATED(Kind.TRUNCATED, false, "frames that end inside the Ethernet header"),
    VLAN_TRUNCATED(Kind.TRUNCATED, false, "frames that end inside an IEEE 802.1Q tag"),
    VN_TAG_TRUNCATED(Kind.TRUNCATED, false, "frames that end inside a VN-tag"),
    E_TAG_TRUNCATED(Kind.TRUNCATED, false, "frames that end inside an IEEE 802.1BR E-tag"),
    LLC_TRUNCATED(Kind.TRUNCATED, false, "frames that end inside the IEEE 802.2 header"),
    MPLS_TRUNCATED(Kind.TRUNCATED, false, "frames that end inside the MPLS label stack"),
    PPPOE_TRUNCATED(Kind.TRUNCATED, false, "frames that end inside the PPPoE header"),
    PPPOE_MALFORMED(Kind.MALFORMED, false, "PPPoE session frames of an unknown version or type"),
    PPP_TRUNCATED(Kind.TRUNCATED, false, "frames that end inside the PPP header"),
    NSH_TRUNCATED(Kind.TRUNCATED, false, "frames that end inside the network service header"),
    NSH_MALFORMED(Kind.MALFORMED, false, "network service headers of an unknown version or an impossible length"),
    IP_VERSION_UNKNOWN(Kind.MALFORMED, false, "packets on a raw IP link or in a tunnel that are neither IPv4 nor IPv6"),
    IPV4_TRUNCATED(Kind.TRUNCATED, false, "frames that end inside the IPv4 header"),
    IPV4_MALFORMED_VERSION(Kind.MALFORMED, false, "packets announced as IPv4 with another version in their header"),
    IPV4_MALFORMED_HEADER_LENGTH(Kind.MALFORMED, false, "IPv4 packets with a header below 20 octets or above the total length"),
    IPV4_MALFORMED_TOTAL_LENGTH(Kind.MALFORMED, false, "IPv4 packets whose total length is below 20 octets"),
    IPV6_TRUNCATED(Kind.TRUNCATED, false, "frames that end inside the IPv6 header"),
    IPV6_MALFORMED_VERSION(Kind.MALFORMED, false, "packets announced as IPv6 with another version in their header"),
    TOO_MANY_LAYERS(Kind.MALFORMED, false, "frames with more layers than are followed and no IP header among them");

    /** How a frame failed. */
    enum Kind { COMPLETE, NOT_METERED, TRUNCATED, MALFORMED }

    private final Kind kind;
    private final boolean isFlow;
    private final String description;

    Verdict(final Kind kind, final boolean isFlow, final String description) {
        this.kind = kind;
        this.isFlow = isFlow;
        this.description = description;
    }

    /** The layout holds addresses and lengths that can be metered, even if something above the IP header is unsound. */
    public boolean isFlow() {
        return isFlow;
    }

    /** One line for documentation and options records; no full stop. */
    public String description() {
        return description;
    }

    Kind kind() {
        return kind;
    }

    /** What this cause, met inside a tunnel, means for the tunnel's own packet, which is metered then. */
    Verdict inTunnel() {
        return switch (kind) {
            case COMPLETE, NOT_METERED -> DECODED;
            case TRUNCATED -> TUNNEL_PAYLOAD_TRUNCATED;
            case MALFORMED -> TUNNEL_PAYLOAD_MALFORMED;
        };
    }
}
