package net.flowsonde.collector;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import net.flowsonde.collector.generate.FlowTruth;

/** Packets and octets of one flow, one way and the other. */
record FlowSums(long packets, long octets, long reversePackets, long reverseOctets) {
    private static final int TCP = 6;

    FlowSums plus(final FlowSums other) {
        return new FlowSums(packets + other.packets, octets + other.octets, reversePackets + other.reversePackets,
            reverseOctets + other.reverseOctets);
    }

    private FlowSums reversed() {
        return new FlowSums(reversePackets, reverseOctets, packets, octets);
    }

    /** Adds what is true of a flow, and answers its key. */
    static String add(final Map<String, FlowSums> flows, final FlowTruth truth) {
        return add(flows, truth.protocol(), endpoint(truth.client(), truth.clientPort()),
            endpoint(truth.server(), truth.serverPort()),
            new FlowSums(truth.packetsUp(), truth.octetsUp(), truth.packetsDown(), truth.octetsDown()));
    }

    /** Adds a decoded record, and answers the key of its flow. */
    static String add(final Map<String, FlowSums> flows, final Map<String, String> fields) {
        return add(flows, (int) number(fields, "protocolIdentifier"), endpoint(fields, "source"), endpoint(fields, "destination"),
            new FlowSums(number(fields, "packetDeltaCount"), number(fields, "octetDeltaCount"),
                number(fields, "reversePacketDeltaCount"), number(fields, "reverseOctetDeltaCount")));
    }

    /**
     * Adds to what is there of the flow. Of TCP the key has the client first, since its SYN says who that is; of any other protocol it is
     * the same whichever side was taken for the client.
     */
    static String add(
        final Map<String, FlowSums> flows, final int protocol, final String client, final String server, final FlowSums sums) {
        final boolean isInOrder = protocol == TCP || client.compareTo(server) <= 0;
        final String key = protocol + " " + (isInOrder ? client + " " + server : server + " " + client);
        flows.merge(key, isInOrder ? sums : sums.reversed(), FlowSums::plus);
        return key;
    }

    /** One side of a flow. */
    static String endpoint(final String address, final int port) {
        try {
            return InetAddress.getByName(address).getHostAddress() + " " + port;
        } catch (final UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }

    private static String endpoint(final Map<String, String> fields, final String side) {
        return endpoint(fields.getOrDefault(side + "IPv4Address", fields.get(side + "IPv6Address")),
            (int) number(fields, side + "TransportPort"));
    }

    private static long number(final Map<String, String> fields, final String name) {
        return Long.parseLong(fields.getOrDefault(name, "0"));
    }
}
