package net.flowsonde.dpi.dhcp;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * An offer or acknowledgment of a DHCP server that names DNS servers (RFC 2131, 2; RFC 2132, 3.8 and 9.6).
 * <pre>
 *  op (8) ... ciaddr at 12 | yiaddr at 16 ... | magic cookie at 236 | options from 240: code (8), length (8), data
 * </pre>
 */
final class DhcpMessage extends HintMessage {
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
    private static final int IPV4_LENGTH = 4;

    DhcpMessage() {
        super(IPV4_LENGTH);
    }

    @Override
    boolean readFrom(final DirectBuffer buffer, final int offset, final int limit) {
        if (limit - offset < OPTIONS_OFFSET || buffer.getByte(offset) != REPLY
            || buffer.getInt(offset + COOKIE_OFFSET, BIG_ENDIAN) != COOKIE) {
            return false;
        }
        addClient(offset + (buffer.getInt(offset + YIADDR_OFFSET) == 0 ? CIADDR_OFFSET : YIADDR_OFFSET));
        final int type = readOptions(buffer, offset + OPTIONS_OFFSET, limit);
        return type == OFFER || type == ACKNOWLEDGMENT;
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
            if (code == END) {
                return type;
            }
            final int length = at < limit ? buffer.getByte(at++) & 0xFF : limit;
            if (limit - at < length) {
                markMalformed();
                return type;
            }
            if (code == MESSAGE_TYPE && length == 1) {
                type = buffer.getByte(at);
            } else if (code == DNS_SERVERS) {
                addServers(at, length);
            }
            at += length;
        }
        return type;
    }
}
