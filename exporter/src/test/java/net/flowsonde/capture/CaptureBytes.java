package net.flowsonde.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Builds capture files octet by octet, for tests of what reads them. */
final class CaptureBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteOrder order;

    CaptureBytes(final ByteOrder order) {
        this.order = order;
    }

    CaptureBytes int32(final int value) {
        return bytes(ByteBuffer.allocate(4).order(order).putInt(value).array());
    }

    CaptureBytes int16(final int value) {
        return bytes(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
    }

    CaptureBytes int64(final long value) {
        return bytes(ByteBuffer.allocate(8).order(order).putLong(value).array());
    }

    CaptureBytes bytes(final byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    CaptureBytes pad() {
        while (out.size() % 4 != 0) {
            out.write(0);
        }
        return this;
    }

    byte[] toArray() {
        return out.toByteArray();
    }

    int size() {
        return out.size();
    }

    // ---- classic

    CaptureBytes classicHeader(final int magic, final int linkType) {
        return int32(magic).int16(2).int16(4).int32(0).int32(0).int32(65_535).int32(linkType);
    }

    CaptureBytes classicPacket(final int seconds, final int fraction, final int original, final byte... data) {
        return int32(seconds).int32(fraction).int32(data.length).int32(original).bytes(data);
    }

    // ---- pcapng

    CaptureBytes block(final int type, final CaptureBytes body) {
        final byte[] padded = body.pad().toArray();
        return int32(type).int32(padded.length + 12).bytes(padded).int32(padded.length + 12);
    }

    private CaptureBytes body() {
        return new CaptureBytes(order);
    }

    CaptureBytes section() {
        return block(0x0A0D0D0A, body().int32(0x1A2B3C4D).int16(1).int16(0).int64(-1));
    }

    /** An interface with microsecond stamps. */
    CaptureBytes networkInterface(final int linkType, final int snapLength) {
        return block(1, body().int16(linkType).int16(0).int32(snapLength));
    }

    CaptureBytes networkInterface(final int linkType, final int resolution, final long stampOffset) {
        return block(1, body().int16(linkType).int16(0).int32(0)
            .int16(2).int16(5).bytes("eth0\0".getBytes()).pad()
            .int16(9).int16(1).bytes((byte) resolution).pad()
            .int16(14).int16(8).int64(stampOffset)
            .int16(0).int16(0));
    }

    CaptureBytes enhancedPacket(final int id, final long ticks, final int original, final byte... data) {
        return block(6, packetBody(body().int32(id), ticks, original, data));
    }

    CaptureBytes outboundPacket(final int id, final long ticks, final byte... data) {
        return block(6, packetBody(body().int32(id), ticks, data.length, data)
            .int16(1).int16(3).bytes((byte) 'o', (byte) 'u', (byte) 't').pad().int16(2).int16(4).int32(2).int16(0).int16(0));
    }

    CaptureBytes obsoletePacket(final int id, final long ticks, final int original, final byte... data) {
        return block(2, packetBody(body().int16(id).int16(7), ticks, original, data));
    }

    CaptureBytes simplePacket(final int original, final byte... data) {
        return block(3, body().int32(original).bytes(data));
    }

    private static CaptureBytes packetBody(final CaptureBytes start, final long ticks, final int original, final byte... data) {
        return start.int32((int) (ticks >>> 32)).int32((int) ticks).int32(data.length).int32(original).bytes(data).pad();
    }
}
