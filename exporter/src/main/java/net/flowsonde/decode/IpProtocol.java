package net.flowsonde.decode;

/** Protocol numbers (IANA) that are decoded. */
final class IpProtocol {
    static final int IPV6_HOP_BY_HOP = 0;
    static final int ICMP = 1;
    static final int IPV4 = 4;
    static final int TCP = 6;
    static final int UDP = 17;
    static final int DCCP = 33;
    static final int IPV6 = 41;
    static final int IPV6_ROUTING = 43;
    static final int IPV6_FRAGMENT = 44;
    static final int GRE = 47;
    static final int AUTHENTICATION = 51;
    static final int ICMPV6 = 58;
    static final int IPV6_NO_NEXT_HEADER = 59;
    static final int IPV6_DESTINATION = 60;
    static final int ETHER_IP = 97;
    static final int SCTP = 132;
    static final int MOBILITY = 135;
    static final int UDP_LITE = 136;
    static final int MPLS = 137;
    static final int HOST_IDENTITY = 139;
    static final int SHIM6 = 140;
    static final int ETHERNET = 143;

    private IpProtocol() {
    }

    /** The first four octets of its header are a source and a destination port. */
    static boolean hasPorts(final int protocol) {
        return switch (protocol) {
            case TCP, UDP, DCCP, SCTP, UDP_LITE -> true;
            default -> false;
        };
    }
}
