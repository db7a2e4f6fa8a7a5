package net.flowsonde.dpi.nfs;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a reply needs to know of its call: a row of numbers, handles and names, read in the order in which they were written. It grows to a
 * bound; what no longer fits is left out, and from there on {@link #isShort()} tells the reader. Pooled with its call.
 */
final class CallDigest {
    /** Enough for a compound of thirty long names. */
    private static final int LONGEST = 1 << 13;
    private static final int FIRST_LENGTH = 256;
    private static final int HANDLE_LENGTH = 20;

    private UnsafeBuffer octets = new UnsafeBuffer(new byte[FIRST_LENGTH]);
    private int length;
    private int position;
    private boolean isCut;
    private boolean isShort;

    void clear() {
        length = 0;
        isCut = false;
        rewind();
    }

    /** Reads again from the start. */
    void rewind() {
        position = 0;
        isShort = false;
    }

    /** Where the reader is. */
    int position() {
        return position;
    }

    void position(final int position) {
        this.position = position;
    }

    int length() {
        return length;
    }

    /** Takes back what was written behind {@code length}. */
    void length(final int length) {
        this.length = length;
    }

    /** More was read than had been written. */
    boolean isShort() {
        return isShort;
    }

    boolean isAtEnd() {
        return position == length;
    }

    CallDigest putByte(final int value) {
        if (reserve(Byte.BYTES)) {
            octets.putByte(length, (byte) value);
            length += Byte.BYTES;
        }
        return this;
    }

    CallDigest putInt(final int value) {
        if (reserve(Integer.BYTES)) {
            octets.putInt(length, value);
            length += Integer.BYTES;
        }
        return this;
    }

    CallDigest putLong(final long value) {
        if (reserve(Long.BYTES)) {
            octets.putLong(length, value);
            length += Long.BYTES;
        }
        return this;
    }

    CallDigest putHandle(final FileHandle handle) {
        if (reserve(HANDLE_LENGTH)) {
            octets.putLong(length, handle.high);
            octets.putLong(length + Long.BYTES, handle.low);
            octets.putInt(length + 2 * Long.BYTES, handle.crc);
            length += HANDLE_LENGTH;
        }
        return this;
    }

    CallDigest putName(final DirectBuffer source, final int offset, final int count) {
        final int kept = Math.min(count, NameBuffer.LONGEST);
        if (reserve(Short.BYTES + kept)) {
            octets.putShort(length, (short) kept);
            octets.putBytes(length + Short.BYTES, source, offset, kept);
            length += Short.BYTES + kept;
        }
        return this;
    }

    int getByte() {
        return advance(Byte.BYTES) ? octets.getByte(position - Byte.BYTES) & 0xFF : 0;
    }

    int getInt() {
        return advance(Integer.BYTES) ? octets.getInt(position - Integer.BYTES) : 0;
    }

    long getLong() {
        return advance(Long.BYTES) ? octets.getLong(position - Long.BYTES) : 0;
    }

    FileHandle getHandle(final FileHandle to) {
        if (advance(HANDLE_LENGTH)) {
            final int at = position - HANDLE_LENGTH;
            return to.set(octets.getLong(at), octets.getLong(at + Long.BYTES), octets.getInt(at + 2 * Long.BYTES));
        }
        to.clear();
        return to;
    }

    NameBuffer getName(final NameBuffer to) {
        final int count = advance(Short.BYTES) ? octets.getShort(position - Short.BYTES) & 0xFFFF : 0;
        return advance(count) ? to.set(octets, position - count, count) : to.clear();
    }

    private boolean advance(final int count) {
        if (isShort || length - position < count) {
            isShort = true;
            return false;
        }
        position += count;
        return true;
    }

    private boolean reserve(final int count) {
        if (isCut || count > LONGEST - length) {
            isCut = true;
            return false;
        }
        if (length + count > octets.capacity()) {
            final UnsafeBuffer larger = new UnsafeBuffer(new byte[Math.min(LONGEST, Math.max(2 * octets.capacity(), length + count))]);
            larger.putBytes(0, octets, 0, length);
            octets = larger;
        }
        return true;
    }
}
