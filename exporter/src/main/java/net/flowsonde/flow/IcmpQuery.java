package net.flowsonde.flow;

/**
 * Queries of ICMP and ICMPv6 and their answers, which are one flow: echo (RFC 792, 4443), timestamp, information, address mask
 * (RFC 950), router solicitation (RFC 1256, 4861), neighbour solicitation, node information (RFC 4620), extended echo (RFC 8335).
 */
final class IcmpQuery {
    private static final int NOT_A_QUERY = 0;
    private static final byte[] QUERY_OF_ICMP = new byte[256];
    private static final byte[] QUERY_OF_ICMPV6 = new byte[256];

    static {
        pair(QUERY_OF_ICMP, 8, 0);
        pair(QUERY_OF_ICMP, 10, 9);
        pair(QUERY_OF_ICMP, 13, 14);
        pair(QUERY_OF_ICMP, 15, 16);
        pair(QUERY_OF_ICMP, 17, 18);
        pair(QUERY_OF_ICMP, 42, 43);
        pair(QUERY_OF_ICMPV6, 128, 129);
        pair(QUERY_OF_ICMPV6, 133, 134);
        pair(QUERY_OF_ICMPV6, 135, 136);
        pair(QUERY_OF_ICMPV6, 139, 140);
        pair(QUERY_OF_ICMPV6, 160, 161);
    }

    private IcmpQuery() {
    }

    private static void pair(final byte[] queries, final int query, final int answer) {
        queries[query] = (byte) query;
        queries[answer] = (byte) query;
    }

    private static int queryOf(final int protocol, final int type) {
        return (protocol == FlowRecord.PROTOCOL_ICMP ? QUERY_OF_ICMP : QUERY_OF_ICMPV6)[type & 0xFF] & 0xFF;
    }

    /** One half of an exchange of query and answer. */
    static boolean isQueryOrAnswer(final int protocol, final int type) {
        return type >= 0 && queryOf(protocol, type) != NOT_A_QUERY;
    }

    static boolean isAnswer(final int protocol, final int type) {
        return isQueryOrAnswer(protocol, type) && queryOf(protocol, type) != type;
    }

    /** What the flow key has in place of a port: the query's type for both halves of an exchange, else type and code. */
    static int keyTypeCode(final int protocol, final int type, final int code) {
        if (type < 0) {
            return 0;
        }
        return isQueryOrAnswer(protocol, type) ? queryOf(protocol, type) << 8 : typeCode(type, code);
    }

    /** As in icmpTypeCodeIPv4 (32) and icmpTypeCodeIPv6 (139). */
    static int typeCode(final int type, final int code) {
        return type << 8 | code & 0xFF;
    }
}
