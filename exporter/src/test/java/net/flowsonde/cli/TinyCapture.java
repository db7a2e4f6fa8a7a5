package net.flowsonde.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** Writes a classic pcap file of equal UDP datagrams from 192.0.2.1:1000 to 192.0.2.2:53, four octets of payload, a second apart. */
final class TinyCapture {
    private static final byte[] FRAME = HexFormat.of().parseHex(
        "020000000002020000000001" + "0800"
            + "450000200000000040110000c0000201c0000202"
            + "03e80035000c0000" + "61626364");

    private TinyCapture() {
    }

    static Path write(final Path path, final int frames) throws IOException {
        return write(path, frames, 0);
    }

    /** @param startSeconds when the first is captured */
    static Path write(final Path path, final int frames, final int startSeconds) throws IOException {
        final ByteBuffer file = ByteBuffer.allocate(24 + frames * (16 + FRAME.length));
        file.putInt(0xA1B2C3D4).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0).putInt(65_535).putInt(1);
        for (int i = 0; i < frames; i++) {
            file.putInt(1_700_000_000 + startSeconds + i).putInt(0).putInt(FRAME.length).putInt(FRAME.length).put(FRAME);
        }
        return Files.write(path, file.array());
    }
}
