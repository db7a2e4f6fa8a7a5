package net.flowsonde.dpi;

import org.agrona.DirectBuffer;

/** Well-formed UTF-8 by the table of RFC 3629, 4: no overlong form, no surrogate, nothing above U+10FFFF, and no NUL. */
final class Utf8 {
    private Utf8() {
    }

    /** How many octets the character that starts at {@code at} has; 0 when there is no well-formed one. */
    static int sequence(final DirectBuffer source, final int at, final int end) {
        final int first = source.getByte(at) & 0xFF;
        if (first < 0x80) {
            return first == 0 ? 0 : 1;
        }
        final int length = first < 0xC2 || first > 0xF4 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (length == 0 || end - at < length || !isSecond(first, source.getByte(at + 1) & 0xFF)) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((source.getByte(at + i) & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    private static boolean isSecond(final int first, final int second) {
        return switch (first) {
            case 0xE0 -> second >= 0xA0 && second <= 0xBF;
            case 0xED -> second >= 0x80 && second <= 0x9F;
            case 0xF0 -> second >= 0x90 && second <= 0xBF;
            case 0xF4 -> second >= 0x80 && second <= 0x8F;
            default -> second >= 0x80 && second <= 0xBF;
        };
    }
}
