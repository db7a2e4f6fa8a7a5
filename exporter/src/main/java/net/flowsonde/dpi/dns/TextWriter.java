package net.flowsonde.dpi.dns;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Writes ASCII into a part of a buffer; what does not fit is left out and {@link #isCut()} says so. */
final class TextWriter {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final byte[] BASE_64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(
        java.nio.charset.StandardCharsets.US_ASCII);
    private static final int LONGEST_NUMBER = 10;

    private MutableDirectBuffer buffer;
    private int start;
    private int at;
    private int limit;
    private boolean isCut;

    TextWriter wrap(final MutableDirectBuffer buffer, final int start, final int limit) {
        this.buffer = buffer;
        this.start = start;
        this.limit = limit;
        at = start;
        isCut = false;
        return this;
    }

    int length() {
        return at - start;
    }

    boolean isCut() {
        return isCut;
    }

    void character(final int character) {
        if (hasRoom(1)) {
            buffer.putByte(at++, (byte) character);
        }
    }

    /** A blank, unless nothing was written yet. */
    void separator() {
        if (at > start) {
            character(' ');
        }
    }

    void ascii(final byte[] text) {
        if (hasRoom(text.length)) {
            buffer.putBytes(at, text);
            at += text.length;
        }
    }

    void number(final long value) {
        if (hasRoom(LONGEST_NUMBER)) {
            at += buffer.putNaturalLongAscii(at, value);
        }
    }

    /** One octet of a name without labels: blanks stay. */
    void octet(final int octet) {
        escaped(octet, '\\', ' ');
    }

    void hexOctet(final int octet) {
        if (hasRoom(2)) {
            buffer.putByte(at++, HEX[octet >>> 4 & 0xF]);
            buffer.putByte(at++, HEX[octet & 0xF]);
        }
    }

    void hex(final DirectBuffer source, final int offset, final int length) {
        for (int i = 0; i < length && !isCut; i++) {
            hexOctet(source.getByte(offset + i));
        }
    }

    void base64(final DirectBuffer source, final int offset, final int length) {
        for (int i = 0; i < length && hasRoom(4); i += 3) {
            final int rest = length - i;
            final int bits = (source.getByte(offset + i) & 0xFF) << 16
                | (rest > 1 ? (source.getByte(offset + i + 1) & 0xFF) << 8 : 0)
                | (rest > 2 ? source.getByte(offset + i + 2) & 0xFF : 0);
            buffer.putByte(at++, BASE_64[bits >>> 18]);
            buffer.putByte(at++, BASE_64[bits >>> 12 & 0x3F]);
            buffer.putByte(at++, rest > 1 ? BASE_64[bits >>> 6 & 0x3F] : (byte) '=');
            buffer.putByte(at++, rest > 2 ? BASE_64[bits & 0x3F] : (byte) '=');
        }
    }

    void ipv4(final DirectBuffer source, final int offset) {
        if (hasRoom(AddressText.MAX_LENGTH)) {
            at += AddressText.putIpv4(buffer, at, source, offset);
        }
    }

    void ipv6(final DirectBuffer source, final int offset) {
        if (hasRoom(AddressText.MAX_LENGTH)) {
            at += AddressText.putIpv6(buffer, at, source, offset);
        }
    }

    /** Octets between double quotes (RFC 1035, 5.1). */
    void quoted(final DirectBuffer source, final int offset, final int length) {
        character('"');
        for (int i = 0; i < length && !isCut; i++) {
            escaped(source.getByte(offset + i) & 0xFF, '"', ' ');
        }
        character('"');
    }

    /** A name's labels with dots between them, the root as one dot (RFC 4343, 2.1). */
    void name(final DirectBuffer labels, final int offset) {
        int from = offset;
        int length = labels.getByte(from);
        if (length == 0) {
            character('.');
        }
        while (length != 0 && !isCut) {
            if (from > offset) {
                character('.');
            }
            label(labels, from + 1, length);
            from += 1 + length;
            length = labels.getByte(from);
        }
    }

    void label(final DirectBuffer source, final int offset, final int length) {
        for (int i = 0; i < length && !isCut; i++) {
            escaped(source.getByte(offset + i) & 0xFF, '.', '!');
        }
    }

    /** An octet as it is from {@code first} on, with a backslash where it would be misread, or as three digits. */
    private void escaped(final int octet, final char special, final char first) {
        if (octet == special || octet == '\\') {
            character('\\');
            character(octet);
        } else if (octet >= first && octet < 0x7F) {
            character(octet);
        } else if (hasRoom(4)) {
            buffer.putByte(at++, (byte) '\\');
            buffer.putByte(at++, HEX[octet / 100]);
            buffer.putByte(at++, HEX[octet / 10 % 10]);
            buffer.putByte(at++, HEX[octet % 10]);
        }
    }

    private boolean hasRoom(final int length) {
        if (isCut || limit - at < length) {
            isCut = true;
            return false;
        }
        return true;
    }
}
