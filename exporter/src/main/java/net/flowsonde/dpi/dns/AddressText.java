package net.flowsonde.dpi.dns;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Addresses as people write them, IPv6 by RFC 5952, written into buffers without an object. */
final class AddressText {
    /** Longest text of an address, octets. */
    static final int MAX_LENGTH = 39;

    private static final int FIELDS = 8;
    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private AddressText() {
    }

    /** Writes four octets in dotted form and says how many characters that were. */
    static int putIpv4(final MutableDirectBuffer target, final int index, final DirectBuffer source, final int offset) {
        int at = index;
        for (int i = 0; i < DnsRecord.IPV4_LENGTH; i++) {
            if (i > 0) {
                target.putByte(at++, (byte) '.');
            }
            at += target.putNaturalIntAscii(at, source.getByte(offset + i) & 0xFF);
        }
        return at - index;
    }

    /** How many characters {@link #putIpv4} writes. */
    static int ipv4Length(final DirectBuffer source, final int offset) {
        int length = DnsRecord.IPV4_LENGTH - 1;
        for (int i = 0; i < DnsRecord.IPV4_LENGTH; i++) {
            final int octet = source.getByte(offset + i) & 0xFF;
            length += octet > 99 ? 3 : octet > 9 ? 2 : 1;
        }
        return length;
    }

    /** How many characters {@link #putIpv6} writes. */
    static int ipv6Length(final DirectBuffer source, final int offset) {
        int length = FIELDS - 1;
        for (int field = 0; field < FIELDS; field++) {
            length += hexLength(field(source, offset, field));
        }
        final int gap = longestGap(source, offset);
        final int fields = gap & 0xF;
        final int ends = (gap >>> 4 == 0 ? 1 : 0) + ((gap >>> 4) + fields == FIELDS ? 1 : 0);
        // each field of the gap is one digit, with a colon behind it: two colons stand for all of them
        return fields == 0 ? length : length - 2 * fields + 1 + ends;
    }

    /** Writes sixteen octets with their longest run of zeros left out (RFC 5952, 4.2) and says how many characters that were. */
    static int putIpv6(final MutableDirectBuffer target, final int index, final DirectBuffer source, final int offset) {
        final int gap = longestGap(source, offset);
        final int gapStart = gap >>> 4;
        final int gapEnd = gapStart + (gap & 0xF);
        int at = index;
        for (int field = 0; field < FIELDS; field++) {
            if (field == gapStart && gapEnd > gapStart) {
                target.putByte(at++, (byte) ':');
                target.putByte(at++, (byte) ':');
                field = gapEnd - 1;
                continue;
            }
            if (field > 0 && (field != gapEnd || gapEnd == gapStart)) {
                target.putByte(at++, (byte) ':');
            }
            at += putHex(target, at, field(source, offset, field));
        }
        return at - index;
    }

    /** Start * 16 + length of the first longest run of at least two fields that are zero; length 0 when there is none. */
    private static int longestGap(final DirectBuffer source, final int offset) {
        int start = 0;
        int length = 0;
        for (int i = 0; i < FIELDS; i++) {
            int run = 0;
            while (i + run < FIELDS && field(source, offset, i + run) == 0) {
                run++;
            }
            if (run > Math.max(1, length)) {
                start = i;
                length = run;
            }
            i += run;
        }
        return start << 4 | length;
    }

    private static int field(final DirectBuffer source, final int offset, final int field) {
        return source.getShort(offset + 2 * field, ByteOrder.BIG_ENDIAN) & 0xFFFF;
    }

    private static int putHex(final MutableDirectBuffer target, final int index, final int value) {
        int at = index;
        for (int shift = 4 * hexLength(value) - 4; shift >= 0; shift -= 4) {
            target.putByte(at++, DIGITS[value >>> shift & 0xF]);
        }
        return at - index;
    }

    private static int hexLength(final int value) {
        return value > 0xFFF ? 4 : value > 0xFF ? 3 : value > 0xF ? 2 : 1;
    }
}
