package net.flowsonde.dpi.smb;

/**
 * View over the header of one SMB2 message in a compound (MS-SMB2 2.2.1).
 * <pre>
 *   0        4     6       8        12       14      16      20          24           32        36      40          48          64
 *   +--------+-----+-------+--------+--------+-------+-------+-----------+------------+---------+-------+-----------+-----------+
 *   | FE SMB | 64  | credit| status | command|credits| flags | next      | message id |reserved | tree  | session id| signature |
 *   |        |     | charge|        |        |       |       | command   |            |  or async id    |           |           |
 *   +--------+-----+-------+--------+--------+-------+-------+-----------+------------+-----------------+-----------+-----------+
 * </pre>
 */
final class Smb2Header {
    static final int LENGTH = 64;
    static final int PROTOCOL_ID = 0x424D_53FE;

    // commands
    static final int NEGOTIATE = 0;
    static final int SESSION_SETUP = 1;
    static final int LOGOFF = 2;
    static final int TREE_CONNECT = 3;
    static final int TREE_DISCONNECT = 4;
    static final int CREATE = 5;
    static final int CLOSE = 6;
    static final int READ = 8;
    static final int WRITE = 9;
    static final int IOCTL = 11;
    static final int CANCEL = 12;
    static final int ECHO = 13;
    static final int QUERY_DIRECTORY = 14;
    static final int CHANGE_NOTIFY = 15;
    static final int QUERY_INFO = 16;
    static final int SET_INFO = 17;
    static final int OPLOCK_BREAK = 18;
    private static final int MOST_COMMAND = OPLOCK_BREAK;

    static final int SESSION_ID = 40;

    private static final int FLAG_RESPONSE = 0x1;
    private static final int FLAG_RELATED = 0x4;
    private static final int FLAG_SIGNED = 0x8;
    private static final int FLAG_DFS = 0x1000_0000;
    private static final int FLAG_REPLAY = 0x2000_0000;

    private Octets octets;
    private int at;

    /** Points at a header and says whether it is one. */
    boolean wrap(final Octets octets, final int at) {
        this.octets = octets;
        this.at = at;
        return octets.has(at, LENGTH) && octets.number32(at) == PROTOCOL_ID && octets.number16(at + 4) == LENGTH && command() <= MOST_COMMAND;
    }

    Octets octets() {
        return octets;
    }

    /** Where the header lies: what offsets inside of the message count from. */
    int start() {
        return at;
    }

    /** Where the command's own structure begins. */
    int body() {
        return at + LENGTH;
    }

    int status() {
        return octets.number32(at + 8);
    }

    int command() {
        return octets.number16(at + 12);
    }

    boolean isResponse() {
        return (flags() & FLAG_RESPONSE) != 0;
    }

    boolean isRelated() {
        return (flags() & FLAG_RELATED) != 0;
    }

    boolean isSigned() {
        return (flags() & FLAG_SIGNED) != 0;
    }

    boolean isDfs() {
        return (flags() & FLAG_DFS) != 0;
    }

    boolean isReplay() {
        return (flags() & FLAG_REPLAY) != 0;
    }

    private int flags() {
        return octets.number32(at + 16);
    }

    /** From this header to the next; 0 in the last. */
    int nextCommand() {
        return octets.extent(at + 20);
    }

    long messageId() {
        return octets.number64(at + 24);
    }

    long treeId() {
        return octets.unsigned32(at + 36);
    }

    long sessionId() {
        return octets.number64(at + SESSION_ID);
    }
}
