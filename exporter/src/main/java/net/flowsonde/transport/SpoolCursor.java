package net.flowsonde.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * How far a collector has come, in a file of two slots that are written in turn, so that one of them is whole whenever the process dies.
 * <pre>
 *  generation (8) | acknowledged (8) | released (8) | CRC-32C of these (4) | 0 (4)
 * </pre>
 */
final class SpoolCursor {
    private static final int SLOT_LENGTH = 32;
    private static final int CRC_OFFSET = 24;

    private final FileChannel file;
    private final ByteBuffer slot = ByteBuffer.allocate(SLOT_LENGTH);
    private long generation;
    private long acknowledged;
    private long released;

    SpoolCursor(final Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        read(0);
        read(SLOT_LENGTH);
    }

    long acknowledged() {
        return acknowledged;
    }

    long released() {
        return released;
    }

    void write(final long nowAcknowledged, final long nowReleased) throws IOException {
        if (nowAcknowledged == acknowledged && nowReleased == released) {
            return;
        }
        acknowledged = nowAcknowledged;
        released = nowReleased;
        generation++;
        slot.clear().putLong(generation).putLong(acknowledged).putLong(released).putInt(crc()).putInt(0).flip();
        file.write(slot, (generation & 1) * SLOT_LENGTH);
    }

    void close() throws IOException {
        file.close();
    }

    private void read(final int offset) throws IOException {
        slot.clear();
        if (file.read(slot, offset) == SLOT_LENGTH && slot.getInt(CRC_OFFSET) == crc() && slot.getLong(0) > generation) {
            generation = slot.getLong(0);
            acknowledged = slot.getLong(Long.BYTES);
            released = slot.getLong(2 * Long.BYTES);
        }
    }

    private int crc() {
        final CRC32C crc = new CRC32C();
        crc.update(slot.duplicate().limit(CRC_OFFSET).position(0));
        return (int) crc.getValue();
    }
}
