package net.flowsonde.flow;

import static net.flowsonde.flow.FlowRecord.PROTOCOL_ICMP;
import static net.flowsonde.flow.FlowRecord.PROTOCOL_ICMPV6;

import java.nio.ByteOrder;
import net.flowsonde.decode.PacketLayout;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The key of one packet's flow as six longs, as they lie at the start of a {@link FlowRecord}. The two endpoints are put in one order
 * whichever way the packet went (any total order does), so both directions have one key; {@link #isSourceHigh()} says which way it was.
 * <pre>
 *  0              16              32       34       36       37      38     40        48
 *  +---------------+---------------+--------+--------+--------+-------+------+---------+
 *  |  low address  | high address  |  low   |  high  |protocol|version| VLAN | tunnel  |
 *  |               |               |  port  |  port  |        |       |      |         |
 *  +---------------+---------------+--------+--------+--------+-------+------+---------+
 * </pre>
 * ICMP has the identifier of a query in place of the low port and its type and code in place of the high one ({@link IcmpQuery}).
 * Owned and reused by one queue thread.
 */
final class FlowKey {
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();
    private static final boolean IS_LITTLE_ENDIAN = NATIVE == ByteOrder.LITTLE_ENDIAN;

    private long low0;
    private long low1;
    private long high0;
    private long high1;
    private long ports;
    private long tunnel;
    private boolean isSourceHigh;

    /** The key of the packet's own flow. */
    void set(final PacketLayout layout, final int vlanId, final long tunnelId) {
        final DirectBuffer buffer = layout.buffer();
        addresses(buffer, layout.ipVersion(), layout.sourceAddressOffset(), layout.destinationAddressOffset());
        final int protocol = layout.protocol();
        if (protocol == PROTOCOL_ICMP || protocol == PROTOCOL_ICMPV6) {
            icmp(layout);
            rest(layout.icmpIdentifier(), IcmpQuery.keyTypeCode(protocol, layout.icmpType(), layout.icmpCode()), protocol,
                layout.ipVersion(), vlanId, tunnelId);
        } else {
            endpoints(layout.sourcePort(), layout.destinationPort(), protocol, layout.ipVersion(), vlanId, tunnelId);
        }
    }

    /** The key of the flow that an ICMP error quotes a packet of. */
    void setQuoted(final PacketLayout layout, final int vlanId, final long tunnelId) {
        addresses(layout.buffer(), layout.quotedIpVersion(), layout.quotedSourceAddressOffset(),
            layout.quotedDestinationAddressOffset());
        endpoints(layout.quotedSourcePort(), layout.quotedDestinationPort(), layout.quotedProtocol(), layout.quotedIpVersion(),
            vlanId, tunnelId);
    }

    /** The key of fragments without ports. */
    void set(final HeldFragments held) {
        addresses(held.addresses(), held.ipVersion(), HeldFragments.SOURCE_ADDRESS_OFFSET, HeldFragments.DESTINATION_ADDRESS_OFFSET);
        endpoints(0, 0, held.protocol(), held.ipVersion(), held.vlanId(), held.tunnelId());
    }

    /** The source of the packet is the key's high endpoint. */
    boolean isSourceHigh() {
        return isSourceHigh;
    }

    int protocol() {
        return (int) (ports >>> shift(FlowRecord.PROTOCOL_OFFSET - FlowRecord.LOW_PORT_OFFSET, 1)) & 0xFF;
    }

    private void addresses(final DirectBuffer buffer, final int ipVersion, final int source, final int destination) {
        if (ipVersion == 4) {
            low0 = lane(buffer.getInt(source, NATIVE) & 0xFFFF_FFFFL, 0, 4);
            high0 = lane(buffer.getInt(destination, NATIVE) & 0xFFFF_FFFFL, 0, 4);
            low1 = 0;
            high1 = 0;
        } else {
            low0 = buffer.getLong(source, NATIVE);
            low1 = buffer.getLong(source + 8, NATIVE);
            high0 = buffer.getLong(destination, NATIVE);
            high1 = buffer.getLong(destination + 8, NATIVE);
        }
    }

    /** An ICMP flow has no port to tell its ends apart where both have one address: the answer then comes from the high one. */
    private void icmp(final PacketLayout layout) {
        final int order = order();
        isSourceHigh = order > 0 || order == 0 && IcmpQuery.isAnswer(layout.protocol(), layout.icmpType());
        if (order > 0) {
            swapAddresses();
        }
    }

    private void endpoints(
        final int sourcePort, final int destinationPort, final int protocol, final int ipVersion, final int vlanId,
        final long tunnelId) {
        final int order = order();
        isSourceHigh = order > 0 || order == 0 && sourcePort > destinationPort;
        if (isSourceHigh) {
            swapAddresses();
            rest(destinationPort, sourcePort, protocol, ipVersion, vlanId, tunnelId);
        } else {
            rest(sourcePort, destinationPort, protocol, ipVersion, vlanId, tunnelId);
        }
    }

    private int order() {
        return low0 != high0 ? Long.compare(low0, high0) : Long.compare(low1, high1);
    }

    private void swapAddresses() {
        final long first = low0;
        final long second = low1;
        low0 = high0;
        low1 = high1;
        high0 = first;
        high1 = second;
    }

    private void rest(
        final int lowPort, final int highPort, final int protocol, final int ipVersion, final int vlanId, final long tunnelId) {
        ports = lane(lowPort & 0xFFFFL, 0, 2) | lane(highPort & 0xFFFFL, 2, 2) | lane(protocol & 0xFFL, 4, 1)
            | lane(ipVersion & 0xFFL, 5, 1) | lane(vlanId & 0xFFFFL, 6, 2);
        tunnel = tunnelId;
    }

    /** {@code value} of {@code length} octets where it lies {@code start} octets into a long in memory. */
    private static long lane(final long value, final int start, final int length) {
        return value << shift(start, length);
    }

    private static int shift(final int start, final int length) {
        return Byte.SIZE * (IS_LITTLE_ENDIAN ? start : Long.BYTES - start - length);
    }

    /** Whether the slot at {@code offset} has this key. */
    boolean isAt(final DirectBuffer slot, final int offset) {
        return slot.getLong(offset + 32) == ports && slot.getLong(offset) == low0 && slot.getLong(offset + 16) == high0
            && slot.getLong(offset + 8) == low1 && slot.getLong(offset + 24) == high1 && slot.getLong(offset + 40) == tunnel;
    }

    void store(final MutableDirectBuffer slot, final int offset) {
        slot.putLong(offset, low0);
        slot.putLong(offset + 8, low1);
        slot.putLong(offset + 16, high0);
        slot.putLong(offset + 24, high1);
        slot.putLong(offset + 32, ports);
        slot.putLong(offset + 40, tunnel);
    }

    int hash(final FlowHash hash) {
        return hash.of(low0, low1, high0, high1, ports, tunnel);
    }
}
