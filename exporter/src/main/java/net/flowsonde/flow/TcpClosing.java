package net.flowsonde.flow;

import net.flowsonde.decode.PacketLayout;
import org.agrona.DirectBuffer;

/**
 * Recognises the message with which protocols say good-bye: when nothing else was left unacknowledged, the exchange was complete. One
 * TLS alert record (type 21, RFC 8446, 5.1; close_notify is encrypted and cannot be told from other alerts), one TLS record of type 23
 * with at most 64 octets (an alert of TLS 1.3), or a reply 221 of SMTP or FTP (RFC 5321, 4.2.3; RFC 959, 4.2.1).
 */
final class TcpClosing {
    private static final int TLS_HEADER_LENGTH = 5;
    private static final int TLS_MAJOR_VERSION = 3;
    private static final int TLS_ALERT = 21;
    private static final int TLS_APPLICATION_DATA = 23;
    private static final int LONGEST_TLS_RECORD = 64;
    /** Longest reply 221 that is looked for (RFC 5321, 4.5.3.1.5). */
    private static final int LONGEST_MESSAGE = 512;

    private TcpClosing() {
    }

    /** The whole payload of the segment is one such message. */
    static boolean isFarewell(final PacketLayout layout) {
        final int length = layout.payloadLength();
        final int offset = layout.payloadOffset();
        if (length > LONGEST_MESSAGE || length < TLS_HEADER_LENGTH || layout.limit() - offset < TLS_HEADER_LENGTH) {
            return false;
        }
        final DirectBuffer buffer = layout.buffer();
        final int first = buffer.getByte(offset);
        return first == '2' ? isReply221(buffer, offset)
            : (first == TLS_ALERT || first == TLS_APPLICATION_DATA) && isShortTlsRecord(buffer, offset, length);
    }

    private static boolean isReply221(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + 1) == '2' && buffer.getByte(offset + 2) == '1'
            && (buffer.getByte(offset + 3) == ' ' || buffer.getByte(offset + 3) == '-');
    }

    private static boolean isShortTlsRecord(final DirectBuffer buffer, final int offset, final int length) {
        final int recordLength = (buffer.getByte(offset + 3) & 0xFF) << 8 | buffer.getByte(offset + 4) & 0xFF;
        return buffer.getByte(offset + 1) == TLS_MAJOR_VERSION && recordLength == length - TLS_HEADER_LENGTH
            && recordLength <= LONGEST_TLS_RECORD;
    }
}
