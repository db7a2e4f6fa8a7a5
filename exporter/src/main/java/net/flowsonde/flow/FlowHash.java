package net.flowsonde.flow;

import java.security.SecureRandom;
import org.agrona.DirectBuffer;

/**
 * Hash of a key's six longs under a secret of this table, so that nobody who sends packets can choose keys that collide. Each pair of
 * longs is masked with secrets and multiplied to 128 bits, whose halves are folded; three such products make the hash.
 */
final class FlowHash {
    private static final int SECRETS = 8;

    private final long secret0;
    private final long secret1;
    private final long secret2;
    private final long secret3;
    private final long secret4;
    private final long secret5;
    private final long secret6;
    private final long secret7;

    FlowHash(final long[] secrets) {
        secret0 = secrets[0];
        secret1 = secrets[1];
        secret2 = secrets[2];
        secret3 = secrets[3];
        secret4 = secrets[4];
        secret5 = secrets[5];
        secret6 = secrets[6];
        secret7 = secrets[7];
    }

    /** A hash that no one can foretell. */
    static FlowHash random() {
        return new FlowHash(new SecureRandom().longs(SECRETS).toArray());
    }

    int of(final long k0, final long k1, final long k2, final long k3, final long k4, final long k5) {
        final long folded = fold(k0 ^ secret0, k2 ^ secret1) ^ fold(k1 ^ secret2, k3 ^ secret3) ^ fold(k4 ^ secret4, k5 ^ secret5);
        final long mixed = fold(folded ^ secret6, secret7);
        return (int) (mixed ^ mixed >>> 32);
    }

    /** The hash of a key where it lies in a slot. */
    int of(final DirectBuffer slot, final int offset) {
        return of(slot.getLong(offset), slot.getLong(offset + 8), slot.getLong(offset + 16), slot.getLong(offset + 24),
            slot.getLong(offset + 32), slot.getLong(offset + 40));
    }

    private static long fold(final long a, final long b) {
        return a * b ^ Math.multiplyHigh(a, b);
    }
}
