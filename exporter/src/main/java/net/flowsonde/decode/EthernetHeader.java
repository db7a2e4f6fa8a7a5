package net.flowsonde.decode;

/**
 * Ethernet II or IEEE 802.3 header.
 * <pre>
 *  +--------------+--------------+----------------+
 *  | destination  |    source    | type or length |
 *  |  6 octets    |   6 octets   |    2 octets    |
 *  +--------------+--------------+----------------+
 * </pre>
 */
final class EthernetHeader {
    static final int LENGTH = 14;
    private static final int SOURCE_OFFSET = 6;
    private static final int TYPE_OFFSET = 12;

    private EthernetHeader() {
    }

    static int decode(final Cursor cursor, final PacketLayout layout) {
        if (cursor.remaining() < LENGTH) {
            return cursor.end(Verdict.ETHERNET_TRUNCATED, layout);
        }
        final int start = cursor.position;
        if (cursor.ethernetHeaders++ == 0) {
            layout.destinationMacOffset = start;
            layout.sourceMacOffset = start + SOURCE_OFFSET;
        }
        cursor.position = start + LENGTH;
        return typeOrLength(cursor, cursor.unsignedShort(start + TYPE_OFFSET));
    }

    /** The EtherType, or LLC with the frame's end set by the length. */
    static int typeOrLength(final Cursor cursor, final int field) {
        if (field >= EtherType.MINIMUM) {
            return field;
        }
        cursor.narrow(field);
        return Cursor.LLC;
    }

    /** Whether an Ethernet frame of a known type seems to begin at {@code start}: for tunnels that do not say what they carry. */
    static boolean isPlausible(final Cursor cursor, final int start) {
        return cursor.limit - start >= LENGTH && isTypePlausible(cursor, start);
    }

    private static boolean isTypePlausible(final Cursor cursor, final int start) {
        final int type = cursor.unsignedShort(start + TYPE_OFFSET);
        final int next = start + LENGTH;
        if (!EtherType.isPlausible(type)) {
            return false;
        }
        if (cursor.limit == next) {
            return true;
        }
        final int version = cursor.unsignedByte(next) >> 4;
        return switch (type) {
            case EtherType.IPV4 -> version == 4;
            case EtherType.IPV6 -> version == 6;
            default -> true;
        };
    }
}
