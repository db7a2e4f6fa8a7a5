package net.flowsonde.decode;

/**
 * IPv4 header (RFC 791).
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-------+-------+---------------+-------------------------------+
 *  |Version|  IHL  |      ToS      |         Total length          |
 *  +-------+-------+---------------+-----+-------------------------+
 *  |        Identification         |Flags|    Fragment offset      |
 *  +---------------+---------------+-----+-------------------------+
 *  |      TTL      |   Protocol    |        Header checksum        |
 *  +---------------+---------------+-------------------------------+
 *  |                        Source address                         |
 *  +---------------------------------------------------------------+
 *  |                      Destination address                      |
 *  +---------------------------------------------------------------+
 * </pre>
 */
final class Ipv4Header {
    static final int LENGTH = 20;
    private static final int FRAGMENT_WORD_OFFSET = 4;
    private static final int TTL_WORD_OFFSET = 8;
    private static final int SOURCE_OFFSET = 12;
    private static final int DESTINATION_OFFSET = 16;
    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int FRAGMENT_OFFSET_MASK = 0x1FFF;
    /** A frame with no more IP octets than this may be padded, so its length says nothing. */
    private static final int ETHERNET_MINIMUM_PAYLOAD = 46;

    private Ipv4Header() {
    }

    static int decode(final Cursor cursor, final PacketLayout layout) {
        if (cursor.remaining() < LENGTH) {
            return cursor.end(Verdict.IPV4_TRUNCATED, layout);
        }
        final int start = cursor.position;
        final int word = cursor.integer(start);
        final int headerLength = headerLength(word);
        final int length = length(word, cursor.wireLimit - start);
        if (word >>> 28 != 4 || headerLength < LENGTH || length < headerLength) {
            return malformed(cursor, layout, word, length);
        }
        if (!layout.enterIp(cursor, 4, start)) {
            return Cursor.DONE;
        }
        layout.ipClassOfService = word >>> 16 & 0xFF;
        layout.flowLabel = 0;
        final int ttlWord = cursor.integer(start + TTL_WORD_OFFSET);
        layout.ttl = ttlWord >>> 24;
        layout.protocol = ttlWord >>> 16 & 0xFF;
        layout.sourceAddressOffset = start + SOURCE_OFFSET;
        layout.destinationAddressOffset = start + DESTINATION_OFFSET;
        return bounds(cursor, layout, start, headerLength, length);
    }

    /** The total length; that of the frame where the header says 0, as it does when segmentation was left to the interface. */
    private static int length(final int word, final int wireRemaining) {
        final int length = word & 0xFFFF;
        return length == 0 && wireRemaining > ETHERNET_MINIMUM_PAYLOAD ? wireRemaining : length;
    }

    private static int headerLength(final int word) {
        return word >>> 22 & 0x3C;
    }

    private static int malformed(final Cursor cursor, final PacketLayout layout, final int word, final int length) {
        if (word >>> 28 != 4) {
            return cursor.end(Verdict.IPV4_MALFORMED_VERSION, layout);
        }
        return cursor.end(
            length < LENGTH ? Verdict.IPV4_MALFORMED_TOTAL_LENGTH : Verdict.IPV4_MALFORMED_HEADER_LENGTH, layout);
    }

    private static int bounds(
        final Cursor cursor, final PacketLayout layout, final int start, final int headerLength, final int length) {
        final int onWire = cursor.wireLimit - start;
        if (length > onWire) {
            cursor.note(Verdict.IPV4_LENGTH_BEYOND_FRAME);
        }
        final int shown = Math.min(length, onWire);
        layout.ipLength = shown;
        cursor.wireLimit = start + shown;
        cursor.limit = Math.min(cursor.limit, cursor.wireLimit);
        layout.limit = cursor.limit;
        layout.ipHeaderLength = Math.min(headerLength, shown);
        cursor.position = start + headerLength;
        if (cursor.position > cursor.limit) {
            cursor.note(Verdict.IPV4_OPTIONS_TRUNCATED);
            cursor.position = cursor.limit;
            layout.openTransport(cursor.limit, shown - layout.ipHeaderLength);
            fragment(cursor, layout, start);
            return Cursor.DONE;
        }
        layout.openTransport(cursor.position, shown - headerLength);
        return fragment(cursor, layout, start);
    }

    private static int fragment(final Cursor cursor, final PacketLayout layout, final int start) {
        final int word = cursor.integer(start + FRAGMENT_WORD_OFFSET);
        if ((word & (MORE_FRAGMENTS | FRAGMENT_OFFSET_MASK)) == 0) {
            return Cursor.TRANSPORT;
        }
        return layout.enterFragment(cursor, (word & FRAGMENT_OFFSET_MASK) << 3, (word & MORE_FRAGMENTS) != 0, word >>> 16);
    }

    /** Whether what begins at {@code start}, four bits of version 4, fits an IPv4 header: for places where nothing announces one. */
    static boolean isPlausible(final Cursor cursor, final int start) {
        if (cursor.limit - start < LENGTH) {
            return false;
        }
        final int word = cursor.integer(start);
        final int length = length(word, cursor.wireLimit - start);
        return word >>> 28 == 4 && headerLength(word) >= LENGTH && length >= headerLength(word) && length <= cursor.wireLimit - start;
    }
}
