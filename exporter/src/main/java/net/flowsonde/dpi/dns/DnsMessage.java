package net.flowsonde.dpi.dns;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * One message, walked through where it lies: the header and the first question at once, then record by record (RFC 1035, 4.1). What is
 * wrong becomes a mark; the walk ends there. OPT is not shown as a record, but taken into {@link #extension()}.
 * <pre>
 *  +--------+-----------+---------+-----------+------------+----------+
 *  | header | questions | answers | authority | additional | trailing |
 *  +--------+-----------+---------+-----------+------------+----------+
 *  record: name | type (16) | class (16) | TTL (32) | length (16) | data
 * </pre>
 */
final class DnsMessage {
    private static final int QUESTION_TAIL_LENGTH = 4;
    private static final int RECORD_TAIL_LENGTH = 10;
    /** Shortest record: the root's name and the fixed part. */
    private static final int SHORTEST_RECORD = 1 + RECORD_TAIL_LENGTH;
    private static final int MOST_PLAUSIBLE_QUESTIONS = 16;
    private static final int MOST_BROKEN_QUESTIONS = 2;
    private static final int MOST_PLAUSIBLE_RECORDS = 1_024;
    /** The highest operation of DNS is 6, DSO; NetBIOS names go up to 15. */
    private static final int HIGHEST_OPCODE = 6;
    /** The top bit of a class in mDNS asks for a unicast answer, or flushes caches (RFC 6762, 5.4 and 10.2). */
    private static final int CLASS_MASK = 0x7FFF;
    private static final int CLASS_IN = 1;
    private static final int CLASS_CHAOS = 3;
    private static final int CLASS_HESIOD = 4;
    private static final int CLASS_NONE = 254;
    private static final int CLASS_ANY = 255;

    private final DnsHeader header = new DnsHeader();
    private final DnsName question = new DnsName();
    private final DnsExtension extension = new DnsExtension();
    private DirectBuffer buffer;
    private DnsDialect dialect;
    private int start;
    private int limit;
    private int wireLimit;
    private int at;
    private long marks;
    private boolean isBroken;
    private boolean hasFirstQuestion;
    private int queryType;
    private int queryClass;
    private int section;
    private int remaining;
    private int nameOffset;
    private int type;
    private int recordClass;
    private long ttl;
    private int dataOffset;
    private int dataLength;

    /**
     * Points at a message and reads it up to the first record.
     *
     * @param length      octets that were captured
     * @param wireLength  octets that it had
     * @return false when it does not look like a message of this kind at all
     */
    boolean wrap(final DirectBuffer buffer, final int offset, final int length, final int wireLength, final DnsDialect dialect) {
        this.buffer = buffer;
        this.dialect = dialect;
        start = offset;
        limit = offset + length;
        wireLimit = offset + wireLength;
        marks = dialect.marks();
        isBroken = false;
        hasFirstQuestion = false;
        queryType = 0;
        queryClass = 0;
        extension.reset();
        if (!header.wrap(buffer, offset, limit)) {
            return false;
        }
        at = offset + DnsHeader.LENGTH;
        readQuestions();
        rewind();
        return looksRight();
    }

    private void readQuestions() {
        final int count = header.questionCount();
        if (count == 0) {
            marks |= DnsMark.NO_QUESTION.mask();
            return;
        }
        marks |= count > 1 ? DnsMark.SEVERAL_QUESTIONS.mask() : 0;
        final long fault = question.read(buffer, start, at, limit);
        if (fault != 0) {
            breakOff(fault);
            return;
        }
        at = question.end();
        if (limit - at < QUESTION_TAIL_LENGTH) {
            breakOff(DnsMark.MALFORMED.mask());
            return;
        }
        queryType = unsignedShort(at);
        queryClass = classOf(unsignedShort(at + 2));
        at += QUESTION_TAIL_LENGTH;
        hasFirstQuestion = true;
        for (int i = 1; i < count && !isBroken; i++) {
            skipQuestion();
        }
    }

    private void skipQuestion() {
        if (at == limit) {
            breakOff(DnsMark.COUNT_TOO_LARGE.mask());
        } else if (skipName()) {
            if (limit - at < QUESTION_TAIL_LENGTH) {
                breakOff(DnsMark.MALFORMED.mask());
            } else {
                at += QUESTION_TAIL_LENGTH;
            }
        }
    }

    /** Goes behind the name at hand, or breaks off. */
    private boolean skipName() {
        final int end = DnsName.skip(buffer, start, at, limit);
        if (end < 0) {
            breakOff(1L << ~end);
            return false;
        }
        at = end;
        return true;
    }

    /** What the capture has cut is not its sender's fault. */
    private void breakOff(final long fault) {
        final boolean isOfCapture = limit < wireLimit
            && (fault & (DnsMark.MALFORMED.mask() | DnsMark.COUNT_TOO_LARGE.mask())) != 0;
        marks |= isOfCapture ? DnsMark.CAPTURE_CUT.mask() : fault | DnsMark.MALFORMED.mask();
        isBroken = true;
    }

    private int classOf(final int value) {
        return dialect == DnsDialect.MDNS ? value & CLASS_MASK : value;
    }

    /** Before the first record. */
    private void rewind() {
        section = 0;
        remaining = 0;
        marks |= header.hasReservedBit() && dialect == DnsDialect.DNS ? DnsMark.Z_BIT.mask() : 0;
        marks |= header.opcode() != 0 ? DnsMark.UNUSUAL_OPCODE.mask() : 0;
        marks |= header.isTruncated() ? DnsMark.TRUNCATED.mask() : 0;
    }

    /**
     * Random octets, or text, hardly have one to a few questions, few records and a known class; a message that does is taken for DNS even
     * if the rest of it is broken.
     */
    private boolean looksRight() {
        if (!hasPlausibleCounts()) {
            return false;
        }
        if (header.questionCount() == 0) {
            return isOpcodeKnown()
                && (header.isAnswer() || header.count(DnsRecord.ANSWER) + header.count(DnsRecord.ADDITIONAL) > 0);
        }
        if (!isOpcodeKnown()) {
            return !isBroken && header.questionCount() == 1 && isClassKnown();
        }
        return hasFirstQuestion ? isClassKnown() || header.questionCount() == 1 && !hasRecords()
            : header.questionCount() <= MOST_BROKEN_QUESTIONS;
    }

    private boolean isOpcodeKnown() {
        return header.opcode() <= HIGHEST_OPCODE || dialect == DnsDialect.NETBIOS;
    }

    private boolean hasPlausibleCounts() {
        return header.questionCount() <= MOST_PLAUSIBLE_QUESTIONS && (header.questionCount() > 0
            || header.count(DnsRecord.ANSWER) + header.count(DnsRecord.AUTHORITY) + header.count(DnsRecord.ADDITIONAL)
                <= MOST_PLAUSIBLE_RECORDS);
    }

    private boolean hasRecords() {
        return header.count(DnsRecord.ANSWER) + header.count(DnsRecord.AUTHORITY) + header.count(DnsRecord.ADDITIONAL) > 0;
    }

    private boolean isClassKnown() {
        return queryClass == CLASS_IN || queryClass == CLASS_CHAOS || queryClass == CLASS_HESIOD || queryClass == CLASS_NONE
            || queryClass == CLASS_ANY;
    }

    /**
     * Whether this is DNS beyond doubt, on a port where nobody expects it: a plain operation, a known class, counts as they usually
     * are, every octet accounted for. Walks through the whole message.
     */
    boolean isCertain() {
        final boolean isPlain = header.questionCount() == 1 && !isBroken && isClassKnown() && DnsType.of(queryType) != null
            && !header.hasReservedBit() && header.opcode() == 0
            && (header.isAnswer() || header.count(DnsRecord.ANSWER) + header.count(DnsRecord.AUTHORITY) == 0 && header.responseCode() == 0);
        return isPlain && walk() && at == wireLimit;
    }

    /** Goes through all records; false when they break off. */
    boolean walk() {
        while (nextRecord()) {
            continue;
        }
        return !isBroken;
    }

    /** Goes to the next record; false after the last, or where the message breaks off. */
    boolean nextRecord() {
        while (!isBroken && goToSection()) {
            remaining--;
            readRecord();
            if (isBroken) {
                return false;
            }
            if (type != DnsType.OPT.code()) {
                return true;
            }
            extension.read(this);
        }
        return false;
    }

    /** Goes to the section of the next record; false when there is none. */
    private boolean goToSection() {
        while (remaining == 0) {
            if (section == DnsRecord.ADDITIONAL) {
                return false;
            }
            remaining = header.count(++section);
        }
        return true;
    }

    private void readRecord() {
        if (limit - at < SHORTEST_RECORD) {
            breakOff(at == limit ? DnsMark.COUNT_TOO_LARGE.mask() : DnsMark.MALFORMED.mask());
            return;
        }
        nameOffset = at;
        if (!skipName()) {
            return;
        }
        if (limit - at < RECORD_TAIL_LENGTH) {
            breakOff(DnsMark.MALFORMED.mask());
            return;
        }
        type = unsignedShort(at);
        final int classAndBit = unsignedShort(at + 2);
        recordClass = type == DnsType.OPT.code() ? classAndBit : classOf(classAndBit);
        ttl = buffer.getInt(at + 4, BIG_ENDIAN) & 0xFFFF_FFFFL;
        dataLength = unsignedShort(at + 8);
        dataOffset = at + RECORD_TAIL_LENGTH;
        if (limit - dataOffset < dataLength) {
            breakOff(DnsMark.MALFORMED.mask());
            return;
        }
        at = dataOffset + dataLength;
    }

    private int unsignedShort(final int offset) {
        return buffer.getShort(offset, BIG_ENDIAN) & 0xFFFF;
    }

    DnsDialect dialect() {
        return dialect;
    }

    DnsHeader header() {
        return header;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    /** Where the message begins; pointers count from here. */
    int start() {
        return start;
    }

    int limit() {
        return limit;
    }

    /** The name of the first question; of no meaning when there is none. */
    DnsName question() {
        return question;
    }

    /** Octets of the labels of the first question's name; 0 without a question. */
    int nameLength() {
        return hasQuestion() ? question.length() : 0;
    }

    boolean hasQuestion() {
        return header.questionCount() > 0;
    }

    int queryType() {
        return queryType;
    }

    int queryClass() {
        return queryClass;
    }

    /** What EDNS says; complete only once all records have been walked through. */
    DnsExtension extension() {
        return extension;
    }

    /** Masks of what was found so far; complete only once all records have been walked through. */
    long marks() {
        return marks | extension.marks() | (trailingOctets() > 0 ? (isZeroFilled() ? DnsMark.ZERO_FILLED : DnsMark.TRAILING_OCTETS).mask() : 0);
    }

    /** Whether what was captured after the last record is zero. */
    private boolean isZeroFilled() {
        int octet = at;
        while (octet < limit && buffer.getByte(octet) == 0) {
            octet++;
        }
        return octet >= limit;
    }

    /** Octets after the last record; 0 until all records have been walked through, and for a message that breaks off. */
    int trailingOctets() {
        return isBroken || section < DnsRecord.ADDITIONAL || remaining > 0 ? 0 : wireLimit - at;
    }

    /** Twelve bits. */
    int responseCode() {
        return extension.extendedResponseCode() << 4 | header.responseCode();
    }

    int wireLength() {
        return wireLimit - start;
    }

    // ---- the record at hand

    /** {@link DnsRecord#ANSWER} and its like. */
    int section() {
        return section;
    }

    int nameOffset() {
        return nameOffset;
    }

    int type() {
        return type;
    }

    int recordClass() {
        return recordClass;
    }

    long ttl() {
        return ttl;
    }

    int dataOffset() {
        return dataOffset;
    }

    int dataLength() {
        return dataLength;
    }
}
