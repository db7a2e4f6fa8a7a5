package net.flowsonde.dpi.nfs;

import java.nio.ByteOrder;
import net.flowsonde.dpi.SharedTable;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Value of the table of names, and a scratch for one: the directory and the name of a handle. A name longer than fits goes on in further
 * values, each nothing but octets of the name.
 * <pre>
 *   0             8            16    20       24       26     27     28                     104
 *  +-------------+------------+-----+--------+--------+------+------+-----------------------+
 *  | directory   | directory  | its | file   | name   | flags| spare| name                  |
 *  | high        | low        | CRC | system | length |      |      |                       |
 *  +-------------+------------+-----+--------+--------+------+------+-----------------------+
 * </pre>
 */
final class NameEntry {
    static final int LENGTH = 104;
    /** The name is the path of an export, and there is nothing above it. */
    static final int FLAG_ROOT = 1;
    static final int FLAG_DIRECTORY = 1 << 1;
    /** Most octets of a name that are kept. */
    static final int LONGEST_NAME = 1_000;

    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();
    private static final int CRC_OFFSET = 16;
    private static final int FILE_SYSTEM_OFFSET = 20;
    private static final int NAME_LENGTH_OFFSET = 24;
    private static final int FLAGS_OFFSET = 26;
    private static final int NAME_OFFSET = 28;
    private static final int NAME_ROOM = LENGTH - NAME_OFFSET;
    /** Spreads the values that a long name goes on in. */
    private static final long NEXT_PART = 0x9E37_79B9_7F4A_7C15L;

    private final UnsafeBuffer value = new UnsafeBuffer(new byte[LENGTH]);
    private final UnsafeBuffer part = new UnsafeBuffer(new byte[LENGTH]);

    boolean read(final SharedTable table, final FileHandle handle, final int now) {
        return table.read(handle.high, handle.low, value, now);
    }

    void directory(final FileHandle to) {
        to.set(value.getLong(0, NATIVE), value.getLong(Long.BYTES, NATIVE), value.getInt(CRC_OFFSET, NATIVE));
    }

    /** Hash of the server's identifier of the file system; 0 when not told. */
    int fileSystem() {
        return value.getInt(FILE_SYSTEM_OFFSET, NATIVE);
    }

    int flags() {
        return value.getByte(FLAGS_OFFSET);
    }

    boolean isRoot() {
        return (flags() & FLAG_ROOT) != 0;
    }

    boolean isDirectory() {
        return (flags() & FLAG_DIRECTORY) != 0;
    }

    /** It is known to be one. */
    void directory() {
        value.putByte(FLAGS_OFFSET, (byte) (flags() | FLAG_DIRECTORY));
    }

    /** Whether what was read is this name in this directory, as far as the first part of the name tells. */
    boolean is(final FileHandle directory, final NameBuffer name) {
        if (value.getLong(0, NATIVE) != directory.high || value.getLong(Long.BYTES, NATIVE) != directory.low || nameLength() != name.length()) {
            return false;
        }
        for (int i = Math.min(name.length(), NAME_ROOM) - 1; i >= 0; i--) {
            if (value.getByte(NAME_OFFSET + i) != name.octets().getByte(i)) {
                return false;
            }
        }
        return true;
    }

    int nameLength() {
        return value.getShort(NAME_LENGTH_OFFSET, NATIVE);
    }

    /** Copies the name to {@code to}; false when a part of it has been forgotten. Uses what {@link #read} has read. */
    boolean name(final SharedTable table, final FileHandle handle, final UnsafeBuffer to, final int offset, final int now) {
        final int length = nameLength();
        to.putBytes(offset, value, NAME_OFFSET, Math.min(length, NAME_ROOM));
        for (int at = NAME_ROOM, number = 1; at < length; at += LENGTH, number++) {
            if (!table.read(handle.high + number, handle.low + number * NEXT_PART, part, now)) {
                return false;
            }
            to.putBytes(offset + at, part, 0, Math.min(length - at, LENGTH));
        }
        return true;
    }

    void set(final FileHandle directory, final int fileSystem, final int flags) {
        value.putLong(0, directory.high, NATIVE);
        value.putLong(Long.BYTES, directory.low, NATIVE);
        value.putInt(CRC_OFFSET, directory.crc, NATIVE);
        value.putInt(FILE_SYSTEM_OFFSET, fileSystem, NATIVE);
        value.putByte(FLAGS_OFFSET, (byte) flags);
    }

    void fileSystem(final int id) {
        value.putInt(FILE_SYSTEM_OFFSET, id, NATIVE);
    }

    /** Writes what was {@link #set} with a name; the worst outcome of {@link SharedTable#write} of all its parts. */
    int write(final SharedTable table, final FileHandle handle, final NameBuffer name, final int now) {
        final int length = Math.min(name.length(), LONGEST_NAME);
        value.putShort(NAME_LENGTH_OFFSET, (short) length, NATIVE);
        value.putBytes(NAME_OFFSET, name.octets(), 0, Math.min(length, NAME_ROOM));
        int outcome = SharedTable.WRITTEN;
        for (int at = NAME_ROOM, number = 1; at < length; at += LENGTH, number++) {
            part.putBytes(0, name.octets(), at, Math.min(length - at, LENGTH));
            outcome = worse(outcome, table.write(handle.high + number, handle.low + number * NEXT_PART, part, now));
        }
        return worse(outcome, table.write(handle.high, handle.low, value, now));
    }

    /** Writes back what was read and changed, without its name. */
    int rewrite(final SharedTable table, final FileHandle handle, final int now) {
        return table.write(handle.high, handle.low, value, now);
    }

    /** Writes what was read for another handle too. */
    int copy(final SharedTable table, final FileHandle handle, final FileHandle alias, final int now) {
        int outcome = SharedTable.WRITTEN;
        for (int at = NAME_ROOM, number = 1; at < nameLength(); at += LENGTH, number++) {
            if (table.read(handle.high + number, handle.low + number * NEXT_PART, part, now)) {
                outcome = worse(outcome, table.write(alias.high + number, alias.low + number * NEXT_PART, part, now));
            }
        }
        return worse(outcome, rewrite(table, alias, now));
    }

    private static int worse(final int one, final int other) {
        return one == SharedTable.BUSY || other == SharedTable.BUSY ? SharedTable.BUSY : Math.max(one, other);
    }
}
