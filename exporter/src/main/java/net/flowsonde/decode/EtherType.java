package net.flowsonde.decode;

/** EtherTypes (IEEE 802 numbers, IANA) that are decoded or told apart. */
final class EtherType {
    /** Smallest EtherType; below it the field is a length (IEEE 802.3). */
    static final int MINIMUM = 0x0600;
    static final int IPV4 = 0x0800;
    static final int ARP = 0x0806;
    static final int TRANSPARENT_ETHERNET = 0x6558;
    static final int RARP = 0x8035;
    static final int VLAN = 0x8100;
    static final int IPV6 = 0x86DD;
    static final int PPP = 0x880B;
    static final int MPLS = 0x8847;
    static final int MPLS_MULTICAST = 0x8848;
    static final int PPPOE_DISCOVERY = 0x8863;
    static final int PPPOE_SESSION = 0x8864;
    static final int PROVIDER_BRIDGE = 0x88A8;
    static final int ERSPAN = 0x88BE;
    static final int LLDP = 0x88CC;
    static final int BACKBONE_SERVICE = 0x88E7;
    static final int FABRIC_PATH = 0x8903;
    static final int VN_TAG = 0x8926;
    static final int E_TAG = 0x893F;
    static final int NSH = 0x894F;
    /** QinQ before it had a number of its own. */
    static final int OLD_QINQ = 0x9100;
    static final int ERSPAN_III = 0x22EB;

    private EtherType() {
    }

    /** One that the decoder knows: what a frame guessed to be Ethernet must have. A length (IEEE 802.3) would fit too much else. */
    static boolean isPlausible(final int type) {
        return switch (type) {
            case IPV4, ARP, RARP, VLAN, IPV6, MPLS, MPLS_MULTICAST, PPPOE_DISCOVERY, PPPOE_SESSION, PROVIDER_BRIDGE,
                BACKBONE_SERVICE, FABRIC_PATH, VN_TAG, E_TAG, NSH, OLD_QINQ, LLDP -> true;
            default -> false;
        };
    }
}
