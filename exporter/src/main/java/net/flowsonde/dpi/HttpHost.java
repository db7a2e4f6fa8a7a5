package net.flowsonde.dpi;

import org.agrona.DirectBuffer;

/** The host that an HTTP/1 request is for (RFC 9112, 3.2), as far as it lies in the first octets, without its port. */
final class HttpHost {
    private static final int LONGEST_METHOD = 8;
    private static final int MOST_OCTETS = 2_048;
    private static final byte[] FIELD = {'\n', 'h', 'o', 's', 't', ':'};

    private int nameOffset;
    private int nameLength;

    /** Finds the host; false when the octets are no request, or it is not there. */
    boolean find(final DirectBuffer buffer, final int offset, final int length) {
        final int limit = offset + Math.min(length, MOST_OCTETS);
        if (!isRequest(buffer, offset, limit)) {
            return false;
        }
        for (int at = offset + 1; at < limit - FIELD.length; at++) {
            if (buffer.getByte(at) == '\n' && isField(buffer, at)) {
                return takeHost(buffer, at + FIELD.length, limit);
            }
        }
        return false;
    }

    /** Whether a method begins here: capital letters, then a space. */
    private static boolean isRequest(final DirectBuffer buffer, final int offset, final int limit) {
        int at = offset;
        while (at < limit && at - offset < LONGEST_METHOD && buffer.getByte(at) >= 'A' && buffer.getByte(at) <= 'Z') {
            at++;
        }
        return at > offset && at < limit && buffer.getByte(at) == ' ';
    }

    private static boolean isField(final DirectBuffer buffer, final int offset) {
        for (int i = 1; i < FIELD.length - 1; i++) {
            if ((buffer.getByte(offset + i) | 0x20) != FIELD[i]) {
                return false;
            }
        }
        return buffer.getByte(offset + FIELD.length - 1) == ':';
    }

    private boolean takeHost(final DirectBuffer buffer, final int offset, final int limit) {
        int at = offset;
        while (at < limit && (buffer.getByte(at) == ' ' || buffer.getByte(at) == '\t')) {
            at++;
        }
        nameOffset = at;
        while (at < limit && buffer.getByte(at) > ' ' && buffer.getByte(at) != ':') {
            at++;
        }
        nameLength = at - nameOffset;
        return nameLength > 0 && at < limit;
    }

    /** Where the name that was found lies in the buffer. */
    int nameOffset() {
        return nameOffset;
    }

    int nameLength() {
        return nameLength;
    }
}
