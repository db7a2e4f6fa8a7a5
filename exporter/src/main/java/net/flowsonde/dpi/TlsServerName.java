package net.flowsonde.dpi;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * The server's name in the ClientHello of a TLS handshake (RFC 8446, 4.1.2; RFC 6066, 3), as far as it lies in the first octets.
 * <pre>
 *  record: 22 | version (16) | length (16)   handshake: 1 | length (24)   hello: version (16) | random (32 octets)
 *  session length (8), session | suites' length (16), suites | methods' length (8), methods | extensions' length (16), extensions
 *  extension: type (16) | length (16) | data     server name: list's length (16) | kind (8) | length (16) | name
 * </pre>
 */
public final class TlsServerName {
    private static final int HANDSHAKE = 22;
    private static final int MAJOR_VERSION = 3;
    private static final int CLIENT_HELLO = 1;
    private static final int RECORD_HEAD_LENGTH = 5;
    private static final int HELLO_HEAD_LENGTH = 4 + 2 + 32;
    private static final int EXTENSION_HEAD_LENGTH = 4;
    private static final int SERVER_NAME_HEAD_LENGTH = 5;

    private int nameOffset;
    private int nameLength;

    /** Whether a record of a handshake begins here. */
    public static boolean isHandshake(final DirectBuffer buffer, final int offset, final int length) {
        return length > RECORD_HEAD_LENGTH && buffer.getByte(offset) == HANDSHAKE && buffer.getByte(offset + 1) == MAJOR_VERSION;
    }

    /** Finds the name; false when it is not there. */
    public boolean find(final DirectBuffer buffer, final int offset, final int length) {
        final int limit = offset + length;
        int at = offset + RECORD_HEAD_LENGTH;
        if (!isHandshake(buffer, offset, length) || buffer.getByte(at) != CLIENT_HELLO || limit - at <= HELLO_HEAD_LENGTH) {
            return false;
        }
        at += HELLO_HEAD_LENGTH;
        at = skip(buffer, at, limit, 1);
        at = skip(buffer, at, limit, 2);
        at = skip(buffer, at, limit, 1);
        return limit - at > 2 && findInExtensions(buffer, at + 2, limit);
    }

    /** Goes behind a vector with a length of so many octets; to the limit when it reaches beyond it. */
    private static int skip(final DirectBuffer buffer, final int at, final int limit, final int lengthOctets) {
        if (limit - at < lengthOctets) {
            return limit;
        }
        final int length = lengthOctets == 1 ? buffer.getByte(at) & 0xFF : unsignedShort(buffer, at);
        return Math.min(limit, at + lengthOctets + length);
    }

    private boolean findInExtensions(final DirectBuffer buffer, final int offset, final int limit) {
        int at = offset;
        while (limit - at >= EXTENSION_HEAD_LENGTH) {
            final boolean isServerName = unsignedShort(buffer, at) == 0;
            final int length = unsignedShort(buffer, at + 2);
            at += EXTENSION_HEAD_LENGTH;
            if (isServerName) {
                return takeName(buffer, at, Math.min(limit, at + length));
            }
            at += length;
        }
        return false;
    }

    private boolean takeName(final DirectBuffer buffer, final int offset, final int limit) {
        final int at = offset + SERVER_NAME_HEAD_LENGTH;
        if (limit - at <= 0 || buffer.getByte(offset + 2) != 0) {
            return false;
        }
        nameOffset = at;
        nameLength = unsignedShort(buffer, offset + 3);
        return nameLength > 0 && nameLength <= limit - at;
    }

    /** Where the name that was found lies in the buffer. */
    public int nameOffset() {
        return nameOffset;
    }

    public int nameLength() {
        return nameLength;
    }

    private static int unsignedShort(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset, BIG_ENDIAN) & 0xFFFF;
    }
}
