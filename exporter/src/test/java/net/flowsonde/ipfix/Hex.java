package net.flowsonde.ipfix;

import org.agrona.DirectBuffer;

/** Octets for a person: groups of two. */
final class Hex {
    private Hex() {
    }

    static String of(final DirectBuffer buffer, final int offset, final int length) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(i > 0 && i % 2 == 0 ? " " : "").append(String.format("%02x", buffer.getByte(offset + i)));
        }
        return text.toString();
    }
}
