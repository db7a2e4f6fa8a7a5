package net.flowsonde.collector.generate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in an array, in network order unless a name says otherwise, and the Internet checksum over it (RFC 1071). */
final class Octets {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LITTLE_ENDIAN_INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long LOW_HALF = 0xFFFF_FFFFL;

    private Octets() {
    }

    static void putShort(final byte[] target, final int offset, final int value) {
        SHORT.set(target, offset, (short) value);
    }

    static void putInt(final byte[] target, final int offset, final int value) {
        INT.set(target, offset, value);
    }

    static void putIntLittleEndian(final byte[] target, final int offset, final int value) {
        LITTLE_ENDIAN_INT.set(target, offset, value);
    }

    /** Adds {@code length} octets to a checksum that is under way; an odd one at the end is padded with 0. */
    static long sum(final long start, final byte[] octets, final int offset, final int length) {
        long sum = start;
        int position = offset;
        int left = length;
        for (; left >= Long.BYTES; left -= Long.BYTES, position += Long.BYTES) {
            final long value = (long) LONG.get(octets, position);
            sum += (value >>> 32) + (value & LOW_HALF);
        }
        for (; left > 1; left -= 2, position += 2) {
            sum += (short) SHORT.get(octets, position) & 0xFFFF;
        }
        return left == 0 ? sum : sum + ((octets[position] & 0xFF) << 8);
    }

    /** The checksum field for a sum. */
    static int checksum(final long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xFFFF) + (folded >>> 16);
        }
        return (int) ~folded & 0xFFFF;
    }
}
