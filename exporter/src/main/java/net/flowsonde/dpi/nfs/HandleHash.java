package net.flowsonde.dpi.nfs;

import java.nio.ByteOrder;
import java.security.SecureRandom;
import org.agrona.DirectBuffer;

/**
 * 128-bit hashes of handles and names under secrets of this process, so that nobody who sends packets can make two that collide. Two
 * lanes, each fed eight octets at a time by a folded 128-bit product. Has no state beyond its secrets: any thread may use it.
 */
final class HandleHash {
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

    private final long secret0;
    private final long secret1;
    private final long secret2;
    private final long secret3;

    HandleHash() {
        final SecureRandom random = new SecureRandom();
        secret0 = random.nextLong() | 1;
        secret1 = random.nextLong() | 1;
        secret2 = random.nextLong() | 1;
        secret3 = random.nextLong() | 1;
    }

    /** Sets {@code to}, but for its CRC, from octets and what they belong to (a server, a directory). */
    void of(final long ownerHigh, final long ownerLow, final DirectBuffer buffer, final int offset, final int length, final FileHandle to) {
        long a = fold(ownerHigh ^ secret0, ownerLow ^ secret1);
        long b = fold(ownerLow ^ secret2, ownerHigh ^ secret3);
        final int limit = offset + length;
        int at = offset;
        for (; limit - at >= Long.BYTES; at += Long.BYTES) {
            final long word = buffer.getLong(at, NATIVE);
            a = fold(a ^ word, secret1);
            b = fold(b + word, secret3);
        }
        long rest = length;
        for (; at < limit; at++) {
            rest = rest << Byte.SIZE | buffer.getByte(at) & 0xFF;
        }
        to.high = fold(a ^ rest, secret0 ^ length) | 1;
        to.low = fold(b + rest, secret2 + length);
        to.crc = 0;
    }

    /** A key of 64 bits from two numbers. */
    long key(final long first, final long second) {
        return fold(fold(first ^ secret0, second ^ secret1) ^ secret2, secret3);
    }

    private static long fold(final long a, final long b) {
        return a * b ^ Math.multiplyHigh(a, b);
    }
}
