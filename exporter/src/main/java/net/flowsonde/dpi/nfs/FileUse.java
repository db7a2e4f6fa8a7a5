package net.flowsonde.dpi.nfs;

import net.flowsonde.dpi.FileParties;
import net.flowsonde.dpi.FileProtocol;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What one answered call did with a file, as far as the record of the file needs it, for the queue that keeps the file. Reused.
 * <pre>
 *   0      4      8     12      16      24      32       40          48       56      64      72
 *   +------+------+-----+-------+-------+-------+--------+-----------+--------+-------+-------+---
 *   | type | kind |flags| proto-| start |  end  | state  | delegation| handle | octets| size  |
 *   |      |      |     | col   |       |       | key    | key       | key    |       |       |
 *   +------+------+-----+-------+-------+-------+--------+-----------+--------+-------+-------+---
 *  72       80       96   100       148
 *   +--------+--------+-----+---------+------------
 *   | end of | handle | CRC | parties | credential
 *   | octets |        |     |         |
 *   +--------+--------+-----+---------+------------
 * </pre>
 */
final class FileUse {
    static final int OPENED = 1;
    static final int READ = 2;
    static final int WRITTEN = 3;
    static final int LISTED = 4;
    /** The last part of a directory was read. */
    static final int LISTED_TO_END = 5;
    static final int CLOSED = 6;

    /** Most octets that {@link #write} writes. */
    static final int LONGEST = 148 + Credential.LONGEST;

    private static final int KIND_OFFSET = 4;
    private static final int FLAGS_OFFSET = 8;
    private static final int PROTOCOL_OFFSET = 12;
    private static final int START_OFFSET = 16;
    private static final int END_OFFSET = 24;
    private static final int STATE_KEY_OFFSET = 32;
    private static final int DELEGATION_KEY_OFFSET = 40;
    private static final int HANDLE_KEY_OFFSET = 48;
    private static final int OCTETS_OFFSET = 56;
    private static final int SIZE_OFFSET = 64;
    private static final int END_OF_OCTETS_OFFSET = 72;
    private static final int HANDLE_OFFSET = 80;
    private static final int CRC_OFFSET = 96;
    private static final int PARTIES_OFFSET = 100;
    private static final int CREDENTIAL_OFFSET = PARTIES_OFFSET + FileParties.LENGTH;

    final FileHandle handle = new FileHandle();
    final FileParties parties = new FileParties();
    final Credential credential = new Credential();
    FileProtocol protocol;
    int type;
    /** A constant of {@link OpenFiles}. */
    int kind;
    /** FLAG_ bits of {@code FileAccess}. */
    int flags;
    long startNs;
    long endNs;
    /** 0 where there is none, as in {@link OpenFile}. */
    long stateKey;
    long delegationKey;
    long handleKey;
    long octets;
    /** Where in the file they end. */
    long endOfOctets;
    long size;

    /** What an answered call says of itself; what it did is left to be set. */
    FileUse of(final RpcMessage message, final FileHandle used, final int usedAs, final long usedKey) {
        final PendingCall call = message.call();
        parties.set(message.conversation().parties);
        credential.set(call.credential);
        handle.set(used);
        kind = usedAs;
        handleKey = usedKey;
        protocol = FileRecords.protocol(call);
        startNs = call.startNs;
        endNs = message.timestampNs();
        flags = 0;
        stateKey = 0;
        delegationKey = 0;
        octets = 0;
        endOfOctets = 0;
        size = NfsOperations.NO_SIZE;
        return this;
    }

    /** Writes it to the start of {@code target}; how many octets. */
    int write(final MutableDirectBuffer target) {
        target.putInt(0, type);
        target.putInt(KIND_OFFSET, kind);
        target.putInt(FLAGS_OFFSET, flags);
        target.putInt(PROTOCOL_OFFSET, protocol.code());
        target.putLong(START_OFFSET, startNs);
        target.putLong(END_OFFSET, endNs);
        target.putLong(STATE_KEY_OFFSET, stateKey);
        target.putLong(DELEGATION_KEY_OFFSET, delegationKey);
        target.putLong(HANDLE_KEY_OFFSET, handleKey);
        target.putLong(OCTETS_OFFSET, octets);
        target.putLong(SIZE_OFFSET, size);
        target.putLong(END_OF_OCTETS_OFFSET, endOfOctets);
        target.putLong(HANDLE_OFFSET, handle.high);
        target.putLong(HANDLE_OFFSET + Long.BYTES, handle.low);
        target.putInt(CRC_OFFSET, handle.crc);
        parties.write(target, PARTIES_OFFSET);
        return CREDENTIAL_OFFSET + credential.write(target, CREDENTIAL_OFFSET);
    }

    /** Reads what {@link #write} wrote. */
    FileUse read(final DirectBuffer source, final int offset) {
        type = source.getInt(offset);
        kind = source.getInt(offset + KIND_OFFSET);
        flags = source.getInt(offset + FLAGS_OFFSET);
        protocol = FileProtocol.of(source.getInt(offset + PROTOCOL_OFFSET));
        startNs = source.getLong(offset + START_OFFSET);
        endNs = source.getLong(offset + END_OFFSET);
        stateKey = source.getLong(offset + STATE_KEY_OFFSET);
        delegationKey = source.getLong(offset + DELEGATION_KEY_OFFSET);
        handleKey = source.getLong(offset + HANDLE_KEY_OFFSET);
        octets = source.getLong(offset + OCTETS_OFFSET);
        size = source.getLong(offset + SIZE_OFFSET);
        endOfOctets = source.getLong(offset + END_OF_OCTETS_OFFSET);
        handle.set(source.getLong(offset + HANDLE_OFFSET), source.getLong(offset + HANDLE_OFFSET + Long.BYTES),
            source.getInt(offset + CRC_OFFSET));
        parties.read(source, offset + PARTIES_OFFSET);
        credential.read(source, offset + CREDENTIAL_OFFSET);
        return this;
    }
}
