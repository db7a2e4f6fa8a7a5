package net.flowsonde.dpi.dhcp;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * What a router advertisement has behind the eight octets of its ICMPv6 header: options that name DNS servers (RFC 8106, 5.1), and the
 * networks whose hosts it tells, from which they make their addresses (RFC 4861, 4.2 and 4.6.2). A length counts eight octets.
 * <pre>
 *  reachable time (32) | retransmission timer (32) | options: type (8), length (8), data
 *  prefix:  3 | 4 | prefix length (8) | flags (8) | lifetimes (2 * 32) | reserved (32) | prefix (128)
 *  servers: 25 | length | reserved (16) | lifetime (32) | addresses (each 128)
 * </pre>
 */
final class RouterAdvertisement extends HintMessage {
    /** Type of the ICMPv6 message. */
    static final int TYPE = 134;

    private static final int OPTIONS_OFFSET = 8;
    private static final int OPTION_HEAD_LENGTH = 8;
    private static final int LENGTH_UNIT = 8;
    private static final int LIFETIME_OFFSET = 4;
    private static final int PREFIX_INFORMATION = 3;
    private static final int PREFIX_INFORMATION_LENGTH = 32;
    private static final int PREFIX_LENGTH_OFFSET = 2;
    private static final int PREFIX_OFFSET = 16;
    private static final int NETWORK_BITS = 64;
    private static final int DNS_SERVERS = 25;
    private static final int IPV6_LENGTH = 16;

    RouterAdvertisement() {
        super(IPV6_LENGTH);
    }

    @Override
    boolean readFrom(final DirectBuffer buffer, final int offset, final int limit) {
        int at = offset + OPTIONS_OFFSET;
        while (limit - at >= OPTION_HEAD_LENGTH) {
            final int type = buffer.getByte(at) & 0xFF;
            final int length = (buffer.getByte(at + 1) & 0xFF) * LENGTH_UNIT;
            if (length == 0 || limit - at < length) {
                markMalformed();
                return true;
            }
            if (type == DNS_SERVERS && buffer.getInt(at + LIFETIME_OFFSET, BIG_ENDIAN) != 0) {
                addServers(at + OPTION_HEAD_LENGTH, length - OPTION_HEAD_LENGTH);
            } else if (type == PREFIX_INFORMATION && length == PREFIX_INFORMATION_LENGTH
                && buffer.getByte(at + PREFIX_LENGTH_OFFSET) == NETWORK_BITS) {
                addClient(at + PREFIX_OFFSET);
            }
            at += length;
        }
        return true;
    }
}
