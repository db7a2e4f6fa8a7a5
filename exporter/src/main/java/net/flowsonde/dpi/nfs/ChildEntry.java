package net.flowsonde.dpi.nfs;

import java.nio.ByteOrder;
import net.flowsonde.dpi.SharedTable;
import org.agrona.concurrent.UnsafeBuffer;

/** Value of the table of children, and a scratch for one: the handle that a name in a directory has. */
final class ChildEntry {
    static final int LENGTH = 24;
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();
    private static final int CRC_OFFSET = 16;

    private final UnsafeBuffer value = new UnsafeBuffer(new byte[LENGTH]);

    /** Sets {@code to}, which may be {@code key}; false when nothing is known. */
    boolean read(final SharedTable table, final FileHandle key, final FileHandle to, final int now) {
        if (!table.read(key.high, key.low, value, now)) {
            return false;
        }
        to.set(value.getLong(0, NATIVE), value.getLong(Long.BYTES, NATIVE), value.getInt(CRC_OFFSET, NATIVE));
        return true;
    }

    int write(final SharedTable table, final FileHandle key, final FileHandle child, final int now) {
        value.putLong(0, child.high, NATIVE);
        value.putLong(Long.BYTES, child.low, NATIVE);
        value.putInt(CRC_OFFSET, child.crc, NATIVE);
        return table.write(key.high, key.low, value, now);
    }
}
