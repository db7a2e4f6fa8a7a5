package net.flowsonde.dpi.dns;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Builds one {@link DnsTransaction} with its {@link DnsRecord}s: first the head, then the name, then record by record. What has no room
 * is left out and marked. One a queue, used again for each transaction.
 */
final class DnsTransactionWriter {
    /** Longest text of one record's data: a name of any length and some numbers. */
    private static final int LONGEST_TEXT = 1_280;
    private static final int UNKNOWN_TARGET = -1;
    private static final long FIRST_DIGEST = 0x9E37_79B9_7F4A_7C15L;
    private static final long DIGEST_FACTOR = 0xFF51_AFD7_ED55_8CCDL;
    /** 64:ff9b::/96, in two pieces (RFC 6052, 2.1). */
    private static final long DNS64_PREFIX = 0x0064_FF9B_0000_0000L;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[DnsTransaction.MAX_LENGTH]);
    private final TextWriter text = new TextWriter();
    private final DnsName ownerName = new DnsName();
    private final DnsData data = new DnsData();
    private final ServiceParameters parameters = new ServiceParameters();
    private int at;
    private int recordCount;
    private boolean isFull;
    private long marks;
    private long minimumTtl;
    private long digest;
    /** Names that records share, by where they lie in the message: the question, the target of the last alias, the last owner. */
    private int aliasTarget;
    private int aliasOffset;
    private int aliasLength;
    private int ownerTarget;
    private int ownerOffset;
    private int ownerLength;

    MutableDirectBuffer buffer() {
        return buffer;
    }

    /** Begins with an empty head, to be filled at 0 of {@link #buffer()}. */
    void begin() {
        DnsTransaction.clear(buffer, 0);
        reset();
    }

    /** Begins with the head and the name of a pending transaction. */
    void begin(final DnsPending pending, final int slot, final long marks) {
        buffer.putBytes(0, pending.buffer(slot), pending.offset(slot), DnsTransaction.HEAD_LENGTH);
        DnsHeads.raise(buffer, 0, marks);
        reset();
        final boolean isNetbios = DnsMark.NETBIOS.isIn(buffer.getLong(DnsTransaction.MARKS_OFFSET));
        queryName(pending.buffer(slot), pending.labelsOffset(slot), pending.nameLength(slot),
            isNetbios ? DnsDialect.NETBIOS : DnsDialect.DNS);
    }

    private void reset() {
        recordCount = 0;
        isFull = false;
        marks = 0;
        minimumTtl = DnsTransaction.NO_TTL;
        digest = FIRST_DIGEST;
        aliasTarget = UNKNOWN_TARGET;
        ownerTarget = UNKNOWN_TARGET;
    }

    /** The name that a message asks for. */
    void queryName(final DnsMessage message) {
        queryName(message.question().octets(), 0, message.nameLength(), message.dialect());
    }

    private void queryName(final DirectBuffer labels, final int offset, final int length, final DnsDialect dialect) {
        text.wrap(buffer, DnsTransaction.HEAD_LENGTH, DnsTransaction.HEAD_LENGTH + DnsTransaction.MAX_NAME_LENGTH);
        if (length > 0) {
            putName(labels, offset, dialect);
        }
        buffer.putShort(DnsTransaction.QUERY_NAME_LENGTH_OFFSET, (short) text.length());
        at = DnsTransaction.recordsOffset(text.length());
    }

    private void putName(final DirectBuffer labels, final int offset, final DnsDialect dialect) {
        if (dialect == DnsDialect.NETBIOS) {
            NetbiosName.write(labels, offset, text);
        } else {
            text.name(labels, offset);
        }
    }

    /** Takes every record that is left of a message. */
    void records(final DnsMessage message) {
        while (message.nextRecord()) {
            record(message);
        }
    }

    private void record(final DnsMessage message) {
        if (message.section() == DnsRecord.ANSWER) {
            minimumTtl = Math.min(minimumTtl, message.ttl());
        }
        if (isFull || DnsTransaction.MAX_LENGTH - at < DnsRecord.HEAD_LENGTH) {
            isFull = true;
            return;
        }
        putHead(message);
        final int addressesEnd = putAddresses(message);
        final int end = putOwner(message, putText(message, addressesEnd));
        if (end < 0) {
            isFull = true;
            return;
        }
        digest(message, addressesEnd);
        final int next = end + 3 & ~3;
        buffer.putInt(at + DnsRecord.LENGTH_OFFSET, next - at);
        at = next;
        recordCount++;
    }

    private void putHead(final DnsMessage message) {
        buffer.putInt(at + DnsRecord.TTL_OFFSET, (int) message.ttl());
        buffer.putShort(at + DnsRecord.TYPE_OFFSET, (short) message.type());
        buffer.putShort(at + DnsRecord.CLASS_OFFSET, (short) message.recordClass());
        buffer.putShort(at + DnsRecord.TEXT_LENGTH_OFFSET, (short) 0);
        buffer.putShort(at + DnsRecord.DATA_LENGTH_OFFSET, (short) message.dataLength());
        buffer.putByte(at + DnsRecord.SECTION_OFFSET, (byte) message.section());
        buffer.putByte(at + DnsRecord.IPV4_COUNT_OFFSET, (byte) 0);
        buffer.putByte(at + DnsRecord.IPV6_COUNT_OFFSET, (byte) 0);
        buffer.putByte(at + DnsRecord.FLAGS_OFFSET, (byte) 0);
    }

    /** Writes the addresses of the data and says where they end; below 0 when there is no room. */
    private int putAddresses(final DnsMessage message) {
        final int first = at + DnsRecord.HEAD_LENGTH;
        if (DnsTransaction.MAX_LENGTH - first < DnsRecord.IPV6_LENGTH) {
            return -1;
        }
        if (message.dialect() == DnsDialect.NETBIOS) {
            return message.type() == NetbiosName.ADDRESSES ? putNetbiosAddresses(message, first) : first;
        }
        if (message.type() == DnsType.A.code() && message.dataLength() == DnsRecord.IPV4_LENGTH) {
            return putAddress(message, first, DnsRecord.IPV4_LENGTH, DnsRecord.IPV4_COUNT_OFFSET);
        }
        if (message.type() == DnsType.AAAA.code() && message.dataLength() == DnsRecord.IPV6_LENGTH) {
            markSynthesized(message);
            return putAddress(message, first, DnsRecord.IPV6_LENGTH, DnsRecord.IPV6_COUNT_OFFSET);
        }
        return message.type() == DnsType.HTTPS.code() || message.type() == DnsType.SVCB.code() ? putHints(message, first) : first;
    }

    private int putAddress(final DnsMessage message, final int index, final int length, final int countOffset) {
        buffer.putBytes(index, message.buffer(), message.dataOffset(), length);
        buffer.putByte(at + countOffset, (byte) 1);
        return index + length;
    }

    private void markSynthesized(final DnsMessage message) {
        final int offset = message.dataOffset();
        if (message.buffer().getLong(offset, java.nio.ByteOrder.BIG_ENDIAN) == DNS64_PREFIX && message.buffer().getInt(offset + 8) == 0) {
            raise(DnsRecord.FLAG_SYNTHESIZED, DnsMark.SYNTHESIZED);
        }
    }

    private int putNetbiosAddresses(final DnsMessage message, final int first) {
        int count = 0;
        int next = first;
        for (int i = 0; i + NetbiosName.ADDRESS_ENTRY_LENGTH <= message.dataLength() && count < ServiceParameters.MOST_HINTS
            && DnsTransaction.MAX_LENGTH - next >= DnsRecord.IPV4_LENGTH; i += NetbiosName.ADDRESS_ENTRY_LENGTH) {
            buffer.putBytes(next, message.buffer(), message.dataOffset() + i + 2, DnsRecord.IPV4_LENGTH);
            next += DnsRecord.IPV4_LENGTH;
            count++;
        }
        buffer.putByte(at + DnsRecord.IPV4_COUNT_OFFSET, (byte) count);
        return next;
    }

    private int putHints(final DnsMessage message, final int first) {
        final int ipv4Hints = parameters.copyHints(message, false, buffer, first, DnsTransaction.MAX_LENGTH);
        final int second = first + ipv4Hints * DnsRecord.IPV4_LENGTH;
        final int ipv6Hints = parameters.copyHints(message, true, buffer, second, DnsTransaction.MAX_LENGTH);
        buffer.putByte(at + DnsRecord.IPV4_COUNT_OFFSET, (byte) ipv4Hints);
        buffer.putByte(at + DnsRecord.IPV6_COUNT_OFFSET, (byte) ipv6Hints);
        if (parameters.takeEncryptedHello()) {
            raise(DnsRecord.FLAG_ENCRYPTED_HELLO, DnsMark.ENCRYPTED_HELLO);
        }
        return second + ipv6Hints * DnsRecord.IPV6_LENGTH;
    }

    private void raise(final int flag, final DnsMark mark) {
        buffer.putByte(at + DnsRecord.FLAGS_OFFSET, (byte) (buffer.getByte(at + DnsRecord.FLAGS_OFFSET) | flag));
        marks |= mark.mask();
    }

    /** Writes the data as text behind the addresses and says where it ends; below 0 when there is no room. */
    private int putText(final DnsMessage message, final int start) {
        if (start < 0 || hasAddressOnly(message)) {
            return start;
        }
        final int limit = Math.min(start + LONGEST_TEXT, DnsTransaction.MAX_LENGTH);
        data.write(message, text.wrap(buffer, start, limit));
        if (text.isCut() && limit == DnsTransaction.MAX_LENGTH) {
            return -1;
        }
        if (text.isCut()) {
            raise(DnsRecord.FLAG_CUT, DnsMark.CUT);
        }
        marks |= data.marks();
        buffer.putShort(at + DnsRecord.TEXT_LENGTH_OFFSET, (short) text.length());
        if (message.type() == DnsType.CNAME.code() || message.type() == DnsType.DNAME.code()) {
            aliasTarget = data.firstNameTarget();
            aliasOffset = start;
            aliasLength = text.length();
        }
        return start + text.length();
    }

    private boolean hasAddressOnly(final DnsMessage message) {
        final boolean hasText = message.type() == DnsType.HTTPS.code() || message.type() == DnsType.SVCB.code();
        return !hasText && (buffer.getByte(at + DnsRecord.IPV4_COUNT_OFFSET) | buffer.getByte(at + DnsRecord.IPV6_COUNT_OFFSET)) != 0;
    }

    /** Says whose record it is, by a name that is there already where it can, and where the record ends; below 0 without room. */
    private int putOwner(final DnsMessage message, final int start) {
        if (start < 0) {
            return start;
        }
        final int offset = message.nameOffset();
        final int target = DnsName.isPointer(message.buffer().getByte(offset)) ? DnsName.target(message.buffer(), offset)
            : UNKNOWN_TARGET;
        if (target == DnsHeader.LENGTH && message.hasQuestion()) {
            return owner(DnsTransaction.HEAD_LENGTH, buffer.getShort(DnsTransaction.QUERY_NAME_LENGTH_OFFSET), start);
        }
        if (target != UNKNOWN_TARGET && target == aliasTarget) {
            return owner(aliasOffset, aliasLength, start);
        }
        if (target != UNKNOWN_TARGET && target == ownerTarget) {
            return owner(ownerOffset, ownerLength, start);
        }
        return putNewOwner(message, start, target);
    }

    private int putNewOwner(final DnsMessage message, final int start, final int target) {
        marks |= ownerName.read(message.buffer(), message.start(), message.nameOffset(), message.limit());
        text.wrap(buffer, start, DnsTransaction.MAX_LENGTH);
        putName(ownerName.octets(), 0, message.dialect());
        if (text.isCut()) {
            return -1;
        }
        ownerTarget = target;
        ownerOffset = start;
        ownerLength = text.length();
        return owner(start, text.length(), start + text.length());
    }

    private int owner(final int offset, final int length, final int end) {
        buffer.putShort(at + DnsRecord.NAME_OFFSET_OFFSET, (short) offset);
        buffer.putShort(at + DnsRecord.NAME_LENGTH_OFFSET, (short) length);
        return end;
    }

    /** A sum over the answers, whatever their order and TTL: equal for answers that say the same. */
    private void digest(final DnsMessage message, final int addressesEnd) {
        if (message.section() != DnsRecord.ANSWER) {
            return;
        }
        final int end = addressesEnd + (buffer.getShort(at + DnsRecord.TEXT_LENGTH_OFFSET) & 0xFFFF);
        long hash = message.type() * DIGEST_FACTOR;
        for (int i = at + DnsRecord.HEAD_LENGTH; i < end; i++) {
            hash = (hash ^ buffer.getByte(i)) * DIGEST_FACTOR;
            hash ^= hash >>> 29;
        }
        digest += hash;
    }

    /** A number that answers with the same records have in common, in whatever order. */
    long digest() {
        return digest;
    }

    /** Masks of what was found while records were written. */
    long marks() {
        return marks | (isFull ? DnsMark.CUT.mask() : 0);
    }

    /** Completes the record and says how long it is. */
    int finish() {
        buffer.putInt(DnsTransaction.MINIMUM_TTL_OFFSET, (int) minimumTtl);
        buffer.putShort(DnsTransaction.RECORD_COUNT_OFFSET, (short) recordCount);
        buffer.putInt(DnsTransaction.LENGTH_OFFSET, at);
        return at;
    }
}
