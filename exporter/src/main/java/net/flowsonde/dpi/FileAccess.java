package net.flowsonde.dpi;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * View over one file access record, as {@link FileAccessWriter} makes it on a queue thread and the ring brings it to the export thread:
 * what one user of one client did to one path, from open to close, or in one operation where there is no open. A logon is one too
 * ({@code RecordRing.USER_SESSION}). Numbers are in native byte order, addresses in network order; an IPv4 address fills the first four
 * octets of its sixteen. Texts are valid UTF-8 behind the fixed part, in any order; each has its start (from the start of the record)
 * and its length in the fixed part.
 * <pre>
 *   0         8        16        24           32           40            48           56            64
 *   +---------+--------+---------+------------+------------+-------------+------------+-------------+----------+
 *   |  start  |  end   | flow id | session id | octets     | octets      | size when  | size when   | hash of  |
 *   |         |        |         |            | read       | written     | opened     | closed      | the path |
 *  72        88       104          108          112    116     120    122    124 125 126 127 128      132
 *   +---------+--------+------------+------------+------+-------+------+------+---+---+---+---+--------+
 *   | client  | server |    read    |   write    |status| flags |client|server|IP |pro|ope|au | result |
 *   | address |        | operations | operations |      |       | port | port |   |   |   |   |        |
 *   +---------+--------+------------+------------+------+-------+------+------+---+---+---+---+--------+
 *  132                                                                                     156
 *   +------------+------------+-----------------+-----------+----------+-----------------+-------
 *   |    user    |   domain   |   workstation   |   share   |   path   |   second path   | texts
 *   +------------+------------+-----------------+-----------+----------+-----------------+-------
 * </pre>
 */
public final class FileAccess {
    /** A directory. */
    public static final int FLAG_DIRECTORY = 1;
    /** Under encryption: what was done cannot be seen. */
    public static final int FLAG_ENCRYPTED = 1 << 1;
    /** At least one message was compressed. */
    public static final int FLAG_COMPRESSED = 1 << 2;
    /** Path, share or kind was concluded, not read. */
    public static final int FLAG_GUESSED = 1 << 3;
    /** It began before the capture did, or in a gap of it. */
    public static final int FLAG_MIDSTREAM = 1 << 4;
    /** It was to be deleted when closed. */
    public static final int FLAG_DELETE_ON_CLOSE = 1 << 5;
    /** An existing file was replaced or emptied when it was opened. */
    public static final int FLAG_OVERWRITTEN = 1 << 6;
    /** It was made by this open. */
    public static final int FLAG_CREATED = 1 << 7;
    /** At least one call was repeated; it was counted once. */
    public static final int FLAG_DUPLICATE = 1 << 8;
    /** Messages were signed. */
    public static final int FLAG_SIGNED = 1 << 9;
    /** The path, or the second path, was longer than {@link #LONGEST_PATH}, perhaps only when it was masked. */
    public static final int FLAG_PATH_CUT = 1 << 10;
    /** The user was inferred from other traffic, not from this session. */
    public static final int FLAG_USER_INFERRED = 1 << 11;
    /** Its end was not seen: the connection ended, or its state made room for that of others. */
    public static final int FLAG_UNFINISHED = 1 << 12;
    /** Octets of the capture are missing: counts are lower bounds. */
    public static final int FLAG_GAP = 1 << 13;
    /** An earlier version of the file (a snapshot). */
    public static final int FLAG_SNAPSHOT = 1 << 14;
    /** An open that survived its connection and was taken up again. */
    public static final int FLAG_RECONNECTED = 1 << 15;
    /** An open file that was renamed only because it was removed while open (NFS {@code .nfsXXXX}): really a delete. */
    public static final int FLAG_SILLY_RENAME = 1 << 16;
    /** The target of a rename or copy was there before and was replaced. */
    public static final int FLAG_REPLACED = 1 << 17;

    /** Size of a file when it is not known. */
    public static final long UNKNOWN_SIZE = -1;

    /** Most octets of a path that are kept. */
    public static final int LONGEST_PATH = 512;
    /** Most octets of a user, a domain, a workstation or a share. */
    public static final int LONGEST_NAME = 255;

    static final int START_NS_OFFSET = 0;
    static final int END_NS_OFFSET = 8;
    static final int FLOW_ID_OFFSET = 16;
    static final int SESSION_ID_OFFSET = 24;
    static final int READ_OCTETS_OFFSET = 32;
    static final int WRITE_OCTETS_OFFSET = 40;
    static final int SIZE_AT_OPEN_OFFSET = 48;
    static final int SIZE_AT_CLOSE_OFFSET = 56;
    static final int PATH_HASH_OFFSET = 64;
    static final int CLIENT_ADDRESS_OFFSET = 72;
    static final int SERVER_ADDRESS_OFFSET = 88;
    static final int READ_OPERATIONS_OFFSET = 104;
    static final int WRITE_OPERATIONS_OFFSET = 108;
    static final int STATUS_OFFSET = 112;
    static final int FLAGS_OFFSET = 116;
    static final int CLIENT_PORT_OFFSET = 120;
    static final int SERVER_PORT_OFFSET = 122;
    static final int IP_VERSION_OFFSET = 124;
    static final int PROTOCOL_OFFSET = 125;
    static final int OPERATION_OFFSET = 126;
    static final int AUTHENTICATION_OFFSET = 127;
    static final int RESULT_OFFSET = 128;
    static final int TEXTS_OFFSET = 132;
    static final int TEXT_LENGTH_OFFSET = 2;
    static final int TEXT_ENTRY_LENGTH = 4;

    /** Octets before the texts. */
    static final int HEAD_LENGTH = TEXTS_OFFSET + TEXT_ENTRY_LENGTH * Name.COUNT;
    /** Most octets of a record. */
    public static final int MAX_LENGTH = HEAD_LENGTH + 4 * LONGEST_NAME + 2 * LONGEST_PATH;

    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

    /** The texts of a record. */
    public enum Name {
        USER, DOMAIN, WORKSTATION,
        /** Share or export. */
        SHARE,
        /** Below the share, its separators as they were sent. */
        PATH,
        /** Where a rename, a link or a copy led. */
        SECOND_PATH;

        static final int COUNT = 6;
    }

    private DirectBuffer buffer;
    private int offset;

    /** Points at a record. */
    public FileAccess wrap(final DirectBuffer buffer, final int offset) {
        buffer.boundsCheck(offset, HEAD_LENGTH);
        this.buffer = buffer;
        this.offset = offset;
        return this;
    }

    public DirectBuffer buffer() {
        return buffer;
    }

    /** When it was asked for, nanoseconds since 1970. */
    public long startNs() {
        return number(START_NS_OFFSET);
    }

    /** When it was closed or answered, nanoseconds since 1970. */
    public long endNs() {
        return number(END_NS_OFFSET);
    }

    /** FlowId (148) of the flow where it began. */
    public long flowId() {
        return number(FLOW_ID_OFFSET);
    }

    /**
     * With the server's address the key of the user's session: SessionId of SMB2, UID of SMB1; of NFS with AUTH_SYS the user id, and the
     * group id above it, in the upper half.
     */
    public long sessionId() {
        return number(SESSION_ID_OFFSET);
    }

    public long readOctets() {
        return number(READ_OCTETS_OFFSET);
    }

    public long writeOctets() {
        return number(WRITE_OCTETS_OFFSET);
    }

    /** Octets of the file when it was opened; {@link #UNKNOWN_SIZE} when not told. */
    public long sizeAtOpen() {
        return number(SIZE_AT_OPEN_OFFSET);
    }

    /** Octets of the file when it was closed; {@link #UNKNOWN_SIZE} when not told. */
    public long sizeAtClose() {
        return number(SIZE_AT_CLOSE_OFFSET);
    }

    /** {@link Text#hash()} of the whole path when it was cut, else 0. */
    public long pathHash() {
        return number(PATH_HASH_OFFSET);
    }

    /** Where the client's address lies in {@link #buffer()}: 4 or 16 octets by {@link #ipVersion()}. */
    public int clientAddressOffset() {
        return offset + CLIENT_ADDRESS_OFFSET;
    }

    /** Where the server's address lies in {@link #buffer()}. */
    public int serverAddressOffset() {
        return offset + SERVER_ADDRESS_OFFSET;
    }

    public int readOperations() {
        return buffer.getInt(offset + READ_OPERATIONS_OFFSET, NATIVE);
    }

    public int writeOperations() {
        return buffer.getInt(offset + WRITE_OPERATIONS_OFFSET, NATIVE);
    }

    /** As the protocol has it: NTSTATUS, or the status of NFS. */
    public int status() {
        return buffer.getInt(offset + STATUS_OFFSET, NATIVE);
    }

    /**
     * Whether {@code length} octets from {@code offset}, both unsigned, are all or nearly all (nine tenths) of a file; of one whose size is
     * {@link #UNKNOWN_SIZE}, whether they begin where it does.
     */
    public static boolean isNearlyAll(final long offset, final long length, final long size) {
        if (size == UNKNOWN_SIZE) {
            return offset == 0 && length != 0;
        }
        final long end = length < 0 || offset + length < 0 ? Long.MAX_VALUE : offset + length;
        return size > 0 && offset >= 0 && Math.min(end, size) - offset >= size - size / 10;
    }

    /** Bits of FLAG_ constants. */
    public int flags() {
        return buffer.getInt(offset + FLAGS_OFFSET, NATIVE);
    }

    public boolean hasFlag(final int flag) {
        return (flags() & flag) != 0;
    }

    public int clientPort() {
        return buffer.getShort(offset + CLIENT_PORT_OFFSET, NATIVE) & 0xFFFF;
    }

    public int serverPort() {
        return buffer.getShort(offset + SERVER_PORT_OFFSET, NATIVE) & 0xFFFF;
    }

    /** 4 or 6. */
    public int ipVersion() {
        return buffer.getByte(offset + IP_VERSION_OFFSET);
    }

    /** Code of {@link FileProtocol}. */
    public int protocol() {
        return buffer.getByte(offset + PROTOCOL_OFFSET) & 0xFF;
    }

    /** Code of {@link FileOperation}. */
    public int operation() {
        return buffer.getByte(offset + OPERATION_OFFSET) & 0xFF;
    }

    /** Code of {@link FileAuthentication}. */
    public int authentication() {
        return buffer.getByte(offset + AUTHENTICATION_OFFSET) & 0xFF;
    }

    /** Code of {@link FileResult}. */
    public int result() {
        return buffer.getByte(offset + RESULT_OFFSET) & 0xFF;
    }

    /** Where a text lies in {@link #buffer()}. */
    public int textOffset(final Name name) {
        return offset + (buffer.getShort(offset + entry(name), NATIVE) & 0xFFFF);
    }

    /** Octets of a text; 0 when there is none. */
    public int textLength(final Name name) {
        return buffer.getShort(offset + entry(name) + TEXT_LENGTH_OFFSET, NATIVE) & 0xFFFF;
    }

    /** A text, for a person; allocates. */
    public String text(final Name name) {
        final byte[] octets = new byte[textLength(name)];
        buffer.getBytes(textOffset(name), octets);
        return new String(octets, StandardCharsets.UTF_8);
    }

    /** Gives a text another form, for {@link #copyTo}. */
    public interface TextForm {
        String of(Name name, String text);
    }

    /**
     * Copies the record to the start of {@code target}, which holds {@link #MAX_LENGTH}, with its texts in another form; allocates. A path
     * whose other form is too long is cut and marked, as it would have been at first.
     */
    public void copyTo(final MutableDirectBuffer target, final TextForm form) {
        target.putBytes(0, buffer, offset, HEAD_LENGTH);
        int length = HEAD_LENGTH;
        for (final Name name : Name.values()) {
            final boolean isPath = name == Name.PATH || name == Name.SECOND_PATH;
            final byte[] octets = form.of(name, text(name)).getBytes(StandardCharsets.UTF_8);
            final Text kept = new Text(isPath ? LONGEST_PATH : LONGEST_NAME).appendUtf8(new UnsafeBuffer(octets), 0, octets.length);
            if (isPath && kept.isCut()) {
                target.putInt(FLAGS_OFFSET, target.getInt(FLAGS_OFFSET, NATIVE) | FLAG_PATH_CUT, NATIVE);
            }
            if (name == Name.PATH && kept.isCut()) {
                target.putLong(PATH_HASH_OFFSET, kept.hash(), NATIVE);
            }
            target.putShort(entry(name), (short) length, NATIVE);
            target.putShort(entry(name) + TEXT_LENGTH_OFFSET, (short) kept.length(), NATIVE);
            target.putBytes(length, kept.octets(), 0, kept.length());
            length += kept.length();
        }
    }

    /**
     * Gives a copy of this record other numbers for its session and for the hash of its path; one of 0 leaves the hash that {@link #copyTo}
     * gave it.
     */
    public void number(final MutableDirectBuffer copy, final long sessionId, final long pathHash) {
        copy.putLong(SESSION_ID_OFFSET, sessionId, NATIVE);
        if (pathHash != 0) {
            copy.putLong(PATH_HASH_OFFSET, pathHash, NATIVE);
        }
    }

    static int entry(final Name name) {
        return TEXTS_OFFSET + TEXT_ENTRY_LENGTH * name.ordinal();
    }

    private long number(final int field) {
        return buffer.getLong(offset + field, NATIVE);
    }
}
