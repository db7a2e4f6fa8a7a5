package net.flowsonde.dpi.smb;

import net.flowsonde.dpi.Text;

/**
 * View over a message of SMB1 and one command of its AndX chain (MS-CIFS 2.2.3). Offsets inside of it count from the header.
 * <pre>
 *   0        4         5        9       10        12         14           22         24    26    28    30    32
 *   +--------+---------+--------+-------+---------+----------+------------+----------+-----+-----+-----+-----+------+-------+-------+-------+
 *   | FF SMB | command | status | flags | flags 2 | PID high | signature  | reserved | TID | PID | UID | MID | word | words | byte  | bytes |
 *   |        |         |        |       |         |          |            |          |     | low |     |     | count|       | count |       |
 *   +--------+---------+--------+-------+---------+----------+------------+----------+-----+-----+-----+-----+------+-------+-------+-------+
 * </pre>
 */
final class Smb1Message {
    static final int HEADER_LENGTH = 32;
    static final int PROTOCOL_ID = 0x424D_53FF;
    static final int NO_COMMAND = 0xFF;
    static final int BUFFER_FORMAT_LENGTH = 1;

    private static final int FLAG_RESPONSE = 0x80;
    private static final int FLAG2_SIGNED = 0x0004;
    private static final int FLAG2_DFS = 0x1000;
    private static final int FLAG2_NT_STATUS = 0x4000;
    private static final int FLAG2_UNICODE = 0x8000;

    private Octets octets;
    private int wireLength;
    private int at;
    private int command;
    private int ordinal;

    /** Points at the first command of a message and says whether it is one. @param length  of it on the wire */
    boolean wrap(final Octets message, final int length) {
        octets = message;
        wireLength = length;
        at = HEADER_LENGTH;
        command = message.octet(4);
        ordinal = 0;
        return message.has(0, HEADER_LENGTH + 1) && message.number32(0) == PROTOCOL_ID;
    }

    /** Goes on to the next command of the chain, which must lie behind this one; false when there is none. */
    boolean next() {
        final int nextCommand = octets.octet(words());
        final int nextAt = octets.number16(words() + 2);
        if (!isAndX(command) || wordCount() < 2 || nextCommand == NO_COMMAND || nextAt <= at || !octets.has(nextAt, 1)) {
            return false;
        }
        command = nextCommand;
        at = nextAt;
        ordinal++;
        return true;
    }

    private static boolean isAndX(final int command) {
        return switch (command) {
            case Smb1Commands.LOCKING_ANDX, Smb1Commands.OPEN_ANDX, Smb1Commands.READ_ANDX, Smb1Commands.WRITE_ANDX,
                Smb1Commands.SESSION_SETUP_ANDX, Smb1Commands.LOGOFF_ANDX, Smb1Commands.TREE_CONNECT_ANDX,
                Smb1Commands.NT_CREATE_ANDX -> true;
            default -> false;
        };
    }

    Octets octets() {
        return octets;
    }

    /** Octets that it has, of which not all need be there. */
    int wireLength() {
        return wireLength;
    }

    int command() {
        return command;
    }

    /** Place of the command in the chain. */
    int ordinal() {
        return ordinal;
    }

    int status() {
        return octets.number32(5);
    }

    boolean isResponse() {
        return (octets.octet(9) & FLAG_RESPONSE) != 0;
    }

    boolean isSigned() {
        return (flags2() & FLAG2_SIGNED) != 0;
    }

    boolean isDfs() {
        return (flags2() & FLAG2_DFS) != 0;
    }

    /** The status is an NTSTATUS, not a class and a code. */
    boolean isNtStatus() {
        return (flags2() & FLAG2_NT_STATUS) != 0;
    }

    boolean isUnicode() {
        return (flags2() & FLAG2_UNICODE) != 0;
    }

    private int flags2() {
        return octets.number16(10);
    }

    int treeId() {
        return octets.number16(24);
    }

    int userId() {
        return octets.number16(28);
    }

    /** What a response has in common with its request: process and multiplex identifiers. */
    long exchange() {
        return (long) octets.number16(12) << 32 | (long) octets.number16(26) << 16 | octets.number16(30);
    }

    int wordCount() {
        return octets.octet(at);
    }

    int words() {
        return at + 1;
    }

    /** A word by its offset in octets; 0 when the command has not so many. */
    int word(final int offset) {
        return offset + 2 <= 2 * wordCount() ? octets.number16(words() + offset) : 0;
    }

    /** Two words. */
    int doubleWord(final int offset) {
        return offset + 4 <= 2 * wordCount() ? octets.number32(words() + offset) : 0;
    }

    int bytes() {
        return words() + 2 * wordCount() + 2;
    }

    int bytesEnd() {
        return Math.min(octets.length(), bytes() + octets.number16(bytes() - 2));
    }

    /** Where a string that is meant to lie at {@code start} begins: at an even offset when it is Unicode. */
    int aligned(final int start) {
        return isUnicode() ? start + (start & 1) : start;
    }

    /** Reads the path at {@code start}, and says where what follows its NUL begins. */
    int path(final Text path, final int start) {
        final int from = aligned(start);
        final int length = octets.stringLength(from, bytesEnd(), isUnicode());
        SmbPath.read(path, octets, from, length, isUnicode(), isDfs());
        return from + length + (isUnicode() ? 2 : 1);
    }

    /** Reads any other string, and says where what follows its NUL begins. */
    int string(final Text text, final int start) {
        final int from = aligned(start);
        final int length = octets.stringLength(from, bytesEnd(), isUnicode());
        SmbPath.append(text.reset(), octets, from, length, isUnicode());
        return from + length + (isUnicode() ? 2 : 1);
    }
}
