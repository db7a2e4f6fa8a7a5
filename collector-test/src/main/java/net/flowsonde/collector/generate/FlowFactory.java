package net.flowsonde.collector.generate;

import static net.flowsonde.collector.generate.SyntheticFlow.CLIENT;
import static net.flowsonde.collector.generate.SyntheticFlow.SERVER;

/** Decides who talks to whom. No two flows share a key; flows of ICMP do not even share a pair of addresses. */
final class FlowFactory {
    private static final int CLIENTS = 4_096;
    private static final int FIRST_PORT = 1_024;
    private static final int PORTS = 64_512;
    /** Has no divisor in common with {@link #PORTS}, so that multiples of it visit every port before one comes again. */
    private static final int PORT_STRIDE = 25_171;
    private static final int CLIENT_STRIDE = 7_919;
    private static final int IPV6_PERCENT = 15;
    private static final int RST_PERCENT = 10;
    private static final int NXDOMAIN_PERCENT = 2;
    private static final int RESOLVERS = 2;
    private static final int RESOLVER_STRIDE = 256;
    private static final int DNS_PORT = 53;
    private static final int LAST_SCANNED_PORT = 1_023;
    private static final int[] TCP_PORTS = {443, 443, 443, 443, 443, 80, 80, 22, 25, 8080};
    private static final int[] UDP_PORTS = {443, 443, 3478, 27015, 51820, 5004};

    private final Randomness random;
    private final HostNames names;
    private final ResolvedNames resolved;
    private final int[] portsTaken = new int[CLIENTS];
    private int echoTargets;

    FlowFactory(final Randomness random, final HostNames names, final ResolvedNames resolved) {
        this.random = random;
        this.names = names;
        this.resolved = resolved;
    }

    void open(final SyntheticFlow flow, final FlowKind kind, final int packets) {
        flow.open(kind, packets);
        flow.isIpv6 = random.chance(IPV6_PERCENT);
        flow.identifier = (int) random.nextLong() & 0xFFFF;
        switch (kind) {
            case DNS -> openLookup(flow);
            case ICMP -> openEcho(flow);
            case UDP -> openSession(flow, SyntheticFlow.PROTOCOL_UDP, random.oneOf(UDP_PORTS));
            case TCP_SCAN -> openScan(flow);
            default -> openConnection(flow);
        }
    }

    private void openLookup(final SyntheticFlow flow) {
        flow.protocol = SyntheticFlow.PROTOCOL_UDP;
        flow.name = names.popular(random);
        flow.isNameUnknown = random.chance(NXDOMAIN_PERCENT);
        takeClient(flow, random.below(CLIENTS));
        flow.ports[SERVER] = DNS_PORT;
        AddressBlock.RESOLVER.write(flow.addresses[SERVER], 0, flow.isIpv6, random.below(RESOLVERS) * RESOLVER_STRIDE);
    }

    private void openEcho(final SyntheticFlow flow) {
        flow.protocol = flow.isIpv6 ? SyntheticFlow.PROTOCOL_ICMPV6 : SyntheticFlow.PROTOCOL_ICMP;
        AddressBlock.CLIENT.write(flow.addresses[CLIENT], 0, flow.isIpv6, random.below(CLIENTS));
        AddressBlock.ECHO_TARGET.write(flow.addresses[SERVER], 0, flow.isIpv6, echoTargets++);
    }

    private void openScan(final SyntheticFlow flow) {
        openSession(flow, SyntheticFlow.PROTOCOL_TCP, 1 + random.below(LAST_SCANNED_PORT));
        flow.sequences[CLIENT] = (int) random.nextLong();
        // the RST that answers a SYN has sequence number 0 (RFC 9293, 3.5.2)
        flow.sequences[SERVER] = 0;
        flow.end = flow.plannedPackets > 1 ? FlowEnd.SYN_REFUSED_RST : FlowEnd.SYN_UNANSWERED;
    }

    private void openConnection(final SyntheticFlow flow) {
        openSession(flow, SyntheticFlow.PROTOCOL_TCP, random.oneOf(TCP_PORTS));
        flow.sequences[CLIENT] = (int) random.nextLong();
        flow.sequences[SERVER] = (int) random.nextLong();
        flow.closer = random.below(2);
        flow.isReset = random.chance(RST_PERCENT);
    }

    /** To a server whose name some client has just looked up, or else to a popular one. */
    private void openSession(final SyntheticFlow flow, final int protocol, final int serverPort) {
        flow.protocol = protocol;
        if (resolved.next()) {
            flow.isIpv6 = resolved.isIpv6();
            flow.name = resolved.name();
            takeClient(flow, resolved.client());
        } else {
            flow.name = names.popular(random);
            takeClient(flow, random.below(CLIENTS));
        }
        flow.ports[SERVER] = serverPort;
        AddressBlock.SERVER.write(
            flow.addresses[SERVER], 0, flow.isIpv6, names.server(flow.name, random.below(HostNames.MAX_ADDRESSES)));
    }

    /** The wanted client, or the next one that has a port left, with a port that none of its flows has had. */
    private void takeClient(final SyntheticFlow flow, final int wanted) {
        int client = wanted;
        while (portsTaken[client] == PORTS) {
            client = (client + 1) % CLIENTS;
        }
        final int turn = portsTaken[client]++;
        flow.clientIndex = client;
        flow.ports[CLIENT] = FIRST_PORT + (int) (((long) turn * PORT_STRIDE + (long) client * CLIENT_STRIDE) % PORTS);
        AddressBlock.CLIENT.write(flow.addresses[CLIENT], 0, flow.isIpv6, client);
    }
}
