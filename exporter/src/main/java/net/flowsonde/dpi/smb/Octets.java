package net.flowsonde.dpi.smb;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import net.flowsonde.dpi.DerCursor;
import net.flowsonde.dpi.Text;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * View over the octets of one message, as many of them as there are: numbers that lie outside are 0, texts are as long as they can be. So
 * a field is read without asking for its length first, and a message that is cut tells what it can. Reused; owned by one queue thread.
 */
final class Octets {
    private DirectBuffer buffer;
    private int offset;
    private int length;

    Octets wrap(final DirectBuffer buffer, final int offset, final int length) {
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
        return this;
    }

    /** Looks at a part of it only. */
    void narrow(final int at, final int count) {
        offset += at;
        length = count;
    }

    int length() {
        return length;
    }

    /** Copies {@code count} octets at {@code from}, or as many of them as there are. */
    void copyTo(final MutableDirectBuffer target, final int at, final int from, final int count) {
        final int copied = available(from, count);
        if (copied > 0) {
            target.putBytes(at, buffer, offset + from, copied);
        }
    }

    boolean has(final int at, final int count) {
        return at >= 0 && count >= 0 && at <= length && count <= length - at;
    }

    int octet(final int at) {
        return has(at, 1) ? buffer.getByte(offset + at) & 0xFF : 0;
    }

    /** Two octets, little endian, as every number of SMB is. */
    int number16(final int at) {
        return has(at, 2) ? buffer.getShort(offset + at, LITTLE_ENDIAN) & 0xFFFF : 0;
    }

    /** Four octets. */
    int number32(final int at) {
        return has(at, 4) ? buffer.getInt(offset + at, LITTLE_ENDIAN) : 0;
    }

    /** Four octets, unsigned. */
    long unsigned32(final int at) {
        return number32(at) & 0xFFFF_FFFFL;
    }

    /** Eight octets. */
    long number64(final int at) {
        return has(at, 8) ? buffer.getLong(offset + at, LITTLE_ENDIAN) : 0;
    }

    /** An offset or a length of 32 bits; one that is not positive lies outside of every message. */
    int extent(final int at) {
        final int value = number32(at);
        return value < 0 ? Integer.MAX_VALUE : value;
    }

    /** How many of {@code count} octets at {@code at} there are. */
    int available(final int at, final int count) {
        return at < 0 || at >= length || count <= 0 ? 0 : Math.min(count, length - at);
    }

    /** Octets of the string at {@code start}, without its NUL, but not beyond {@code end}. */
    int stringLength(final int start, final int end, final boolean isUnicode) {
        int count = 0;
        if (isUnicode) {
            while (start + count + 2 <= end && number16(start + count) != 0) {
                count += 2;
            }
        } else {
            while (start + count < end && octet(start + count) != 0) {
                count++;
            }
        }
        return count;
    }

    void utf16(final Text text, final int at, final int count) {
        text.appendUtf16(buffer, offset + at, available(at, count));
    }

    /** One octet a character, in the code page of the server, of which ASCII is certain and UTF-8 likely. */
    void oneByte(final Text text, final int at, final int count) {
        text.appendUtf8(buffer, offset + at, available(at, count));
    }

    /** Points a cursor at a part, as much of it as there is. */
    void der(final DerCursor cursor, final int at, final int end) {
        final int start = Math.min(at, length);
        cursor.wrap(buffer, offset + start, offset + Math.max(start, Math.min(end, length)));
    }

    /** Whether the octets at {@code at} are these ASCII characters. */
    boolean isAscii(final int at, final String characters) {
        if (!has(at, characters.length())) {
            return false;
        }
        for (int i = 0; i < characters.length(); i++) {
            if (buffer.getByte(offset + at + i) != characters.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
