package net.flowsonde.capture;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** Tells what a file that is no capture is, so that the operator knows what to do with it. */
final class FileMagic {
    private static final int GZIP = 0x1f8b;
    private static final int BZIP2 = 0x425a;
    private static final int XZ = 0xfd377a58;
    private static final int ZSTANDARD = 0x28b52ffd;
    private static final int LZ4 = 0x04224d18;
    private static final int SNOOP = 0x736e6f6f;

    private FileMagic() {
    }

    /** What is wrong with a file that begins with the four octets at {@code offset}. */
    static String complaint(final DirectBuffer buffer, final int offset, final String name) {
        final int magic = buffer.getInt(offset, ByteOrder.BIG_ENDIAN);
        if (magic >>> 16 == GZIP) {
            return compressed("gzip", "gzip -dc", name);
        }
        if (magic >>> 16 == BZIP2) {
            return compressed("bzip2", "bzip2 -dc", name);
        }
        return switch (magic) {
            case XZ -> compressed("xz", "xz -dc", name);
            case ZSTANDARD -> compressed("zstd", "zstd -dc", name);
            case LZ4 -> compressed("lz4", "lz4 -dc", name);
            case SNOOP -> "a snoop file, not pcap or pcapng; editcap converts it";
            default -> String.format("neither pcap nor pcapng: it begins with 0x%08x", magic);
        };
    }

    private static String compressed(final String format, final String command, final String name) {
        return "compressed with " + format + "; unpack it first, for example: " + command + ' ' + name + " | flowsonde replay -";
    }
}
