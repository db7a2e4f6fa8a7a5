package net.flowsonde.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;
import net.flowsonde.transport.Announcements.Announcement;

/**
 * One file of a spool: which positions it holds, the announcements that were in force at its start, so that it can be sent though the
 * files before it are gone, then frames.
 * <pre>
 *  "FSSPOOL1" (8) | position of the first frame (8) | octets of announcements (4) | CRC-32C of these three (4) | announcements | frames
 * </pre>
 */
final class SegmentFile {
    static final String SUFFIX = ".spool";

    private static final long MAGIC = 0x4653_5350_4F4F_4C31L;
    private static final int HEADER_LENGTH = 24;
    private static final int CRC_OFFSET = 20;
    private static final int MAX_ANNOUNCEMENTS_LENGTH = 16 << 20;

    private final Path path;
    private final FileChannel file;
    private final long start;
    private final int dataOffset;
    private long end;

    private SegmentFile(final Path path, final FileChannel file, final long start, final int dataOffset, final long end) {
        this.path = path;
        this.file = file;
        this.start = start;
        this.dataOffset = dataOffset;
        this.end = end;
    }

    /** A new file for the frames from {@code start} on. */
    static SegmentFile create(final Path directory, final long start, final List<Announcement> announcements) throws IOException {
        final int length = announcements.stream().mapToInt(one -> JournalFrame.HEADER_LENGTH + one.message().capacity()).sum();
        final ByteBuffer octets = ByteBuffer.allocate(HEADER_LENGTH + length);
        octets.putLong(MAGIC).putLong(start).putInt(length).putInt(crc(octets));
        final JournalFrame frame = new JournalFrame();
        for (final Announcement one : announcements) {
            final int written =
                frame.write(octets, octets.position(), one.contents(), 0, one.message(), 0, one.message().capacity());
            octets.position(octets.position() + written);
        }
        final Path path = directory.resolve(String.format(Locale.ROOT, "%016x%s", start, SUFFIX));
        final FileChannel file = FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        final SegmentFile segment = new SegmentFile(path, file, start, octets.capacity(), start);
        try {
            writeFully(file, octets.flip(), 0);
            return segment;
        } catch (final IOException failure) {
            segment.delete();
            throw failure;
        }
    }

    /** A file of an earlier run; null when it is none, or so damaged that nothing of it can be told. */
    static SegmentFile open(final Path path) throws IOException {
        final FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        final ByteBuffer header = ByteBuffer.allocate(HEADER_LENGTH);
        final boolean isWhole = file.read(header, 0) == HEADER_LENGTH;
        final int announcements = header.getInt(CRC_OFFSET - Integer.BYTES);
        if (!isWhole || header.getLong(0) != MAGIC || crc(header) != header.getInt(CRC_OFFSET) || announcements < 0
            || announcements > MAX_ANNOUNCEMENTS_LENGTH || HEADER_LENGTH + announcements > file.size()) {
            file.close();
            return null;
        }
        final long start = header.getLong(Long.BYTES);
        final int dataOffset = HEADER_LENGTH + announcements;
        return new SegmentFile(path, file, start, dataOffset, start + file.size() - dataOffset);
    }

    /** Hands over the announcements in force at its start, as far as they are sound. */
    void announcements(final Announcements into) throws IOException {
        final ByteBuffer octets = ByteBuffer.allocate(dataOffset - HEADER_LENGTH);
        file.read(octets, HEADER_LENGTH);
        final JournalFrame frame = new JournalFrame();
        int offset = 0;
        while (frame.wrap(octets, offset, octets.position(), start)) {
            into.add(frame);
            offset += frame.length();
        }
    }

    long start() {
        return start;
    }

    /** Position behind its last frame. */
    long end() {
        return end;
    }

    /** Octets of the file. */
    long length() {
        return dataOffset + (end - start);
    }

    /** Adds whole frames; when that fails, none of them is there. */
    void append(final ByteBuffer frames) throws IOException {
        final long offset = dataOffset + (end - start);
        try {
            final int length = frames.remaining();
            writeFully(file, frames, offset);
            end += length;
        } catch (final IOException failure) {
            file.truncate(offset);
            throw failure;
        }
    }

    /** Reads what lies at a position, as much as there is and fits. */
    void read(final long position, final ByteBuffer into) throws IOException {
        long offset = dataOffset + (position - start);
        int count = 0;
        while (count >= 0 && into.hasRemaining()) {
            count = file.read(into, offset);
            offset += Math.max(0, count);
        }
    }

    /** Waits until the disk has what was written; any thread. */
    void force() throws IOException {
        file.force(false);
    }

    void delete() throws IOException {
        file.close();
        Files.deleteIfExists(path);
    }

    void close() throws IOException {
        file.close();
    }

    private static void writeFully(final FileChannel file, final ByteBuffer octets, final long at) throws IOException {
        long offset = at;
        while (octets.hasRemaining()) {
            offset += file.write(octets, offset);
        }
    }

    private static int crc(final ByteBuffer header) {
        final CRC32C crc = new CRC32C();
        crc.update(header.duplicate().limit(CRC_OFFSET).position(0));
        return (int) crc.getValue();
    }
}
