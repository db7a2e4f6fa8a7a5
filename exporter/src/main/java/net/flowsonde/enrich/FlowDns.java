package net.flowsonde.enrich;

import static java.nio.ByteOrder.BIG_ENDIAN;

import net.flowsonde.dpi.dns.DnsRecord;
import net.flowsonde.dpi.dns.DnsTransaction;
import net.flowsonde.dpi.dns.DnsType;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What was asked and answered in one record of a flow, to be told as two DNS messages (RFC 1035, 4.1) to collectors that read DNS out of
 * the payload: one with every question, and one with the answers behind them. They are made anew, out of what was understood, so that
 * several transactions fit, nothing malformed goes on, and no answer is there that a reader of old trips over: only addresses and names.
 * What has no room is left out whole. Pooled; owned by the export thread.
 */
final class FlowDns {
    /** Longest message, with the length that TCP puts before it. */
    static final int MOST_OCTETS = 512;

    private static final int PREFIX_LENGTH = 2;
    private static final int HEADER_LENGTH = 12;
    private static final int FLAGS_OFFSET = 2;
    private static final int QUESTIONS_OFFSET = 4;
    private static final int ANSWERS_OFFSET = 6;
    /** Type and class. */
    private static final int QUESTION_TAIL = 4;
    /** Type, class, time to live and length. */
    private static final int RECORD_HEAD = 10;
    private static final int POINTER_LENGTH = 2;
    private static final int POINTER = 0xC000;
    /** Of a query: the opcode and what its sender wants (RD, AD, CD). */
    private static final int QUERY_FLAGS = 0x7930;
    private static final int ANSWER_FLAG = 0x8000;
    private static final int QUESTIONS_CAPACITY = 270;
    private static final int ANSWERS_CAPACITY = MOST_OCTETS - PREFIX_LENGTH - HEADER_LENGTH - QUESTIONS_CAPACITY;

    private final UnsafeBuffer questions = new UnsafeBuffer(new byte[QUESTIONS_CAPACITY]);
    private final UnsafeBuffer answers = new UnsafeBuffer(new byte[ANSWERS_CAPACITY]);
    private final DnsRecord record = new DnsRecord();
    private int id;
    private int flags;
    private int questionCount;
    private int questionsLength;
    private int answerCount;
    private int answersLength;

    /** Nothing was asked. */
    void reset() {
        questionCount = 0;
        questionsLength = 0;
        answerCount = 0;
        answersLength = 0;
    }

    boolean isEmpty() {
        return questionCount == 0;
    }

    /** One more transaction; the first gives identifier and flags. */
    void add(final DnsTransaction transaction) {
        final int end = DnsLabels.put(questions, questionsLength, QUESTIONS_CAPACITY - QUESTION_TAIL, transaction.buffer(),
            transaction.queryNameOffset(), transaction.queryNameLength());
        if (end == DnsLabels.NONE) {
            return;
        }
        final int question = questionsLength;
        questions.putShort(end, (short) transaction.queryType(), BIG_ENDIAN);
        questions.putShort(end + 2, (short) transaction.queryClass(), BIG_ENDIAN);
        questionsLength = end + QUESTION_TAIL;
        if (questionCount++ == 0) {
            id = transaction.id();
            flags = transaction.flags();
        }
        record.before(transaction);
        while (record.next()) {
            if (record.section() == DnsRecord.ANSWER) {
                addAnswer(transaction, HEADER_LENGTH + question);
            }
        }
    }

    private void addAnswer(final DnsTransaction transaction, final int question) {
        final boolean isOfQuestion = record.nameOffset() == transaction.queryNameOffset();
        final int head = isOfQuestion ? putPointer(question)
            : DnsLabels.put(answers, answersLength, ANSWERS_CAPACITY, record.buffer(), record.nameOffset(), record.nameLength());
        if (head == DnsLabels.NONE || ANSWERS_CAPACITY - head < RECORD_HEAD) {
            return;
        }
        final int data = head + RECORD_HEAD;
        final int end = putData(data);
        if (end == DnsLabels.NONE) {
            return;
        }
        answers.putShort(head, (short) record.type(), BIG_ENDIAN);
        answers.putShort(head + 2, (short) record.recordClass(), BIG_ENDIAN);
        answers.putInt(head + 4, (int) record.ttl(), BIG_ENDIAN);
        answers.putShort(head + 8, (short) (end - data), BIG_ENDIAN);
        answersLength = end;
        answerCount++;
    }

    private int putPointer(final int question) {
        if (ANSWERS_CAPACITY - answersLength < POINTER_LENGTH) {
            return DnsLabels.NONE;
        }
        answers.putShort(answersLength, (short) (POINTER | question), BIG_ENDIAN);
        return answersLength + POINTER_LENGTH;
    }

    /** Writes an address or a name and answers where it ends; {@link DnsLabels#NONE} for other data. */
    private int putData(final int at) {
        final int type = record.type();
        if (type == DnsType.A.code() && record.ipv4Count() == 1) {
            return putAddress(at, record.ipv4Offset(0), 4);
        }
        if (type == DnsType.AAAA.code() && record.ipv6Count() == 1) {
            return putAddress(at, record.ipv6Offset(0), 16);
        }
        return type == DnsType.CNAME.code() || type == DnsType.NS.code() || type == DnsType.PTR.code()
            ? DnsLabels.put(answers, at, ANSWERS_CAPACITY, record.buffer(), record.textOffset(), record.textLength()) : DnsLabels.NONE;
    }

    private int putAddress(final int at, final int offset, final int length) {
        if (ANSWERS_CAPACITY - at < length) {
            return DnsLabels.NONE;
        }
        answers.putBytes(at, record.buffer(), offset, length);
        return at + length;
    }

    /** Writes the message of the client to the start of {@code target}, which has {@link #MOST_OCTETS}, and answers its length. */
    int putQuery(final MutableDirectBuffer target, final boolean isTcp) {
        return put(target, isTcp, flags & QUERY_FLAGS, 0);
    }

    /** The same for the message of the server; the questions alone where there was no answer. */
    int putAnswer(final MutableDirectBuffer target, final boolean isTcp) {
        return put(target, isTcp, (flags & ANSWER_FLAG) == 0 ? flags & QUERY_FLAGS : flags, answersLength);
    }

    private int put(final MutableDirectBuffer target, final boolean isTcp, final int flagBits, final int answerOctets) {
        final int header = isTcp ? PREFIX_LENGTH : 0;
        final int end = header + HEADER_LENGTH + questionsLength + answerOctets;
        if (isTcp) {
            target.putShort(0, (short) (end - PREFIX_LENGTH), BIG_ENDIAN);
        }
        target.setMemory(header, HEADER_LENGTH, (byte) 0);
        target.putShort(header, (short) id, BIG_ENDIAN);
        target.putShort(header + FLAGS_OFFSET, (short) flagBits, BIG_ENDIAN);
        target.putShort(header + QUESTIONS_OFFSET, (short) questionCount, BIG_ENDIAN);
        target.putShort(header + ANSWERS_OFFSET, (short) (answerOctets == 0 ? 0 : answerCount), BIG_ENDIAN);
        target.putBytes(header + HEADER_LENGTH, questions, 0, questionsLength);
        target.putBytes(header + HEADER_LENGTH + questionsLength, answers, 0, answerOctets);
        return end;
    }
}
