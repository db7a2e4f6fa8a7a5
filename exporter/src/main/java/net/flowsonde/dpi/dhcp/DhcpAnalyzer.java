package net.flowsonde.dpi.dhcp;

import net.flowsonde.dpi.ProtocolAnalyzer;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Looks into the answers of DHCP and DHCPv6 servers for one thing: which DNS servers a client is told to ask. It makes
 * {@link ServerHint}s. Owned by one queue thread.
 */
public final class DhcpAnalyzer implements ProtocolAnalyzer {
    private static final int DHCP_SERVER_PORT = 67;
    private static final int DHCP_CLIENT_PORT = 68;
    private static final int DHCPV6_CLIENT_PORT = 546;
    private static final int DHCPV6_SERVER_PORT = 547;
    private static final int IPV4_LENGTH = 4;

    private final RecordRing ring;
    private final Counters counters;
    private final DhcpMessage message = new DhcpMessage();
    private final UnsafeBuffer record = new UnsafeBuffer(
        new byte[ServerHint.HEAD_LENGTH + ServerHint.MAX_SERVERS * ServerHint.ADDRESS_LENGTH]);

    public DhcpAnalyzer(final RecordRing ring, final Counters counters) {
        this.ring = ring;
        this.counters = counters;
    }

    @Override
    public int probe(
        final FlowRecord flow, final int direction, final DirectBuffer buffer, final int offset, final int length,
        final boolean isStream) {
        return !isStream && (isBetween(flow, DHCP_CLIENT_PORT, DHCP_SERVER_PORT) || isBetween(flow, DHCPV6_CLIENT_PORT, DHCPV6_SERVER_PORT))
            ? YES : NO;
    }

    /** Relays and servers talk from server port to server port; whoever answers a client uses both ports. */
    private static boolean isBetween(final FlowRecord flow, final int clientPort, final int serverPort) {
        return isOneOf(flow.sourcePort(), clientPort, serverPort) && isOneOf(flow.destinationPort(), clientPort, serverPort);
    }

    private static boolean isOneOf(final int port, final int one, final int other) {
        return port == one || port == other;
    }

    @Override
    public void onDatagram(
        final FlowRecord flow, final int direction, final DirectBuffer buffer, final int offset, final int length, final int wireLength,
        final long timestampNs) {
        final boolean isDhcp = isOneOf(flow.destinationPort(), DHCP_CLIENT_PORT, DHCP_SERVER_PORT);
        if (isDhcp ? message.read(buffer, offset, length) : message.readV6(buffer, offset, length)) {
            publish(flow, direction, isDhcp, buffer, timestampNs);
        }
    }

    private void publish(
        final FlowRecord flow, final int direction, final boolean isDhcp, final DirectBuffer buffer, final long timestampNs) {
        final boolean isForward = direction == FlowRecord.FORWARD;
        final int receiver = isForward ? flow.destinationAddressOffset() : flow.sourceAddressOffset();
        record.setMemory(0, record.capacity(), (byte) 0);
        record.putLong(ServerHint.FLOW_ID_OFFSET, flow.flowId());
        record.putLong(ServerHint.TIME_NS_OFFSET, timestampNs);
        record.putByte(ServerHint.IP_VERSION_OFFSET, (byte) flow.ipVersion());
        record.putByte(ServerHint.KIND_OFFSET, (byte) (isDhcp ? ServerHint.DHCP : ServerHint.DHCPV6));
        record.putByte(ServerHint.SERVER_COUNT_OFFSET, (byte) message.serverCount());
        final int sender = isForward ? flow.sourceAddressOffset() : flow.destinationAddressOffset();
        record.putBytes(ServerHint.GIVER_OFFSET, flow.buffer(), sender, ServerHint.ADDRESS_LENGTH);
        if (isDhcp) {
            record.putBytes(ServerHint.CLIENT_OFFSET, buffer, message.clientOffset(), IPV4_LENGTH);
        } else {
            record.putBytes(ServerHint.CLIENT_OFFSET, flow.buffer(), receiver, ServerHint.ADDRESS_LENGTH);
        }
        final int addressLength = isDhcp ? IPV4_LENGTH : ServerHint.ADDRESS_LENGTH;
        for (int i = 0; i < message.serverCount(); i++) {
            record.putBytes(ServerHint.HEAD_LENGTH + i * ServerHint.ADDRESS_LENGTH, buffer,
                message.serversOffset() + i * addressLength, addressLength);
        }
        final int length = ServerHint.HEAD_LENGTH + message.serverCount() * ServerHint.ADDRESS_LENGTH;
        final boolean isTaken = ring.isRoomy() && ring.offer(RecordRing.SERVER_HINT, record, 0, length);
        counters.increment(isTaken ? Counter.DNS_SERVER_HINTS : Counter.DNS_SERVER_HINTS_DROPPED);
    }

    // ---- streams are none of its business

    @Override
    public int open(final FlowRecord flow, final long timestampNs) {
        return 0;
    }

    @Override
    public int onStream(
        final int session, final FlowRecord flow, final int direction, final DirectBuffer buffer, final int offset, final int length,
        final long timestampNs) {
        return DISMISS;
    }

    @Override
    public void onGap(final int session, final FlowRecord flow, final int direction, final long octets, final long timestampNs) {
    }

    @Override
    public void close(final int session, final long nowNs) {
    }

    @Override
    public void onTime(final long nowNs) {
    }

    @Override
    public void onClose(final long nowNs) {
    }
}
