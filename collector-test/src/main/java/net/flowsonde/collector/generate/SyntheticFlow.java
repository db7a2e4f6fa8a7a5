package net.flowsonde.collector.generate;

/** One open flow: who, what is planned, what has been written. Reused from flow to flow. */
final class SyntheticFlow {
    static final int CLIENT = 0;
    static final int SERVER = 1;
    static final int PROTOCOL_ICMP = 1;
    static final int PROTOCOL_TCP = 6;
    static final int PROTOCOL_UDP = 17;
    static final int PROTOCOL_ICMPV6 = 58;

    final byte[][] addresses = new byte[2][AddressBlock.LENGTH];
    final int[] ports = new int[2];
    /** TCP: the next sequence number of each side. */
    final int[] sequences = new int[2];
    final long[] packets = new long[2];
    final long[] octets = new long[2];

    FlowKind kind;
    int protocol;
    boolean isIpv6;
    int plannedPackets;
    int writtenPackets;
    int clientIndex;
    /** Index of the name that is asked for, or that the server has. */
    int name;
    /** DNS and ICMP identifier. */
    int identifier;
    boolean isNameUnknown;
    /** Which side ends the connection, and how. */
    int closer;
    boolean isReset;
    FlowEnd end;
    long firstUs;
    long lastUs;
    /** TCP: stamp of the SYN-ACK's answer minus that of the SYN. */
    long roundTripUs;
    long lastPayloadUs;
    int lastPayloadSender;

    void open(final FlowKind flowKind, final int packetCount) {
        kind = flowKind;
        plannedPackets = packetCount;
        writtenPackets = 0;
        ports[CLIENT] = 0;
        ports[SERVER] = 0;
        packets[CLIENT] = 0;
        packets[SERVER] = 0;
        octets[CLIENT] = 0;
        octets[SERVER] = 0;
        isNameUnknown = false;
        end = FlowEnd.NONE;
    }

    int packetsLeft() {
        return plannedPackets - writtenPackets;
    }

    boolean isDone() {
        return writtenPackets == plannedPackets;
    }

    /** Counts a packet of {@code ipLength} octets. */
    void onPacket(final int from, final int ipLength, final long timeUs) {
        if (writtenPackets++ == 0) {
            firstUs = timeUs;
        }
        lastUs = timeUs;
        packets[from]++;
        octets[from] += ipLength;
    }

    FlowTruth truth(final HostNames names) {
        final boolean hasName = kind != FlowKind.ICMP;
        return new FlowTruth(
            kind, protocol,
            AddressBlock.text(addresses[CLIENT], isIpv6), ports[CLIENT],
            AddressBlock.text(addresses[SERVER], isIpv6), ports[SERVER],
            packets[CLIENT], octets[CLIENT], packets[SERVER], octets[SERVER], firstUs, lastUs, end,
            hasName ? names.name(name) : "");
    }
}
