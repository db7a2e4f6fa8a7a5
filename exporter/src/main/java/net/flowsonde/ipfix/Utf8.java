package net.flowsonde.ipfix;

import org.agrona.DirectBuffer;

/** Reads and cuts UTF-8 (RFC 3629) that may be none. */
final class Utf8 {
    private static final int CONTINUATION_MASK = 0xC0;
    private static final int CONTINUATION = 0x80;
    private static final int CONTINUATION_BITS = 0x3F;
    private static final int LONGEST_TAIL = 3;

    private Utf8() {
    }

    /**
     * The most octets, at most {@code most}, that the first of {@code length} octets can be cut to without a character in halves. Octets
     * that are no UTF-8 are cut anywhere.
     */
    static int cut(final DirectBuffer text, final int offset, final int length, final int most) {
        if (length <= most) {
            return length;
        }
        int cut = most;
        while (cut > 0 && most - cut < LONGEST_TAIL && isContinuation(text.getByte(offset + cut))) {
            cut--;
        }
        return isContinuation(text.getByte(offset + cut)) ? most : cut;
    }

    /** Octets of a text. */
    static int length(final String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            final char unit = text.charAt(i);
            length += unit < 0x80 ? 1 : unit < 0x800 || Character.isSurrogate(unit) ? 2 : 3;
        }
        return length;
    }

    /** Octets of the character at {@code offset}, 1 for an octet that begins none. */
    static int sizeAt(final DirectBuffer text, final int offset, final int limit) {
        final int first = text.getByte(offset) & 0xFF;
        final int size = first >= 0xC2 && first < 0xE0 ? 2 : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xF0 && first < 0xF5 ? 4 : 1;
        if (size > limit - offset) {
            return 1;
        }
        for (int i = 1; i < size; i++) {
            if (!isContinuation(text.getByte(offset + i))) {
                return 1;
            }
        }
        return isShortest(codePoint(text, offset, size), size) ? size : 1;
    }

    /** The character of {@link #sizeAt} octets; a single octet for itself. */
    static int codePoint(final DirectBuffer text, final int offset, final int size) {
        final int first = text.getByte(offset) & 0xFF;
        int value = size == 1 ? first : first & 0x7F >> size;
        for (int i = 1; i < size; i++) {
            value = value << 6 | text.getByte(offset + i) & CONTINUATION_BITS;
        }
        return value;
    }

    private static boolean isShortest(final int codePoint, final int size) {
        return switch (size) {
            case 3 -> codePoint >= 0x800 && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
            case 4 -> codePoint >= 0x1_0000 && codePoint <= Character.MAX_CODE_POINT;
            default -> true;
        };
    }

    private static boolean isContinuation(final byte octet) {
        return (octet & CONTINUATION_MASK) == CONTINUATION;
    }
}
