package net.flowsonde.dpi.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** DNS transactions for the tests of what comes after the analyzer, written as the layout of {@link DnsTransaction} says. */
public final class DnsSample {
    /** Addresses of a NetBIOS name. */
    public static final int NETBIOS = 32;
    public static final int A = 1;
    public static final int CNAME = 5;
    public static final int PTR = 12;
    public static final int TXT = 16;
    public static final int AAAA = 28;
    public static final int SRV = 33;

    private static final int FLAGS = 0x0100;
    private static final int ANSWER_FLAGS = 0x8180;

    private final String queryName;
    private final MutableDirectBuffer buffer = new UnsafeBuffer(new byte[DnsTransaction.MAX_LENGTH]);
    private int limit;
    private int records;
    private long marks;

    /** A query of {@code client} to {@code server} for {@code name}, at {@code timeNs}, with recursion desired. */
    public static DnsSample query(final String client, final String server, final String name, final int type, final long timeNs) {
        return new DnsSample(client, server, name, type, timeNs);
    }

    private DnsSample(final String client, final String server, final String name, final int type, final long timeNs) {
        queryName = name;
        DnsTransaction.clear(buffer, 0);
        final byte[] clientAddress = address(client);
        buffer.putBytes(DnsTransaction.CLIENT_ADDRESS_OFFSET, clientAddress);
        buffer.putBytes(DnsTransaction.SERVER_ADDRESS_OFFSET, address(server));
        buffer.putByte(DnsTransaction.IP_VERSION_OFFSET, (byte) (clientAddress.length == 4 ? 4 : 6));
        buffer.putByte(DnsTransaction.TRANSPORT_OFFSET, (byte) DnsTransport.UDP.code());
        buffer.putShort(DnsTransaction.CLIENT_PORT_OFFSET, (short) 40_000);
        buffer.putShort(DnsTransaction.SERVER_PORT_OFFSET, (short) 53);
        buffer.putLong(DnsTransaction.FLOW_ID_OFFSET, 77);
        buffer.putLong(DnsTransaction.QUERY_TIME_NS_OFFSET, timeNs);
        buffer.putShort(DnsTransaction.FLAGS_OFFSET, (short) FLAGS);
        buffer.putShort(DnsTransaction.QUERY_TYPE_OFFSET, (short) type);
        buffer.putShort(DnsTransaction.QUERY_CLASS_OFFSET, (short) 1);
        buffer.putShort(DnsTransaction.QUESTION_COUNT_OFFSET, (short) 1);
        buffer.putInt(DnsTransaction.QUERY_LENGTH_OFFSET, 17 + name.length());
        buffer.putShort(DnsTransaction.QUERY_NAME_LENGTH_OFFSET, (short) name.length());
        buffer.putBytes(DnsTransaction.HEAD_LENGTH, name.getBytes(StandardCharsets.US_ASCII));
        limit = DnsTransaction.recordsOffset(name.length());
    }

    /** The answer, at {@code timeNs}. */
    public DnsSample answer(final int responseCode, final long timeNs) {
        buffer.putLong(DnsTransaction.ANSWER_TIME_NS_OFFSET, timeNs);
        buffer.putShort(DnsTransaction.RESPONSE_CODE_OFFSET, (short) responseCode);
        buffer.putShort(DnsTransaction.FLAGS_OFFSET, (short) ANSWER_FLAGS);
        buffer.putInt(DnsTransaction.ANSWER_LENGTH_OFFSET, 100);
        return this;
    }

    /** The flow that carried it. */
    public DnsSample flowId(final long flowId) {
        buffer.putLong(DnsTransaction.FLOW_ID_OFFSET, flowId);
        return this;
    }

    /** Only the answer was seen. */
    public DnsSample withoutQuery() {
        buffer.putLong(DnsTransaction.QUERY_TIME_NS_OFFSET, 0);
        return mark(DnsMark.UNSOLICITED);
    }

    public DnsSample withQueryLength(final int octets) {
        buffer.putInt(DnsTransaction.QUERY_LENGTH_OFFSET, octets);
        return this;
    }

    /** The client does not ask the server to ask others. */
    public DnsSample withoutRecursion() {
        buffer.putShort(DnsTransaction.FLAGS_OFFSET, (short) (buffer.getShort(DnsTransaction.FLAGS_OFFSET) & ~FLAGS));
        return this;
    }

    /** The second word of the header. */
    public DnsSample flags(final int flags) {
        buffer.putShort(DnsTransaction.FLAGS_OFFSET, (short) flags);
        return this;
    }

    public DnsSample mark(final DnsMark mark) {
        marks |= mark.mask();
        return this;
    }

    public DnsSample retries(final int retries) {
        buffer.putShort(DnsTransaction.RETRIES_OFFSET, (short) retries);
        return this;
    }

    public DnsSample trailingOctets(final int octets) {
        buffer.putInt(DnsTransaction.TRAILING_OCTETS_OFFSET, octets);
        return mark(DnsMark.TRAILING_OCTETS);
    }

    public DnsSample serverPort(final int port) {
        buffer.putShort(DnsTransaction.SERVER_PORT_OFFSET, (short) port);
        return this;
    }

    public DnsSample transport(final DnsTransport transport) {
        buffer.putByte(DnsTransaction.TRANSPORT_OFFSET, (byte) transport.code());
        return this;
    }

    /** A record of the answer section: an address for A and AAAA, else text. */
    public DnsSample record(final String owner, final int type, final long ttl, final String data) {
        return record(DnsRecord.ANSWER, owner, type, ttl, data);
    }

    private static boolean hasAddress(final int type) {
        return type == A || type == AAAA || type == NETBIOS;
    }

    public DnsSample record(final int section, final String owner, final int type, final long ttl, final String data) {
        final byte[] name = owner.getBytes(StandardCharsets.US_ASCII);
        final byte[] value = hasAddress(type) ? address(data) : data.getBytes(StandardCharsets.US_ASCII);
        final int length = DnsRecord.HEAD_LENGTH + value.length + name.length + 3 & ~3;
        buffer.putInt(limit + DnsRecord.LENGTH_OFFSET, length);
        buffer.putInt(limit + DnsRecord.TTL_OFFSET, (int) ttl);
        buffer.putShort(limit + DnsRecord.TYPE_OFFSET, (short) type);
        buffer.putShort(limit + DnsRecord.CLASS_OFFSET, (short) 1);
        buffer.putShort(limit + DnsRecord.NAME_OFFSET_OFFSET,
            (short) (owner.equals(queryName) ? DnsTransaction.HEAD_LENGTH : limit + DnsRecord.HEAD_LENGTH + value.length));
        buffer.putShort(limit + DnsRecord.NAME_LENGTH_OFFSET, (short) name.length);
        buffer.putShort(limit + DnsRecord.TEXT_LENGTH_OFFSET, (short) (hasAddress(type) ? 0 : value.length));
        buffer.putShort(limit + DnsRecord.DATA_LENGTH_OFFSET, (short) value.length);
        buffer.putByte(limit + DnsRecord.SECTION_OFFSET, (byte) section);
        buffer.putByte(limit + DnsRecord.IPV4_COUNT_OFFSET, (byte) (type == A || type == NETBIOS ? 1 : 0));
        buffer.putByte(limit + DnsRecord.IPV6_COUNT_OFFSET, (byte) (type == AAAA ? 1 : 0));
        buffer.putBytes(limit + DnsRecord.HEAD_LENGTH, value);
        buffer.putBytes(limit + DnsRecord.HEAD_LENGTH + value.length, name);
        limit += length;
        records++;
        if (section == DnsRecord.ANSWER) {
            buffer.putShort(DnsTransaction.ANSWER_COUNT_OFFSET, (short) (buffer.getShort(DnsTransaction.ANSWER_COUNT_OFFSET) + 1));
            final long known = buffer.getInt(DnsTransaction.MINIMUM_TTL_OFFSET) & 0xFFFF_FFFFL;
            buffer.putInt(DnsTransaction.MINIMUM_TTL_OFFSET, (int) Math.min(known, ttl));
        }
        return this;
    }

    public DnsTransaction transaction() {
        buffer.putShort(DnsTransaction.RECORD_COUNT_OFFSET, (short) records);
        buffer.putLong(DnsTransaction.MARKS_OFFSET, marks);
        buffer.putInt(DnsTransaction.LENGTH_OFFSET, limit);
        return new DnsTransaction().wrap(buffer, 0);
    }

    private static byte[] address(final String text) {
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (final UnknownHostException notAddress) {
            throw new IllegalArgumentException(notAddress);
        }
    }
}
