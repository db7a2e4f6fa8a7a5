package net.flowsonde.dpi.nfs;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Reads external data representation (RFC 4506): everything is a multiple of four octets, big endian. It never throws: whoever reads past
 * the octets at hand gets zeros, and {@link #isShort()} from then on; whoever reads what cannot be, {@link #isMalformed()}. So a structure
 * is read without a check a field, and believed only when neither is raised at its end.
 */
final class XdrReader {
    private DirectBuffer buffer;
    private int position;
    private int limit;
    private boolean isShort;
    private boolean isMalformed;
    private int itemOffset;
    private int itemLength;

    XdrReader wrap(final DirectBuffer buffer, final int offset, final int limit) {
        this.buffer = buffer;
        this.limit = limit;
        position = offset;
        isShort = false;
        isMalformed = false;
        return this;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int position() {
        return position;
    }

    int remaining() {
        return limit - position;
    }

    /** More octets were asked for than there are. */
    boolean isShort() {
        return isShort;
    }

    /** No amount of further octets makes sense of what was read. */
    boolean isMalformed() {
        return isMalformed;
    }

    /** Everything read so far was there. */
    boolean isWhole() {
        return !isShort && !isMalformed;
    }

    /** What was read cannot be; says nothing while more octets are needed to know. */
    void malformed() {
        isMalformed |= !isShort;
    }

    int readInt() {
        if (!has(Integer.BYTES)) {
            return 0;
        }
        final int value = buffer.getInt(position, ByteOrder.BIG_ENDIAN);
        position += Integer.BYTES;
        return value;
    }

    long readLong() {
        if (!has(Long.BYTES)) {
            return 0;
        }
        final long value = buffer.getLong(position, ByteOrder.BIG_ENDIAN);
        position += Long.BYTES;
        return value;
    }

    /** A boolean is a whole word; whatever is not 0 is taken for true. */
    boolean readBoolean() {
        return readInt() != 0;
    }

    /** Octets of a fixed length, without padding: {@link #itemOffset()} says where. */
    boolean readFixed(final int length) {
        if (!has(length)) {
            return false;
        }
        itemOffset = position;
        itemLength = length;
        position += length;
        return true;
    }

    void skip(final int length) {
        if (has(length)) {
            position += length;
        }
    }

    /** A length, that many octets and their padding; they are malformed when longer than {@code most}. */
    boolean readOpaque(final int most) {
        final int length = readLength(most);
        if (!isWhole() || !has(length + padding(length))) {
            return false;
        }
        itemOffset = position;
        itemLength = length;
        position += length + padding(length);
        return true;
    }

    /** A length of what follows, malformed when it is longer than {@code most}. */
    int readLength(final int most) {
        final int length = readInt();
        if (length < 0 || length > most) {
            isMalformed = true;
            return 0;
        }
        return length;
    }

    /** Octets that follow {@code length} others to the next multiple of four. */
    static int padding(final int length) {
        return -length & 3;
    }

    /** Where the octets of the last opaque lie in {@link #buffer()}. */
    int itemOffset() {
        return itemOffset;
    }

    int itemLength() {
        return itemLength;
    }

    private boolean has(final int length) {
        if (isShort || limit - position < length) {
            isShort = true;
            return false;
        }
        return true;
    }
}
