package net.flowsonde.decode;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Where the decoder stands in a frame. A layer reads its header at {@link #position}, moves the position behind it, narrows the two
 * ends when its header says how long it is, and answers what comes next: an EtherType, or one of the codes here. Every layer asks
 * {@link #remaining()} before it reads.
 */
final class Cursor {
    /** Nothing more to decode: the verdict stands. */
    static final int DONE = -1;
    /** An IP packet whose version only its first octet tells. */
    static final int IP_OF_EITHER_VERSION = 0x1_0001;
    /** An Ethernet frame from its destination address. */
    static final int ETHERNET = 0x1_0002;
    /** An IEEE 802.2 header. */
    static final int LLC = 0x1_0003;
    /** A PPP frame from its protocol field, or the address and control octets before it. */
    static final int PPP = 0x1_0004;
    /** What lies above an IP header, by {@link PacketLayout#protocol()}. */
    static final int TRANSPORT = 0x1_0005;

    DirectBuffer buffer;
    /** The next octet to be read. */
    int position;
    /** Exclusive end of the captured octets of the layer that is being read. */
    int limit;
    /** Exclusive end of that layer on the wire; never below {@link #limit}. */
    int wireLimit;
    /** Ethernet headers passed. */
    int ethernetHeaders;
    /** The Ethernet header whose VLAN tags are kept, counted from 1; 0 for none yet. */
    int taggedHeader;
    /** Tunnel that has been entered, but no IP header seen in it yet. */
    TunnelType tunnelType;
    long tunnelId;
    private Verdict verdict;

    void wrap(final DirectBuffer buffer, final int offset, final int limit, final int wireLimit) {
        this.buffer = buffer;
        position = offset;
        this.limit = limit;
        this.wireLimit = wireLimit;
        ethernetHeaders = 0;
        taggedHeader = 0;
        tunnelType = TunnelType.NONE;
        tunnelId = 0;
        verdict = Verdict.DECODED;
    }

    Verdict verdict() {
        return verdict;
    }

    /** Captured octets that can be read from the position. */
    int remaining() {
        return limit - position;
    }

    /** Octets of this layer on the wire from the position. */
    int wireRemaining() {
        return wireLimit - position;
    }

    /** Sets both ends to at most {@code length} octets of the wire from the position. */
    void narrow(final int length) {
        if (length < wireLimit - position) {
            wireLimit = position + length;
            limit = Math.min(limit, wireLimit);
        }
    }

    /** Keeps {@code cause} unless a lower layer had one. */
    void note(final Verdict cause) {
        if (verdict == Verdict.DECODED) {
            verdict = cause;
        }
    }

    /** Ends the decoding by {@code cause}; an IP packet that has been found on the way is metered with what this means for it. */
    int end(final Verdict cause, final PacketLayout layout) {
        note(layout.ipVersion == 0 ? cause : cause.inTunnel());
        return DONE;
    }

    /** Enters a tunnel; the outermost since the last IP header, and the outermost identifier, stand. */
    void enterTunnel(final TunnelType type, final long id) {
        if (tunnelType == TunnelType.NONE) {
            tunnelType = type;
        }
        if (tunnelId == 0) {
            tunnelId = id;
        }
    }

    int unsignedByte(final int index) {
        return buffer.getByte(index) & 0xFF;
    }

    int unsignedShort(final int index) {
        return buffer.getShort(index, ByteOrder.BIG_ENDIAN) & 0xFFFF;
    }

    int integer(final int index) {
        return buffer.getInt(index, ByteOrder.BIG_ENDIAN);
    }

    long unsignedInteger(final int index) {
        return buffer.getInt(index, ByteOrder.BIG_ENDIAN) & 0xFFFF_FFFFL;
    }
}
