package net.flowsonde.dpi.dhcp;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * An advertisement or reply of a DHCPv6 server that names DNS servers, by itself or in what a relay is to pass on (RFC 8415, 8, 9, 21;
 * RFC 3646, 3). Its clients are the addresses that it gives.
 * <pre>
 *  type (8) | transaction (24) | options: code (16), length (16), data
 *  relay:  type (8) | hop count (8) | link address (128) | peer address (128) | options
 * </pre>
 */
final class Dhcpv6Message extends HintMessage {
    private static final int ADVERTISE = 2;
    private static final int REPLY = 7;
    private static final int RELAY_REPLY = 13;
    private static final int OPTIONS_OFFSET = 4;
    private static final int RELAY_OPTIONS_OFFSET = 34;
    private static final int OPTION_HEAD_LENGTH = 4;

    private static final int IA_NA = 3;
    private static final int IA_TA = 4;
    private static final int IA_ADDRESS = 5;
    private static final int RELAY_MESSAGE = 9;
    private static final int DNS_SERVERS = 23;
    private static final int IA_NA_HEAD_LENGTH = 12;
    private static final int IA_TA_HEAD_LENGTH = 4;
    private static final int IPV6_LENGTH = 16;
    /** RFC 8415, 7.6: more relays do not pass on a message. */
    private static final int MOST_RELAYS = 8;

    /** Whose options are read. */
    private enum Level { RELAY, MESSAGE, ASSOCIATION }

    private int messageOffset;
    private int messageLimit;

    Dhcpv6Message() {
        super(IPV6_LENGTH);
    }

    @Override
    boolean readFrom(final DirectBuffer buffer, final int offset, final int limit) {
        messageOffset = offset;
        messageLimit = limit;
        for (int relay = 0; relay < MOST_RELAYS && type(buffer) == RELAY_REPLY; relay++) {
            final int end = messageLimit;
            final int options = messageOffset + RELAY_OPTIONS_OFFSET;
            messageOffset = end; // where there is nothing, unless the relay has a message to pass on
            readOptions(buffer, options, end, Level.RELAY);
        }
        final int type = type(buffer);
        if (type != ADVERTISE && type != REPLY) {
            return false;
        }
        readOptions(buffer, messageOffset + OPTIONS_OFFSET, messageLimit, Level.MESSAGE);
        return true;
    }

    /** Of the message at hand; 0 when it is too short. */
    private int type(final DirectBuffer buffer) {
        return messageLimit - messageOffset < OPTIONS_OFFSET ? 0 : buffer.getByte(messageOffset);
    }

    private void readOptions(final DirectBuffer buffer, final int start, final int limit, final Level level) {
        int at = start;
        while (limit - at >= OPTION_HEAD_LENGTH) {
            final int code = buffer.getShort(at, BIG_ENDIAN) & 0xFFFF;
            final int length = buffer.getShort(at + 2, BIG_ENDIAN) & 0xFFFF;
            at += OPTION_HEAD_LENGTH;
            if (limit - at < length) {
                markMalformed();
                return;
            }
            switch (level) {
                case RELAY -> onRelayOption(code, at, length);
                case MESSAGE -> onOption(buffer, code, at, length);
                default -> onAddress(code, at, length);
            }
            at += length;
        }
    }

    private void onRelayOption(final int code, final int offset, final int length) {
        if (code == RELAY_MESSAGE) {
            messageOffset = offset;
            messageLimit = offset + length;
        }
    }

    private void onOption(final DirectBuffer buffer, final int code, final int offset, final int length) {
        switch (code) {
            case DNS_SERVERS -> addServers(offset, length);
            case IA_NA -> readOptions(buffer, offset + IA_NA_HEAD_LENGTH, offset + length, Level.ASSOCIATION);
            case IA_TA -> readOptions(buffer, offset + IA_TA_HEAD_LENGTH, offset + length, Level.ASSOCIATION);
            default -> { }
        }
    }

    private void onAddress(final int code, final int offset, final int length) {
        if (code == IA_ADDRESS && length >= IPV6_LENGTH) {
            addClient(offset);
        }
    }
}
