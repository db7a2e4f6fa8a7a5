package net.flowsonde.dpi.dns;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * View over a DNS message header where it lies in the capture buffer; copies nothing (RFC 1035, 4.1.1; RFC 6895, 2).
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-------------------------------+-+-------+-+-+-+-+-+-+-+-------+
 *  |        Transaction Id         |Q| Opcode|A|T|R|R|Z|A|C| RCode |
 *  |                               |R|       |A|C|D|A| |D|D|       |
 *  +-------------------------------+-+-------+-+-+-+-+-+-+-+-------+
 *  |        Question Count         |         Answer Count          |
 *  +-------------------------------+-------------------------------+
 *  |        Authority Count        |        Additional Count       |
 *  +-------------------------------+-------------------------------+
 * </pre>
 */
final class DnsHeader {
    static final int LENGTH = 12;

    /** NetBIOS has its broadcast bit where DNS has CD (RFC 1002, 4.2.1.1). */
    private static final int BROADCAST_FLAG = 0x0010;
    private static final int ANSWER_FLAG = 0x8000;
    private static final int TRUNCATED_FLAG = 0x0200;
    private static final int RESERVED_FLAG = 0x0040;
    private static final int FLAGS_OFFSET = 2;
    private static final int COUNTS_OFFSET = 4;

    private DirectBuffer buffer;
    private int offset;

    /** Points at the header and says true, or says false when fewer than {@link #LENGTH} octets were captured. */
    boolean wrap(final DirectBuffer buffer, final int offset, final int limit) {
        this.buffer = buffer;
        this.offset = offset;
        return limit - offset >= LENGTH;
    }

    int id() {
        return unsignedShort(0);
    }

    int flags() {
        return unsignedShort(FLAGS_OFFSET);
    }

    boolean isAnswer() {
        return (flags() & ANSWER_FLAG) != 0;
    }

    boolean isTruncated() {
        return (flags() & TRUNCATED_FLAG) != 0;
    }

    boolean hasReservedBit() {
        return (flags() & RESERVED_FLAG) != 0;
    }

    boolean isNetbiosBroadcast() {
        return (flags() & BROADCAST_FLAG) != 0;
    }

    int opcode() {
        return flags() >>> 11 & 0xF;
    }

    /** The lower four bits; EDNS has eight more. */
    int responseCode() {
        return flags() & 0xF;
    }

    int questionCount() {
        return count(0);
    }

    /** Entries of a section: 0 the questions, then {@link DnsRecord#ANSWER} and its like. */
    int count(final int section) {
        return unsignedShort(COUNTS_OFFSET + 2 * section);
    }

    private int unsignedShort(final int field) {
        return buffer.getShort(offset + field, BIG_ENDIAN) & 0xFFFF;
    }
}
