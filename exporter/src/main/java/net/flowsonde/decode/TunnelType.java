package net.flowsonde.decode;

/** Kinds of tunnels, by the {@link #code()} that {@link PacketLayout#tunnelType()} and the flow record keep. Codes are frozen. */
public enum TunnelType {
    NONE(0, "none"),
    /** IPv4 or IPv6 in IPv4 (RFC 2003, RFC 4213). */
    IP_IN_IPV4(1, "IP in IPv4"),
    /** IPv4 or IPv6 in IPv6 (RFC 2473). */
    IP_IN_IPV6(2, "IP in IPv6"),
    /** IPv6 in UDP (RFC 4380). */
    TEREDO(3, "Teredo"),
    /** RFC 2784 and RFC 2890; Ethernet frames inside too. */
    GRE(4, "GRE"),
    /** GRE version 1 (RFC 2637). */
    PPTP(5, "PPTP"),
    ERSPAN(6, "ERSPAN"),
    /** RFC 7348. */
    VXLAN(7, "VXLAN"),
    VXLAN_GPE(8, "VXLAN-GPE"),
    /** RFC 8926. */
    GENEVE(9, "GENEVE"),
    /** RFC 8300, inside another tunnel or straight on Ethernet. */
    NSH(10, "NSH"),
    /** GTP user plane (3GPP TS 29.281). */
    GTP_U(11, "GTP-U"),
    /** MPLS straight in IP (RFC 4023). */
    MPLS_IN_IP(12, "MPLS in IP"),
    /** Ethernet straight in IP (RFC 3378, and RFC 8986's protocol 143). */
    ETHERNET_IN_IP(13, "Ethernet in IP");

    private final int code;
    private final String description;

    TunnelType(final int code, final String description) {
        this.code = code;
        this.description = description;
    }

    public int code() {
        return code;
    }

    /** What it is, for a person. */
    public String description() {
        return description;
    }
}
