package net.flowsonde.decode;

/**
 * IEEE 802.2 header, with SNAP where it has one (RFC 1042).
 * <pre>
 *  +------+------+---------+----------------+-----------+
 *  | DSAP | SSAP | control | organisation 3 |  type 2   |
 *  +------+------+---------+----------------+-----------+
 * </pre>
 */
final class LlcHeader {
    private static final int LENGTH = 3;
    private static final int SNAP_LENGTH = 8;
    private static final int SNAP_SAPS = 0xAAAA;
    private static final int TYPE_OFFSET = 6;
    /** Control 3 (unnumbered information) and organisation 0: the type is an EtherType. */
    private static final int ENCAPSULATED_ETHERNET = 0x0300_0000;

    private LlcHeader() {
    }

    static int decode(final Cursor cursor, final PacketLayout layout) {
        if (cursor.remaining() < LENGTH) {
            return cursor.end(Verdict.LLC_TRUNCATED, layout);
        }
        final int start = cursor.position;
        if (cursor.unsignedShort(start) != SNAP_SAPS) {
            return cursor.end(Verdict.LLC, layout);
        }
        if (cursor.remaining() < SNAP_LENGTH) {
            return cursor.end(Verdict.LLC_TRUNCATED, layout);
        }
        final int type = cursor.unsignedShort(start + TYPE_OFFSET);
        if (cursor.integer(start + 2) != ENCAPSULATED_ETHERNET || type < EtherType.MINIMUM) {
            return cursor.end(Verdict.LLC, layout);
        }
        cursor.position = start + SNAP_LENGTH;
        return type;
    }
}
