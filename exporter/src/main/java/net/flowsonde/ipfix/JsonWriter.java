package net.flowsonde.ipfix;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Writes one JSON object a line (RFC 8259) into a buffer of its own. What is not printable ASCII is escaped, whatever the network has put
 * into a text, so that a line is always valid.
 */
final class JsonWriter {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4_096);
    private int position;
    private boolean isFirst;
    private boolean isInArray;

    DirectBuffer buffer() {
        return buffer;
    }

    /** Octets of the finished line. */
    int length() {
        return position;
    }

    void begin() {
        position = 0;
        isFirst = true;
        isInArray = false;
        octet('{');
    }

    void end() {
        octet('}');
        octet('\n');
    }

    /** Values that follow, up to {@link #endArray}, are written without their names. */
    void beginArray(final String name) {
        member(name);
        octet('[');
        isFirst = true;
        isInArray = true;
    }

    void endArray() {
        octet(']');
        isFirst = false;
        isInArray = false;
    }

    /** An object in an array. */
    void beginObject() {
        if (!isFirst) {
            octet(',');
        }
        octet('{');
        isFirst = true;
        isInArray = false;
    }

    void endObject() {
        octet('}');
        isFirst = false;
        isInArray = true;
    }

    /** An unsigned number. */
    void number(final String name, final long value) {
        member(name);
        if (value < 0) {
            ascii(Long.toUnsignedString(value));
        } else {
            position += buffer.putLongAscii(position, value);
        }
    }

    void text(final String name, final String value) {
        member(name);
        octet('"');
        for (int i = 0; i < value.length(); i++) {
            character(value.charAt(i));
        }
        octet('"');
    }

    /** UTF-8 from the network; octets that are none are taken as ISO 8859-1. */
    void text(final String name, final DirectBuffer source, final int offset, final int length) {
        member(name);
        octet('"');
        for (int i = 0; i < length; i++) {
            final int size = Utf8.sizeAt(source, offset + i, offset + length);
            codePoint(Utf8.codePoint(source, offset + i, size));
            i += size - 1;
        }
        octet('"');
    }

    /** RFC 3339 with nanoseconds, UTC. */
    void time(final String name, final long epochNs) {
        member(name);
        octet('"');
        final long seconds = Math.floorDiv(epochNs, NS_PER_SECOND);
        final long day = Math.floorDiv(seconds, SECONDS_PER_DAY);
        date(day);
        final int second = (int) (seconds - day * SECONDS_PER_DAY);
        octet('T');
        padded(second / 3_600, 2);
        octet(':');
        padded(second / 60 % 60, 2);
        octet(':');
        padded(second % 60, 2);
        octet('.');
        padded((int) (epochNs - seconds * NS_PER_SECOND), 9);
        octet('Z');
        octet('"');
    }

    /** An address by its length: 4 IPv4, 6 MAC, 16 IPv6. */
    void address(final String name, final DirectBuffer source, final int offset, final int length) {
        member(name);
        octet('"');
        switch (length) {
            case 4 -> ipv4(source, offset);
            case 16 -> ipv6(source, offset);
            default -> mac(source, offset, length);
        }
        octet('"');
    }

    private void member(final String name) {
        if (!isFirst) {
            octet(',');
        }
        isFirst = false;
        if (isInArray) {
            return;
        }
        octet('"');
        ascii(name);
        octet('"');
        octet(':');
    }

    private void codePoint(final int value) {
        if (Character.isBmpCodePoint(value)) {
            character(value);
        } else {
            character(Character.highSurrogate(value));
            character(Character.lowSurrogate(value));
        }
    }

    private void character(final int value) {
        if (value < 0x20 || value > 0x7E) {
            octet('\\');
            octet('u');
            hex(value >> 12);
            hex(value >> 8);
            hex(value >> 4);
            hex(value);
        } else {
            if (value == '"' || value == '\\') {
                octet('\\');
            }
            octet(value);
        }
    }

    /** Civil date of a day since 1970, by counting 400-year eras from a first of March. */
    private void date(final long epochDay) {
        final long shifted = epochDay + 719_468;
        final long era = Math.floorDiv(shifted, 146_097);
        final int dayOfEra = (int) (shifted - era * 146_097);
        final int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        final int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        final int marchMonth = (5 * dayOfYear + 2) / 153;
        final int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        padded((int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0), 4);
        octet('-');
        padded(month, 2);
        octet('-');
        padded(dayOfYear - (153 * marchMonth + 2) / 5 + 1, 2);
    }

    private void padded(final int value, final int digits) {
        int rest = value;
        for (int i = digits - 1; i >= 0; i--) {
            buffer.putByte(position + i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
        position += digits;
    }

    private void ipv4(final DirectBuffer source, final int offset) {
        for (int i = 0; i < 4; i++) {
            if (i > 0) {
                octet('.');
            }
            position += buffer.putNaturalIntAscii(position, source.getByte(offset + i) & 0xFF);
        }
    }

    /** RFC 5952: lower case, no leading zeros, the first longest run of two or more zero groups as {@code ::}. */
    private void ipv6(final DirectBuffer source, final int offset) {
        int runStart = -1;
        int runLength = 1;
        for (int i = 0; i < 8; i++) {
            final int length = zeroGroups(source, offset, i);
            if (length > runLength) {
                runStart = i;
                runLength = length;
            }
        }
        for (int i = 0; i < 8; i++) {
            if (i == runStart) {
                octet(':');
                octet(':');
                i += runLength - 1;
            } else {
                if (i > 0 && i != runStart + runLength) {
                    octet(':');
                }
                group(group(source, offset, i));
            }
        }
    }

    private static int zeroGroups(final DirectBuffer source, final int offset, final int from) {
        int length = 0;
        while (from + length < 8 && group(source, offset, from + length) == 0) {
            length++;
        }
        return length;
    }

    private static int group(final DirectBuffer source, final int offset, final int index) {
        return (source.getByte(offset + 2 * index) & 0xFF) << 8 | source.getByte(offset + 2 * index + 1) & 0xFF;
    }

    private void group(final int value) {
        for (int shift = Math.max(0, (31 - Integer.numberOfLeadingZeros(value | 1)) & ~3); shift >= 0; shift -= 4) {
            hex(value >> shift);
        }
    }

    private void mac(final DirectBuffer source, final int offset, final int length) {
        for (int i = 0; i < length; i++) {
            if (i > 0) {
                octet(':');
            }
            hex(source.getByte(offset + i) >> 4);
            hex(source.getByte(offset + i));
        }
    }

    private void hex(final int value) {
        octet(HEX[value & 0xF]);
    }

    private void ascii(final String text) {
        position += buffer.putStringWithoutLengthAscii(position, text);
    }

    private void octet(final int value) {
        buffer.putByte(position++, (byte) value);
    }
}
