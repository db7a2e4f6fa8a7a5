package net.flowsonde.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/**
 * A range of addresses as an operator writes it: an address, or a network with the length of its prefix. An IPv4 address is kept as the
 * IPv6 address that maps it, with 96 more bits of prefix.
 *
 * @param text    as written
 * @param high    upper half of the first address
 * @param low     lower half
 * @param length  bits that have to be the same, of 128
 */
public record NetworkPrefix(String text, long high, long low, int length) {
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final int BITS = 128;
    private static final int IPV4_BITS = 32;
    private static final long MAPPED_IPV4 = 0xFFFFL << 32;

    /** @throws IllegalArgumentException with what is wrong, to be read after the text itself */
    public static NetworkPrefix parse(final String text) {
        final int slash = text.indexOf('/');
        final byte[] address = address(slash < 0 ? text : text.substring(0, slash));
        final int bits = address.length * Byte.SIZE;
        final int length = slash < 0 ? bits : length(text.substring(slash + 1), bits);
        if (address.length == 4) {
            return checked(text, 0, MAPPED_IPV4 | ByteBuffer.wrap(address).getInt() & 0xFFFF_FFFFL, length + BITS - IPV4_BITS);
        }
        return checked(text, ByteBuffer.wrap(address).getLong(0), ByteBuffer.wrap(address).getLong(8), length);
    }

    private static byte[] address(final String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            throw new IllegalArgumentException("is no IP address, such as 192.0.2.53, 198.51.100.0/24 or 2001:db8::53");
        }
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (final UnknownHostException notAddress) {
            throw new IllegalArgumentException("is no IP address, such as 192.0.2.53, 198.51.100.0/24 or 2001:db8::53", notAddress);
        }
    }

    private static int length(final String text, final int bits) {
        try {
            final int length = Integer.parseInt(text);
            if (length >= 0 && length <= bits) {
                return length;
            }
        } catch (final NumberFormatException notNumber) {
            // told below
        }
        throw new IllegalArgumentException("has a prefix length outside of 0 to " + bits);
    }

    private static NetworkPrefix checked(final String text, final long high, final long low, final int length) {
        if ((high & ~mask(length)) != 0 || (low & ~mask(length - Long.SIZE)) != 0) {
            throw new IllegalArgumentException("has bits beyond its prefix length");
        }
        return new NetworkPrefix(text, high, low, length);
    }

    /** Whether an address, IPv4 as mapped, is in the range. */
    public boolean contains(final long otherHigh, final long otherLow) {
        return (otherHigh & mask(length)) == high && (otherLow & mask(length - Long.SIZE)) == low;
    }

    private static long mask(final int bits) {
        return bits <= 0 ? 0 : bits >= Long.SIZE ? -1 : -1L << Long.SIZE - bits;
    }
}
