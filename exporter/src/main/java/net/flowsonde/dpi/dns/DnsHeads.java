package net.flowsonde.dpi.dns;

import org.agrona.MutableDirectBuffer;

/** Fills the head of a {@link DnsTransaction} from messages: what the query says, then what the answer says. */
final class DnsHeads {
    private DnsHeads() {
    }

    /** Adds to an empty head what a query says, all of whose records have been walked through. */
    static void query(final MutableDirectBuffer head, final int at, final DnsContact contact, final DnsMessage message) {
        contact.writeTo(head, at);
        head.putLong(at + DnsTransaction.QUERY_TIME_NS_OFFSET, contact.timestampNs());
        head.putInt(at + DnsTransaction.QUERY_LENGTH_OFFSET, message.wireLength());
        question(head, at, message);
        extension(head, at, message.extension());
        header(head, at, message);
        marks(head, at, message.marks(), message.trailingOctets());
    }

    /** Adds to an empty head what an answer says that came alone, before {@link #answer} adds the rest. */
    static void answerAlone(final MutableDirectBuffer head, final int at, final DnsContact contact, final DnsMessage message) {
        contact.writeTo(head, at);
        question(head, at, message);
    }

    /** What an answer adds to a head, all of its records having been walked through. */
    static void answer(
        final MutableDirectBuffer head, final int at, final DnsContact contact, final DnsMessage message, final long marks) {
        head.putLong(at + DnsTransaction.ANSWER_TIME_NS_OFFSET, contact.timestampNs());
        head.putInt(at + DnsTransaction.ANSWER_LENGTH_OFFSET, message.wireLength());
        head.putShort(at + DnsTransaction.RESPONSE_CODE_OFFSET, (short) message.responseCode());
        if (head.getLong(at + DnsTransaction.QUERY_TIME_NS_OFFSET) == 0) {
            extension(head, at, message.extension());
        }
        header(head, at, message);
        marks(head, at, message.marks() | marks, message.trailingOctets());
    }

    private static void question(final MutableDirectBuffer head, final int at, final DnsMessage message) {
        head.putShort(at + DnsTransaction.ID_OFFSET, (short) message.header().id());
        head.putByte(at + DnsTransaction.OPCODE_OFFSET, (byte) message.header().opcode());
        head.putShort(at + DnsTransaction.QUERY_TYPE_OFFSET, (short) message.queryType());
        head.putShort(at + DnsTransaction.QUERY_CLASS_OFFSET, (short) message.queryClass());
    }

    private static void header(final MutableDirectBuffer head, final int at, final DnsMessage message) {
        head.putShort(at + DnsTransaction.FLAGS_OFFSET, (short) message.header().flags());
        head.putShort(at + DnsTransaction.QUESTION_COUNT_OFFSET, (short) message.header().questionCount());
        head.putShort(at + DnsTransaction.ANSWER_COUNT_OFFSET, (short) message.header().count(DnsRecord.ANSWER));
        head.putShort(at + DnsTransaction.AUTHORITY_COUNT_OFFSET, (short) message.header().count(DnsRecord.AUTHORITY));
        head.putShort(at + DnsTransaction.ADDITIONAL_COUNT_OFFSET, (short) message.header().count(DnsRecord.ADDITIONAL));
    }

    private static void extension(final MutableDirectBuffer head, final int at, final DnsExtension extension) {
        head.putShort(at + DnsTransaction.UDP_PAYLOAD_SIZE_OFFSET, (short) extension.udpPayloadSize());
        if (extension.clientSubnetVersion() != 0) {
            head.putByte(at + DnsTransaction.CLIENT_SUBNET_VERSION_OFFSET, (byte) extension.clientSubnetVersion());
            head.putByte(at + DnsTransaction.CLIENT_SUBNET_PREFIX_OFFSET, (byte) extension.clientSubnetPrefix());
            head.putBytes(at + DnsTransaction.CLIENT_SUBNET_OFFSET, extension.buffer(), extension.clientSubnetOffset(),
                extension.clientSubnetLength());
        }
    }

    private static void marks(final MutableDirectBuffer head, final int at, final long marks, final int trailingOctets) {
        raise(head, at, marks);
        head.putInt(at + DnsTransaction.TRAILING_OCTETS_OFFSET,
            head.getInt(at + DnsTransaction.TRAILING_OCTETS_OFFSET) + trailingOctets);
    }

    static void raise(final MutableDirectBuffer head, final int at, final long marks) {
        head.putLong(at + DnsTransaction.MARKS_OFFSET, head.getLong(at + DnsTransaction.MARKS_OFFSET) | marks);
    }
}
