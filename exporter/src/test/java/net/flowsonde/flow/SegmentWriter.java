package net.flowsonde.flow;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import net.flowsonde.decode.PacketDecoder;
import net.flowsonde.decode.PacketLayout;
import net.flowsonde.decode.Verdict;
import org.agrona.concurrent.UnsafeBuffer;

/** One IPv4 or ICMP packet with TCP inside, written octet by octet and decoded by the real decoder. Checksums are left 0. */
final class SegmentWriter {
    private static final int LINKTYPE_RAW = 101;
    private static final int IP_HEADER = 20;
    private static final int TCP_HEADER = 20;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[70_000]);
    private final PacketDecoder decoder = new PacketDecoder(4);
    private final PacketLayout layout = new PacketLayout();

    int flags;
    int sequence;
    int acknowledgment;
    int window;
    int ttl;
    int ipId;
    byte[] options = new byte[0];
    byte[] payload = new byte[0];

    /** The segment as the decoder sees it. */
    PacketLayout tcp(final boolean isFromClient) {
        final int header = TCP_HEADER + (options.length + 3 & ~3);
        final int length = IP_HEADER + header + payload.length;
        ip(0, length, 6, isFromClient);
        tcpHeader(IP_HEADER, header, isFromClient);
        buffer.putBytes(IP_HEADER + header, payload);
        return decode(length);
    }

    /** An ICMP error of a router that quotes the first 28 octets of the segment. */
    PacketLayout icmp(final int type, final int code, final boolean isFromClient) {
        final int length = IP_HEADER + 8 + IP_HEADER + 8;
        ip(0, length, 1, !isFromClient);
        buffer.setMemory(IP_HEADER, 8, (byte) 0);
        buffer.putByte(IP_HEADER, (byte) type);
        buffer.putByte(IP_HEADER + 1, (byte) code);
        ip(IP_HEADER + 8, IP_HEADER + TCP_HEADER, 6, isFromClient);
        tcpHeader(2 * IP_HEADER + 8, TCP_HEADER, isFromClient);
        return decode(length);
    }

    private void ip(final int offset, final int length, final int protocol, final boolean isFromClient) {
        buffer.setMemory(offset, IP_HEADER, (byte) 0);
        buffer.putByte(offset, (byte) 0x45);
        buffer.putShort(offset + 2, (short) length, ByteOrder.BIG_ENDIAN);
        buffer.putShort(offset + 4, (short) ipId, ByteOrder.BIG_ENDIAN);
        buffer.putByte(offset + 8, (byte) ttl);
        buffer.putByte(offset + 9, (byte) protocol);
        buffer.putInt(offset + (isFromClient ? 12 : 16), 0x0A00_0001, ByteOrder.BIG_ENDIAN);
        buffer.putInt(offset + (isFromClient ? 16 : 12), 0x0A00_0002, ByteOrder.BIG_ENDIAN);
    }

    private void tcpHeader(final int offset, final int length, final boolean isFromClient) {
        buffer.setMemory(offset, length, (byte) 0);
        buffer.putShort(offset, (short) (isFromClient ? 40_000 : 443), ByteOrder.BIG_ENDIAN);
        buffer.putShort(offset + 2, (short) (isFromClient ? 443 : 40_000), ByteOrder.BIG_ENDIAN);
        buffer.putInt(offset + 4, sequence, ByteOrder.BIG_ENDIAN);
        buffer.putInt(offset + 8, acknowledgment, ByteOrder.BIG_ENDIAN);
        buffer.putByte(offset + 12, (byte) (length / 4 << 4));
        buffer.putByte(offset + 13, (byte) flags);
        buffer.putShort(offset + 14, (short) window, ByteOrder.BIG_ENDIAN);
        if (length > TCP_HEADER) {
            buffer.putBytes(offset + TCP_HEADER, options);
        }
    }

    private PacketLayout decode(final int length) {
        final Verdict verdict = decoder.decode(buffer, 0, length, length, LINKTYPE_RAW, layout);
        if (!verdict.isFlow()) {
            throw new IllegalStateException(verdict.name());
        }
        return layout;
    }

    static byte[] text(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
