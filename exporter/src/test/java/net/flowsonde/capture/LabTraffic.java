package net.flowsonde.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Frames of numbered flows in both directions: fragments, VLAN tags, MPLS, PPPoE, IPv6 and ICMP errors that quote the flow. The number
 * stands in the low four octets of the source address of the link layer, whatever is inside.
 */
final class LabTraffic {
    /** Frames of one flow. */
    static final int FRAMES_PER_FLOW = 16;
    private static final int MORE_FRAGMENTS = 0x2000;

    private final CaptureBytes file = new CaptureBytes(ByteOrder.LITTLE_ENDIAN).classicHeader(0xa1b23c4d, 1);
    private int frames;

    /** A capture file of {@code flows} flows, their frames interleaved. */
    static byte[] of(final int flows) {
        final LabTraffic traffic = new LabTraffic();
        for (int kind = 0; kind < FRAMES_PER_FLOW; kind++) {
            for (int flow = 0; flow < flows; flow++) {
                traffic.frame(flow, kind);
            }
        }
        return traffic.file.toArray();
    }

    private void frame(final int flow, final int kind) {
        final byte[] forward = ipv4(flow, true, 17, 0, udp(100));
        final byte[] backward = ipv4(flow, false, 17, 0, udp(100));
        add(flow, switch (kind) {
            case 0 -> tag(0x0800, forward);
            case 1 -> tag(0x0800, backward);
            case 2 -> tag(0x0800, ipv4(flow, true, 17, MORE_FRAGMENTS, udp(184)));
            case 3 -> tag(0x0800, ipv4(flow, true, 17, MORE_FRAGMENTS | 24, new byte[192]));
            case 4 -> tag(0x0800, ipv4(flow, true, 17, 48, new byte[50]));
            case 5 -> tag(0x0800, ipv4(flow, false, 17, 24, new byte[50]));
            case 6 -> tag(0x8100, int16(7), int16(0x0800), forward);
            case 7 -> tag(0x88a8, int16(7), int16(0x8100), int16(9), int16(0x0800), backward);
            case 8 -> tag(0x8847, int32(16 << 12), int32(17 << 12 | 0x100), forward);
            case 9 -> tag(0x8864, int32(0x11000001), int16(backward.length + 2), int16(0x21), backward);
            case 10 -> tag(0x0800, ipv4(-1 - flow, true, 1, 0, concat(new byte[] {3, 1, 0, 0, 0, 0, 0, 0}, forward)));
            case 11 -> tag(0x0800, ipv4(flow, true, 1, 0, new byte[] {8, 0, 0, 0, 0, 1, 0, 1}));
            case 12 -> tag(0x86dd, ipv6(flow, true, 17, udp(60)));
            case 13 -> tag(0x86dd, ipv6(flow, false, 44, concat(new byte[] {17, 0, 0, 0, 0, 0, 0, 7}, new byte[60])));
            case 14 -> tag(0x86dd, ipv6(-1 - flow, true, 58, concat(new byte[] {1, 4, 0, 0, 0, 0, 0, 0}, ipv6(flow, true, 17, udp(60)))));
            default -> tag(0x86dd, ipv6(flow, false, 58, new byte[] {(byte) 129, 0, 0, 0, 0, 1, 0, 1}));
        }, kind);
    }

    /** Whether the frames of this kind belong to the IPv6 flow of the number, which may be on another queue than the IPv4 one. */
    static boolean isIpv6(final int kind) {
        return kind >= 12;
    }

    private void add(final int flow, final byte[] rest, final int kind) {
        final byte[] macs = concat(new byte[] {2, 0, 0, 0, 0, 1}, new byte[] {2, (byte) kind}, int32(flow));
        byte[] data = concat(macs, rest);
        data = data.length < 60 ? concat(data, new byte[60 - data.length]) : data;
        file.classicPacket(1, frames++, data.length, data);
    }

    private static byte[] tag(final int etherType, final byte[]... rest) {
        return concat(int16(etherType), concat(rest));
    }

    private static byte[] udp(final int payload) {
        return concat(int16(1_000), int16(2_000), int16(8 + payload), int16(0), new byte[payload]);
    }

    private static byte[] ipv4(final int flow, final boolean isForward, final int protocol, final int fragment, final byte[] payload) {
        final int client = 0x0A000000 + (flow & 0xFFFFFF);
        final int server = 0xC0A80000 + (flow * 7 & 0xFFFF);
        return concat(new byte[] {0x45, 0}, int16(20 + payload.length), int16(77), int16(fragment), new byte[] {64, (byte) protocol},
            int16(0), int32(isForward ? client : server), int32(isForward ? server : client), payload);
    }

    private static byte[] ipv6(final int flow, final boolean isForward, final int protocol, final byte[] payload) {
        final byte[] client = concat(int32(0x20010db8), int32(0), int32(1), int32(flow));
        final byte[] server = concat(int32(0x20010db8), int32(0), int32(2), int32(flow * 7));
        return concat(int32(0x60000000), int16(payload.length), new byte[] {(byte) protocol, 64}, isForward ? client : server,
            isForward ? server : client, payload);
    }

    private static byte[] int16(final int value) {
        return ByteBuffer.allocate(2).putShort((short) value).array();
    }

    private static byte[] int32(final int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private static byte[] concat(final byte[]... parts) {
        int length = 0;
        for (final byte[] part : parts) {
            length += part.length;
        }
        final ByteBuffer whole = ByteBuffer.allocate(length);
        for (final byte[] part : parts) {
            whole.put(part);
        }
        return whole.array();
    }
}
