package net.flowsonde.transport;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import net.flowsonde.ipfix.MessageContents;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * View over one message where it is kept, with what it holds, protected against a torn write and a bad disk.
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |                 Length of this frame, all of it               |
 *  +---------------------------------------------------------------+
 *  |           CRC-32C of everything behind this number            |
 *  +---------------------------------------------------------------+
 *  |                    Run (31 bits)                            |S|
 *  +---------------------------------------------------------------+
 *  |        Contents (36 octets), then the message itself          |
 * </pre>
 */
final class JournalFrame {
    static final int HEADER_LENGTH = 12 + MessageContents.LENGTH;
    static final int MAX_LENGTH = HEADER_LENGTH + 65_535;
    /** S: the first message of a run of the process: its templates owe nothing to those before. */
    static final int RUN_START = 1;

    private static final int CRC_OFFSET = 4;
    private static final int FLAGS_OFFSET = 8;
    private static final int CONTENTS_OFFSET = 12;

    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final MessageContents contents = new MessageContents();
    private final CRC32C crc = new CRC32C();
    private long position;
    private int offset;
    private int length;
    private boolean isMarked;

    /** Writes a frame at {@code offset}, which must have the room, and answers its length. */
    int write(
        final ByteBuffer target, final int offset, final MessageContents what, final int flags, final DirectBuffer message,
        final int messageOffset, final int messageLength) {
        final int frameLength = HEADER_LENGTH + messageLength;
        buffer.wrap(target);
        target.putInt(offset, frameLength);
        target.putInt(offset + FLAGS_OFFSET, flags);
        what.encode(buffer, offset + CONTENTS_OFFSET);
        buffer.putBytes(offset + HEADER_LENGTH, message, messageOffset, messageLength);
        target.putInt(offset + CRC_OFFSET, crc(target, offset, frameLength));
        return frameLength;
    }

    /** Points at a frame; false when there is no whole and sound one at {@code offset}. */
    boolean wrap(final ByteBuffer source, final int offset, final int limit, final long position) {
        if (limit - offset < HEADER_LENGTH) {
            return false;
        }
        final int frameLength = source.getInt(offset);
        if (frameLength < HEADER_LENGTH || frameLength > MAX_LENGTH || frameLength > limit - offset
            || crc(source, offset, frameLength) != source.getInt(offset + CRC_OFFSET)) {
            return false;
        }
        buffer.wrap(source);
        contents.decode(buffer, offset + CONTENTS_OFFSET);
        this.offset = offset;
        this.position = position;
        length = frameLength;
        isMarked = false;
        return contents.sequenceOffset() <= messageLength() - Integer.BYTES;
    }

    /** Where it lies among all that was ever kept. */
    long position() {
        return position;
    }

    /** Position of the octet behind it. */
    long end() {
        return position + length;
    }

    int length() {
        return length;
    }

    boolean isRunStart() {
        return isMarked || (flags() & RUN_START) != 0;
    }

    /** The message that the run began with is lost, and this is its first now. */
    void markRunStart() {
        isMarked = true;
    }

    /** All messages of a run of the process have the same number here. */
    int run() {
        return flags() & ~RUN_START;
    }

    MessageContents contents() {
        return contents;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int offset() {
        return offset;
    }

    int messageOffset() {
        return offset + HEADER_LENGTH;
    }

    int messageLength() {
        return length - HEADER_LENGTH;
    }

    private int flags() {
        return buffer.getInt(offset + FLAGS_OFFSET, BIG_ENDIAN);
    }

    private int crc(final ByteBuffer source, final int offset, final int frameLength) {
        crc.reset();
        crc.update(source.duplicate().limit(offset + frameLength).position(offset + FLAGS_OFFSET));
        return (int) crc.getValue();
    }
}
