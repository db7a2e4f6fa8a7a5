package net.flowsonde.dpi.dns;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * The OPT record of a message: what EDNS adds to it (RFC 6891, 6.1.2).
 * <pre>
 *  name 0 | type 41 | class: UDP payload size | TTL: extended RCODE (8), version (8), DO (1), Z (15) | length | options
 *  option: code (16) | length (16) | data
 * </pre>
 */
final class DnsExtension {
    private static final int CLIENT_SUBNET = 8;
    private static final int COOKIE = 10;
    private static final int PADDING = 12;
    private static final int OPTION_HEAD_LENGTH = 4;
    private static final int CLIENT_SUBNET_HEAD_LENGTH = 4;
    private static final int DNSSEC_OK_FLAG = 0x8000;
    private static final int IPV4_FAMILY = 1;
    private static final int IPV6_FAMILY = 2;

    private DirectBuffer buffer;
    private int count;
    private long marks;
    private int udpPayloadSize;
    private int extendedResponseCode;
    private int clientSubnetVersion;
    private int clientSubnetPrefix;
    private int clientSubnetOffset;
    private int clientSubnetLength;

    void reset() {
        count = 0;
        marks = 0;
        udpPayloadSize = 0;
        extendedResponseCode = 0;
        clientSubnetVersion = 0;
    }

    /** Takes the OPT record that a message stands at. */
    void read(final DnsMessage message) {
        if (count++ > 0 || message.section() != DnsRecord.ADDITIONAL) {
            marks |= DnsMark.SEVERAL_OPT.mask();
            if (count > 1) {
                return;
            }
        }
        buffer = message.buffer();
        udpPayloadSize = message.recordClass();
        extendedResponseCode = (int) (message.ttl() >>> 24);
        marks |= DnsMark.EDNS.mask() | ((message.ttl() & DNSSEC_OK_FLAG) != 0 ? DnsMark.DNSSEC_OK.mask() : 0);
        readOptions(message.dataOffset(), message.dataOffset() + message.dataLength());
    }

    private void readOptions(final int offset, final int limit) {
        int at = offset;
        while (limit - at >= OPTION_HEAD_LENGTH) {
            final int code = buffer.getShort(at, BIG_ENDIAN) & 0xFFFF;
            final int length = buffer.getShort(at + 2, BIG_ENDIAN) & 0xFFFF;
            at += OPTION_HEAD_LENGTH;
            if (limit - at < length) {
                break;
            }
            switch (code) {
                case CLIENT_SUBNET -> readClientSubnet(at, length);
                case COOKIE -> marks |= DnsMark.COOKIE.mask();
                case PADDING -> marks |= DnsMark.PADDING.mask();
                default -> { }
            }
            at += length;
        }
        if (at != limit) {
            marks |= DnsMark.MALFORMED.mask();
        }
    }

    /** Family (16), prefix of the query (8), prefix of the answer (8), as many octets of the address as the prefix needs (RFC 7871, 6). */
    private void readClientSubnet(final int offset, final int length) {
        marks |= DnsMark.CLIENT_SUBNET.mask();
        if (length < CLIENT_SUBNET_HEAD_LENGTH) {
            marks |= DnsMark.MALFORMED.mask();
            return;
        }
        final int family = buffer.getShort(offset, BIG_ENDIAN);
        final int addressLength = length - CLIENT_SUBNET_HEAD_LENGTH;
        final int mostLength = family == IPV4_FAMILY ? DnsRecord.IPV4_LENGTH : family == IPV6_FAMILY ? DnsRecord.IPV6_LENGTH : 0;
        if (addressLength > mostLength) {
            marks |= DnsMark.MALFORMED.mask();
            return;
        }
        clientSubnetVersion = family == IPV4_FAMILY ? 4 : family == IPV6_FAMILY ? 6 : 0;
        clientSubnetPrefix = buffer.getByte(offset + 2) & 0xFF;
        clientSubnetOffset = offset + CLIENT_SUBNET_HEAD_LENGTH;
        clientSubnetLength = addressLength;
    }

    /** Masks of what the record has and of what is wrong with it. */
    long marks() {
        return marks;
    }

    int udpPayloadSize() {
        return udpPayloadSize;
    }

    /** The upper eight bits of the response code. */
    int extendedResponseCode() {
        return extendedResponseCode;
    }

    /** 4 or 6; 0 without a client subnet. */
    int clientSubnetVersion() {
        return clientSubnetVersion;
    }

    int clientSubnetPrefix() {
        return clientSubnetPrefix;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int clientSubnetOffset() {
        return clientSubnetOffset;
    }

    /** Octets of the subnet that are there; those after them are 0. */
    int clientSubnetLength() {
        return clientSubnetLength;
    }
}
