package net.flowsonde.dpi.dhcp;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * The part of a server's message that names DNS servers (RFC 2131, 2; RFC 2132, 3.8 and 9.6; RFC 8415, 8; RFC 3646, 3).
 * <pre>
 *  DHCP:    op (8) ... ciaddr at 12 | yiaddr at 16 ... | magic cookie at 236 | options from 240: code (8), length (8), data
 *  DHCPv6:  message type (8) | transaction (24) | options: code (16), length (16), data
 * </pre>
 */
final class DhcpMessage {
    private static final int REPLY = 2;
    private static final int CIADDR_OFFSET = 12;
    private static final int YIADDR_OFFSET = 16;
    private static final int COOKIE_OFFSET = 236;
    private static final int OPTIONS_OFFSET = 240;
    private static final int COOKIE = 0x6382_5363;
    private static final int PAD = 0;
    private static final int DNS_SERVERS = 6;
    private static final int MESSAGE_TYPE = 53;
    private static final int END = 255;
    private static final int OFFER = 2;
    private static final int ACKNOWLEDGMENT = 5;

    private static final int V6_OPTIONS_OFFSET = 4;
    private static final int V6_OPTION_HEAD_LENGTH = 4;
    private static final int V6_DNS_SERVERS = 23;
    private static final int V6_ADVERTISE = 2;
    private static final int V6_REPLY = 7;

    private static final int IPV4_LENGTH = 4;
    private static final int IPV6_LENGTH = 16;

    private int clientOffset;
    private int serversOffset;
    private int serverCount;

    /** Reads a DHCP message; true when it is an offer or an acknowledgment that names DNS servers. */
    boolean read(final DirectBuffer buffer, final int offset, final int length) {
        serverCount = 0;
        if (length < OPTIONS_OFFSET || buffer.getByte(offset) != REPLY || buffer.getInt(offset + COOKIE_OFFSET, BIG_ENDIAN) != COOKIE) {
            return false;
        }
        clientOffset = offset + (buffer.getInt(offset + YIADDR_OFFSET) == 0 ? CIADDR_OFFSET : YIADDR_OFFSET);
        final int type = readOptions(buffer, offset + OPTIONS_OFFSET, offset + length);
        return serverCount > 0 && (type == OFFER || type == ACKNOWLEDGMENT);
    }

    /** Notes the DNS servers and answers the type of the message. */
    private int readOptions(final DirectBuffer buffer, final int start, final int limit) {
        int type = 0;
        int at = start;
        while (at < limit) {
            final int code = buffer.getByte(at++) & 0xFF;
            if (code == PAD) {
                continue;
            }
            final int length = at < limit ? buffer.getByte(at++) & 0xFF : 0;
            if (code == END || limit - at < length) {
                return type;
            }
            if (code == MESSAGE_TYPE && length == 1) {
                type = buffer.getByte(at);
            } else if (code == DNS_SERVERS) {
                servers(at, length / IPV4_LENGTH);
            }
            at += length;
        }
        return type;
    }

    /** Reads a DHCPv6 message; true when it is an advertisement or a reply that names DNS servers. */
    boolean readV6(final DirectBuffer buffer, final int offset, final int length) {
        serverCount = 0;
        if (length < V6_OPTIONS_OFFSET || buffer.getByte(offset) != V6_ADVERTISE && buffer.getByte(offset) != V6_REPLY) {
            return false;
        }
        final int limit = offset + length;
        int at = offset + V6_OPTIONS_OFFSET;
        while (limit - at >= V6_OPTION_HEAD_LENGTH) {
            final int code = buffer.getShort(at, BIG_ENDIAN) & 0xFFFF;
            final int dataLength = buffer.getShort(at + 2, BIG_ENDIAN) & 0xFFFF;
            at += V6_OPTION_HEAD_LENGTH;
            if (limit - at < dataLength) {
                break;
            }
            if (code == V6_DNS_SERVERS) {
                servers(at, dataLength / IPV6_LENGTH);
            }
            at += dataLength;
        }
        return serverCount > 0;
    }

    private void servers(final int offset, final int count) {
        serversOffset = offset;
        serverCount = Math.min(count, ServerHint.MAX_SERVERS);
    }

    /** Where the client's address lies, of a DHCP message. */
    int clientOffset() {
        return clientOffset;
    }

    /** Where the addresses of the servers lie, one behind the other. */
    int serversOffset() {
        return serversOffset;
    }

    int serverCount() {
        return serverCount;
    }
}
