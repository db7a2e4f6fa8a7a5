package net.flowsonde.flow;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/** Flow records for the tests of what comes after the meter, which cannot write them. */
public final class FlowRecordSamples {
    private static final long START_NS = 1_700_000_000_123_456_789L;

    private FlowRecordSamples() {
    }

    /** An empty record of this IP version and protocol as the meter would begin it. */
    public static FlowRecord empty(final int ipVersion, final int protocol) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FlowRecord.LENGTH]);
        final FlowRecord flow = new FlowRecord().wrapForUpdate(buffer, 0);
        buffer.putByte(FlowRecord.IP_VERSION_OFFSET, (byte) ipVersion);
        buffer.putByte(FlowRecord.PROTOCOL_OFFSET, (byte) protocol);
        flow.handshakeServerRttNs(-1);
        flow.handshakeClientRttNs(-1);
        flow.applicationResponseTimeNs(-1);
        flow.tcpResetMptcpReason(255);
        for (int direction = FlowRecord.FORWARD; direction <= FlowRecord.REVERSE; direction++) {
            flow.vlanId(direction, FlowRecord.NO_VLAN);
            flow.customerVlanId(direction, FlowRecord.NO_VLAN);
            flow.mplsTopLabelStackSection(direction, -1);
            flow.tcpWindowScale(direction, FlowRecord.NO_WINDOW_SCALE);
        }
        return flow;
    }

    /** A TCP connection from 192.0.2.1:40000 to 198.51.100.2:443, ten packets of 1,000 octets there and twenty of 30,000 back. */
    public static FlowRecord tcp() {
        final FlowRecord flow = empty(4, 6);
        final UnsafeBuffer buffer = (UnsafeBuffer) flow.buffer();
        buffer.putBytes(FlowRecord.LOW_ADDRESS_OFFSET, new byte[] {(byte) 192, 0, 2, 1});
        buffer.putBytes(FlowRecord.HIGH_ADDRESS_OFFSET, new byte[] {(byte) 198, 51, 100, 2});
        buffer.putShort(FlowRecord.LOW_PORT_OFFSET, (short) 40_000);
        buffer.putShort(FlowRecord.HIGH_PORT_OFFSET, (short) 443);
        flow.flowId(0x0102030405060708L);
        flow.flowEndReason(3);
        flow.tcpTeardownReason(32);
        flow.tcpTeardownInitiator(1);
        flow.tcpTeardownPhase(8);
        flow.tcpTeardownImpact(4);
        flow.handshakeServerRttNs(12_345_678);
        count(flow, FlowRecord.FORWARD, 10, 1_000, START_NS, START_NS + 2_000_000_000L);
        count(flow, FlowRecord.REVERSE, 20, 30_000, START_NS + 1_000_000, START_NS + 1_999_000_000L);
        flow.tcpControlBits(FlowRecord.FORWARD, 0x01B);
        flow.tcpControlBits(FlowRecord.REVERSE, 0x113);
        buffer.putByte(flow.historyOffset() - 1, (byte) 5);
        buffer.putBytes(flow.historyOffset(), "ShAfF".getBytes(StandardCharsets.US_ASCII));
        return flow;
    }

    /** A UDP flow of one packet each way that began at {@code startNs}. */
    public static FlowRecord udp(final String client, final String server, final int serverPort, final long startNs) {
        final byte[] clientAddress = address(client);
        final FlowRecord flow = empty(clientAddress.length == 4 ? 4 : 6, 17);
        final UnsafeBuffer buffer = (UnsafeBuffer) flow.buffer();
        buffer.putBytes(FlowRecord.LOW_ADDRESS_OFFSET, clientAddress);
        buffer.putBytes(FlowRecord.HIGH_ADDRESS_OFFSET, address(server));
        buffer.putShort(FlowRecord.LOW_PORT_OFFSET, (short) 40_000);
        buffer.putShort(FlowRecord.HIGH_PORT_OFFSET, (short) serverPort);
        flow.flowEndReason(1);
        count(flow, FlowRecord.FORWARD, 1, 100, startNs, startNs);
        count(flow, FlowRecord.REVERSE, 1, 200, startNs + 1_000_000, startNs + 1_000_000);
        return flow;
    }

    private static byte[] address(final String text) {
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (final UnknownHostException notAddress) {
            throw new IllegalArgumentException(notAddress);
        }
    }

    /** The same connection at other times, ten packets with these octets there and, if there are any, ten back. */
    public static FlowRecord timed(final long startNs, final long endNs, final long octets, final long reverseOctets) {
        final FlowRecord flow = tcp();
        count(flow, FlowRecord.FORWARD, 10, octets, startNs, endNs);
        count(flow, FlowRecord.REVERSE, reverseOctets == 0 ? 0 : 10, reverseOctets, reverseOctets == 0 ? 0 : startNs,
            reverseOctets == 0 ? 0 : endNs);
        return flow;
    }

    /** A record of random shape and content. */
    public static FlowRecord random(final SplittableRandom random) {
        final boolean isIpv6 = random.nextBoolean();
        final int[] protocols = {6, 6, 6, 17, 17, isIpv6 ? 58 : 1, 47, 132};
        final FlowRecord flow = empty(isIpv6 ? 6 : 4, protocols[random.nextInt(protocols.length)]);
        final UnsafeBuffer buffer = (UnsafeBuffer) flow.buffer();
        for (int i = 0; i < 36; i++) {
            buffer.putByte(i, (byte) random.nextInt());
        }
        flow.flowId(random.nextLong());
        flow.flags(random.nextInt(1 << 10));
        count(flow, FlowRecord.FORWARD, random.nextInt(1, 1_000), random.nextInt(40, 1 << 30), START_NS, START_NS + random.nextLong(1L << 36));
        if (random.nextInt(4) != 0) {
            count(flow, FlowRecord.REVERSE, random.nextInt(1, 1_000), random.nextInt(40, 1 << 30), START_NS, START_NS + random.nextLong(1L << 36));
        }
        if (random.nextInt(4) == 0) {
            flow.vlanId(FlowRecord.FORWARD, random.nextInt(4_096));
        }
        if (random.nextInt(4) == 0) {
            flow.mplsTopLabelStackSection(FlowRecord.FORWARD, random.nextInt(1 << 24));
        }
        if (random.nextInt(4) == 0) {
            flow.tunnelType(random.nextInt(14));
            flow.tunnelIpVersion(random.nextBoolean() ? 4 : 6);
            flow.tunnelId(random.nextInt(1 << 24));
        }
        if (flow.protocol() == 6) {
            flow.tcpTeardownReason(random.nextInt(256));
            flow.tcpResetEvidence(random.nextInt(1 << 17));
            final int history = random.nextInt(FlowRecord.HISTORY_CAPACITY + 1);
            buffer.putByte(flow.historyOffset() - 1, (byte) history);
            for (int i = 0; i < history; i++) {
                buffer.putByte(flow.historyOffset() + i, (byte) random.nextInt('A', 'z'));
            }
        }
        return flow;
    }

    /** The tunnel of a record. */
    public static FlowRecord tunnel(final FlowRecord flow, final int type, final int ipVersion, final long id) {
        flow.tunnelType(type);
        flow.tunnelIpVersion(ipVersion);
        flow.tunnelId(id);
        return flow;
    }

    /** The VLANs of a record's forward direction. */
    public static FlowRecord vlans(final FlowRecord flow, final int outer, final int inner) {
        flow.vlanId(FlowRecord.FORWARD, outer);
        flow.customerVlanId(FlowRecord.FORWARD, inner);
        return flow;
    }

    private static void count(
        final FlowRecord flow, final int direction, final long packets, final long octets, final long startNs, final long endNs) {
        flow.packets(direction, packets);
        flow.frames(direction, packets);
        flow.octets(direction, octets);
        flow.payloadOctets(direction, octets - 40);
        flow.startNs(direction, startNs);
        flow.endNs(direction, endNs);
    }
}
