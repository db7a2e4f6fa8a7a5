package net.flowsonde.collector.generate;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Where the addresses of one kind of host lie: an IPv4 block of its own, and 2001:db8:KIND::INDEX in IPv6. An address is sixteen octets;
 * IPv4 fills the first four.
 */
enum AddressBlock {
    /** 10.16.0.0/12. */
    CLIENT(0x0A10_0001),
    /** 198.18.0.0/15. */
    SERVER(0xC612_0000),
    /** 10.0.0.53 and 10.0.1.53. */
    RESOLVER(0x0A00_0035),
    /** 100.64.0.0/10. */
    ECHO_TARGET(0x6440_0000);

    static final int LENGTH = 16;
    private static final int IPV6_PREFIX = 0x2001_0DB8;

    private final int ipv4Start;

    AddressBlock(final int ipv4Start) {
        this.ipv4Start = ipv4Start;
    }

    void write(final byte[] target, final int offset, final boolean isIpv6, final int index) {
        if (isIpv6) {
            Arrays.fill(target, offset, offset + LENGTH, (byte) 0);
            Octets.putInt(target, offset, IPV6_PREFIX);
            Octets.putShort(target, offset + 4, 1 + ordinal());
            Octets.putInt(target, offset + 12, index + 1);
        } else {
            Octets.putInt(target, offset, ipv4Start + index);
        }
    }

    static String text(final byte[] address, final boolean isIpv6) {
        try {
            return InetAddress.getByAddress(Arrays.copyOf(address, isIpv6 ? LENGTH : 4)).getHostAddress();
        } catch (final UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
