package net.flowsonde.ipfix;

import org.agrona.DirectBuffer;

/** Where UTF-8 (RFC 3629) may be cut. */
final class Utf8 {
    private static final int CONTINUATION_MASK = 0xC0;
    private static final int CONTINUATION = 0x80;
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

    private static boolean isContinuation(final byte octet) {
        return (octet & CONTINUATION_MASK) == CONTINUATION;
    }
}
