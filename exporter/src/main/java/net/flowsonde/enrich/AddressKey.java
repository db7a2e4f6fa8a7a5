package net.flowsonde.enrich;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;

/**
 * An address of either IP version as two longs: an IPv4 address is taken as the IPv6 address that maps it (RFC 4291, 2.5.5.2), so that one
 * table holds both.
 */
final class AddressKey {
    private static final long MAPPED_IPV4 = 0xFFFFL << 32;
    private static final long LINK_LOCAL_PREFIX = 0xFE80L << 48;

    private long high;
    private long low;

    /** Reads an address of {@code ipVersion} in network order. */
    void set(final DirectBuffer buffer, final int offset, final int ipVersion) {
        if (ipVersion == 4) {
            high = 0;
            low = MAPPED_IPV4 | buffer.getInt(offset, BIG_ENDIAN) & 0xFFFF_FFFFL;
        } else {
            high = buffer.getLong(offset, BIG_ENDIAN);
            low = buffer.getLong(offset + 8, BIG_ENDIAN);
        }
    }

    void set(final AddressKey other) {
        high = other.high;
        low = other.low;
    }

    void clear() {
        high = 0;
        low = 0;
    }

    /** Leaves of an IPv6 address the 64 bits of its network. */
    void clearHost() {
        low = 0;
    }

    /** Makes the key one of the address together with something else, of which this is a hash under a secret. */
    void mix(final long hash) {
        high ^= hash;
        low += Long.rotateLeft(hash, 29) * 0x9E37_79B9_7F4A_7C15L;
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }

    boolean isSame(final AddressKey other) {
        return high == other.high && low == other.low;
    }

    private boolean isIpv4() {
        return high == 0 && low >>> 32 == 0xFFFF;
    }

    /** Multicast, broadcast or no address at all: nothing that one host has. */
    boolean isNoHost() {
        if (isIpv4()) {
            final int first = (int) (low >>> 24) & 0xFF;
            return first >= 224 || (int) low == 0;
        }
        return high >>> 56 == 0xFF || high == 0 && low == 0;
    }

    /** An address that only has a meaning inside of a network: RFC 1918, RFC 3927, RFC 4193 and link-local addresses. */
    boolean isPrivate() {
        if (!isIpv4()) {
            return high >>> 57 == 0xFC >>> 1 || (high & 0xFFC0L << 48) == LINK_LOCAL_PREFIX;
        }
        final int address = (int) low;
        return address >>> 24 == 10 || address >>> 20 == (172 << 4 | 1) || address >>> 16 == (192 << 8 | 168)
            || address >>> 16 == (169 << 8 | 254);
    }

    InetAddress toInetAddress() {
        return toInetAddress(high, low);
    }

    static InetAddress toInetAddress(final long high, final long low) {
        try {
            // gives an IPv4 address where one is mapped
            return InetAddress.getByAddress(ByteBuffer.allocate(16).putLong(high).putLong(low).array());
        } catch (final UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** As people write it. */
    static String text(final long high, final long low) {
        return toInetAddress(high, low).getHostAddress();
    }

    @Override
    public String toString() {
        return text(high, low);
    }
}
