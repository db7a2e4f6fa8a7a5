package net.flowsonde.flow;

/**
 * How likely a port is a server's. Only used where nothing better says who is the client; a port is never taken for a protocol.
 */
final class ServicePorts {
    /** A port on which a well-known service listens. */
    static final int KNOWN = 0;
    /** Any other port below the ranges that hosts give to clients. */
    static final int REGISTERED = 1;
    /** A port of the ranges that Linux (from 32768) and others (from 49152, RFC 6335) give to clients. */
    static final int EPHEMERAL = 2;

    private static final int FIRST_EPHEMERAL = 32_768;
    /** Ports from here to 1023 are also what privileged clients (NFS, rsh) take. */
    private static final int FIRST_RESERVED_FOR_CLIENTS = 512;
    private static final int[] ABOVE_512 = {
        514, 515, 543, 544, 546, 547, 548, 554, 563, 587, 593, 623, 631, 636, 646, 749, 750, 853, 860, 873, 902, 989, 990, 992, 993, 995,
        1080, 1194, 1433, 1434, 1521, 1645, 1646, 1701, 1720, 1723, 1812, 1813, 1883, 1900, 2049, 2055, 2181, 2375, 2376, 2379, 2380,
        3128, 3260, 3268, 3269, 3306, 3389, 3478, 3544, 3784, 4369, 4433, 4500, 4739, 4789, 5004, 5060, 5061, 5222, 5223, 5269, 5349, 5353,
        5355, 5432, 5671, 5672, 5683, 5684, 5900, 5938, 5984, 5985, 5986, 6000, 6081, 6343, 6379, 6443, 6514, 6653, 6667, 8000, 8008,
        8080, 8081, 8086, 8088, 8443, 8883, 8888, 9000, 9042, 9090, 9092, 9100, 9200, 9300, 9418, 9995, 9996, 10_000, 10_050, 10_051,
        10_250, 11_211, 11_434, 25_565, 27_017, 51_820};

    private static final byte[] RANKS = ranks();

    private ServicePorts() {
    }

    private static byte[] ranks() {
        final byte[] ranks = new byte[1 << Short.SIZE];
        for (int port = FIRST_RESERVED_FOR_CLIENTS; port < ranks.length; port++) {
            ranks[port] = port < FIRST_EPHEMERAL ? (byte) REGISTERED : EPHEMERAL;
        }
        for (final int port : ABOVE_512) {
            ranks[port] = KNOWN;
        }
        return ranks;
    }

    /** {@link #KNOWN}, {@link #REGISTERED} or {@link #EPHEMERAL}; the lower, the likelier a server's. */
    static int rank(final int port) {
        return RANKS[port];
    }
}
