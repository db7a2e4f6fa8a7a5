package net.flowsonde.collector;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
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

    /** Adds a decoded record to those of the same direction, and answers its key: protocol, sender and receiver. */
    static String addUniflow(final Map<String, FlowSums> uniflows, final Map<String, String> fields) {
        return addUniflow(uniflows, (int) number(fields, "protocolIdentifier"), endpoint(fields, "source"), endpoint(fields, "destination"),
            number(fields, "packetDeltaCount"), number(fields, "octetDeltaCount"));
    }

    static String addUniflow(
        final Map<String, FlowSums> uniflows, final int protocol, final String sender, final String receiver, final long packets,
        final long octets) {
        final String key = protocol + " " + sender + " " + receiver;
        uniflows.merge(key, new FlowSums(packets, octets, 0, 0), FlowSums::plus);
        return key;
    }

    /** The directions of flows by themselves. */
    static Map<String, FlowSums> uniflows(final Map<String, FlowSums> flows) {
        final Map<String, FlowSums> uniflows = new HashMap<>();
        flows.forEach((key, sums) -> {
            final String[] words = key.split(" ");
            final String one = words[1] + " " + words[2];
            final String other = words[3] + " " + words[4];
            addIfAny(uniflows, words[0] + " " + one + " " + other, new FlowSums(sums.packets, sums.octets, 0, 0));
            addIfAny(uniflows, words[0] + " " + other + " " + one, new FlowSums(sums.reversePackets, sums.reverseOctets, 0, 0));
        });
        return uniflows;
    }

    private static void addIfAny(final Map<String, FlowSums> uniflows, final String key, final FlowSums sums) {
        if (sums.packets != 0) {
            uniflows.merge(key, sums, FlowSums::plus);
        }
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
