package net.flowsonde.dpi.dhcp;

import static java.nio.ByteOrder.BIG_ENDIAN;

import net.flowsonde.dpi.ProtocolAnalyzer;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Looks into the answers of DHCP and DHCPv6 servers, and into router advertisements, for one thing: which DNS servers clients are told to
 * ask. It makes {@link ServerHint}s. Owned by one queue thread.
 */
public final class DhcpAnalyzer implements ProtocolAnalyzer {
    private static final int DHCP_SERVER_PORT = 67;
    private static final int DHCP_CLIENT_PORT = 68;
    private static final int DHCPV6_CLIENT_PORT = 546;
    private static final int DHCPV6_SERVER_PORT = 547;
    /** RFC 4861, 6.1.2: no router on the way could have passed it on. */
    private static final int HOP_LIMIT_OF_NEIGHBOURS = 255;
    private static final int LINK_LOCAL = 0xFE80;
    private static final int LINK_LOCAL_MASK = 0xFFC0;

    private final RecordRing ring;
    private final Counters counters;
    private final DhcpMessage dhcp = new DhcpMessage();
    private final Dhcpv6Message dhcpv6 = new Dhcpv6Message();
    private final RouterAdvertisement advertisement = new RouterAdvertisement();
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
        return !isStream && (flow.isIcmp() || isBetween(flow, DHCP_CLIENT_PORT, DHCP_SERVER_PORT)
            || isBetween(flow, DHCPV6_CLIENT_PORT, DHCPV6_SERVER_PORT)) ? YES : NO;
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
        if (flow.isIcmp()) {
            if (isOfRouter(flow, direction)) {
                read(advertisement, ServerHint.ROUTER_ADVERTISEMENT, flow, direction, buffer, offset, length, wireLength, timestampNs);
            }
        } else if (isOneOf(flow.destinationPort(), DHCP_CLIENT_PORT, DHCP_SERVER_PORT)) {
            read(dhcp, ServerHint.DHCP, flow, direction, buffer, offset, length, wireLength, timestampNs);
        } else {
            read(dhcpv6, ServerHint.DHCPV6, flow, direction, buffer, offset, length, wireLength, timestampNs);
        }
    }

    /** From a neighbour, by what the address says and by the hop limit. */
    private static boolean isOfRouter(final FlowRecord flow, final int direction) {
        final int address = flow.buffer().getShort(sender(flow, direction), BIG_ENDIAN);
        return flow.icmpTypeCode(direction) >>> 8 == RouterAdvertisement.TYPE && flow.minimumTtl(direction) == HOP_LIMIT_OF_NEIGHBOURS
            && (address & LINK_LOCAL_MASK) == LINK_LOCAL;
    }

    private static int sender(final FlowRecord flow, final int direction) {
        return direction == FlowRecord.FORWARD ? flow.sourceAddressOffset() : flow.destinationAddressOffset();
    }

    private void read(
        final HintMessage message, final int kind, final FlowRecord flow, final int direction, final DirectBuffer buffer, final int offset,
        final int length, final int wireLength, final long timestampNs) {
        final boolean isHint = message.read(buffer, offset, length);
        if (message.isMalformed() && length == wireLength) {
            counters.increment(Counter.DNS_SERVER_HINTS_MALFORMED);
        }
        if (isHint) {
            write(message, kind, flow, direction, buffer, timestampNs);
            publish(message, kind, flow, direction, buffer);
        }
    }

    /** Writes all but whom it tells. */
    private void write(
        final HintMessage message, final int kind, final FlowRecord flow, final int direction, final DirectBuffer buffer,
        final long timestampNs) {
        record.setMemory(0, record.capacity(), (byte) 0);
        record.putLong(ServerHint.FLOW_ID_OFFSET, flow.flowId());
        record.putLong(ServerHint.TIME_NS_OFFSET, timestampNs);
        record.putBytes(ServerHint.GIVER_OFFSET, flow.buffer(), sender(flow, direction), ServerHint.ADDRESS_LENGTH);
        record.putByte(ServerHint.IP_VERSION_OFFSET, (byte) flow.ipVersion());
        record.putByte(ServerHint.KIND_OFFSET, (byte) kind);
        record.putByte(ServerHint.SERVER_COUNT_OFFSET, (byte) message.serverCount());
        for (int i = 0; i < message.serverCount(); i++) {
            record.putBytes(
                ServerHint.HEAD_LENGTH + i * ServerHint.ADDRESS_LENGTH, buffer, message.serverOffset(i), message.addressLength);
        }
    }

    /** One hint for each client or network that is told, or for whom the message was sent to. */
    private void publish(
        final HintMessage message, final int kind, final FlowRecord flow, final int direction, final DirectBuffer buffer) {
        final int length = ServerHint.HEAD_LENGTH + message.serverCount() * ServerHint.ADDRESS_LENGTH;
        record.putByte(
            ServerHint.IS_OF_NETWORK_OFFSET, (byte) (kind == ServerHint.ROUTER_ADVERTISEMENT && message.clientCount() > 0 ? 1 : 0));
        for (int i = 0; i < Math.max(1, message.clientCount()); i++) {
            if (message.clientCount() == 0) {
                record.putBytes(ServerHint.CLIENT_OFFSET, flow.buffer(), sender(flow, 1 - direction), ServerHint.ADDRESS_LENGTH);
            } else {
                record.putBytes(ServerHint.CLIENT_OFFSET, buffer, message.clientOffset(i), message.addressLength);
            }
            final boolean isTaken = ring.isRoomy() && ring.offer(RecordRing.SERVER_HINT, record, 0, length);
            counters.increment(isTaken ? Counter.DNS_SERVER_HINTS : Counter.DNS_SERVER_HINTS_DROPPED);
        }
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
