package net.flowsonde.config;

import java.time.Duration;

/**
 * When flows end and how many are kept.
 *
 * @param cacheSize      most flows of one queue; 1,024 to 16,777,216
 * @param tcp            timeouts of TCP flows
 * @param udp            timeouts of UDP flows
 * @param icmp           timeouts of ICMP and ICMPv6 flows
 * @param other          timeouts of every other protocol
 * @param tcpMemory      how long the state of an established TCP connection is kept after an idle timeout has exported its record, so
 *                       that a late end is still explained; such flows are the first to leave a full cache
 * @param keyVlan        whether the outer VLAN is part of the flow key
 * @param keyTunnel      whether the tunnel identifier is part of the flow key
 * @param nestingLimit   most encapsulations that are followed; 1 to 16
 * @param fragmentTable  most datagrams whose fragments are followed at one time, a queue
 */
public record FlowConfig(
    int cacheSize, Timeouts tcp, Timeouts udp, Timeouts icmp, Timeouts other, Duration tcpMemory, boolean keyVlan, boolean keyTunnel,
    int nestingLimit, int fragmentTable) {

    /** Active and idle timeout of one protocol. */
    public record Timeouts(Duration active, Duration idle) {
        public static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(60), Duration.ofSeconds(15));
    }

    public static final FlowConfig DEFAULT = new FlowConfig(
        1_000_000, Timeouts.DEFAULT, Timeouts.DEFAULT, Timeouts.DEFAULT, Timeouts.DEFAULT, Duration.ofHours(1), true, true, 8, 4_096);
}
