package net.flowsonde.dpi.nfs;

/**
 * Attributes that a call of version 3 sets (RFC 1813, sattr3): each behind a word that says whether it is there. Reused.
 * <pre>
 *  +---+------+---+-----+---+-----+---+----------+-----+----------------+-----+----------------+
 *  |   | mode |   | uid |   | gid |   | size (8) | how | read time (8)  | how | write time (8) |
 *  +---+------+---+-----+---+-----+---+----------+-----+----------------+-----+----------------+
 * </pre>
 */
final class Settings3 {
    private static final int SET_TO_CLIENT_TIME = 2;

    private boolean isSized;
    private long size;

    Settings3 read(final XdrReader xdr) {
        for (int i = 0; i < 3; i++) {
            if (xdr.readBoolean()) {
                xdr.skip(Integer.BYTES);
            }
        }
        isSized = xdr.readBoolean();
        size = isSized ? xdr.readLong() : NfsOperations.NO_SIZE;
        for (int i = 0; i < 2; i++) {
            if (xdr.readInt() == SET_TO_CLIENT_TIME) {
                xdr.skip(Long.BYTES);
            }
        }
        return this;
    }

    boolean isSized() {
        return isSized;
    }

    /** Octets, when {@link #isSized}. */
    long size() {
        return size;
    }
}
