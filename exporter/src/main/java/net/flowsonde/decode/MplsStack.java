package net.flowsonde.decode;

/**
 * MPLS label stack (RFC 3032).
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------+-----+-+---------------+
 *  |                 Label                 | TC  |S|      TTL      |
 *  +---------------------------------------+-----+-+---------------+
 * </pre>
 * Nothing says what lies below the bottom; it is guessed as routers do (RFC 4928): by the first four bits, confirmed by the lengths
 * or the EtherType that follow.
 */
final class MplsStack {
    private static final int ENTRY_LENGTH = 4;
    private static final int BOTTOM_OF_STACK = 0x100;
    private static final int MOST_ENTRIES = 16;
    private static final int CONTROL_WORD_LENGTH = 4;

    private MplsStack() {
    }

    static int decode(final Cursor cursor, final PacketLayout layout) {
        for (int entry = 0; entry < MOST_ENTRIES; entry++) {
            if (cursor.remaining() < ENTRY_LENGTH) {
                return cursor.end(Verdict.MPLS_TRUNCATED, layout);
            }
            final int value = cursor.integer(cursor.position);
            layout.keepTopLabel(value >>> 8);
            cursor.position += ENTRY_LENGTH;
            if ((value & BOTTOM_OF_STACK) != 0) {
                return payload(cursor, layout);
            }
        }
        return cursor.end(Verdict.TOO_MANY_LAYERS, layout);
    }

    private static int payload(final Cursor cursor, final PacketLayout layout) {
        if (cursor.remaining() < 1) {
            return cursor.end(Verdict.MPLS_TRUNCATED, layout);
        }
        final int start = cursor.position;
        final int firstBits = cursor.unsignedByte(start) >> 4;
        if (firstBits == 4 && Ipv4Header.isPlausible(cursor, start)) {
            return EtherType.IPV4;
        }
        if (firstBits == 6 && Ipv6Header.isPlausible(cursor, start)) {
            return EtherType.IPV6;
        }
        // a pseudowire's control word begins with four bits of 0 (RFC 4385)
        if (firstBits == 0 && EthernetHeader.isPlausible(cursor, start + CONTROL_WORD_LENGTH)) {
            cursor.position = start + CONTROL_WORD_LENGTH;
            return Cursor.ETHERNET;
        }
        if (EthernetHeader.isPlausible(cursor, start)) {
            return Cursor.ETHERNET;
        }
        return switch (firstBits) {
            case 4 -> EtherType.IPV4;
            case 6 -> EtherType.IPV6;
            default -> cursor.end(Verdict.MPLS_UNKNOWN_PAYLOAD, layout);
        };
    }
}
