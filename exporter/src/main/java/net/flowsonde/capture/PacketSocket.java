package net.flowsonde.capture;

import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Options of a packet socket (packet(7), Linux), be it our own or the one under a libpcap handle. Reusable answers, so that asking makes
 * no garbage. One thread's; does not own the descriptor.
 */
final class PacketSocket {
    static final int AF_PACKET = 17;
    static final int SOCK_RAW = 3;
    static final int ETH_P_ALL = 3;

    private static final int SOL_SOCKET = 1;
    private static final int SO_ERROR = 4;
    private static final int SO_ATTACH_FILTER = 26;
    private static final int SOL_PACKET = 263;
    private static final int PACKET_ADD_MEMBERSHIP = 1;
    private static final int PACKET_RX_RING = 5;
    private static final int PACKET_STATISTICS = 6;
    private static final int PACKET_VERSION = 10;
    private static final int PACKET_VNET_HDR = 15;
    private static final int PACKET_FANOUT = 18;
    private static final int PACKET_FANOUT_DATA = 22;
    private static final int PACKET_MR_PROMISC = 1;
    private static final int MEMBERSHIP_LENGTH = 16;
    private static final int ADDRESS_LENGTH = 20;
    private static final int STATISTICS_LENGTH = 12;

    private final LibC.Functions libc = LibC.functions();
    private final NativeMemory value = NativeMemory.allocate(64);
    private final NativeMemory length = NativeMemory.allocate(8);
    private final UnsafeBuffer buffer = value.buffer();
    private final int descriptor;

    PacketSocket(final int descriptor) {
        this.descriptor = descriptor;
    }

    int descriptor() {
        return descriptor;
    }

    private boolean set(final int option, final int number) {
        buffer.putInt(0, number);
        return libc.setsockopt(descriptor, SOL_PACKET, option, value.address(), Integer.BYTES) == 0;
    }

    private boolean get(final int level, final int option, final int expected) {
        length.buffer().putInt(0, expected);
        return libc.getsockopt(descriptor, level, option, value.address(), length.address()) == 0;
    }

    boolean version(final int version) {
        return set(PACKET_VERSION, version);
    }

    /** A virtio_net_hdr before each frame, which tells of segmentation offload. */
    boolean virtualHeader() {
        return set(PACKET_VNET_HDR, 1);
    }

    /** struct tpacket_req3: block size and count, frame size and count, timeout, private length, features. */
    boolean ring(final int blockLength, final int blocks, final int frameLength, final int timeoutMs) {
        buffer.putInt(0, blockLength);
        buffer.putInt(4, blocks);
        buffer.putInt(8, frameLength);
        buffer.putInt(12, blockLength / frameLength * blocks);
        buffer.putInt(16, timeoutMs);
        buffer.putInt(20, 0);
        buffer.putInt(24, 0);
        return libc.setsockopt(descriptor, SOL_PACKET, PACKET_RX_RING, value.address(), 28) == 0;
    }

    /** struct sockaddr_ll: family @0, protocol @2 (network order), interface index @4. */
    boolean bind(final int interfaceIndex) {
        buffer.setMemory(0, ADDRESS_LENGTH, (byte) 0);
        buffer.putShort(0, (short) AF_PACKET);
        buffer.putShort(2, (short) ETH_P_ALL, ByteOrder.BIG_ENDIAN);
        buffer.putInt(4, interfaceIndex);
        return libc.bind(descriptor, value.address(), ADDRESS_LENGTH) == 0;
    }

    /** struct packet_mreq: interface index @0, type @4. The kernel undoes it when the socket is closed. */
    boolean promiscuous(final int interfaceIndex) {
        buffer.setMemory(0, MEMBERSHIP_LENGTH, (byte) 0);
        buffer.putInt(0, interfaceIndex);
        buffer.putShort(4, (short) PACKET_MR_PROMISC);
        return libc.setsockopt(descriptor, SOL_PACKET, PACKET_ADD_MEMBERSHIP, value.address(), MEMBERSHIP_LENGTH) == 0;
    }

    /** Replaces the filter in one step. */
    boolean filter(final SocketFilter filter) {
        return libc.setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, filter.address(), SocketFilter.PROGRAM_LENGTH) == 0;
    }

    /** Joins a fanout group. {@code group} 0 with {@link Fanout#UNIQUE_ID} makes a new one. */
    boolean joinFanout(final int group, final int typeAndFlags) {
        return set(PACKET_FANOUT, group & 0xFFFF | typeAndFlags << 16);
    }

    /** The group that was joined. */
    int fanoutGroup() {
        return get(SOL_PACKET, PACKET_FANOUT, Integer.BYTES) ? buffer.getInt(0) & 0xFFFF : -1;
    }

    /** The program that picks the member for each frame; for the whole group. */
    boolean fanoutProgram(final SocketFilter program) {
        return libc.setsockopt(descriptor, SOL_PACKET, PACKET_FANOUT_DATA, program.address(), SocketFilter.PROGRAM_LENGTH) == 0;
    }

    /** Frames dropped since the last call: the kernel resets what it tells (struct tpacket_stats_v3: frames @0, drops @4). */
    long takeDrops() {
        return get(SOL_PACKET, PACKET_STATISTICS, STATISTICS_LENGTH) ? buffer.getInt(4) & 0xFFFF_FFFFL : 0;
    }

    /** The pending error, an errno, which is cleared by asking; 0 when there is none. */
    int takeError() {
        return get(SOL_SOCKET, SO_ERROR, Integer.BYTES) ? buffer.getInt(0) : 0;
    }
}
