package net.flowsonde.dpi.dns;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A cursor over the resource records of a {@link DnsTransaction}. Offsets in the table are octets from the start of the record;
 * {@code nameOffset} counts from the start of the transaction, since records share names.
 * <pre>
 *     0  length (4)          4  ttl (4)             8  type (2)           10  class (2)
 *    12  nameOffset (2)     14  nameLength (2)     16  textLength (2)     18  dataLength (2)
 *    20  section (1)        21  ipv4Count (1)      22  ipv6Count (1)      23  flags (1)
 *    24  ipv4Count * 4 octets, ipv6Count * 16 octets, text, and the owner's name where it is not shared
 * </pre>
 * A and AAAA have one address and no text: {@link #putText} makes it. HTTPS and SVCB have their hints as addresses
 * (RFC 9460, 7.3) and a text as well. Other types have their data as text in presentation form; types that are not known as
 * {@code \# length hex} (RFC 3597, 5).
 */
public final class DnsRecord {
    public static final int ANSWER = 1;
    public static final int AUTHORITY = 2;
    public static final int ADDITIONAL = 3;

    /** Text or addresses were cut. */
    public static final int FLAG_CUT = 1;
    /** An address of 64:ff9b::/96 (DNS64). */
    public static final int FLAG_SYNTHESIZED = 1 << 1;
    /** Offers Encrypted Client Hello. */
    public static final int FLAG_ENCRYPTED_HELLO = 1 << 2;

    static final int LENGTH_OFFSET = 0;
    static final int TTL_OFFSET = 4;
    static final int TYPE_OFFSET = 8;
    static final int CLASS_OFFSET = 10;
    static final int NAME_OFFSET_OFFSET = 12;
    static final int NAME_LENGTH_OFFSET = 14;
    static final int TEXT_LENGTH_OFFSET = 16;
    static final int DATA_LENGTH_OFFSET = 18;
    static final int SECTION_OFFSET = 20;
    static final int IPV4_COUNT_OFFSET = 21;
    static final int IPV6_COUNT_OFFSET = 22;
    static final int FLAGS_OFFSET = 23;
    static final int HEAD_LENGTH = 24;
    static final int IPV4_LENGTH = 4;
    static final int IPV6_LENGTH = 16;

    private DirectBuffer buffer;
    private int transaction;
    private int remaining;
    private int next;
    private int offset;

    /** Stands before the first record of a transaction; {@link #next} goes to it. */
    public DnsRecord before(final DnsTransaction transaction) {
        buffer = transaction.buffer();
        this.transaction = transaction.offset();
        remaining = transaction.recordCount();
        next = this.transaction + DnsTransaction.recordsOffset(transaction.queryNameLength());
        return this;
    }

    /** Goes to the next record; false after the last. */
    public boolean next() {
        if (remaining == 0) {
            return false;
        }
        remaining--;
        offset = next;
        next += buffer.getInt(offset + LENGTH_OFFSET);
        return true;
    }

    public DirectBuffer buffer() {
        return buffer;
    }

    /** {@link #ANSWER}, {@link #AUTHORITY} or {@link #ADDITIONAL}. */
    public int section() {
        return buffer.getByte(offset + SECTION_OFFSET);
    }

    public int type() {
        return unsignedShort(TYPE_OFFSET);
    }

    public int recordClass() {
        return unsignedShort(CLASS_OFFSET);
    }

    /** Seconds, unsigned. */
    public long ttl() {
        return buffer.getInt(offset + TTL_OFFSET) & 0xFFFF_FFFFL;
    }

    public boolean hasFlag(final int flag) {
        return (buffer.getByte(offset + FLAGS_OFFSET) & flag) != 0;
    }

    /** Where the owner's name lies in {@link #buffer()}, in the form of {@link DnsTransaction#queryNameOffset()}. */
    public int nameOffset() {
        return transaction + unsignedShort(NAME_OFFSET_OFFSET);
    }

    public int nameLength() {
        return unsignedShort(NAME_LENGTH_OFFSET);
    }

    /** Octets of the data on the wire. */
    public int dataLength() {
        return unsignedShort(DATA_LENGTH_OFFSET);
    }

    public int ipv4Count() {
        return buffer.getByte(offset + IPV4_COUNT_OFFSET);
    }

    public int ipv6Count() {
        return buffer.getByte(offset + IPV6_COUNT_OFFSET);
    }

    /** Where the IPv4 address of an index lies, 4 octets in network order. */
    public int ipv4Offset(final int index) {
        return offset + HEAD_LENGTH + index * IPV4_LENGTH;
    }

    /** Where the IPv6 address of an index lies, 16 octets in network order. */
    public int ipv6Offset(final int index) {
        return offset + HEAD_LENGTH + ipv4Count() * IPV4_LENGTH + index * IPV6_LENGTH;
    }

    /** Where the data lies as text; for CNAME, DNAME, NS and PTR it is a name and nothing else. */
    public int textOffset() {
        return ipv6Offset(ipv6Count());
    }

    /** 0 for A and AAAA. */
    public int textLength() {
        return unsignedShort(TEXT_LENGTH_OFFSET);
    }

    /** Most octets that {@link #putText} writes. */
    public int maxPutLength() {
        return Math.max(textLength(), AddressText.MAX_LENGTH);
    }

    /** Octets that {@link #putText} writes, without writing them. */
    public int putLength() {
        if (textLength() == 0 && ipv4Count() > 0) {
            return AddressText.ipv4Length(buffer, ipv4Offset(0));
        }
        return textLength() == 0 && ipv6Count() > 0 ? AddressText.ipv6Length(buffer, ipv6Offset(0)) : textLength();
    }

    /** Writes the data as ASCII text, the address of A and AAAA too, and says how many octets that were. */
    public int putText(final MutableDirectBuffer target, final int index) {
        if (textLength() == 0 && ipv4Count() > 0) {
            return AddressText.putIpv4(target, index, buffer, ipv4Offset(0));
        }
        if (textLength() == 0 && ipv6Count() > 0) {
            return AddressText.putIpv6(target, index, buffer, ipv6Offset(0));
        }
        target.putBytes(index, buffer, textOffset(), textLength());
        return textLength();
    }

    /** The data as a new string; for people, not for each record. */
    public String text() {
        final UnsafeBuffer text = new UnsafeBuffer(new byte[maxPutLength()]);
        return text.getStringWithoutLengthAscii(0, putText(text, 0));
    }

    /** The owner's name as a new string; for people, not for each record. */
    public String name() {
        return buffer.getStringWithoutLengthAscii(nameOffset(), nameLength());
    }

    private int unsignedShort(final int field) {
        return buffer.getShort(offset + field) & 0xFFFF;
    }
}
