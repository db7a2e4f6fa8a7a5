package net.flowsonde.collector.generate;

/**
 * Kind and packets of every flow, decided before the first packet is written, so that both totals come out exactly.
 *
 * <p>Packets: 70 % TCP, 20 % UDP, 5 % DNS, 5 % ICMP. Sizes of TCP and UDP flows are heavy-tailed (Pareto), those of DNS and ICMP nearly
 * even. 3 % of the TCP flows are scans; more where there are too few packets for whole connections.
 */
final class TrafficPlan {
    private static final int TCP_PERCENT = 70;
    private static final int UDP_PERCENT = 20;
    private static final int DNS_PERCENT = 5;
    /** Handshake, a request, and three segments to close. */
    private static final int SHORTEST_CONNECTION = 7;
    private static final double SCAN_SHARE = 0.03;
    private static final double SCAN_MEAN_PACKETS = 1.5;
    private static final double COMFORTABLE_MEAN_PACKETS = 9;
    private static final double TIGHT_MEAN_PACKETS = 8;
    private static final double TAIL_EXPONENT = 1.2;
    private static final double LARGEST_WEIGHT = 500;
    private static final FlowKind[] KINDS = FlowKind.values();

    private final byte[] kinds;
    private final int[] packets;
    private int planned;

    TrafficPlan(final TrafficOptions options, final Randomness random) {
        kinds = new byte[options.flows()];
        packets = new int[options.flows()];
        planAll(options, random);
        shuffle(random);
    }

    int flowCount() {
        return kinds.length;
    }

    FlowKind kind(final int flow) {
        return KINDS[kinds[flow]];
    }

    int packets(final int flow) {
        return packets[flow];
    }

    private void planAll(final TrafficOptions options, final Randomness random) {
        final long total = options.packets();
        final int flows = options.flows();
        final long tcpPackets = total * TCP_PERCENT / 100;
        final long udpPackets = total * UDP_PERCENT / 100;
        final long dnsPairs = total * DNS_PERCENT / 200;
        final long icmpPackets = total - tcpPackets - udpPackets - 2 * dnsPairs;

        final boolean isCrowded = flows * 10L > total;
        final int dnsFlows = (int) Math.min(dnsPairs, flows * 0.30);
        final int icmpFlows = (int) Math.min(icmpPackets / 2, flows * 0.06);
        final int udpFlows = (int) Math.min(udpPackets * 0.7, flows * (isCrowded ? 0.35 : 0.25));
        final int tcpFlows = flows - dnsFlows - icmpFlows - udpFlows;
        final int scanFlows = (int) (tcpFlows * scanShare((double) tcpPackets / tcpFlows));

        planScans(scanFlows);
        final long scanPackets = scanFlows + scanFlows / 2;
        shareOut(FlowKind.TCP, tcpFlows - scanFlows, tcpPackets - scanPackets, SHORTEST_CONNECTION, true, random);
        shareOut(FlowKind.UDP, udpFlows, udpPackets, 1, true, random);
        final int firstDns = planned;
        shareOut(FlowKind.DNS, dnsFlows, dnsPairs, 1, false, random);
        for (int i = firstDns; i < planned; i++) {
            packets[i] *= 2;
        }
        shareOut(FlowKind.ICMP, icmpFlows, icmpPackets, 1, false, random);
    }

    /** The share of scans that lets whole connections have eight packets on average. */
    private static double scanShare(final double meanPackets) {
        return meanPackets >= COMFORTABLE_MEAN_PACKETS
            ? SCAN_SHARE
            : Math.max(SCAN_SHARE, (TIGHT_MEAN_PACKETS - meanPackets) / (TIGHT_MEAN_PACKETS - SCAN_MEAN_PACKETS));
    }

    /** Every second scan is answered. */
    private void planScans(final int count) {
        for (int i = 0; i < count; i++) {
            plan(FlowKind.TCP_SCAN, i < count / 2 ? 2 : 1);
        }
    }

    private void plan(final FlowKind kind, final int count) {
        kinds[planned] = (byte) kind.ordinal();
        packets[planned++] = count;
    }

    /** Shares {@code total} packets out over {@code count} flows, at least {@code least} each. */
    private void shareOut(
        final FlowKind kind, final int count, final long total, final int least, final boolean isHeavyTailed,
        final Randomness random) {
        final long spare = total - (long) count * least;
        if (spare < 0 || count <= 0) {
            throw new IllegalArgumentException("packets: too few for " + count + " flows of kind " + kind.label());
        }
        final double[] weights = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            weights[i] = isHeavyTailed ? heavyTailed(random) : random.unit();
            sum += weights[i];
        }
        final int first = planned;
        long given = 0;
        for (final double weight : weights) {
            final long extra = Math.min(spare - given, (long) (weight / sum * spare));
            given += extra;
            plan(kind, (int) (least + extra));
        }
        for (; given < spare; given++) {
            packets[first + random.below(count)]++;
        }
    }

    /** StrictMath, because Math.pow may differ in its last bit between machines. */
    private static double heavyTailed(final Randomness random) {
        return Math.min(LARGEST_WEIGHT, StrictMath.pow(1 - random.unit(), -1 / TAIL_EXPONENT) - 1);
    }

    private void shuffle(final Randomness random) {
        for (int i = kinds.length - 1; i > 0; i--) {
            final int other = random.below(i + 1);
            final byte kind = kinds[i];
            final int count = packets[i];
            kinds[i] = kinds[other];
            packets[i] = packets[other];
            kinds[other] = kind;
            packets[other] = count;
        }
    }
}
