package net.flowsonde.collector.generate;

/**
 * All that is true of one generated flow. Octets are those of the IP packets (total length), without Ethernet header and padding.
 *
 * @param kind         what it did
 * @param protocol     IP protocol number
 * @param client       address of the side that sent the first packet
 * @param clientPort   0 for ICMP
 * @param server       address of the other side
 * @param serverPort   0 for ICMP
 * @param packetsUp    client to server
 * @param octetsUp     client to server
 * @param packetsDown  server to client
 * @param octetsDown   server to client
 * @param firstUs      stamp of the first packet, microseconds since 1970
 * @param lastUs       stamp of the last packet
 * @param end          how it ended
 * @param name         the name that was asked for, or that the server has; empty for ICMP
 */
public record FlowTruth(
    FlowKind kind, int protocol, String client, int clientPort, String server, int serverPort, long packetsUp, long octetsUp,
    long packetsDown, long octetsDown, long firstUs, long lastUs, FlowEnd end, String name) {

    public static final String CSV_HEADER = "kind,proto,client,client_port,server,server_port,packets_up,octets_up,packets_down,"
        + "octets_down,first_us,last_us,end,teardown_value,name";

    /** One line in the order of {@link #CSV_HEADER}, without line end. */
    public String toCsv() {
        return kind.label() + ',' + protocol + ',' + client + ',' + clientPort + ',' + server + ',' + serverPort + ',' + packetsUp + ','
            + octetsUp + ',' + packetsDown + ',' + octetsDown + ',' + firstUs + ',' + lastUs + ',' + end + ',' + end.teardownValue()
            + ',' + name;
    }
}
