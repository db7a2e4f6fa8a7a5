package net.flowsonde.decode;

/**
 * ICMP (RFC 792) and ICMPv6 (RFC 4443): type, code, checksum, then four octets by type; errors quote the packet that caused them.
 */
final class IcmpHeader {
    private static final int TYPE_LENGTH = 4;
    private static final int LENGTH = 8;
    private static final int IDENTIFIER_OFFSET = 4;

    private IcmpHeader() {
    }

    static int decode(final Cursor cursor, final PacketLayout layout) {
        final int start = cursor.position;
        if (cursor.remaining() < TYPE_LENGTH) {
            return tooShort(cursor);
        }
        layout.openIcmp(cursor.unsignedByte(start), cursor.unsignedByte(start + 1));
        if (cursor.remaining() < LENGTH) {
            return tooShort(cursor);
        }
        layout.openPayload(start + LENGTH, cursor.wireRemaining() - LENGTH);
        final boolean isV6 = layout.protocol == IpProtocol.ICMPV6;
        if (isV6 ? isQueryV6(layout.icmpType) : isQuery(layout.icmpType)) {
            layout.icmpIdentifier = cursor.unsignedShort(start + IDENTIFIER_OFFSET);
        } else if (isV6 ? isErrorV6(layout.icmpType) : isError(layout.icmpType)) {
            IcmpQuote.decode(cursor, layout, start + LENGTH);
        }
        return Cursor.DONE;
    }

    private static int tooShort(final Cursor cursor) {
        cursor.note(cursor.limit < cursor.wireLimit ? Verdict.ICMP_TRUNCATED : Verdict.ICMP_MALFORMED);
        return Cursor.DONE;
    }

    /** Echo reply and request, timestamp, information and address mask. */
    private static boolean isQuery(final int type) {
        return type == 0 || type == 8 || type >= 13 && type <= 18;
    }

    private static boolean isQueryV6(final int type) {
        return type == 128 || type == 129;
    }

    /** Unreachable, source quench, redirect, time exceeded, parameter problem. */
    private static boolean isError(final int type) {
        return type >= 3 && type <= 5 || type == 11 || type == 12;
    }

    /** Unreachable, packet too big, time exceeded, parameter problem. */
    private static boolean isErrorV6(final int type) {
        return type >= 1 && type <= 4;
    }
}
