package net.flowsonde.flow;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;

/**
 * View over one bidirectional flow record, as it lies in a slot of the {@code FlowTable} and, copied whole, in the ring to the export
 * thread. Counters have two values, chosen by a direction: {@link #FORWARD} is client to server (RFC 5103's initiator), {@link #REVERSE}
 * the way back. All numbers are in native byte order, addresses in network order; an IPv4 address fills the first four octets of its
 * sixteen. Everything in the key is stored in the order of the table (low endpoint, high endpoint), so that both directions of a
 * flow have one key; {@link #FLAG_CLIENT_IS_HIGH} says which of them is the client.
 * <pre>
 *  0             48            {@value #COMMON_END}                                                {@value #LENGTH}
 *  +-------------+--------------+---------------------+---------------------+
 *  |     key     |    common    |  FORWARD direction  |  REVERSE direction  |
 *  +-------------+--------------+---------------------+---------------------+
 * </pre>
 * Reading is public; only this package writes. The bounds of the whole record are checked when the view is pointed at it, so the
 * accessors read and write memory without a check each; that halved the work on a packet whose flow is in the processor's cache.
 */
public final class FlowRecord {
    /** Client to server. */
    public static final int FORWARD = 0;
    /** Server to client. */
    public static final int REVERSE = 1;

    /** Key of the {@code vlanId} fields when a packet had no such tag. */
    public static final int NO_VLAN = 0xFFFF;
    public static final int NO_WINDOW_SCALE = 0xFF;

    /** The key's high endpoint is the client. */
    public static final int FLAG_CLIENT_IS_HIGH = 1;
    /** Client and server were inferred (no SYN was seen). */
    public static final int FLAG_DIRECTION_INFERRED = 1 << 1;
    /** At least one frame stood for several wire packets. */
    public static final int FLAG_COALESCED = 1 << 2;
    /** The wire packets of a coalesced frame are an estimate (from MSS or MTU), not the kernel's number. */
    public static final int FLAG_PACKETS_ESTIMATED = 1 << 3;
    /** An earlier record of the same flow has been exported. */
    public static final int FLAG_CONTINUATION = 1 << 4;
    /** An ICMP error quoted a packet of this flow. */
    public static final int FLAG_ICMP_ERROR = 1 << 5;
    /** A SYN of the client was seen. */
    public static final int FLAG_SYN_SEEN = 1 << 6;
    /** Handshake was seen complete. */
    public static final int FLAG_HANDSHAKE_SEEN = 1 << 7;
    /** A frame of this flow was captured shorter than it was. */
    public static final int FLAG_TRUNCATED = 1 << 8;
    /** The tail left unacknowledged was judged to be closing octets by its size alone (low confidence). */
    public static final int FLAG_CLOSING_OCTETS_GUESSED = 1 << 9;

    /** Its payload is wanted by the {@link FlowListener}; internal, never exported. */
    static final int FLAG_PAYLOAD_WANTED = 1 << 31;
    /** The flags that tell something about the flow. */
    public static final int MARKS = ~FLAG_PAYLOAD_WANTED;

    /** Longest connection history that is kept, characters. */
    public static final int HISTORY_CAPACITY = 16;

    static final int MAC_ADDRESS_LENGTH = 6;
    static final int IPV4_ADDRESS_LENGTH = 4;
    static final int IPV6_ADDRESS_LENGTH = 16;
    static final int PROTOCOL_ICMP = 1;
    static final int PROTOCOL_TCP = 6;
    static final int PROTOCOL_UDP = 17;
    static final int PROTOCOL_ICMPV6 = 58;

    // key: 48 octets, compared as six longs
    static final int KEY_OFFSET = 0;
    static final int KEY_LENGTH = 48;
    static final int LOW_ADDRESS_OFFSET = 0;
    static final int HIGH_ADDRESS_OFFSET = 16;
    static final int LOW_PORT_OFFSET = 32;
    static final int HIGH_PORT_OFFSET = 34;
    static final int PROTOCOL_OFFSET = 36;
    static final int IP_VERSION_OFFSET = 37;
    static final int KEY_VLAN_OFFSET = 38;
    static final int KEY_TUNNEL_OFFSET = 40;
    // the rest of the first cache line: what every packet of a flow reads
    private static final int LAST_PACKET_NS_OFFSET = 48;
    private static final int FLAGS_OFFSET = 56;
    private static final int START_TICK_OFFSET = 60;
    // common
    private static final int FLOW_ID_OFFSET = 64;
    private static final int HANDSHAKE_SERVER_RTT_NS_OFFSET = 72;
    private static final int HANDSHAKE_CLIENT_RTT_NS_OFFSET = 80;
    private static final int APPLICATION_RESPONSE_TIME_NS_OFFSET = 88;
    private static final int TUNNEL_ID_OFFSET = 96;
    private static final int TCP_IDLE_BEFORE_TEARDOWN_MS_OFFSET = 104;
    private static final int TCP_RESET_EVIDENCE_OFFSET = 108;
    private static final int TCP_TEARDOWN_REASON_OFFSET = 112;
    private static final int TCP_TEARDOWN_INITIATOR_OFFSET = 113;
    private static final int TCP_TEARDOWN_PHASE_OFFSET = 114;
    private static final int TCP_TEARDOWN_IMPACT_OFFSET = 115;
    private static final int TCP_RESET_MPTCP_REASON_OFFSET = 116;
    private static final int FLOW_END_REASON_OFFSET = 117;
    private static final int TUNNEL_TYPE_OFFSET = 118;
    private static final int TUNNEL_IP_VERSION_OFFSET = 119;
    private static final int HISTORY_LENGTH_OFFSET = 120;
    private static final int HISTORY_OFFSET = 121;
    private static final int DISSECTOR_OFFSET = 140;
    private static final int TUNNEL_SOURCE_ADDRESS_OFFSET = 144;
    private static final int TUNNEL_DESTINATION_ADDRESS_OFFSET = 160;
    private static final int SOURCE_MAC_ADDRESS_OFFSET = 176;
    private static final int DESTINATION_MAC_ADDRESS_OFFSET = 182;
    private static final int CALLED_NAME_HASH_OFFSET = 188;
    static final int COMMON_END = 192;
    // one direction, offsets from its start
    private static final int PACKETS_OFFSET = 0;
    private static final int OCTETS_OFFSET = 8;
    private static final int FRAMES_OFFSET = 16;
    private static final int PAYLOAD_OCTETS_OFFSET = 24;
    private static final int START_NS_OFFSET = 32;
    private static final int END_NS_OFFSET = 40;
    private static final int MAX_FRAME_LENGTH_OFFSET = 48;
    private static final int TCP_CONTROL_BITS_OFFSET = 52;
    private static final int TCP_WINDOW_SIZE_OFFSET = 54;
    private static final int TCP_MAXIMUM_SEGMENT_SIZE_OFFSET = 56;
    private static final int TCP_WINDOW_SCALE_OFFSET = 58;
    private static final int MINIMUM_TTL_OFFSET = 59;
    private static final int MAXIMUM_TTL_OFFSET = 60;
    private static final int IP_CLASS_OF_SERVICE_OFFSET = 61;
    private static final int ICMP_TYPE_CODE_OFFSET = 62;
    // the second cache line of a direction: what few packets write
    private static final int TCP_RETRANSMITTED_PACKETS_OFFSET = 64;
    private static final int TCP_OUT_OF_ORDER_PACKETS_OFFSET = 68;
    private static final int TCP_ZERO_WINDOW_PACKETS_OFFSET = 72;
    private static final int TCP_UNACKED_OCTETS_OFFSET = 76;
    private static final int TCP_RST_COUNT_OFFSET = 80;
    private static final int FRAGMENTS_OFFSET = 84;
    private static final int INGRESS_INTERFACE_OFFSET = 88;
    private static final int EGRESS_INTERFACE_OFFSET = 92;
    private static final int FLOW_LABEL_IPV6_OFFSET = 96;
    private static final int MPLS_TOP_LABEL_STACK_SECTION_OFFSET = 100;
    private static final int VLAN_ID_OFFSET = 104;
    private static final int CUSTOMER_VLAN_ID_OFFSET = 106;
    private static final int TCP_TTL_RST_OFFSET = 108;
    private static final int DIRECTION_LENGTH = 128;

    /** Octets of a record. */
    public static final int LENGTH = COMMON_END + 2 * DIRECTION_LENGTH;

    private DirectBuffer buffer;
    private MutableDirectBuffer mutable;
    private byte[] base;
    private long address;
    private int offset;

    /** Points at a record for reading. */
    public FlowRecord wrap(final DirectBuffer buffer, final int offset) {
        mutable = null;
        return point(buffer, offset);
    }

    /** Points at a record for reading and writing. */
    FlowRecord wrapForUpdate(final MutableDirectBuffer buffer, final int offset) {
        mutable = buffer;
        return point(buffer, offset);
    }

    private FlowRecord point(final DirectBuffer buffer, final int offset) {
        buffer.boundsCheck(offset, LENGTH);
        this.buffer = buffer;
        this.offset = offset;
        base = buffer.byteArray();
        address = buffer.addressOffset() + offset;
        return this;
    }

    public DirectBuffer buffer() {
        return buffer;
    }

    public int offset() {
        return offset;
    }

    public int ipVersion() {
        return UnsafeApi.getByte(base, address + IP_VERSION_OFFSET);
    }

    /** protocolIdentifier (4). */
    public int protocol() {
        return UnsafeApi.getByte(base, address + PROTOCOL_OFFSET) & 0xFF;
    }

    public boolean hasFlag(final int flag) {
        return (flags() & flag) != 0;
    }

    void raiseFlag(final int flag) {
        flags(flags() | flag);
    }

    /** Where the client's address lies in {@link #buffer()}: 4 or 16 octets by {@link #ipVersion()}, network order. */
    public int sourceAddressOffset() {
        return offset + (hasFlag(FLAG_CLIENT_IS_HIGH) ? HIGH_ADDRESS_OFFSET : LOW_ADDRESS_OFFSET);
    }

    /** Where the server's address lies in {@link #buffer()}. */
    public int destinationAddressOffset() {
        return offset + (hasFlag(FLAG_CLIENT_IS_HIGH) ? LOW_ADDRESS_OFFSET : HIGH_ADDRESS_OFFSET);
    }

    /** The client's port; 0 for protocols without ports. */
    public int sourcePort() {
        return port(hasFlag(FLAG_CLIENT_IS_HIGH) ? HIGH_PORT_OFFSET : LOW_PORT_OFFSET);
    }

    /** The server's port; 0 for protocols without ports. */
    public int destinationPort() {
        return port(hasFlag(FLAG_CLIENT_IS_HIGH) ? LOW_PORT_OFFSET : HIGH_PORT_OFFSET);
    }

    private int port(final int field) {
        return isIcmp() ? 0 : UnsafeApi.getShort(base, address + field) & 0xFFFF;
    }

    /** Identifier of an exchange of ICMP queries (echo and its like); 0 for every other ICMP message and every other protocol. */
    public int icmpIdentifier() {
        return isIcmp() ? UnsafeApi.getShort(base, address + LOW_PORT_OFFSET) & 0xFFFF : 0;
    }

    public boolean isIcmp() {
        return protocol() == PROTOCOL_ICMP || protocol() == PROTOCOL_ICMPV6;
    }

    /** Newest stamp of the flow, over all of its records; only for the table. */
    long lastPacketNs() {
        return UnsafeApi.getLong(base, address + LAST_PACKET_NS_OFFSET);
    }

    void lastPacketNs(final long value) {
        UnsafeApi.putLong(base, address + LAST_PACKET_NS_OFFSET, value);
    }

    /** When this record began, in coarse ticks that wrap; only for the table, which keeps it in the line that every packet reads. */
    int startTick() {
        return UnsafeApi.getInt(base, address + START_TICK_OFFSET);
    }

    void startTick(final int value) {
        UnsafeApi.putInt(base, address + START_TICK_OFFSET, value);
    }

    /** What the {@link FlowListener} keeps for this flow: a number of its own, 0 at the start of the flow. */
    public int dissector() {
        return UnsafeApi.getInt(base, address + DISSECTOR_OFFSET);
    }

    /** For the {@link FlowListener} only, during its calls. */
    public void dissector(final int value) {
        UnsafeApi.putInt(base, address + DISSECTOR_OFFSET, value);
    }

    /** Of the name by which the client called the server; 0 when it was not seen to. The {@link FlowListener} says of which kind it is. */
    public int calledNameHash() {
        return UnsafeApi.getInt(base, address + CALLED_NAME_HASH_OFFSET);
    }

    /** For the {@link FlowListener} only, during its calls. */
    public void calledNameHash(final int value) {
        UnsafeApi.putInt(base, address + CALLED_NAME_HASH_OFFSET, value);
    }

    /** The {@link FlowListener} wants no more payload of this flow. */
    public void dismissPayload() {
        flags(flags() & ~FLAG_PAYLOAD_WANTED);
    }

    /** Where the outer source address of the tunnel lies, as the client's packets have it; see {@link #tunnelIpVersion()}. */
    public int tunnelSourceAddressOffset() {
        return offset + TUNNEL_SOURCE_ADDRESS_OFFSET;
    }

    /** Where the outer destination address of the tunnel lies. */
    public int tunnelDestinationAddressOffset() {
        return offset + TUNNEL_DESTINATION_ADDRESS_OFFSET;
    }

    /** Where the six octets of sourceMacAddress (56) lie: the sender of the client's packets on this link. */
    public int sourceMacAddressOffset() {
        return offset + SOURCE_MAC_ADDRESS_OFFSET;
    }

    /** Where the six octets of destinationMacAddress (80) lie. */
    public int destinationMacAddressOffset() {
        return offset + DESTINATION_MAC_ADDRESS_OFFSET;
    }

    void macAddresses(final DirectBuffer source, final int sourceMacOffset, final int destinationMacOffset) {
        mutable.putBytes(offset + SOURCE_MAC_ADDRESS_OFFSET, source, sourceMacOffset, MAC_ADDRESS_LENGTH);
        mutable.putBytes(offset + DESTINATION_MAC_ADDRESS_OFFSET, source, destinationMacOffset, MAC_ADDRESS_LENGTH);
    }

    /** Copies the outer addresses; their length follows from {@link #tunnelIpVersion()}. */
    void tunnelAddresses(final DirectBuffer source, final int sourceAddressOffset, final int destinationAddressOffset) {
        final int length = tunnelIpVersion() == 4 ? IPV4_ADDRESS_LENGTH : IPV6_ADDRESS_LENGTH;
        mutable.putBytes(offset + TUNNEL_SOURCE_ADDRESS_OFFSET, source, sourceAddressOffset, length);
        mutable.putBytes(offset + TUNNEL_DESTINATION_ADDRESS_OFFSET, source, destinationAddressOffset, length);
    }

    /** Letters of the connection history, at most {@link #HISTORY_CAPACITY}, at {@link #historyOffset()}. */
    public int historyLength() {
        return UnsafeApi.getByte(base, address + HISTORY_LENGTH_OFFSET);
    }

    public int historyOffset() {
        return offset + HISTORY_OFFSET;
    }

    /** Adds a letter to the connection history; letters past its capacity are left out. */
    void appendHistory(final char letter) {
        final int length = historyLength();
        if (length < HISTORY_CAPACITY) {
            UnsafeApi.putByte(base, address + HISTORY_OFFSET + length, (byte) letter);
            UnsafeApi.putByte(base, address + HISTORY_LENGTH_OFFSET, (byte) (length + 1));
        }
    }

    /** Stamp of the first packet of this record in either direction, nanoseconds since 1970. */
    public long flowStartNs() {
        final long forward = startNs(FORWARD);
        final long reverse = startNs(REVERSE);
        return forward == 0 ? reverse : reverse == 0 ? forward : Math.min(forward, reverse);
    }

    /** Stamp of the last packet of this record in either direction. */
    public long flowEndNs() {
        return Math.max(endNs(FORWARD), endNs(REVERSE));
    }

    private long at(final int direction, final int field) {
        return address + COMMON_END + direction * DIRECTION_LENGTH + field;
    }

    /** FlowId (148): unique in the observation domain, the same in every record of one flow. */
    public long flowId() {
        return UnsafeApi.getLong(base, address + FLOW_ID_OFFSET);
    }

    void flowId(final long value) {
        UnsafeApi.putLong(base, address + FLOW_ID_OFFSET, value);
    }

    /** SYN to SYN-ACK as seen here: the round trip between this point and the server; -1 when not seen, nanoseconds. */
    public long handshakeServerRttNs() {
        return UnsafeApi.getLong(base, address + HANDSHAKE_SERVER_RTT_NS_OFFSET);
    }

    void handshakeServerRttNs(final long value) {
        UnsafeApi.putLong(base, address + HANDSHAKE_SERVER_RTT_NS_OFFSET, value);
    }

    /** SYN-ACK to the ACK that answers it: the round trip between this point and the client; -1 when not seen, nanoseconds. */
    public long handshakeClientRttNs() {
        return UnsafeApi.getLong(base, address + HANDSHAKE_CLIENT_RTT_NS_OFFSET);
    }

    void handshakeClientRttNs(final long value) {
        UnsafeApi.putLong(base, address + HANDSHAKE_CLIENT_RTT_NS_OFFSET, value);
    }

    /** First payload of the client to the first payload of the server after it; -1 when not seen, nanoseconds. */
    public long applicationResponseTimeNs() {
        return UnsafeApi.getLong(base, address + APPLICATION_RESPONSE_TIME_NS_OFFSET);
    }

    void applicationResponseTimeNs(final long value) {
        UnsafeApi.putLong(base, address + APPLICATION_RESPONSE_TIME_NS_OFFSET, value);
    }

    /** VNI, GRE key, ERSPAN session or NSH service path of the outermost tunnel with one; 0 when none. */
    public long tunnelId() {
        return UnsafeApi.getLong(base, address + TUNNEL_ID_OFFSET);
    }

    void tunnelId(final long value) {
        UnsafeApi.putLong(base, address + TUNNEL_ID_OFFSET, value);
    }

    /** Time since the last payload in either direction when the connection ended, milliseconds. */
    public int tcpIdleBeforeTeardownMs() {
        return UnsafeApi.getInt(base, address + TCP_IDLE_BEFORE_TEARDOWN_MS_OFFSET);
    }

    void tcpIdleBeforeTeardownMs(final int value) {
        UnsafeApi.putInt(base, address + TCP_IDLE_BEFORE_TEARDOWN_MS_OFFSET, value);
    }

    /** Bits of {@link TcpResetEvidence}. */
    public int tcpResetEvidence() {
        return UnsafeApi.getInt(base, address + TCP_RESET_EVIDENCE_OFFSET);
    }

    void tcpResetEvidence(final int value) {
        UnsafeApi.putInt(base, address + TCP_RESET_EVIDENCE_OFFSET, value);
    }

    /** Bits of FLAG_ constants. */
    public int flags() {
        return UnsafeApi.getInt(base, address + FLAGS_OFFSET);
    }

    void flags(final int value) {
        UnsafeApi.putInt(base, address + FLAGS_OFFSET, value);
    }

    /** Code of {@link TcpTeardownReason}. */
    public int tcpTeardownReason() {
        return UnsafeApi.getByte(base, address + TCP_TEARDOWN_REASON_OFFSET) & 0xFF;
    }

    void tcpTeardownReason(final int value) {
        UnsafeApi.putByte(base, address + TCP_TEARDOWN_REASON_OFFSET, (byte) value);
    }

    /** Code of {@link TcpTeardownInitiator}. */
    public int tcpTeardownInitiator() {
        return UnsafeApi.getByte(base, address + TCP_TEARDOWN_INITIATOR_OFFSET) & 0xFF;
    }

    void tcpTeardownInitiator(final int value) {
        UnsafeApi.putByte(base, address + TCP_TEARDOWN_INITIATOR_OFFSET, (byte) value);
    }

    /** Code of {@link TcpTeardownPhase}. */
    public int tcpTeardownPhase() {
        return UnsafeApi.getByte(base, address + TCP_TEARDOWN_PHASE_OFFSET) & 0xFF;
    }

    void tcpTeardownPhase(final int value) {
        UnsafeApi.putByte(base, address + TCP_TEARDOWN_PHASE_OFFSET, (byte) value);
    }

    /** Code of {@link TcpTeardownImpact}. */
    public int tcpTeardownImpact() {
        return UnsafeApi.getByte(base, address + TCP_TEARDOWN_IMPACT_OFFSET) & 0xFF;
    }

    void tcpTeardownImpact(final int value) {
        UnsafeApi.putByte(base, address + TCP_TEARDOWN_IMPACT_OFFSET, (byte) value);
    }

    /** Reason of the MP_TCPRST option (RFC 8684, 3.6); 255 when absent. */
    public int tcpResetMptcpReason() {
        return UnsafeApi.getByte(base, address + TCP_RESET_MPTCP_REASON_OFFSET) & 0xFF;
    }

    void tcpResetMptcpReason(final int value) {
        UnsafeApi.putByte(base, address + TCP_RESET_MPTCP_REASON_OFFSET, (byte) value);
    }

    /** FlowEndReason (136): 1 idle timeout, 2 active timeout, 3 end of flow detected, 4 forced end, 5 lack of resources. */
    public int flowEndReason() {
        return UnsafeApi.getByte(base, address + FLOW_END_REASON_OFFSET) & 0xFF;
    }

    void flowEndReason(final int value) {
        UnsafeApi.putByte(base, address + FLOW_END_REASON_OFFSET, (byte) value);
    }

    /** Code of the decoder's tunnel kind; 0 when the packet was not in a tunnel. */
    public int tunnelType() {
        return UnsafeApi.getByte(base, address + TUNNEL_TYPE_OFFSET) & 0xFF;
    }

    void tunnelType(final int value) {
        UnsafeApi.putByte(base, address + TUNNEL_TYPE_OFFSET, (byte) value);
    }

    /** 4 or 6 for the outer addresses of the tunnel; 0 when none. */
    public int tunnelIpVersion() {
        return UnsafeApi.getByte(base, address + TUNNEL_IP_VERSION_OFFSET) & 0xFF;
    }

    void tunnelIpVersion(final int value) {
        UnsafeApi.putByte(base, address + TUNNEL_IP_VERSION_OFFSET, (byte) value);
    }

    /** Packets on the wire: a coalesced frame counts as the packets that it stands for. */
    public long packets(final int direction) {
        return UnsafeApi.getLong(base, at(direction, PACKETS_OFFSET));
    }

    void packets(final int direction, final long value) {
        UnsafeApi.putLong(base, at(direction, PACKETS_OFFSET), value);
    }

    /** Octets of those packets, from the IP header on (octetDeltaCount). */
    public long octets(final int direction) {
        return UnsafeApi.getLong(base, at(direction, OCTETS_OFFSET));
    }

    void octets(final int direction, final long value) {
        UnsafeApi.putLong(base, at(direction, OCTETS_OFFSET), value);
    }

    /** Frames as captured. */
    public long frames(final int direction) {
        return UnsafeApi.getLong(base, at(direction, FRAMES_OFFSET));
    }

    void frames(final int direction, final long value) {
        UnsafeApi.putLong(base, at(direction, FRAMES_OFFSET), value);
    }

    /** Octets above the transport header. */
    public long payloadOctets(final int direction) {
        return UnsafeApi.getLong(base, at(direction, PAYLOAD_OCTETS_OFFSET));
    }

    void payloadOctets(final int direction, final long value) {
        UnsafeApi.putLong(base, at(direction, PAYLOAD_OCTETS_OFFSET), value);
    }

    /** Stamp of the first packet of this record, nanoseconds since 1970; 0 when there was none. */
    public long startNs(final int direction) {
        return UnsafeApi.getLong(base, at(direction, START_NS_OFFSET));
    }

    void startNs(final int direction, final long value) {
        UnsafeApi.putLong(base, at(direction, START_NS_OFFSET), value);
    }

    /** Stamp of the last packet. */
    public long endNs(final int direction) {
        return UnsafeApi.getLong(base, at(direction, END_NS_OFFSET));
    }

    void endNs(final int direction, final long value) {
        UnsafeApi.putLong(base, at(direction, END_NS_OFFSET), value);
    }

    /** Segments whose payload had been seen before. */
    public int tcpRetransmittedPackets(final int direction) {
        return UnsafeApi.getInt(base, at(direction, TCP_RETRANSMITTED_PACKETS_OFFSET));
    }

    void tcpRetransmittedPackets(final int direction, final int value) {
        UnsafeApi.putInt(base, at(direction, TCP_RETRANSMITTED_PACKETS_OFFSET), value);
    }

    /** Segments that filled a hole left by a later one. */
    public int tcpOutOfOrderPackets(final int direction) {
        return UnsafeApi.getInt(base, at(direction, TCP_OUT_OF_ORDER_PACKETS_OFFSET));
    }

    void tcpOutOfOrderPackets(final int direction, final int value) {
        UnsafeApi.putInt(base, at(direction, TCP_OUT_OF_ORDER_PACKETS_OFFSET), value);
    }

    /** Segments that announced a window of 0. */
    public int tcpZeroWindowPackets(final int direction) {
        return UnsafeApi.getInt(base, at(direction, TCP_ZERO_WINDOW_PACKETS_OFFSET));
    }

    void tcpZeroWindowPackets(final int direction, final int value) {
        UnsafeApi.putInt(base, at(direction, TCP_ZERO_WINDOW_PACKETS_OFFSET), value);
    }

    /** Payload sent by this side and not acknowledged when the connection ended. */
    public int tcpUnackedOctets(final int direction) {
        return UnsafeApi.getInt(base, at(direction, TCP_UNACKED_OCTETS_OFFSET));
    }

    void tcpUnackedOctets(final int direction, final int value) {
        UnsafeApi.putInt(base, at(direction, TCP_UNACKED_OCTETS_OFFSET), value);
    }

    /** Segments with RST, effective or not. */
    public int tcpRstCount(final int direction) {
        return UnsafeApi.getInt(base, at(direction, TCP_RST_COUNT_OFFSET));
    }

    void tcpRstCount(final int direction, final int value) {
        UnsafeApi.putInt(base, at(direction, TCP_RST_COUNT_OFFSET), value);
    }

    /** IP fragments. */
    public int fragments(final int direction) {
        return UnsafeApi.getInt(base, at(direction, FRAGMENTS_OFFSET));
    }

    void fragments(final int direction, final int value) {
        UnsafeApi.putInt(base, at(direction, FRAGMENTS_OFFSET), value);
    }

    /** Longest captured frame, octets on the link. */
    public int maxFrameLength(final int direction) {
        return UnsafeApi.getInt(base, at(direction, MAX_FRAME_LENGTH_OFFSET));
    }

    void maxFrameLength(final int direction, final int value) {
        UnsafeApi.putInt(base, at(direction, MAX_FRAME_LENGTH_OFFSET), value);
    }

    /** IfIndex where these packets came in; 0 unknown. */
    public int ingressInterface(final int direction) {
        return UnsafeApi.getInt(base, at(direction, INGRESS_INTERFACE_OFFSET));
    }

    void ingressInterface(final int direction, final int value) {
        UnsafeApi.putInt(base, at(direction, INGRESS_INTERFACE_OFFSET), value);
    }

    /** IfIndex where they leave; 0 unknown. */
    public int egressInterface(final int direction) {
        return UnsafeApi.getInt(base, at(direction, EGRESS_INTERFACE_OFFSET));
    }

    void egressInterface(final int direction, final int value) {
        UnsafeApi.putInt(base, at(direction, EGRESS_INTERFACE_OFFSET), value);
    }

    /** Flow label of the first packet. */
    public int flowLabelIPv6(final int direction) {
        return UnsafeApi.getInt(base, at(direction, FLOW_LABEL_IPV6_OFFSET));
    }

    void flowLabelIPv6(final int direction, final int value) {
        UnsafeApi.putInt(base, at(direction, FLOW_LABEL_IPV6_OFFSET), value);
    }

    /** Label, experimental bits and bottom bit of the top MPLS entry (20+3+1 bits); -1 when none. */
    public int mplsTopLabelStackSection(final int direction) {
        return UnsafeApi.getInt(base, at(direction, MPLS_TOP_LABEL_STACK_SECTION_OFFSET));
    }

    void mplsTopLabelStackSection(final int direction, final int value) {
        UnsafeApi.putInt(base, at(direction, MPLS_TOP_LABEL_STACK_SECTION_OFFSET), value);
    }

    /** Outer VLAN (12 bits); NO_VLAN when none. */
    public int vlanId(final int direction) {
        return UnsafeApi.getShort(base, at(direction, VLAN_ID_OFFSET)) & 0xFFFF;
    }

    void vlanId(final int direction, final int value) {
        UnsafeApi.putShort(base, at(direction, VLAN_ID_OFFSET), (short) value);
    }

    /** Inner VLAN of QinQ (12 bits); NO_VLAN when none. */
    public int customerVlanId(final int direction) {
        return UnsafeApi.getShort(base, at(direction, CUSTOMER_VLAN_ID_OFFSET)) & 0xFFFF;
    }

    void customerVlanId(final int direction, final int value) {
        UnsafeApi.putShort(base, at(direction, CUSTOMER_VLAN_ID_OFFSET), (short) value);
    }

    /** Union of all flags (9 bits with NS). */
    public int tcpControlBits(final int direction) {
        return UnsafeApi.getShort(base, at(direction, TCP_CONTROL_BITS_OFFSET)) & 0xFFFF;
    }

    void tcpControlBits(final int direction, final int value) {
        UnsafeApi.putShort(base, at(direction, TCP_CONTROL_BITS_OFFSET), (short) value);
    }

    /** MSS option of this side's SYN; 0 when absent. */
    public int tcpMaximumSegmentSize(final int direction) {
        return UnsafeApi.getShort(base, at(direction, TCP_MAXIMUM_SEGMENT_SIZE_OFFSET)) & 0xFFFF;
    }

    void tcpMaximumSegmentSize(final int direction, final int value) {
        UnsafeApi.putShort(base, at(direction, TCP_MAXIMUM_SEGMENT_SIZE_OFFSET), (short) value);
    }

    /** Unscaled window of the first segment. */
    public int tcpWindowSize(final int direction) {
        return UnsafeApi.getShort(base, at(direction, TCP_WINDOW_SIZE_OFFSET)) & 0xFFFF;
    }

    void tcpWindowSize(final int direction, final int value) {
        UnsafeApi.putShort(base, at(direction, TCP_WINDOW_SIZE_OFFSET), (short) value);
    }

    /** Type * 256 + code of the first packet; both ICMP versions. */
    public int icmpTypeCode(final int direction) {
        return UnsafeApi.getShort(base, at(direction, ICMP_TYPE_CODE_OFFSET)) & 0xFFFF;
    }

    void icmpTypeCode(final int direction, final int value) {
        UnsafeApi.putShort(base, at(direction, ICMP_TYPE_CODE_OFFSET), (short) value);
    }

    /** Shift of this side's SYN; NO_WINDOW_SCALE when absent. */
    public int tcpWindowScale(final int direction) {
        return UnsafeApi.getByte(base, at(direction, TCP_WINDOW_SCALE_OFFSET)) & 0xFF;
    }

    void tcpWindowScale(final int direction, final int value) {
        UnsafeApi.putByte(base, at(direction, TCP_WINDOW_SCALE_OFFSET), (byte) value);
    }

    /** Smallest TTL or hop limit. */
    public int minimumTtl(final int direction) {
        return UnsafeApi.getByte(base, at(direction, MINIMUM_TTL_OFFSET)) & 0xFF;
    }

    void minimumTtl(final int direction, final int value) {
        UnsafeApi.putByte(base, at(direction, MINIMUM_TTL_OFFSET), (byte) value);
    }

    /** Largest TTL or hop limit. */
    public int maximumTtl(final int direction) {
        return UnsafeApi.getByte(base, at(direction, MAXIMUM_TTL_OFFSET)) & 0xFF;
    }

    void maximumTtl(final int direction, final int value) {
        UnsafeApi.putByte(base, at(direction, MAXIMUM_TTL_OFFSET), (byte) value);
    }

    /** ToS or traffic class of the first packet. */
    public int ipClassOfService(final int direction) {
        return UnsafeApi.getByte(base, at(direction, IP_CLASS_OF_SERVICE_OFFSET)) & 0xFF;
    }

    void ipClassOfService(final int direction, final int value) {
        UnsafeApi.putByte(base, at(direction, IP_CLASS_OF_SERVICE_OFFSET), (byte) value);
    }

    /** TTL of the last segment with RST; 0 when there was none. */
    public int tcpTtlRst(final int direction) {
        return UnsafeApi.getByte(base, at(direction, TCP_TTL_RST_OFFSET)) & 0xFF;
    }

    void tcpTtlRst(final int direction, final int value) {
        UnsafeApi.putByte(base, at(direction, TCP_TTL_RST_OFFSET), (byte) value);
    }
}
