package net.flowsonde.dpi.dns;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.charset.StandardCharsets.US_ASCII;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The parameters of an HTTPS or SVCB record (RFC 9460, 2.2 and 7): each a key (16), a length (16) and a value.
 */
final class ServiceParameters {
    private static final int MANDATORY = 0;
    private static final int ALPN = 1;
    private static final int PORT = 3;
    private static final int IPV4_HINT = 4;
    private static final int ECH = 5;
    private static final int IPV6_HINT = 6;
    private static final int DOH_PATH = 7;
    private static final int HEAD_LENGTH = 4;
    /** Enough for any service; what is more is left out. */
    static final int MOST_HINTS = 16;

    private static final byte[][] KEYS = {
        ascii("mandatory"), ascii("alpn"), ascii("no-default-alpn"), ascii("port"), ascii("ipv4hint"), ascii("ech"), ascii("ipv6hint"),
        ascii("dohpath"), ascii("ohttp")};
    private static final byte[] OTHER_KEY = ascii("key");

    private DirectBuffer buffer;
    private int hints;
    private boolean hasEncryptedHello;

    private static byte[] ascii(final String text) {
        return text.getBytes(US_ASCII);
    }

    /** Writes all of them as text; answers the masks of what is wrong. */
    long write(final DirectBuffer buffer, final int offset, final int limit, final TextWriter text) {
        this.buffer = buffer;
        int at = offset;
        while (limit - at >= HEAD_LENGTH) {
            final int key = unsignedShort(at);
            final int length = unsignedShort(at + 2);
            at += HEAD_LENGTH;
            if (limit - at < length) {
                return DnsMark.MALFORMED.mask();
            }
            text.separator();
            writeKey(key, text);
            if (length > 0) {
                text.character('=');
                writeValue(key, at, length, text);
            }
            at += length;
        }
        return at == limit ? 0 : DnsMark.MALFORMED.mask();
    }

    private static void writeKey(final int key, final TextWriter text) {
        if (key < KEYS.length) {
            text.ascii(KEYS[key]);
        } else {
            text.ascii(OTHER_KEY);
            text.number(key);
        }
    }

    private void writeValue(final int key, final int offset, final int length, final TextWriter text) {
        switch (key) {
            case MANDATORY -> {
                for (int i = 0; i + 2 <= length; i += 2) {
                    comma(i, text);
                    writeKey(unsignedShort(offset + i), text);
                }
            }
            case ALPN -> writeProtocols(offset, length, text);
            case PORT -> text.number(length == 2 ? unsignedShort(offset) : 0);
            case IPV4_HINT -> {
                for (int i = 0; i + DnsRecord.IPV4_LENGTH <= length; i += DnsRecord.IPV4_LENGTH) {
                    comma(i, text);
                    text.ipv4(buffer, offset + i);
                }
            }
            case IPV6_HINT -> {
                for (int i = 0; i + DnsRecord.IPV6_LENGTH <= length; i += DnsRecord.IPV6_LENGTH) {
                    comma(i, text);
                    text.ipv6(buffer, offset + i);
                }
            }
            case ECH -> text.base64(buffer, offset, length);
            case DOH_PATH -> text.quoted(buffer, offset, length);
            default -> text.hex(buffer, offset, length);
        }
    }

    private static void comma(final int index, final TextWriter text) {
        if (index > 0) {
            text.character(',');
        }
    }

    private void writeProtocols(final int offset, final int length, final TextWriter text) {
        int at = 0;
        while (at < length) {
            final int nameLength = Math.min(buffer.getByte(offset + at) & 0xFF, length - at - 1);
            comma(at, text);
            text.label(buffer, offset + at + 1, nameLength);
            at += 1 + nameLength;
        }
    }

    /**
     * Copies the hints of the data of a record that begins with priority (16) and target name; the IPv4 hints are asked for first.
     *
     * @param target  where they go; there is room for as many as {@code limit} lets
     * @return how many there were
     */
    int copyHints(final DnsMessage message, final boolean isIpv6, final MutableDirectBuffer target, final int index, final int limit) {
        buffer = message.buffer();
        hints = 0;
        final int dataLimit = message.dataOffset() + message.dataLength();
        int at = message.dataLength() < 2 ? -1 : DnsName.skip(buffer, message.start(), message.dataOffset() + 2, dataLimit);
        while (at >= 0 && dataLimit - at >= HEAD_LENGTH) {
            final int key = unsignedShort(at);
            final int length = Math.min(unsignedShort(at + 2), dataLimit - at - HEAD_LENGTH);
            at += HEAD_LENGTH;
            hasEncryptedHello |= key == ECH;
            if (key == (isIpv6 ? IPV6_HINT : IPV4_HINT)) {
                copy(at, length, isIpv6 ? DnsRecord.IPV6_LENGTH : DnsRecord.IPV4_LENGTH, target, index, limit);
            }
            at += length;
        }
        return hints;
    }

    private void copy(
        final int offset, final int length, final int addressLength, final MutableDirectBuffer target, final int index, final int limit) {
        for (int i = 0; i + addressLength <= length && hints < MOST_HINTS; i += addressLength) {
            final int to = index + hints * addressLength;
            if (limit - to < addressLength) {
                return;
            }
            target.putBytes(to, buffer, offset + i, addressLength);
            hints++;
        }
    }

    /** Whether there was an offer of Encrypted Client Hello since the last time that this was asked. */
    boolean takeEncryptedHello() {
        final boolean had = hasEncryptedHello;
        hasEncryptedHello = false;
        return had;
    }

    private int unsignedShort(final int offset) {
        return buffer.getShort(offset, BIG_ENDIAN) & 0xFFFF;
    }
}
