package net.flowsonde.dpi.dns;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.charset.StandardCharsets.US_ASCII;

import org.agrona.DirectBuffer;

/** Writes the data of a record as text in presentation form (RFC 1035, 5.1), field by field as {@link DnsType#form()} says. */
final class DnsData {
    private static final byte[] UNKNOWN = "\\# ".getBytes(US_ASCII);
    private static final byte[] NO_FORM = {};
    private static final byte[] NODE_STATUS_FORM = {'k'};
    /** More of data without a form than this tells nobody anything. */
    private static final int MOST_UNKNOWN_OCTETS = 64;

    private final DnsName name = new DnsName();
    private final ServiceParameters parameters = new ServiceParameters();
    private DirectBuffer buffer;
    private int start;
    private int at;
    private int limit;
    private long marks;
    private int firstNameTarget;

    /** Writes the data of the record at which a message stands; what breaks off is written as far as it goes, and as octets if not at all. */
    void write(final DnsMessage message, final TextWriter text) {
        buffer = message.buffer();
        start = message.start();
        at = message.dataOffset();
        limit = at + message.dataLength();
        marks = 0;
        firstNameTarget = 0;
        final byte[] form = form(message);
        if (form.length == 0) {
            marks = hasAddressOfWrongLength(message) ? DnsMark.MALFORMED.mask() : 0;
            writeUnknown(text);
        } else {
            writeFields(form, text);
        }
    }

    /** Addresses of the right length never come here; a dynamic update deletes with empty ones (RFC 2136, 2.5). */
    private static boolean hasAddressOfWrongLength(final DnsMessage message) {
        return message.dataLength() > 0 && message.dialect() != DnsDialect.NETBIOS
            && (message.type() == DnsType.A.code() || message.type() == DnsType.AAAA.code());
    }

    private static byte[] form(final DnsMessage message) {
        if (message.dataLength() == 0) {
            return NO_FORM;
        }
        if (message.dialect() == DnsDialect.NETBIOS) {
            return message.type() == NetbiosName.NODE_STATUS ? NODE_STATUS_FORM : NO_FORM;
        }
        final DnsType type = DnsType.of(message.type());
        return type == null ? NO_FORM : type.form();
    }

    /** RFC 3597, 5. */
    private void writeUnknown(final TextWriter text) {
        text.ascii(UNKNOWN);
        text.number(limit - at);
        if (limit > at) {
            text.separator();
            text.hex(buffer, at, Math.min(limit - at, MOST_UNKNOWN_OCTETS));
        }
    }

    private void writeFields(final byte[] form, final TextWriter text) {
        for (int i = 0; i < form.length && marks == 0; i++) {
            if (form[i] != 'p') {
                text.separator();
            }
            writeField(form[i], text);
        }
        if (marks == 0 && at != limit) {
            marks = DnsMark.MALFORMED.mask();
        }
    }

    private void writeField(final byte field, final TextWriter text) {
        switch (field) {
            case 'n' -> writeName(text);
            case '1', '2', '4' -> writeNumber(field - '0', text);
            case 's' -> writeString(text);
            case 'S' -> writeStrings(text);
            case 'q' -> {
                text.quoted(buffer, at, limit - at);
                at = limit;
            }
            case 'x' -> {
                text.hex(buffer, at, limit - at);
                at = limit;
            }
            case 'b' -> {
                text.base64(buffer, at, limit - at);
                at = limit;
            }
            case 'k' -> {
                NetbiosName.writeAll(buffer, at, limit, text);
                at = limit;
            }
            default -> {
                marks |= parameters.write(buffer, at, limit, text);
                at = limit;
            }
        }
    }

    private void writeName(final TextWriter text) {
        final int offset = at;
        marks |= name.read(buffer, start, at, limit);
        at = name.end();
        text.name(name.octets(), 0);
        if (firstNameTarget == 0 && marks == 0) {
            firstNameTarget = offset - start;
        }
    }

    private void writeNumber(final int length, final TextWriter text) {
        if (limit - at < length) {
            marks |= DnsMark.MALFORMED.mask();
            return;
        }
        text.number(length == 1 ? buffer.getByte(at) & 0xFF
            : length == 2 ? buffer.getShort(at, BIG_ENDIAN) & 0xFFFF : buffer.getInt(at, BIG_ENDIAN) & 0xFFFF_FFFFL);
        at += length;
    }

    private void writeString(final TextWriter text) {
        final int length = at < limit ? buffer.getByte(at) & 0xFF : 0;
        if (limit - at <= length) {
            marks |= DnsMark.MALFORMED.mask();
            return;
        }
        text.quoted(buffer, at + 1, length);
        at += 1 + length;
    }

    private void writeStrings(final TextWriter text) {
        while (at < limit && marks == 0) {
            text.separator();
            writeString(text);
        }
    }

    /** Masks of what is wrong with the data. */
    long marks() {
        return marks;
    }

    /** Where the first name of the data lies, octets from the start of the message; 0 when there is none. */
    int firstNameTarget() {
        return firstNameTarget;
    }
}
