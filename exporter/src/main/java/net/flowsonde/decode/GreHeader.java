package net.flowsonde.decode;

/**
 * GRE (RFC 2784, RFC 2890; routing of RFC 1701; version 1 of RFC 2637).
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-----+-+-------+-----+-------------------------------+
 *  |C|R|K|S|s|Recur|A| Flags | Ver |         Protocol type         |
 *  +-+-+-+-+-+-----+-+-------+-----+-------------------------------+
 *  | Checksum and offset (C or R), key (K), sequence number (S), source routes (R); acknowledgment (A, version 1)
 *  +----------------------------------------------------------------
 * </pre>
 */
final class GreHeader {
    private static final int LENGTH = 4;
    private static final int WORD = 4;
    private static final int CHECKSUM = 0x8000;
    private static final int ROUTING = 0x4000;
    private static final int KEY = 0x2000;
    private static final int SEQUENCE = 0x1000;
    private static final int ACKNOWLEDGMENT = 0x0080;
    private static final int VERSION_MASK = 0x0007;
    private static final int MOST_ROUTES = 16;
    private static final int WCCP = 0x883E;

    private GreHeader() {
    }

    static int decode(final Cursor cursor, final PacketLayout layout) {
        if (cursor.remaining() < LENGTH) {
            return tooShort(cursor);
        }
        final int flags = cursor.unsignedShort(cursor.position);
        final int protocol = cursor.unsignedShort(cursor.position + 2);
        return switch (flags & VERSION_MASK) {
            case 0 -> decodeVersion0(cursor, layout, flags, protocol);
            case 1 -> decodeVersion1(cursor, flags, protocol);
            default -> malformed(cursor);
        };
    }

    private static int decodeVersion0(final Cursor cursor, final PacketLayout layout, final int flags, final int protocol) {
        final int keyOffset = LENGTH + ((flags & (CHECKSUM | ROUTING)) != 0 ? WORD : 0);
        final int sequenceOffset = keyOffset + ((flags & KEY) != 0 ? WORD : 0);
        final int length = sequenceOffset + ((flags & SEQUENCE) != 0 ? WORD : 0);
        if (length > cursor.remaining()) {
            return tooShort(cursor);
        }
        final long key = (flags & KEY) != 0 ? cursor.unsignedInteger(cursor.position + keyOffset) : 0;
        cursor.position += length;
        if ((flags & ROUTING) != 0 && !skipRoutes(cursor)) {
            return tooShort(cursor);
        }
        if (protocol == EtherType.ERSPAN || protocol == EtherType.ERSPAN_III) {
            return ErspanHeader.decode(cursor, layout, protocol, (flags & SEQUENCE) != 0);
        }
        cursor.enterTunnel(TunnelType.GRE, key);
        return payload(cursor, protocol);
    }

    private static int payload(final Cursor cursor, final int protocol) {
        return switch (protocol) {
            case EtherType.TRANSPARENT_ETHERNET -> Cursor.ETHERNET;
            case EtherType.PPP -> Cursor.PPP;
            case WCCP -> skipRedirect(cursor);
            default -> protocol >= EtherType.MINIMUM ? protocol : Cursor.DONE;
        };
    }

    /** WCCP version 2 puts a redirect header of four octets before the packet, version 1 none. */
    private static int skipRedirect(final Cursor cursor) {
        if (cursor.remaining() > WORD && cursor.unsignedByte(cursor.position) >> 4 != 4) {
            cursor.position += WORD;
        }
        return EtherType.IPV4;
    }

    /** Source route entries: family 2, offset 1, length 1, then that many octets; the last has family and length 0. */
    private static boolean skipRoutes(final Cursor cursor) {
        for (int route = 0; route < MOST_ROUTES && cursor.remaining() >= WORD; route++) {
            final int entry = cursor.integer(cursor.position);
            final int length = entry & 0xFF;
            if (length > cursor.remaining() - WORD) {
                return false;
            }
            cursor.position += WORD + length;
            if (entry >>> 16 == 0 && length == 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Version 1: the key is payload length and call, which differs in the two directions and so is no identity of the tunnel; without a
     * sequence number there is no payload.
     */
    private static int decodeVersion1(final Cursor cursor, final int flags, final int protocol) {
        if (protocol != EtherType.PPP || (flags & KEY) == 0) {
            return malformed(cursor);
        }
        final int length = LENGTH + WORD + ((flags & SEQUENCE) != 0 ? WORD : 0) + ((flags & ACKNOWLEDGMENT) != 0 ? WORD : 0);
        if (length > cursor.remaining()) {
            return tooShort(cursor);
        }
        final int payloadLength = cursor.unsignedShort(cursor.position + LENGTH);
        cursor.position += length;
        if ((flags & SEQUENCE) == 0 || payloadLength == 0) {
            return Cursor.DONE;
        }
        cursor.narrow(payloadLength);
        cursor.enterTunnel(TunnelType.PPTP, 0);
        return Cursor.PPP;
    }

    private static int tooShort(final Cursor cursor) {
        cursor.note(cursor.limit < cursor.wireLimit ? Verdict.GRE_TRUNCATED : Verdict.GRE_MALFORMED);
        return Cursor.DONE;
    }

    private static int malformed(final Cursor cursor) {
        cursor.note(Verdict.GRE_MALFORMED);
        return Cursor.DONE;
    }
}
