package net.flowsonde.dpi.dns;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * View over one DNS transaction: a query and its answer, or either alone, on its way from the queue thread to the export thread
 * ({@code RecordRing.DNS_TRANSACTION}). Numbers are in native byte order, addresses in network order; an IPv4 address fills the
 * first four octets of its sixteen. Offsets in the table are octets from the start; the query name follows the head, then
 * come {@link #recordCount()} records, see {@link DnsRecord}.
 * <pre>
 *     0  flowId (8)                    8  queryTimeNs (8)              16  answerTimeNs (8)
 *    24  marks (8)                    32  clientAddress (16)           48  serverAddress (16)
 *    64  queryLength (4)              68  answerLength (4)             72  trailingOctets (4)    76  minimumTtl (4)
 *    80  clientPort (2)               82  serverPort (2)               84  id (2)                86  flags (2)
 *    88  queryType (2)                90  queryClass (2)               92  responseCode (2)      94  udpPayloadSize (2)
 *    96  retries (2)                  98  questionCount (2)           100  answerCount (2)      102  authorityCount (2)
 *   104  additionalCount (2)         106  recordCount (2)             108  ipVersion (1)        109  transport (1)
 *   110  opcode (1)                  111  clientSubnetPrefix (1)      112  clientSubnet (16)    128  clientSubnetVersion (1)
 *   129  reserved (1)                130  queryNameLength (2)         132  length (4)
 *   136  queryName (0 to 1,023)      then, each at a multiple of four, the records
 * </pre>
 * Who is the client is said by the messages (the sender of the query), not by the flow. A record is at most {@link #MAX_LENGTH}
 * octets; records that do not fit are left out and {@link DnsMark#CUT} is set.
 */
public final class DnsTransaction {
    /** Largest record, octets. */
    public static final int MAX_LENGTH = 4_096;
    /** Longest name in presentation form: 255 octets, of which every one that can be escaped is. */
    public static final int MAX_NAME_LENGTH = 1_023;
    /** {@link #responseCode()} of a query without answer. */
    public static final int NO_RESPONSE_CODE = 0xFFFF;
    /** {@link #minimumTtl()} without a record in the answer section. */
    public static final long NO_TTL = 0xFFFF_FFFFL;

    static final int FLOW_ID_OFFSET = 0;
    static final int QUERY_TIME_NS_OFFSET = 8;
    static final int ANSWER_TIME_NS_OFFSET = 16;
    static final int MARKS_OFFSET = 24;
    static final int CLIENT_ADDRESS_OFFSET = 32;
    static final int SERVER_ADDRESS_OFFSET = 48;
    static final int QUERY_LENGTH_OFFSET = 64;
    static final int ANSWER_LENGTH_OFFSET = 68;
    static final int TRAILING_OCTETS_OFFSET = 72;
    static final int MINIMUM_TTL_OFFSET = 76;
    static final int CLIENT_PORT_OFFSET = 80;
    static final int SERVER_PORT_OFFSET = 82;
    static final int ID_OFFSET = 84;
    static final int FLAGS_OFFSET = 86;
    static final int QUERY_TYPE_OFFSET = 88;
    static final int QUERY_CLASS_OFFSET = 90;
    static final int RESPONSE_CODE_OFFSET = 92;
    static final int UDP_PAYLOAD_SIZE_OFFSET = 94;
    static final int RETRIES_OFFSET = 96;
    static final int QUESTION_COUNT_OFFSET = 98;
    static final int ANSWER_COUNT_OFFSET = 100;
    static final int AUTHORITY_COUNT_OFFSET = 102;
    static final int ADDITIONAL_COUNT_OFFSET = 104;
    static final int RECORD_COUNT_OFFSET = 106;
    static final int IP_VERSION_OFFSET = 108;
    static final int TRANSPORT_OFFSET = 109;
    static final int OPCODE_OFFSET = 110;
    static final int CLIENT_SUBNET_PREFIX_OFFSET = 111;
    static final int CLIENT_SUBNET_OFFSET = 112;
    static final int CLIENT_SUBNET_VERSION_OFFSET = 128;
    static final int QUERY_NAME_LENGTH_OFFSET = 130;
    static final int LENGTH_OFFSET = 132;
    static final int HEAD_LENGTH = 136;

    private static final int ANSWER_FLAG = 0x8000;
    private static final int AUTHORITATIVE_FLAG = 0x0400;
    private static final int TRUNCATED_FLAG = 0x0200;
    private static final int RECURSION_DESIRED_FLAG = 0x0100;
    private static final int RECURSION_AVAILABLE_FLAG = 0x0080;
    private static final int AUTHENTIC_DATA_FLAG = 0x0020;
    private static final int CHECKING_DISABLED_FLAG = 0x0010;

    private DirectBuffer buffer;
    private int offset;

    /** Points at a transaction. */
    public DnsTransaction wrap(final DirectBuffer buffer, final int offset) {
        this.buffer = buffer;
        this.offset = offset;
        return this;
    }

    public DirectBuffer buffer() {
        return buffer;
    }

    public int offset() {
        return offset;
    }

    /** Octets of the whole record. */
    public int length() {
        return buffer.getInt(offset + LENGTH_OFFSET);
    }

    /** The flow that carried the query, or the answer when it came alone. */
    public long flowId() {
        return buffer.getLong(offset + FLOW_ID_OFFSET);
    }

    /** When the first query was seen; 0 when none was. */
    public long queryTimeNs() {
        return buffer.getLong(offset + QUERY_TIME_NS_OFFSET);
    }

    /** When the answer was seen; 0 when none was. */
    public long answerTimeNs() {
        return buffer.getLong(offset + ANSWER_TIME_NS_OFFSET);
    }

    /** From the first query to the answer; -1 when one of them is missing. */
    public long responseTimeNs() {
        return hasQuery() && hasAnswer() ? Math.max(0, answerTimeNs() - queryTimeNs()) : -1;
    }

    public boolean hasQuery() {
        return queryTimeNs() != 0;
    }

    public boolean hasAnswer() {
        return answerTimeNs() != 0;
    }

    /** When it was over, by the packets: the answer's time, or else the query's. */
    public long timeNs() {
        return hasAnswer() ? answerTimeNs() : queryTimeNs();
    }

    /** A sum of masks of {@link DnsMark}. */
    public long marks() {
        return buffer.getLong(offset + MARKS_OFFSET);
    }

    public boolean hasMark(final DnsMark mark) {
        return mark.isIn(marks());
    }

    public int ipVersion() {
        return buffer.getByte(offset + IP_VERSION_OFFSET);
    }

    /** Where the address of who asked lies in {@link #buffer()}: 4 or 16 octets by {@link #ipVersion()}. */
    public int clientAddressOffset() {
        return offset + CLIENT_ADDRESS_OFFSET;
    }

    /** Where the address of who was asked lies; of a message to a group, the group. */
    public int serverAddressOffset() {
        return offset + SERVER_ADDRESS_OFFSET;
    }

    public int clientPort() {
        return unsignedShort(CLIENT_PORT_OFFSET);
    }

    public int serverPort() {
        return unsignedShort(SERVER_PORT_OFFSET);
    }

    public DnsTransport transport() {
        return DnsTransport.of(buffer.getByte(offset + TRANSPORT_OFFSET));
    }

    /** Octets of the query as it was on the wire, without the length that TCP puts before it; 0 when none was seen. */
    public int queryLength() {
        return buffer.getInt(offset + QUERY_LENGTH_OFFSET);
    }

    public int answerLength() {
        return buffer.getInt(offset + ANSWER_LENGTH_OFFSET);
    }

    /** Octets after the last record, of query and answer together. */
    public int trailingOctets() {
        return buffer.getInt(offset + TRAILING_OCTETS_OFFSET);
    }

    /** Smallest TTL of the answer section, seconds; {@link #NO_TTL} when it is empty. */
    public long minimumTtl() {
        return buffer.getInt(offset + MINIMUM_TTL_OFFSET) & 0xFFFF_FFFFL;
    }

    public int id() {
        return unsignedShort(ID_OFFSET);
    }

    /** The second word of the header (RFC 1035, 4.1.1): the answer's, or the query's when there is no answer. */
    public int flags() {
        return unsignedShort(FLAGS_OFFSET);
    }

    /** QR: whether {@link #flags()} are those of an answer. */
    public boolean isAnswer() {
        return hasFlag(ANSWER_FLAG);
    }

    public boolean isAuthoritative() {
        return hasFlag(AUTHORITATIVE_FLAG);
    }

    public boolean isTruncated() {
        return hasFlag(TRUNCATED_FLAG);
    }

    public boolean isRecursionDesired() {
        return hasFlag(RECURSION_DESIRED_FLAG);
    }

    public boolean isRecursionAvailable() {
        return hasFlag(RECURSION_AVAILABLE_FLAG);
    }

    public boolean isAuthenticData() {
        return hasFlag(AUTHENTIC_DATA_FLAG);
    }

    public boolean isCheckingDisabled() {
        return hasFlag(CHECKING_DISABLED_FLAG);
    }

    private boolean hasFlag(final int flag) {
        return (flags() & flag) != 0;
    }

    public int opcode() {
        return buffer.getByte(offset + OPCODE_OFFSET);
    }

    public int queryType() {
        return unsignedShort(QUERY_TYPE_OFFSET);
    }

    public int queryClass() {
        return unsignedShort(QUERY_CLASS_OFFSET);
    }

    /** Twelve bits, with those of EDNS (RFC 6891, 6.1.3); {@link #NO_RESPONSE_CODE} without an answer. */
    public int responseCode() {
        return unsignedShort(RESPONSE_CODE_OFFSET);
    }

    /** What the OPT record of the query (of the answer, when it came alone) says its sender can take; 0 without one. */
    public int udpPayloadSize() {
        return unsignedShort(UDP_PAYLOAD_SIZE_OFFSET);
    }

    /** Queries after the first. */
    public int retries() {
        return unsignedShort(RETRIES_OFFSET);
    }

    /** Entries as the header counts them: of the answer, or of the query when there is no answer. */
    public int questionCount() {
        return unsignedShort(QUESTION_COUNT_OFFSET);
    }

    public int answerCount() {
        return unsignedShort(ANSWER_COUNT_OFFSET);
    }

    public int authorityCount() {
        return unsignedShort(AUTHORITY_COUNT_OFFSET);
    }

    public int additionalCount() {
        return unsignedShort(ADDITIONAL_COUNT_OFFSET);
    }

    /** Records that follow the name here; OPT is not among them. */
    public int recordCount() {
        return unsignedShort(RECORD_COUNT_OFFSET);
    }

    /** Bits of the client's subnet that were told to the server (RFC 7871); see {@link #clientSubnetVersion()}. */
    public int clientSubnetPrefix() {
        return buffer.getByte(offset + CLIENT_SUBNET_PREFIX_OFFSET) & 0xFF;
    }

    /** Where the client's subnet lies: 4 or 16 octets, zero beyond the prefix. */
    public int clientSubnetOffset() {
        return offset + CLIENT_SUBNET_OFFSET;
    }

    /** 4 or 6; 0 without a client subnet. */
    public int clientSubnetVersion() {
        return buffer.getByte(offset + CLIENT_SUBNET_VERSION_OFFSET);
    }

    /**
     * Where the name that was asked for lies, as asked (case kept): ASCII in presentation form without a final dot, the root as one dot;
     * dots and backslashes inside a label with a backslash before, other octets than 0x21 to 0x7E as backslash and three digits (RFC 4343,
     * 2.1). For {@link DnsMark#ENCRYPTED} it is the server name of the TLS or QUIC handshake where one was seen.
     */
    public int queryNameOffset() {
        return offset + HEAD_LENGTH;
    }

    public int queryNameLength() {
        return unsignedShort(QUERY_NAME_LENGTH_OFFSET);
    }

    /** The name as a new string; for people, not for each record. */
    public String queryName() {
        return buffer.getStringWithoutLengthAscii(queryNameOffset(), queryNameLength());
    }

    private int unsignedShort(final int field) {
        return buffer.getShort(offset + field) & 0xFFFF;
    }

    /** Where the records of a transaction begin, from its start. */
    static int recordsOffset(final int queryNameLength) {
        return HEAD_LENGTH + queryNameLength + 3 & ~3;
    }

    /** Makes a head without anything in it. */
    static void clear(final MutableDirectBuffer buffer, final int offset) {
        buffer.setMemory(offset, HEAD_LENGTH, (byte) 0);
        buffer.putShort(offset + RESPONSE_CODE_OFFSET, (short) NO_RESPONSE_CODE);
        buffer.putInt(offset + MINIMUM_TTL_OFFSET, (int) NO_TTL);
    }
}
