package net.flowsonde.enrich;

import java.security.SecureRandom;
import org.agrona.DirectBuffer;

/** A hash of a name, upper and lower case alike, that no one can foretell. */
final class NameHash {
    private static final long SECRET = new SecureRandom().nextLong();
    private static final long PRIME = 0x9E37_79B9_7F4A_7C15L;

    private NameHash() {
    }

    static long of(final DirectBuffer buffer, final int offset, final int length) {
        long hash = SECRET ^ length;
        for (int i = 0; i < length; i++) {
            hash = (hash ^ NameText.lower(buffer.getByte(offset + i))) * PRIME;
            hash ^= hash >>> 32;
        }
        return (hash ^ hash >>> 29) * PRIME;
    }
}
