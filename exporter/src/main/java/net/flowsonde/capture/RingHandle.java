package net.flowsonde.capture;

import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Live capture from a TPACKET_V3 ring, walked in memory: no native call while there are frames, and the kernel tells of segmentation
 * offload and VLAN tags (linux/if_packet.h, linux/virtio_net.h).
 * <pre>
 *  block    8 status (1: ours)   12 packets   16 first packet
 *  packet   0 next   4 seconds   8 nanoseconds   12 captured   16 length   20 status   24 frame (16 bits)
 *           32 VLAN TCI   36 TPID (16 bits)   58 packet type (8 bits)
 *  before the frame, 10 octets: 0 flags   1 segmentation type   2 linear length (16 bits)   4 segment size (16 bits)
 * </pre>
 */
final class RingHandle implements LiveHandle {
    private static final int BLOCK_STATUS_OFFSET = 8;
    private static final int BLOCK_PACKETS_OFFSET = 12;
    private static final int BLOCK_FIRST_OFFSET = 16;
    private static final int STATUS_KERNEL = 0;
    private static final int STATUS_USER = 1;

    private static final int PACKET_STATUS_OFFSET = 20;
    private static final int PACKET_DATA_OFFSET = 24;
    private static final int PACKET_VLAN_OFFSET = 32;
    private static final int PACKET_TPID_OFFSET = 36;
    private static final int PACKET_TYPE_OFFSET = 58;
    private static final int STATUS_VLAN_VALID = 1 << 4;
    private static final int STATUS_TPID_VALID = 1 << 6;
    private static final int DEFAULT_TPID = 0x8100;
    private static final int PACKET_OUTGOING = 4;

    private static final int VIRTUAL_HEADER_LENGTH = 10;
    private static final int SEGMENTATION_TYPE_OFFSET = 1;
    private static final int LINEAR_LENGTH_OFFSET = 2;
    private static final int SEGMENT_SIZE_OFFSET = 4;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private final CapturedFrame frame = new CapturedFrame();
    private final LiveInterface live;
    private final FrameTally tally;
    private final RingSocket ring;
    private final UnsafeBuffer[] blocks;
    private final boolean hasVirtualHeader;
    private final boolean isLoopback;
    private final int interfaceIndex;
    private final int linkType;
    private int current;
    private long newestStampNs;

    /** Opens, filters, joins the fanout group. */
    RingHandle(final LiveInterface live, final FrameTally tally) {
        this.live = live;
        this.tally = tally;
        final CaptureInterface captured = live.find();
        interfaceIndex = captured.index();
        isLoopback = captured.isLoopback();
        try (PcapDevice device = PcapDevice.open(live, RingSocket.BLOCK_LENGTH, false)) {
            linkType = device.linkType();
            if (linkType == LinkTypes.LINUX_SLL || linkType == LinkTypes.LINUX_SLL2) {
                throw new RingUnavailableException("interface " + live.name() + " has no link layer that a ring can show");
            }
            final SocketFilter filter = compile(device, live.filter());
            ring = new RingSocket(live);
            try {
                ring.start(interfaceIndex, live.config().promiscuous() && !isLoopback, filter);
            } catch (final CaptureException exception) {
                ring.close();
                throw exception;
            }
        }
        blocks = ring.blocks();
        hasVirtualHeader = ring.hasVirtualHeader();
    }

    /** On a live handle libpcap compiles VLAN tests against the kernel's metadata, where the outer tag is. */
    private SocketFilter compile(final PcapDevice device, final String expression) {
        try (FilterProgram program = device.compile(expression)) {
            return SocketFilter.copyOf(program, live.config().snapLength());
        }
    }

    /** One block. */
    @Override
    public int read(final PacketHandler handler) {
        final UnsafeBuffer block = blocks[current];
        if ((block.getIntVolatile(BLOCK_STATUS_OFFSET) & STATUS_USER) == 0) {
            return 0;
        }
        final int packets = block.getInt(BLOCK_PACKETS_OFFSET);
        walk(block, packets, handler);
        block.putIntRelease(BLOCK_STATUS_OFFSET, STATUS_KERNEL);
        current = current + 1 == blocks.length ? 0 : current + 1;
        return packets;
    }

    private void walk(final UnsafeBuffer block, final int packets, final PacketHandler handler) {
        final long readyNs = live.fanout().readyNs();
        int packet = block.getInt(BLOCK_FIRST_OFFSET);
        for (int i = 0; i < packets; i++) {
            if (isLoopback && block.getByte(packet + PACKET_TYPE_OFFSET) == PACKET_OUTGOING) {
                tally.onLoopbackCopy(); // it is seen a second time, as received
            } else {
                wrap(block, packet);
                tally.onFrame(frame);
                if (frame.timestampNs() < readyNs) {
                    tally.onFrameBeforeStart();
                } else {
                    handler.onPacket(frame);
                }
            }
            packet += block.getInt(packet);
        }
    }

    private void wrap(final UnsafeBuffer block, final int packet) {
        final long stampNs = (block.getInt(packet + 4) & UNSIGNED) * SECOND_NS + block.getInt(packet + 8);
        final int captured = block.getInt(packet + 12);
        final int data = packet + (block.getShort(packet + PACKET_DATA_OFFSET) & 0xFFFF);
        frame.wrap(block, data, data + captured, block.getInt(packet + 16), stampNs)
            .source(linkType, interfaceIndex)
            .outgoing(block.getByte(packet + PACKET_TYPE_OFFSET) == PACKET_OUTGOING);
        if (hasVirtualHeader) {
            markSegmentation(block, data - VIRTUAL_HEADER_LENGTH);
        }
        final int status = block.getInt(packet + PACKET_STATUS_OFFSET);
        if ((status & STATUS_VLAN_VALID) != 0) {
            frame.strippedVlan(block.getInt(packet + PACKET_VLAN_OFFSET) & 0xFFFF,
                (status & STATUS_TPID_VALID) != 0 ? block.getShort(packet + PACKET_TPID_OFFSET) & 0xFFFF : DEFAULT_TPID);
        }
        newestStampNs = Math.max(newestStampNs, stampNs);
    }

    /** In the byte order of virtio before version 1, the machine's own. */
    private void markSegmentation(final UnsafeBuffer block, final int header) {
        if (block.getByte(header + SEGMENTATION_TYPE_OFFSET) != 0) {
            frame.segmentation(block.getShort(header + SEGMENT_SIZE_OFFSET, ByteOrder.nativeOrder()) & 0xFFFF,
                block.getShort(header + LINEAR_LENGTH_OFFSET, ByteOrder.nativeOrder()) & 0xFFFF);
        }
    }

    @Override
    public long newestStampNs() {
        return newestStampNs;
    }

    @Override
    public int descriptor() {
        return ring.socket().descriptor();
    }

    @Override
    public int interfaceIndex() {
        return interfaceIndex;
    }

    @Override
    public int takeError() {
        return ring.socket().takeError();
    }

    @Override
    public long takeDrops() {
        return ring.socket().takeDrops();
    }

    @Override
    public void filter(final String expression) {
        try (PcapDevice device = PcapDevice.open(live, RingSocket.BLOCK_LENGTH, false)) {
            if (!ring.socket().filter(compile(device, expression))) {
                throw live.failure("filter", LibC.lastError());
            }
        }
    }

    @Override
    public void closeIntake() {
        ring.socket().filter(SocketFilter.nothing());
    }

    @Override
    public void close() {
        ring.close();
    }
}
