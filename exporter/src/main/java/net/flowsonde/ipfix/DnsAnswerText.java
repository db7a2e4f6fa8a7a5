package net.flowsonde.ipfix;

import java.nio.charset.StandardCharsets;
import net.flowsonde.dpi.dns.DnsRecord;
import net.flowsonde.dpi.dns.DnsTransaction;
import net.flowsonde.dpi.dns.DnsType;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Answers as text, made in a buffer of its own when asked for. Owned by the export thread. */
final class DnsAnswerText {
    /** Most octets of a list of answers. */
    static final int CAPACITY = 1_000;

    private static final byte[] SEPARATOR = ", ".getBytes(StandardCharsets.US_ASCII);

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(DnsTransaction.MAX_LENGTH);
    private final DnsRecord record = new DnsRecord();
    private int length;

    /** Where the text lies that was written last. */
    DirectBuffer buffer() {
        return buffer;
    }

    /** Writes the data of one record and answers how many octets it has. */
    int write(final DnsRecord some) {
        return some.putText(buffer, 0);
    }

    /** Writes the answer section with the types of its records, such as {@code CNAME a.example.net, A 192.0.2.1}, and answers its length. */
    int write(final DnsTransaction transaction) {
        length = 0;
        record.before(transaction);
        while (record.next() && length < CAPACITY) {
            if (record.section() == DnsRecord.ANSWER) {
                add();
            }
        }
        return Math.min(length, CAPACITY);
    }

    private void add() {
        if (length > 0) {
            buffer.putBytes(length, SEPARATOR);
            length += SEPARATOR.length;
        }
        length += buffer.putStringWithoutLengthAscii(length, DnsType.nameOf(record.type()));
        buffer.putByte(length++, (byte) ' ');
        length += record.putText(buffer, length);
    }
}
