package net.flowsonde.enrich;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** A name back from the form for people to the labels of the wire (RFC 1035, 3.1; escapes of RFC 4343, 2.1). */
final class DnsLabels {
    /** There is no room, or it is no name that the wire can have. */
    static final int NONE = -1;

    private static final int MOST_OCTETS = 255;
    private static final int MOST_LABEL_OCTETS = 63;
    private static final int NUMBER_LENGTH = 4;

    private DnsLabels() {
    }

    /** Writes a name at {@code start}, at most up to {@code limit}, and answers where it ends, or {@link #NONE}. */
    static int put(
        final MutableDirectBuffer target, final int start, final int limit, final DirectBuffer text, final int offset, final int length) {
        final int most = Math.min(limit, start + MOST_OCTETS);
        final boolean isRoot = length == 0 || length == 1 && text.getByte(offset) == '.';
        if (isRoot) {
            return end(target, start, most);
        }
        int label = start;
        int at = start + 1;
        for (int from = offset; from < offset + length && at < most; ) {
            if (text.getByte(from) == '.') {
                if (!isLabel(at - label - 1)) {
                    return NONE;
                }
                target.putByte(label, (byte) (at - label - 1));
                label = at++;
                from++;
            } else {
                final int read = tokenLength(text, from, offset + length);
                target.putByte(at++, octet(text, from, read));
                from += read;
            }
        }
        if (at >= most || !isLabel(at - label - 1)) {
            return NONE;
        }
        target.putByte(label, (byte) (at - label - 1));
        return end(target, at, most);
    }

    private static boolean isLabel(final int length) {
        return length > 0 && length <= MOST_LABEL_OCTETS;
    }

    private static int end(final MutableDirectBuffer target, final int at, final int most) {
        if (at >= most) {
            return NONE;
        }
        target.putByte(at, (byte) 0);
        return at + 1;
    }

    /** Characters that stand for the octet at {@code from}: itself, a backslash before it, or a backslash and three digits. */
    private static int tokenLength(final DirectBuffer text, final int from, final int limit) {
        if (text.getByte(from) != '\\' || limit - from < 2) {
            return 1;
        }
        return limit - from >= NUMBER_LENGTH && isDigit(text.getByte(from + 1)) ? NUMBER_LENGTH : 2;
    }

    private static byte octet(final DirectBuffer text, final int from, final int length) {
        return length != NUMBER_LENGTH ? text.getByte(from + length - 1)
            : (byte) ((text.getByte(from + 1) - '0') * 100 + (text.getByte(from + 2) - '0') * 10 + text.getByte(from + 3) - '0');
    }

    private static boolean isDigit(final byte character) {
        return character >= '0' && character <= '9';
    }
}
