package net.flowsonde.dpi;

import java.nio.ByteOrder;
import net.flowsonde.dpi.FileAccess.Name;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes {@link FileAccess} records, one after the other in a buffer of its own, and hands them to the export thread. Everything not set
 * after {@link #begin} is 0, empty, or an unknown size. Owned by one queue thread.
 */
public final class FileAccessWriter {
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();
    private static final int ADDRESS_LENGTH = 16;

    private final RecordRing ring;
    private final Counters counters;
    private final MutableDirectBuffer buffer = new UnsafeBuffer(new byte[FileAccess.MAX_LENGTH]);
    private int length;
    private int flags;
    private boolean isLogon;

    public FileAccessWriter(final RecordRing ring, final Counters counters) {
        this.ring = ring;
        this.counters = counters;
    }

    /** Starts a record with addresses, ports and flowId that were kept of a flow. */
    public FileAccessWriter begin(final FileParties parties) {
        buffer.setMemory(0, FileAccess.HEAD_LENGTH, (byte) 0);
        length = FileAccess.HEAD_LENGTH;
        flags = 0;
        isLogon = false;
        buffer.putLong(FileAccess.FLOW_ID_OFFSET, parties.flowId(), NATIVE);
        buffer.putBytes(FileAccess.CLIENT_ADDRESS_OFFSET, parties.addresses(), FileParties.CLIENT_OFFSET, ADDRESS_LENGTH);
        buffer.putBytes(FileAccess.SERVER_ADDRESS_OFFSET, parties.addresses(), FileParties.SERVER_OFFSET, ADDRESS_LENGTH);
        buffer.putShort(FileAccess.CLIENT_PORT_OFFSET, (short) parties.clientPort(), NATIVE);
        buffer.putShort(FileAccess.SERVER_PORT_OFFSET, (short) parties.serverPort(), NATIVE);
        buffer.putByte(FileAccess.IP_VERSION_OFFSET, (byte) parties.ipVersion());
        return sizes(FileAccess.UNKNOWN_SIZE, FileAccess.UNKNOWN_SIZE);
    }

    public FileAccessWriter times(final long startNs, final long endNs) {
        buffer.putLong(FileAccess.START_NS_OFFSET, startNs, NATIVE);
        buffer.putLong(FileAccess.END_NS_OFFSET, Math.max(startNs, endNs), NATIVE);
        return this;
    }

    public FileAccessWriter protocol(final FileProtocol protocol) {
        buffer.putByte(FileAccess.PROTOCOL_OFFSET, (byte) protocol.code());
        return this;
    }

    public FileAccessWriter operation(final FileOperation operation) {
        isLogon = operation == FileOperation.LOGON || operation == FileOperation.LOGOFF;
        buffer.putByte(FileAccess.OPERATION_OFFSET, (byte) operation.code());
        return this;
    }

    /** What the server answered. */
    public FileAccessWriter status(final int status, final FileResult result) {
        buffer.putInt(FileAccess.STATUS_OFFSET, status, NATIVE);
        buffer.putByte(FileAccess.RESULT_OFFSET, (byte) result.code());
        return this;
    }

    public FileAccessWriter session(final long sessionId, final FileAuthentication authentication) {
        buffer.putLong(FileAccess.SESSION_ID_OFFSET, sessionId, NATIVE);
        buffer.putByte(FileAccess.AUTHENTICATION_OFFSET, (byte) authentication.code());
        return this;
    }

    public FileAccessWriter read(final long octets, final int operations) {
        buffer.putLong(FileAccess.READ_OCTETS_OFFSET, octets, NATIVE);
        buffer.putInt(FileAccess.READ_OPERATIONS_OFFSET, operations, NATIVE);
        return this;
    }

    public FileAccessWriter written(final long octets, final int operations) {
        buffer.putLong(FileAccess.WRITE_OCTETS_OFFSET, octets, NATIVE);
        buffer.putInt(FileAccess.WRITE_OPERATIONS_OFFSET, operations, NATIVE);
        return this;
    }

    /** Sizes of the file, {@link FileAccess#UNKNOWN_SIZE} where not told. */
    public FileAccessWriter sizes(final long atOpen, final long atClose) {
        buffer.putLong(FileAccess.SIZE_AT_OPEN_OFFSET, atOpen, NATIVE);
        buffer.putLong(FileAccess.SIZE_AT_CLOSE_OFFSET, atClose, NATIVE);
        return this;
    }

    /** Raises bits of the FLAG_ constants of {@link FileAccess}. */
    public FileAccessWriter raise(final int bits) {
        flags |= bits;
        return this;
    }

    /** A text other than a path; each at most once. */
    public FileAccessWriter name(final Name name, final Text text) {
        put(name, text, FileAccess.LONGEST_NAME);
        return this;
    }

    /** The path below the share. */
    public FileAccessWriter path(final Text path) {
        if (put(Name.PATH, path, FileAccess.LONGEST_PATH)) {
            buffer.putLong(FileAccess.PATH_HASH_OFFSET, path.hash(), NATIVE);
        }
        return this;
    }

    /** Where a rename, a link or a copy led. */
    public FileAccessWriter secondPath(final Text path) {
        put(Name.SECOND_PATH, path, FileAccess.LONGEST_PATH);
        return this;
    }

    private boolean put(final Name name, final Text text, final int limit) {
        final int whole = text.length();
        int kept = Math.min(whole, limit);
        while (kept < whole && kept > 0 && (text.octets()[kept] & 0xC0) == 0x80) {
            kept--;
        }
        final boolean isCut = text.isCut() || kept < whole;
        if (isCut && limit == FileAccess.LONGEST_PATH) {
            flags |= FileAccess.FLAG_PATH_CUT;
        }
        buffer.putShort(FileAccess.entry(name), (short) length, NATIVE);
        buffer.putShort(FileAccess.entry(name) + FileAccess.TEXT_LENGTH_OFFSET, (short) kept, NATIVE);
        buffer.putBytes(length, text.octets(), 0, kept);
        length += kept;
        return isCut;
    }

    /** Hands the record over; it is dropped and counted when the ring has room for flows only. */
    public void publish() {
        buffer.putInt(FileAccess.FLAGS_OFFSET, flags, NATIVE);
        final int type = isLogon ? RecordRing.USER_SESSION : RecordRing.FILE_ACCESS;
        if (ring.isRoomy() && ring.offer(type, buffer, 0, length)) {
            counters.increment(Counter.FILE_RECORDS_CREATED);
        } else {
            counters.increment(Counter.FILE_RECORDS_RING_FULL);
        }
    }
}
