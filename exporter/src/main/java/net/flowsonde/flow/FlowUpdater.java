package net.flowsonde.flow;

import static net.flowsonde.flow.FlowRecord.FORWARD;
import static net.flowsonde.flow.FlowRecord.REVERSE;

import net.flowsonde.capture.CapturedFrame;
import net.flowsonde.decode.PacketLayout;
import org.agrona.DirectBuffer;

/**
 * Writes what a packet says into a flow record, all but what {@link TcpTracker} knows better. Owned by one queue thread.
 */
final class FlowUpdater {
    private static final int UNKNOWN_TIME = -1;
    private static final int NO_LABEL = -1;
    private static final int NO_MPTCP_REASON = 255;
    /** Record starts are kept in ticks of 2 to this power nanoseconds (a millisecond) that wrap after 52 days. */
    private static final int START_TICK_SHIFT = 20;

    /** Flags that belong to one record; the others belong to the flow. */
    private static final int RECORD_FLAGS = FlowRecord.FLAG_COALESCED | FlowRecord.FLAG_PACKETS_ESTIMATED | FlowRecord.FLAG_TRUNCATED;

    private final PacketLink link;

    /** @param link what the frame at hand says below the IP header */
    FlowUpdater(final PacketLink link) {
        this.link = link;
    }

    /** Fills the record of a flow that the packet opens, which holds its key and zeros. */
    void open(final FlowRecord record, final long flowId, final int flags, final long timestampNs) {
        record.flowId(flowId);
        record.flags(flags);
        record.lastPacketNs(timestampNs);
        record.handshakeServerRttNs(UNKNOWN_TIME);
        record.handshakeClientRttNs(UNKNOWN_TIME);
        record.applicationResponseTimeNs(UNKNOWN_TIME);
        record.tcpResetMptcpReason(NO_MPTCP_REASON);
        for (int direction = FORWARD; direction <= REVERSE; direction++) {
            record.mplsTopLabelStackSection(direction, NO_LABEL);
            record.vlanId(direction, FlowRecord.NO_VLAN);
            record.customerVlanId(direction, FlowRecord.NO_VLAN);
            record.tcpWindowScale(direction, FlowRecord.NO_WINDOW_SCALE);
        }
    }

    /** Addresses below and around the IP packet, as the client's packets have them. */
    void openLink(final FlowRecord record, final PacketLayout layout, final int direction) {
        final boolean isForward = direction == FORWARD;
        final DirectBuffer buffer = layout.buffer();
        if (layout.sourceMacOffset() != PacketLayout.NONE) {
            record.macAddresses(buffer, isForward ? layout.sourceMacOffset() : layout.destinationMacOffset(),
                isForward ? layout.destinationMacOffset() : layout.sourceMacOffset());
        }
        if (layout.tunnelType() != 0) {
            record.tunnelType(layout.tunnelType());
            record.tunnelId(layout.tunnelId());
        }
        if (layout.tunnelIpVersion() != 0) {
            record.tunnelIpVersion(layout.tunnelIpVersion());
            record.tunnelAddresses(buffer,
                isForward ? layout.tunnelSourceAddressOffset() : layout.tunnelDestinationAddressOffset(),
                isForward ? layout.tunnelDestinationAddressOffset() : layout.tunnelSourceAddressOffset());
        }
    }

    /** The record has been exported and the flow goes on: what belongs to one record is forgotten, but for the tracker's part. */
    static void startNextRecord(final FlowRecord record) {
        record.flags(record.flags() & ~RECORD_FLAGS | FlowRecord.FLAG_CONTINUATION);
        for (int direction = FORWARD; direction <= REVERSE; direction++) {
            record.packets(direction, 0);
            record.octets(direction, 0);
            record.frames(direction, 0);
            record.payloadOctets(direction, 0);
            record.startNs(direction, 0);
            record.endNs(direction, 0);
            record.fragments(direction, 0);
            record.maxFrameLength(direction, 0);
            record.minimumTtl(direction, 0);
            record.maximumTtl(direction, 0);
        }
    }

    /** Whether the record has lasted {@code activeNs}; reads one cache line as long as it is far from that. */
    static boolean isActiveTimeout(final FlowRecord record, final long timestampNs, final long activeNs) {
        return startTick(timestampNs) - record.startTick() >= activeNs >> START_TICK_SHIFT
            && record.frames(FORWARD) + record.frames(REVERSE) > 0
            && timestampNs - record.flowStartNs() >= activeNs;
    }

    private static int startTick(final long timestampNs) {
        return (int) (timestampNs >> START_TICK_SHIFT);
    }

    /** Counts one frame. */
    void count(
        final FlowRecord record, final int direction, final CapturedFrame frame, final PacketLayout layout, final WirePackets wire) {
        final long timestampNs = frame.timestampNs();
        if (record.frames(direction) == 0) {
            begin(record, direction, layout, timestampNs);
        }
        record.packets(direction, record.packets(direction) + wire.count());
        record.octets(direction, record.octets(direction) + layout.ipLength());
        record.frames(direction, record.frames(direction) + 1);
        stamp(record, direction, timestampNs, timestampNs);
        lifetimes(record, direction, layout.ttl(), layout.ttl());
        lengthen(record, direction, link.frameLength());
        if (layout.protocol() != FlowRecord.PROTOCOL_TCP) {
            record.payloadOctets(direction, record.payloadOctets(direction) + payloadLength(layout));
        }
        if (layout.isFragment()) {
            record.fragments(direction, record.fragments(direction) + 1);
        }
        flag(record, frame, wire);
    }

    private static int payloadLength(final PacketLayout layout) {
        return layout.fragmentOffset() > 0 ? layout.transportLength() : layout.payloadLength();
    }

    private static void flag(final FlowRecord record, final CapturedFrame frame, final WirePackets wire) {
        int flags = record.flags();
        if (frame.capturedLength() < frame.wireLength()) {
            flags |= FlowRecord.FLAG_TRUNCATED;
        }
        if (wire.count() > 1) {
            flags |= FlowRecord.FLAG_COALESCED | (wire.isEstimated() ? FlowRecord.FLAG_PACKETS_ESTIMATED : 0);
        }
        record.flags(flags);
    }

    /** Counts fragments that had waited for their first. */
    void count(final FlowRecord record, final int direction, final HeldFragments held) {
        if (record.frames(direction) == 0) {
            begin(record, direction, held.ipClassOfService(), held.firstNs());
            record.ingressInterface(direction, held.interfaceIndex());
        }
        record.packets(direction, record.packets(direction) + held.frames());
        record.octets(direction, record.octets(direction) + held.octets());
        record.frames(direction, record.frames(direction) + held.frames());
        record.fragments(direction, record.fragments(direction) + held.frames());
        stamp(record, direction, held.firstNs(), held.lastNs());
        lifetimes(record, direction, held.minimumTtl(), held.maximumTtl());
        lengthen(record, direction, held.maxFrameLength());
    }

    /** First packet of a direction in this record. */
    private void begin(final FlowRecord record, final int direction, final PacketLayout layout, final long timestampNs) {
        begin(record, direction, layout.ipClassOfService(), timestampNs);
        record.flowLabelIPv6(direction, layout.flowLabel());
        record.mplsTopLabelStackSection(direction, layout.mplsTopLabelStackSection());
        record.vlanId(direction, link.vlanId());
        record.customerVlanId(direction, link.customerVlanId());
        record.ingressInterface(direction, link.ingressInterface());
        record.egressInterface(direction, link.egressInterface());
        if (layout.icmpType() != PacketLayout.NONE) {
            record.icmpTypeCode(direction, IcmpQuery.typeCode(layout.icmpType(), layout.icmpCode()));
        }
    }

    private static void begin(final FlowRecord record, final int direction, final int classOfService, final long timestampNs) {
        if (record.frames(FORWARD) + record.frames(REVERSE) == 0) {
            record.startTick(startTick(timestampNs));
        }
        record.ipClassOfService(direction, classOfService);
        record.startNs(direction, timestampNs);
        record.endNs(direction, timestampNs);
        record.minimumTtl(direction, 255);
        record.maximumTtl(direction, 0);
    }

    /** Stamps of a file may be out of order: the record spans them all. */
    private static void stamp(final FlowRecord record, final int direction, final long firstNs, final long lastNs) {
        if (firstNs < record.startNs(direction)) {
            record.startNs(direction, firstNs);
        }
        if (lastNs > record.endNs(direction)) {
            record.endNs(direction, lastNs);
        }
        if (lastNs > record.lastPacketNs()) {
            record.lastPacketNs(lastNs);
        }
    }

    private static void lifetimes(final FlowRecord record, final int direction, final int minimum, final int maximum) {
        if (minimum < record.minimumTtl(direction)) {
            record.minimumTtl(direction, minimum);
        }
        if (maximum > record.maximumTtl(direction)) {
            record.maximumTtl(direction, maximum);
        }
    }

    private static void lengthen(final FlowRecord record, final int direction, final int frameLength) {
        if (frameLength > record.maxFrameLength(direction)) {
            record.maxFrameLength(direction, frameLength);
        }
    }
}
