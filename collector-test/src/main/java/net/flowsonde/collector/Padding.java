package net.flowsonde.collector;

import java.nio.ByteBuffer;

/** Checks what is left of a set after its last record (RFC 7011, 3.3.1). */
final class Padding {
    /** Padding is there to align to 4 or 8 octets. */
    private static final int LONGEST = 7;

    private Padding() {
    }

    static void check(
        final Breaches breaches, final Session session, final ByteBuffer message, final int offset, final int limit) {
        if (limit - offset > LONGEST) {
            breaches.add(session, offset, Rule.PADDING, limit - offset + " octets after the last record");
        }
        for (int i = offset; i < limit; i++) {
            if (message.get(i) != 0) {
                breaches.add(session, i, Rule.PADDING, "octet " + (message.get(i) & 0xFF) + " in padding");
                return;
            }
        }
    }
}
