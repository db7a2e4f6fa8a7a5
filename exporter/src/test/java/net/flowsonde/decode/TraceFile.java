package net.flowsonde.decode;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/** The frames of a pcap or pcapng file, for tests of the decoder alone: whole file in memory, no check of what is not needed. */
final class TraceFile {
    /** Takes one frame. */
    interface FrameConsumer {
        void onFrame(UnsafeBuffer file, int offset, int limit, int wireLength, int linkType);
    }

    private static final int PCAPNG_SECTION = 0x0A0D0D0A;
    private static final int PCAPNG_INTERFACE = 1;
    private static final int PCAPNG_OLD_PACKET = 2;
    private static final int PCAPNG_SIMPLE_PACKET = 3;
    private static final int PCAPNG_PACKET = 6;

    private final UnsafeBuffer file;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

    TraceFile(final Path path) throws IOException {
        file = new UnsafeBuffer(Files.readAllBytes(path));
    }

    void forEach(final FrameConsumer consumer) {
        if (file.getInt(0) == PCAPNG_SECTION) {
            readPcapng(consumer);
        } else {
            readPcap(consumer);
        }
    }

    private void readPcap(final FrameConsumer consumer) {
        final int magic = file.getInt(0, ByteOrder.LITTLE_ENDIAN);
        order = magic == 0xA1B2C3D4 || magic == 0xA1B23C4D ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        final int linkType = file.getInt(20, order) & 0xFFFF;
        int at = 24;
        while (file.capacity() - at >= 16) {
            final int captured = file.getInt(at + 8, order);
            final int start = at + 16;
            if (captured < 0 || captured > file.capacity() - start) {
                return;
            }
            consumer.onFrame(file, start, start + captured, file.getInt(at + 12, order), linkType);
            at = start + captured;
        }
    }

    private void readPcapng(final FrameConsumer consumer) {
        final int[] linkTypes = new int[64];
        int interfaces = 0;
        int at = 0;
        while (file.capacity() - at >= 12) {
            if (file.getInt(at) == PCAPNG_SECTION) {
                order = file.getInt(at + 8, ByteOrder.LITTLE_ENDIAN) == 0x1A2B3C4D ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
                interfaces = 0;
            }
            final int length = file.getInt(at + 4, order);
            if (length < 12 || length > file.capacity() - at) {
                return;
            }
            switch (file.getInt(at, order)) {
                case PCAPNG_INTERFACE -> linkTypes[interfaces++] = file.getShort(at + 8, order) & 0xFFFF;
                case PCAPNG_PACKET -> frame(consumer, at + 28, file.getInt(at + 20, order), file.getInt(at + 24, order),
                    linkTypes[file.getInt(at + 8, order)]);
                case PCAPNG_OLD_PACKET -> frame(consumer, at + 28, file.getInt(at + 20, order), file.getInt(at + 24, order),
                    linkTypes[file.getShort(at + 8, order)]);
                case PCAPNG_SIMPLE_PACKET -> frame(consumer, at + 12, Math.min(length - 16, file.getInt(at + 8, order)),
                    file.getInt(at + 8, order), linkTypes[0]);
                default -> { }
            }
            at += length;
        }
    }

    private void frame(final FrameConsumer consumer, final int start, final int captured, final int wireLength, final int linkType) {
        consumer.onFrame(file, start, start + captured, wireLength, linkType);
    }
}
