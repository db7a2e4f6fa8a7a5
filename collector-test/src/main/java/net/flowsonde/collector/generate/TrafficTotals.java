package net.flowsonde.collector.generate;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Sums over everything that was written. */
public final class TrafficTotals {
    private long packets;
    private long flows;
    private long uniflows;
    private long ipOctets;
    private long frameOctets;
    private long ipv6Flows;
    private long ipv6Packets;
    private long finFlows;
    private long rstFlows;
    private int maxOpenFlows;
    private double seconds;
    private final Map<FlowKind, Long> flowsByKind = new EnumMap<>(FlowKind.class);
    private final Map<FlowKind, Long> packetsByKind = new EnumMap<>(FlowKind.class);

    TrafficTotals() {
        for (final FlowKind kind : FlowKind.values()) {
            flowsByKind.put(kind, 0L);
            packetsByKind.put(kind, 0L);
        }
    }

    void onFlow(final SyntheticFlow flow) {
        final long up = flow.packets[SyntheticFlow.CLIENT];
        final long down = flow.packets[SyntheticFlow.SERVER];
        packets += up + down;
        flows++;
        uniflows += (up > 0 ? 1 : 0) + (down > 0 ? 1 : 0);
        ipOctets += flow.octets[SyntheticFlow.CLIENT] + flow.octets[SyntheticFlow.SERVER];
        ipv6Flows += flow.isIpv6 ? 1 : 0;
        ipv6Packets += flow.isIpv6 ? up + down : 0;
        finFlows += flow.end.isFin() ? 1 : 0;
        rstFlows += flow.end.isRst() ? 1 : 0;
        flowsByKind.merge(flow.kind, 1L, Long::sum);
        packetsByKind.merge(flow.kind, up + down, Long::sum);
    }

    void onOpenFlows(final int count) {
        maxOpenFlows = Math.max(maxOpenFlows, count);
    }

    void onEnd(final long writtenFrameOctets, final double spannedSeconds) {
        frameOctets = writtenFrameOctets;
        seconds = spannedSeconds;
    }

    public long packets() {
        return packets;
    }

    public long flows() {
        return flows;
    }

    /** Directions in which at least one packet went. */
    public long uniflows() {
        return uniflows;
    }

    /** Sum of the IP packets' lengths. */
    public long ipOctets() {
        return ipOctets;
    }

    /** Sum of the frames' lengths, with Ethernet header and padding. */
    public long frameOctets() {
        return frameOctets;
    }

    public long flows(final FlowKind kind) {
        return flowsByKind.get(kind);
    }

    public long packets(final FlowKind kind) {
        return packetsByKind.get(kind);
    }

    public long ipv6Flows() {
        return ipv6Flows;
    }

    public long finFlows() {
        return finFlows;
    }

    public long rstFlows() {
        return rstFlows;
    }

    public int maxOpenFlows() {
        return maxOpenFlows;
    }

    /** Time from the first stamp to the last. */
    public double seconds() {
        return seconds;
    }

    /** One object on one line. */
    public String toJson() {
        final StringJoiner json = new StringJoiner(",", "{", "}");
        add(json, "packets", packets);
        add(json, "flows", flows);
        add(json, "uniflows", uniflows);
        add(json, "ip_octets", ipOctets);
        add(json, "frame_octets", frameOctets);
        json.add(String.format(Locale.ROOT, "\"seconds\":%.3f", seconds));
        add(json, "ipv6_flows", ipv6Flows);
        add(json, "ipv6_packets", ipv6Packets);
        add(json, "tcp_fin_flows", finFlows);
        add(json, "tcp_rst_flows", rstFlows);
        add(json, "max_open_flows", maxOpenFlows);
        for (final FlowKind kind : FlowKind.values()) {
            add(json, kind.label() + "_flows", flowsByKind.get(kind));
            add(json, kind.label() + "_packets", packetsByKind.get(kind));
        }
        return json.toString();
    }

    private static void add(final StringJoiner json, final String name, final long value) {
        json.add('"' + name + "\":" + value);
    }
}
