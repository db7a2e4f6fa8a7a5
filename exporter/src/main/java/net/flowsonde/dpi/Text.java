package net.flowsonde.dpi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * A text from the network, put together from parts: always valid UTF-8, never longer than its capacity. What does not fit is left out
 * at a character's boundary, but still counts in the {@link #hash()}. What is no text becomes U+FFFD. Reused; grows up to its capacity.
 */
public final class Text {
    private static final int SMALLEST = 32;
    private static final int REPLACEMENT = 0xFFFD;
    private static final long FNV_OFFSET = 0xCBF2_9CE4_8422_2325L;
    private static final long FNV_PRIME = 0x0000_0100_0000_01B3L;

    private final int capacity;
    private byte[] octets;
    private int length;
    private long hash = FNV_OFFSET;
    private boolean isCut;

    public Text(final int capacity) {
        this.capacity = capacity;
        octets = new byte[Math.min(SMALLEST, capacity)];
    }

    /** Makes it empty. */
    public Text reset() {
        length = 0;
        hash = FNV_OFFSET;
        isCut = false;
        return this;
    }

    /** The octets of the text, from 0 to {@link #length()}. */
    public byte[] octets() {
        return octets;
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /** Something did not fit. */
    public boolean isCut() {
        return isCut;
    }

    /** FNV-1a, 64 bits, over the UTF-8 of the whole text, what did not fit included. */
    public long hash() {
        return hash;
    }

    /** Adds ASCII. */
    public Text append(final String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            appendCharacter(ascii.charAt(i));
        }
        return this;
    }

    /** Adds an unsigned number, decimal. */
    public Text appendNumber(final long value) {
        final long tens = Long.divideUnsigned(value, 10);
        if (tens != 0) {
            appendNumber(tens);
        }
        return appendCharacter('0' + (int) (value - tens * 10));
    }

    /** Adds the lowest {@code digits} hexadecimal digits of a value. */
    public Text appendHex(final long value, final int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            final int digit = (int) (value >>> shift) & 0xF;
            appendCharacter(digit < 10 ? '0' + digit : 'a' + digit - 10);
        }
        return this;
    }

    /** Adds another text; of one that was cut, what is left of it. */
    public Text append(final Text other) {
        return appendValid(other.octets, 0, other.length);
    }

    /** Adds the first {@code count} octets of another text, which must end with a character. */
    public Text append(final Text other, final int count) {
        return appendValid(other.octets, 0, count);
    }

    private Text appendValid(final byte[] source, final int offset, final int count) {
        int at = offset;
        while (at < offset + count) {
            int end = at + 1;
            while (end < offset + count && (source[end] & 0xC0) == 0x80) {
                end++;
            }
            reserve(end - at);
            for (; at < end; at++) {
                octet(source[at]);
            }
        }
        return this;
    }

    /** Adds octets that ought to be UTF-8 (RFC 3629): ill-formed ones become U+FFFD. */
    public Text appendUtf8(final DirectBuffer source, final int offset, final int count) {
        int at = offset;
        while (at < offset + count) {
            final int sequence = Utf8.sequence(source, at, offset + count);
            if (sequence > 0) {
                reserve(sequence);
                for (int i = 0; i < sequence; i++) {
                    octet(source.getByte(at + i));
                }
                at += sequence;
            } else {
                appendCharacter(REPLACEMENT);
                at++;
            }
        }
        return this;
    }

    /** Adds UTF-16, little endian; halves of a pair that stand alone become U+FFFD, and so does an odd last octet. */
    public Text appendUtf16(final DirectBuffer source, final int offset, final int count) {
        final int end = offset + count;
        int at = offset;
        while (end - at >= 2) {
            final int unit = unit(source, at);
            at += 2;
            if (Character.isSurrogate((char) unit)) {
                final int low = Character.isHighSurrogate((char) unit) && end - at >= 2 ? unit(source, at) : 0;
                if (Character.isLowSurrogate((char) low)) {
                    appendCharacter(Character.toCodePoint((char) unit, (char) low));
                    at += 2;
                } else {
                    appendCharacter(REPLACEMENT);
                }
            } else {
                appendCharacter(unit);
            }
        }
        return at < end ? appendCharacter(REPLACEMENT) : this;
    }

    private static int unit(final DirectBuffer source, final int at) {
        return source.getByte(at) & 0xFF | (source.getByte(at + 1) & 0xFF) << 8;
    }

    /** Adds one character. NUL would end the text for many a reader: it becomes U+FFFD. */
    public Text appendCharacter(final int character) {
        if (character > 0 && character < 0x80) {
            reserve(1);
            octet(character);
        } else if (character >= 0x80 && character < 0x800) {
            reserve(2);
            octet(0xC0 | character >> 6);
            octet(0x80 | character & 0x3F);
        } else if (character >= 0x1_0000) {
            reserve(4);
            octet(0xF0 | character >> 18);
            octet(0x80 | character >> 12 & 0x3F);
            octet(0x80 | character >> 6 & 0x3F);
            octet(0x80 | character & 0x3F);
        } else {
            final int known = character == 0 ? REPLACEMENT : character;
            reserve(3);
            octet(0xE0 | known >> 12);
            octet(0x80 | known >> 6 & 0x3F);
            octet(0x80 | known & 0x3F);
        }
        return this;
    }

    /** Makes room for the octets of one character, or decides that it does not fit. */
    private void reserve(final int count) {
        if (count > capacity - length) {
            isCut = true;
        } else if (length + count > octets.length) {
            octets = Arrays.copyOf(octets, Math.min(capacity, Math.max(2 * octets.length, length + count)));
        }
    }

    private void octet(final int value) {
        hash = (hash ^ value & 0xFF) * FNV_PRIME;
        if (!isCut) {
            octets[length++] = (byte) value;
        }
    }

    /** For logs and tests; allocates. */
    @Override
    public String toString() {
        return new String(octets, 0, length, StandardCharsets.UTF_8);
    }
}
