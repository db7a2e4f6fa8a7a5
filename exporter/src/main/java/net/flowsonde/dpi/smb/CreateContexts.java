package net.flowsonde.dpi.smb;

/**
 * The contexts of a CREATE (MS-SMB2 2.2.13.2) that matter here: durable handles and their reconnects, snapshots.
 * <pre>
 *   0        4             6             8          10            12            16
 *   +--------+-------------+-------------+----------+-------------+-------------+---------------+---------+
 *   |  next  | name offset | name length | reserved | data offset | data length | name, padding |  data   |
 *   +--------+-------------+-------------+----------+-------------+-------------+---------------+---------+
 * </pre>
 */
final class CreateContexts {
    private static final int HEAD_LENGTH = 16;
    private static final int MOST_CONTEXTS = 32;

    private boolean isSnapshot;
    private boolean isReconnect;
    private boolean isDurable;
    private long persistentId;

    void read(final Octets octets, final int start, final int length) {
        isSnapshot = false;
        isReconnect = false;
        isDurable = false;
        persistentId = 0;
        int at = start;
        for (int i = 0; i < MOST_CONTEXTS && length >= HEAD_LENGTH && octets.has(at, HEAD_LENGTH); i++) {
            context(octets, at);
            final int next = octets.extent(at);
            if (next < HEAD_LENGTH || next > octets.length()) {
                return;
            }
            at += next;
        }
    }

    private void context(final Octets octets, final int at) {
        final int name = at + octets.number16(at + 4);
        final int data = at + octets.number16(at + 10);
        if (octets.isAscii(name, "TWrp")) {
            isSnapshot = true;
        } else if (octets.isAscii(name, "DHnC") || octets.isAscii(name, "DH2C")) {
            isReconnect = true;
            persistentId = octets.number64(data);
        } else if (octets.isAscii(name, "DHnQ") || octets.isAscii(name, "DH2Q")) {
            isDurable = true;
        }
    }

    /** An earlier version is opened. */
    boolean isSnapshot() {
        return isSnapshot;
    }

    /** A handle that was open before is taken up again. */
    boolean isReconnect() {
        return isReconnect;
    }

    /** A handle that outlives the connection is wanted, or in an answer: granted. */
    boolean isDurable() {
        return isDurable;
    }

    /** First half of the FileId that the handle had before. */
    long persistentId() {
        return persistentId;
    }
}
