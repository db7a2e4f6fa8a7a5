package net.flowsonde.ipfix;

import java.nio.charset.StandardCharsets;
import net.flowsonde.dpi.dns.DnsRecord;
import net.flowsonde.dpi.dns.DnsTransaction;
import net.flowsonde.dpi.dns.DnsType;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Answers as text. How long it is can be asked without making it, which is often; it is made in a buffer that the next one is made in as
 * well. Owned by the export thread.
 */
final class DnsAnswerText {
    /** Most octets of a list of answers. */
    static final int CAPACITY = 1_000;

    private static final byte[] SEPARATOR = ", ".getBytes(StandardCharsets.US_ASCII);

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(DnsTransaction.MAX_LENGTH);
    private final DnsRecord record = new DnsRecord();

    /** Octets of the data of one record. */
    int lengthOf(final DnsRecord some) {
        return some.putLength();
    }

    /** The data of one record, from 0 of the buffer. */
    DirectBuffer of(final DnsRecord some) {
        some.putText(buffer, 0);
        return buffer;
    }

    /** Octets of the text of all answers. */
    int lengthOf(final DnsTransaction transaction) {
        int length = 0;
        record.before(transaction);
        while (record.next() && length < CAPACITY) {
            if (record.section() == DnsRecord.ANSWER) {
                length += length == 0 ? 0 : SEPARATOR.length;
                length += DnsType.nameOf(record.type()).length() + 1 + record.putLength();
            }
        }
        return Math.min(length, CAPACITY);
    }

    /** The answer section with the types of its records, such as {@code CNAME a.example.net, A 192.0.2.1}, from 0 of the buffer. */
    DirectBuffer of(final DnsTransaction transaction) {
        int length = 0;
        record.before(transaction);
        while (record.next() && length < CAPACITY) {
            if (record.section() == DnsRecord.ANSWER) {
                length = add(length);
            }
        }
        return buffer;
    }

    private int add(final int start) {
        int length = start;
        if (length > 0) {
            buffer.putBytes(length, SEPARATOR);
            length += SEPARATOR.length;
        }
        length += buffer.putStringWithoutLengthAscii(length, DnsType.nameOf(record.type()));
        buffer.putByte(length++, (byte) ' ');
        return length + record.putText(buffer, length);
    }
}
