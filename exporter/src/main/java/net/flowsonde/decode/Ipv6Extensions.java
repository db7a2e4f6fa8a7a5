package net.flowsonde.decode;

/**
 * IPv6 extension headers (RFC 8200 section 4; RFC 4302 for authentication, which counts its length in words of four octets).
 * <pre>
 *  +---------------+---------------+-------------------------------+
 *  |  Next header  |    Length     |  (Length + 1) * 8 octets ...  |
 *  +---------------+---------------+-------------------------------+
 * </pre>
 */
final class Ipv6Extensions {
    private static final int MOST_HEADERS = 12;
    private static final int UNIT = 8;
    private static final int FRAGMENT_OFFSET_MASK = 0xFFF8;
    private static final int OPTION_PAD1 = 0;
    private static final int OPTION_JUMBO = 0xC2;
    private static final int JUMBO_OPTION_LENGTH = 4;

    private Ipv6Extensions() {
    }

    static boolean isExtension(final int protocol) {
        return switch (protocol) {
            case IpProtocol.IPV6_HOP_BY_HOP, IpProtocol.IPV6_ROUTING, IpProtocol.IPV6_FRAGMENT, IpProtocol.IPV6_DESTINATION,
                IpProtocol.AUTHENTICATION, IpProtocol.MOBILITY, IpProtocol.HOST_IDENTITY, IpProtocol.SHIM6 -> true;
            default -> false;
        };
    }

    /** Walks the headers from the position; what follows them, or the header that cannot be followed, becomes the protocol. */
    static int decode(final Cursor cursor, final PacketLayout layout) {
        for (int header = 0; header < MOST_HEADERS; header++) {
            final int length = headerLength(cursor, layout.protocol);
            if (length > cursor.remaining()) {
                final boolean isCut = length <= cursor.wireRemaining();
                cursor.note(isCut ? Verdict.IPV6_EXTENSION_TRUNCATED : Verdict.IPV6_EXTENSION_MALFORMED);
                return Cursor.DONE;
            }
            final int next = cursor.unsignedByte(cursor.position);
            if (next == IpProtocol.IPV6_NO_NEXT_HEADER && isMessage(layout.protocol)) {
                return Cursor.TRANSPORT;
            }
            final int field = cursor.position;
            final boolean isFragmentHeader = layout.protocol == IpProtocol.IPV6_FRAGMENT;
            if (isFragmentHeader && layout.isFragment) {
                cursor.note(Verdict.IPV6_EXTENSION_MALFORMED);
                return Cursor.DONE;
            }
            advance(cursor, layout, length, next);
            if (isFragmentHeader && isFragmented(cursor, field) && fragment(cursor, layout, field) == Cursor.DONE) {
                return Cursor.DONE;
            }
            if (!isExtension(next)) {
                return Cursor.TRANSPORT;
            }
        }
        cursor.note(Verdict.IPV6_EXTENSION_LIMIT);
        return Cursor.DONE;
    }

    /** Mobility, host identity and shim6 headers carry messages of their own when nothing follows them. */
    private static boolean isMessage(final int protocol) {
        return protocol == IpProtocol.MOBILITY || protocol == IpProtocol.HOST_IDENTITY || protocol == IpProtocol.SHIM6;
    }

    private static void advance(final Cursor cursor, final PacketLayout layout, final int length, final int next) {
        cursor.position += length;
        layout.protocol = next;
        layout.ipHeaderLength += length;
        layout.openTransport(cursor.position, cursor.wireRemaining());
    }

    /** Octets of the header at the position, or of as much of it as must be there to tell. */
    private static int headerLength(final Cursor cursor, final int protocol) {
        if (protocol == IpProtocol.IPV6_FRAGMENT || cursor.remaining() < 2) {
            return UNIT;
        }
        final int length = cursor.unsignedByte(cursor.position + 1);
        return protocol == IpProtocol.AUTHENTICATION ? (length + 2) * 4 : (length + 1) * UNIT;
    }

    /** False for an atomic fragment, which is a whole packet (RFC 6946). */
    private static boolean isFragmented(final Cursor cursor, final int field) {
        return (cursor.unsignedShort(field + 2) & (FRAGMENT_OFFSET_MASK | 1)) != 0;
    }

    private static int fragment(final Cursor cursor, final PacketLayout layout, final int field) {
        final int word = cursor.unsignedShort(field + 2);
        return layout.enterFragment(cursor, word & FRAGMENT_OFFSET_MASK, (word & 1) != 0, cursor.integer(field + 4));
    }

    /** The jumbo payload length of the hop-by-hop header at {@code start}; 0 when it has none that is sound. */
    static int jumboPayloadLength(final Cursor cursor, final int start) {
        if (cursor.limit - start < UNIT) {
            return 0;
        }
        final int end = Math.min(cursor.limit, start + (cursor.unsignedByte(start + 1) + 1) * UNIT);
        int at = start + 2;
        while (end - at >= 2) {
            final int option = cursor.unsignedByte(at);
            final int length = cursor.unsignedByte(at + 1);
            if (option == OPTION_JUMBO && length == JUMBO_OPTION_LENGTH && end - at >= 2 + JUMBO_OPTION_LENGTH) {
                final int value = cursor.integer(at + 2);
                return value > 0xFFFF ? value : value < 0 ? Integer.MAX_VALUE : 0;
            }
            at += option == OPTION_PAD1 ? 1 : 2 + length;
        }
        return 0;
    }
}
