package net.flowsonde.flow;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;

/**
 * View over what a TCP connection needs beside its {@link FlowRecord}, as it lies behind the record in a slot of the table. Sequence
 * numbers are raw 32 bits, compared modulo 2^32 (RFC 9293, 3.4). Owned by one queue thread.
 * <pre>
 *  0          48                 136                {@value #LENGTH}
 *  +-----------+------------------+------------------+
 *  |  common   |  FORWARD sender  |  REVERSE sender  |
 *  +-----------+------------------+------------------+
 *
 *  sender: 0 last payload, ns      8 ISN             12 next sequence    16 acknowledged so far
 *         20 last packet, ticks   24 window 0 since  28 hole start       32 hole end
 *         36 hole opened, ticks   40 flags           44 ACK values sent (8 x 4)
 *         76 largest window       78 IP id           80 last payload, octets
 *         82 ACK values, count    83 retransmissions 84 TTL min, max     86 TTL of RST min, max
 * </pre>
 */
final class TcpState {
    /** Octets of a state. */
    static final int LENGTH = 224;

    // flags of the connection
    /** Both SYNs were acknowledged. */
    static final int ESTABLISHED = 1;
    /** A reset was effective: the snapshot in the record is frozen. */
    static final int RESET = 1 << 1;
    /** That reset came from the server. */
    static final int RESET_BY_SERVER = 1 << 2;
    /** The server's FIN was the first. */
    static final int SERVER_CLOSED_FIRST = 1 << 3;
    /** The FINs crossed. */
    static final int CLOSED_TOGETHER = 1 << 4;
    /** The last new payload came from the server. */
    static final int SERVER_SPOKE_LAST = 1 << 5;
    /** An ICMP error quoted the SYN. */
    static final int SYN_QUOTED = 1 << 6;
    /** A SYN of another connection came. */
    static final int REUSED = 1 << 7;
    /** The first packet had flags of a port scan. */
    static final int STEALTH = 1 << 8;
    /** The SYN was answered by an ACK of something else. */
    static final int CHALLENGED = 1 << 9;
    /** A RST was seen before any FIN. */
    static final int RST_SEEN = 1 << 10;
    /** The last RST seen came from the server. */
    static final int LAST_RST_BY_SERVER = 1 << 11;
    /** The application response time is known. */
    static final int RESPONDED = 1 << 12;

    // flags of a sender
    /** A packet without RST was seen. */
    static final int SEEN = 1;
    /** The SYN was seen. */
    static final int SYN_SEEN = 1 << 1;
    /** The initial sequence number is known, from the SYN or from the SYN-ACK that answers it. */
    static final int ISN_KNOWN = 1 << 2;
    static final int NEXT_KNOWN = 1 << 3;
    static final int ACKED_KNOWN = 1 << 4;
    /** The peer acknowledged the SYN. */
    static final int SYN_ACKED = 1 << 5;
    /** Sent an ACK without SYN. */
    static final int SENT_ACK = 1 << 6;
    static final int DATA = 1 << 7;
    static final int FIN = 1 << 8;
    static final int TIMESTAMPS = 1 << 9;
    static final int ZERO_WINDOW = 1 << 10;
    static final int HOLE = 1 << 11;
    /** Hole end holds where a stray segment ended. */
    static final int STRAY = 1 << 12;
    /** A RST before any FIN: its TTLs are kept. */
    static final int RST_TTL = 1 << 13;
    /** Letters of the history that are written once. */
    static final int WROTE_ACK = 1 << 14;
    static final int WROTE_DATA = 1 << 15;
    static final int WROTE_RETRANSMISSION = 1 << 16;
    static final int WROTE_ZERO_WINDOW = 1 << 17;
    static final int WROTE_GAP = 1 << 18;
    static final int WROTE_INCONSISTENT = 1 << 19;
    static final int WROTE_SYN_FIN = 1 << 20;
    /** The last payload was a closing message: one of the kinds of {@link TcpClosing}. */
    static final int FAREWELL = 1 << 21;
    /** Two bits: small steps of the IP identification seen, at most 3; and one that says it is no counter. */
    static final int IP_ID_STEP = 1 << 22;
    static final int IP_ID_STEPS = 3 << 22;
    static final int IP_ID_JUMPS = 1 << 24;

    /** Values of the ring of acknowledgments. */
    static final int RECENT_ACKS = 8;

    private static final int HANDSHAKE_NS_OFFSET = 0;
    private static final int REQUEST_NS_OFFSET = 8;
    private static final int RST_NS_OFFSET = 16;
    private static final int FIN_NS_OFFSET = 24;
    private static final int RST_SEQUENCE_OFFSET = 32;
    private static final int FLAGS_OFFSET = 36;
    private static final int PACKETS_OFFSET = 40;

    private static final int SENDERS_OFFSET = 48;
    private static final int SENDER_LENGTH = 88;
    private static final int LAST_DATA_NS_OFFSET = 0;
    private static final int ISN_OFFSET = 8;
    private static final int NEXT_OFFSET = 12;
    private static final int ACKED_OFFSET = 16;
    private static final int LAST_PACKET_OFFSET = 20;
    private static final int ZERO_WINDOW_OFFSET = 24;
    private static final int HOLE_START_OFFSET = 28;
    private static final int HOLE_END_OFFSET = 32;
    private static final int HOLE_OPENED_OFFSET = 36;
    private static final int SENDER_FLAGS_OFFSET = 40;
    private static final int RECENT_ACKS_OFFSET = 44;
    private static final int LARGEST_WINDOW_OFFSET = 76;
    private static final int IP_ID_OFFSET = 78;
    private static final int LAST_PAYLOAD_LENGTH_OFFSET = 80;
    private static final int ACK_COUNT_OFFSET = 82;
    private static final int RETRANSMISSIONS_OFFSET = 83;
    private static final int MINIMUM_TTL_OFFSET = 84;
    private static final int MAXIMUM_TTL_OFFSET = 85;
    private static final int MINIMUM_RST_TTL_OFFSET = 86;
    private static final int MAXIMUM_RST_TTL_OFFSET = 87;

    /** Kept so that its memory is. */
    private DirectBuffer buffer;
    private byte[] base;
    private long address;

    /** Points at a state. Its bounds are checked here, once; the accessors stay within them. */
    TcpState wrap(final MutableDirectBuffer buffer, final int offset) {
        buffer.boundsCheck(offset, LENGTH);
        this.buffer = buffer;
        base = buffer.byteArray();
        address = buffer.addressOffset() + offset;
        return this;
    }

    /** Forgets the last connection. */
    void reset() {
        // word by word: Java 17 leaves compiled code for setMemory, which costs more than to clear so little
        for (int word = 0; word < LENGTH; word += Long.BYTES) {
            UnsafeApi.putLong(base, address + word, 0);
        }
    }

    private long at(final int sender, final int field) {
        return address + SENDERS_OFFSET + sender * SENDER_LENGTH + field;
    }

    boolean has(final int flag) {
        return (flags() & flag) != 0;
    }

    int flags() {
        return UnsafeApi.getInt(base, address + FLAGS_OFFSET);
    }

    void raise(final int flag) {
        UnsafeApi.putInt(base, address + FLAGS_OFFSET, flags() | flag);
    }

    void clear(final int flag) {
        UnsafeApi.putInt(base, address + FLAGS_OFFSET, flags() & ~flag);
    }

    /** Raises or clears. */
    void mark(final int flag, final boolean isRaised) {
        if (isRaised) {
            raise(flag);
        } else {
            clear(flag);
        }
    }

    boolean has(final int sender, final int flag) {
        return (flags(sender) & flag) != 0;
    }

    int flags(final int sender) {
        return UnsafeApi.getInt(base, at(sender, SENDER_FLAGS_OFFSET));
    }

    void flags(final int sender, final int value) {
        UnsafeApi.putInt(base, at(sender, SENDER_FLAGS_OFFSET), value);
    }

    void raise(final int sender, final int flag) {
        flags(sender, flags(sender) | flag);
    }

    void clear(final int sender, final int flag) {
        flags(sender, flags(sender) & ~flag);
    }

    /** Both sides have closed. */
    boolean isClosed() {
        return (flags(0) & flags(1) & FIN) != 0;
    }

    /** One side at least has closed. */
    boolean isClosing() {
        return ((flags(0) | flags(1)) & FIN) != 0;
    }

    boolean isEnded() {
        return has(RESET) || isClosed();
    }

    /** Stamp of the last SYN, then of the last SYN-ACK before the handshake was complete. */
    long handshakeNs() {
        return UnsafeApi.getLong(base, address + HANDSHAKE_NS_OFFSET);
    }

    void handshakeNs(final long value) {
        UnsafeApi.putLong(base, address + HANDSHAKE_NS_OFFSET, value);
    }

    /** Stamp of the client's first payload; 0 when there was none. */
    long requestNs() {
        return UnsafeApi.getLong(base, address + REQUEST_NS_OFFSET);
    }

    void requestNs(final long value) {
        UnsafeApi.putLong(base, address + REQUEST_NS_OFFSET, value);
    }

    /** Stamp of the last RST before any FIN. */
    long rstNs() {
        return UnsafeApi.getLong(base, address + RST_NS_OFFSET);
    }

    void rstNs(final long value) {
        UnsafeApi.putLong(base, address + RST_NS_OFFSET, value);
    }

    /** Stamp of the first FIN. */
    long finNs() {
        return UnsafeApi.getLong(base, address + FIN_NS_OFFSET);
    }

    void finNs(final long value) {
        UnsafeApi.putLong(base, address + FIN_NS_OFFSET, value);
    }

    /** Sequence number of the last RST. */
    int rstSequence() {
        return UnsafeApi.getInt(base, address + RST_SEQUENCE_OFFSET);
    }

    void rstSequence(final int value) {
        UnsafeApi.putInt(base, address + RST_SEQUENCE_OFFSET, value);
    }

    /** Packets of the connection, counted to 3. */
    int packets() {
        return UnsafeApi.getByte(base, address + PACKETS_OFFSET);
    }

    void packets(final int value) {
        UnsafeApi.putByte(base, address + PACKETS_OFFSET, (byte) value);
    }

    /** Stamp of this side's last payload. */
    long lastDataNs(final int sender) {
        return UnsafeApi.getLong(base, at(sender, LAST_DATA_NS_OFFSET));
    }

    void lastDataNs(final int sender, final long value) {
        UnsafeApi.putLong(base, at(sender, LAST_DATA_NS_OFFSET), value);
    }

    int isn(final int sender) {
        return UnsafeApi.getInt(base, at(sender, ISN_OFFSET));
    }

    void isn(final int sender, final int value) {
        UnsafeApi.putInt(base, at(sender, ISN_OFFSET), value);
    }

    /** Highest sequence number seen of this side, plus one; SYN and FIN count. */
    int next(final int sender) {
        return UnsafeApi.getInt(base, at(sender, NEXT_OFFSET));
    }

    void next(final int sender, final int value) {
        UnsafeApi.putInt(base, at(sender, NEXT_OFFSET), value);
    }

    /** Highest acknowledgment that this side has received; moves forward only. */
    int acked(final int sender) {
        return UnsafeApi.getInt(base, at(sender, ACKED_OFFSET));
    }

    void acked(final int sender, final int value) {
        UnsafeApi.putInt(base, at(sender, ACKED_OFFSET), value);
    }

    /** {@link TcpTime#ticks} of this side's last packet without RST. */
    int lastPacketTicks(final int sender) {
        return UnsafeApi.getInt(base, at(sender, LAST_PACKET_OFFSET));
    }

    void lastPacketTicks(final int sender, final int value) {
        UnsafeApi.putInt(base, at(sender, LAST_PACKET_OFFSET), value);
    }

    /** Since when this side's window is 0, where {@link #ZERO_WINDOW} is raised. */
    int zeroWindowTicks(final int sender) {
        return UnsafeApi.getInt(base, at(sender, ZERO_WINDOW_OFFSET));
    }

    void zeroWindowTicks(final int sender, final int value) {
        UnsafeApi.putInt(base, at(sender, ZERO_WINDOW_OFFSET), value);
    }

    /** First octet of this side that has not been seen although a later one has, where {@link #HOLE} is raised. */
    int holeStart(final int sender) {
        return UnsafeApi.getInt(base, at(sender, HOLE_START_OFFSET));
    }

    void holeStart(final int sender, final int value) {
        UnsafeApi.putInt(base, at(sender, HOLE_START_OFFSET), value);
    }

    int holeEnd(final int sender) {
        return UnsafeApi.getInt(base, at(sender, HOLE_END_OFFSET));
    }

    void holeEnd(final int sender, final int value) {
        UnsafeApi.putInt(base, at(sender, HOLE_END_OFFSET), value);
    }

    /** {@link TcpTime#fineTicks} of the segment that left the hole. */
    int holeOpened(final int sender) {
        return UnsafeApi.getInt(base, at(sender, HOLE_OPENED_OFFSET));
    }

    void holeOpened(final int sender, final int value) {
        UnsafeApi.putInt(base, at(sender, HOLE_OPENED_OFFSET), value);
    }

    /** Remembers an acknowledgment that this side sent. */
    void addAck(final int sender, final int value) {
        final int count = UnsafeApi.getByte(base, at(sender, ACK_COUNT_OFFSET));
        UnsafeApi.putInt(base, at(sender, RECENT_ACKS_OFFSET) + (long) (count & RECENT_ACKS - 1) * Integer.BYTES, value);
        // counts 0 to 15, then 8 to 15 again: both the place and whether the ring is full can be read from it
        UnsafeApi.putByte(base, at(sender, ACK_COUNT_OFFSET), (byte) (count == 2 * RECENT_ACKS - 1 ? RECENT_ACKS : count + 1));
    }

    /** One of the last acknowledgments that this side sent has the value. */
    boolean hasSentAck(final int sender, final int value) {
        final int count = Math.min(UnsafeApi.getByte(base, at(sender, ACK_COUNT_OFFSET)), RECENT_ACKS);
        final long ring = at(sender, RECENT_ACKS_OFFSET);
        for (int i = 0; i < count; i++) {
            if (UnsafeApi.getInt(base, ring + (long) i * Integer.BYTES) == value) {
                return true;
            }
        }
        return false;
    }

    /** Largest unscaled window of this side, SYNs excluded; 0 when none was seen. */
    int largestWindow(final int sender) {
        return UnsafeApi.getShort(base, at(sender, LARGEST_WINDOW_OFFSET)) & 0xFFFF;
    }

    void largestWindow(final int sender, final int value) {
        UnsafeApi.putShort(base, at(sender, LARGEST_WINDOW_OFFSET), (short) value);
    }

    /** IP identification of this side's last packet. */
    int ipId(final int sender) {
        return UnsafeApi.getShort(base, at(sender, IP_ID_OFFSET)) & 0xFFFF;
    }

    void ipId(final int sender, final int value) {
        UnsafeApi.putShort(base, at(sender, IP_ID_OFFSET), (short) value);
    }

    /** Octets of this side's last payload, at most 65,535. */
    int lastPayloadLength(final int sender) {
        return UnsafeApi.getShort(base, at(sender, LAST_PAYLOAD_LENGTH_OFFSET)) & 0xFFFF;
    }

    void lastPayloadLength(final int sender, final int value) {
        UnsafeApi.putShort(base, at(sender, LAST_PAYLOAD_LENGTH_OFFSET), (short) Math.min(value, 0xFFFF));
    }

    /** Times that the first unacknowledged octet was sent again since the last new acknowledgment, at most 127. */
    int retransmissions(final int sender) {
        return UnsafeApi.getByte(base, at(sender, RETRANSMISSIONS_OFFSET));
    }

    void retransmissions(final int sender, final int value) {
        UnsafeApi.putByte(base, at(sender, RETRANSMISSIONS_OFFSET), (byte) Math.min(value, Byte.MAX_VALUE));
    }

    int minimumTtl(final int sender) {
        return UnsafeApi.getByte(base, at(sender, MINIMUM_TTL_OFFSET)) & 0xFF;
    }

    void minimumTtl(final int sender, final int value) {
        UnsafeApi.putByte(base, at(sender, MINIMUM_TTL_OFFSET), (byte) value);
    }

    int maximumTtl(final int sender) {
        return UnsafeApi.getByte(base, at(sender, MAXIMUM_TTL_OFFSET)) & 0xFF;
    }

    void maximumTtl(final int sender, final int value) {
        UnsafeApi.putByte(base, at(sender, MAXIMUM_TTL_OFFSET), (byte) value);
    }

    int minimumRstTtl(final int sender) {
        return UnsafeApi.getByte(base, at(sender, MINIMUM_RST_TTL_OFFSET)) & 0xFF;
    }

    int maximumRstTtl(final int sender) {
        return UnsafeApi.getByte(base, at(sender, MAXIMUM_RST_TTL_OFFSET)) & 0xFF;
    }

    /** Takes the TTL of a RST into the range of its side. */
    void addRstTtl(final int sender, final int ttl) {
        final boolean isFirst = !has(sender, RST_TTL);
        UnsafeApi.putByte(base, at(sender, MINIMUM_RST_TTL_OFFSET), (byte) (isFirst ? ttl : Math.min(ttl, minimumRstTtl(sender))));
        UnsafeApi.putByte(base, at(sender, MAXIMUM_RST_TTL_OFFSET), (byte) (isFirst ? ttl : Math.max(ttl, maximumRstTtl(sender))));
        raise(sender, RST_TTL);
    }
}
