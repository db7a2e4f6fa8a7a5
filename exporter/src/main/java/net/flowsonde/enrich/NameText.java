package net.flowsonde.enrich;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** Domain names as octets of ASCII, in which upper and lower case are one (RFC 4343). */
final class NameText {
    /** Most octets of a name that are kept and exported; only names full of escapes are longer. */
    static final int MOST_LENGTH = 254;

    private NameText() {
    }

    static byte[] copy(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] text = new byte[Math.min(length, MOST_LENGTH)];
        buffer.getBytes(offset, text);
        return text;
    }

    static boolean isSame(final byte[] text, final DirectBuffer buffer, final int offset, final int length) {
        if (text.length != Math.min(length, MOST_LENGTH)) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (lower(text[i]) != lower(buffer.getByte(offset + i))) {
                return false;
            }
        }
        return true;
    }

    static String string(final byte[] text) {
        return new String(text, StandardCharsets.US_ASCII);
    }

    static boolean isSame(
        final DirectBuffer buffer, final int offset, final int length, final DirectBuffer other, final int otherOffset,
        final int otherLength) {
        if (length != otherLength) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (lower(buffer.getByte(offset + i)) != lower(other.getByte(otherOffset + i))) {
                return false;
            }
        }
        return true;
    }

    /** Where the last labels of a name begin, {@code most} of them, or as many as are kept. */
    static int lastLabels(final DirectBuffer buffer, final int offset, final int limit, final int most) {
        int labels = 0;
        int start = limit;
        while (start > offset && limit - start < MOST_LENGTH) {
            if (buffer.getByte(start - 1) == '.' && ++labels == most) {
                return start;
            }
            start--;
        }
        return start;
    }

    static int lower(final byte octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
    }
}
