package net.flowsonde.capture;

import java.io.IOException;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Live capture through libpcap: one native call a frame, out addresses allocated once. The kernel's VLAN tags are put back into the frame
 * by libpcap; what it knows of segmentation offload is not to be had this way.
 */
final class PcapHandle implements LiveHandle {
    private static final int BATCH_LENGTH = 512;
    private static final int FRAME = 1;
    private static final int HEADER_LENGTH = 24;
    private static final int STATISTICS_LENGTH = 16;
    private static final int DROPS_OFFSET = 4;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int PACKET_OUTGOING = 4;
    private static final int SLL2_INDEX_OFFSET = 4;
    private static final int SLL2_TYPE_OFFSET = 10;

    private final LibPcap.Functions pcap = LibPcap.functions();
    private final NativeMemory out = NativeMemory.allocate(2 * Long.BYTES);
    private final NativeMemory statistics = NativeMemory.allocate(STATISTICS_LENGTH);
    private final UnsafeBuffer outBuffer = out.buffer();
    private final UnsafeBuffer header = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer data = new UnsafeBuffer(0, 0);
    private final CapturedFrame frame = new CapturedFrame();
    private final PcapDevice device;
    private final PacketSocket socket;
    private final LiveInterface live;
    private final FrameTally tally;
    private final long handle;
    private final int linkType;
    private final int interfaceIndex;
    private final long ownMac;
    private final long fractionNs;
    private long headerAddress;
    private long newestStampNs;
    private int drops;

    /** Opens, filters, joins the fanout group. */
    PcapHandle(final LiveInterface live, final FrameTally tally) {
        this.live = live;
        this.tally = tally;
        final boolean isAny = live.isAny();
        interfaceIndex = isAny ? 0 : live.find().index();
        ownMac = isAny ? 0 : hardwareAddress(live.name());
        device = PcapDevice.open(live, live.config().bufferSize(), live.config().promiscuous());
        handle = device.address();
        linkType = device.linkType();
        fractionNs = device.hasNanoseconds() ? 1 : 1_000;
        socket = new PacketSocket(device.descriptor());
        try {
            device.filter(live.filter());
            device.nonBlocking();
            live.fanout().join(socket);
        } catch (final IOException | CaptureException exception) {
            device.close();
            throw exception instanceof CaptureException refused ? refused : live.failure(exception.getMessage());
        }
    }

    private static long hardwareAddress(final String name) {
        try (InterfaceControl control = new InterfaceControl(name)) {
            return control.hardwareAddress();
        }
    }

    @Override
    public int read(final PacketHandler handler) {
        final long readyNs = live.fanout().readyNs();
        int frames = 0;
        while (frames < BATCH_LENGTH) {
            final int status = pcap.pcap_next_ex(handle, out.address(), out.address() + Long.BYTES);
            if (status != FRAME) {
                return status < 0 && frames == 0 ? BROKEN : frames;
            }
            frames++;
            wrap();
            if (frame.timestampNs() < readyNs) {
                tally.onFrameBeforeStart();
            } else {
                handler.onPacket(frame);
            }
        }
        return frames;
    }

    private void wrap() {
        final long address = outBuffer.getLong(0);
        if (address != headerAddress) {
            headerAddress = address;
            header.wrap(address, HEADER_LENGTH);
        }
        final long stampNs = header.getLong(0) * SECOND_NS + header.getLong(8) * fractionNs;
        final int captured = header.getInt(16);
        data.wrap(outBuffer.getLong(Long.BYTES), captured);
        frame.wrap(data, 0, captured, header.getInt(20), stampNs).source(linkType, interfaceIndex);
        markDirection();
        tally.onFrame(frame);
        newestStampNs = Math.max(newestStampNs, stampNs);
    }

    /** Known from the cooked header, or where the frame bears the interface's own address. */
    private void markDirection() {
        final int captured = frame.capturedLength();
        if (linkType == LinkTypes.ETHERNET) {
            frame.outgoing(ownMac != 0 && captured >= FrameAddresses.ETHERNET_HEADER_LENGTH
                && FrameAddresses.mac(data, FrameAddresses.SOURCE_MAC_OFFSET) == ownMac);
        } else if (linkType == LinkTypes.LINUX_SLL && captured >= Short.BYTES) {
            frame.outgoing(data.getShort(0, ByteOrder.BIG_ENDIAN) == PACKET_OUTGOING);
        } else if (linkType == LinkTypes.LINUX_SLL2 && captured > SLL2_TYPE_OFFSET) {
            frame.source(linkType, data.getInt(SLL2_INDEX_OFFSET, ByteOrder.BIG_ENDIAN))
                .outgoing(data.getByte(SLL2_TYPE_OFFSET) == PACKET_OUTGOING);
        }
    }

    @Override
    public long newestStampNs() {
        return newestStampNs;
    }

    @Override
    public int descriptor() {
        return socket.descriptor();
    }

    @Override
    public int interfaceIndex() {
        return interfaceIndex;
    }

    @Override
    public int takeError() {
        return socket.takeError();
    }

    /** libpcap counts from the start, in 32 bits that wrap. */
    @Override
    public long takeDrops() {
        if (pcap.pcap_stats(handle, statistics.address()) != 0) {
            return 0;
        }
        final int before = drops;
        drops = statistics.buffer().getInt(DROPS_OFFSET);
        return drops - before & 0xFFFF_FFFFL;
    }

    @Override
    public void filter(final String expression) {
        device.filter(expression);
    }

    /** Past libpcap, which would filter what waits in its buffer with the new filter too, and lose it. */
    @Override
    public void closeIntake() {
        socket.filter(SocketFilter.nothing());
    }

    @Override
    public void close() {
        device.close();
    }
}
