package net.flowsonde.capture;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * View over one captured frame where it lies (kernel ring, file block, libpcap's buffer) with what the capture knows about it.
 * Owned and reused by one queue thread; nothing is copied.
 */
public final class CapturedFrame {
    /** No VLAN tag was stripped from the frame. */
    public static final int NO_VLAN = -1;

    private DirectBuffer buffer = new UnsafeBuffer(0, 0);
    private int offset;
    private int limit;
    private int wireLength;
    private long timestampNs;
    private int linkType;
    private int interfaceIndex;
    private boolean isOutgoing;
    private int vlanTci;
    private int vlanTpid;
    private int gsoSize;
    private int gsoHeaderLength;

    /** Points at a frame and clears every hint. {@code limit - offset} octets were captured of {@code wireLength}. */
    public CapturedFrame wrap(
        final DirectBuffer buffer, final int offset, final int limit, final int wireLength, final long timestampNs) {
        this.buffer = buffer;
        this.offset = offset;
        this.limit = limit;
        this.wireLength = wireLength;
        this.timestampNs = timestampNs;
        isOutgoing = false;
        vlanTci = NO_VLAN;
        vlanTpid = 0;
        gsoSize = 0;
        gsoHeaderLength = 0;
        return this;
    }

    /** Where the frame comes from: stays until changed, for all frames of one source. */
    public CapturedFrame source(final int linkType, final int interfaceIndex) {
        this.linkType = linkType;
        this.interfaceIndex = interfaceIndex;
        return this;
    }

    /** The frame was sent by this host (PACKET_OUTGOING). */
    public CapturedFrame outgoing(final boolean isOutgoing) {
        this.isOutgoing = isOutgoing;
        return this;
    }

    /** The VLAN tag that the kernel took out of the frame: 16 bits TCI and the TPID (0x8100, 0x88a8). */
    public CapturedFrame strippedVlan(final int tci, final int tpid) {
        vlanTci = tci;
        vlanTpid = tpid;
        return this;
    }

    /** The frame stands for several packets of at most {@code gsoSize} payload octets behind {@code headerLength} octets each. */
    public CapturedFrame segmentation(final int gsoSize, final int headerLength) {
        this.gsoSize = gsoSize;
        gsoHeaderLength = headerLength;
        return this;
    }

    public DirectBuffer buffer() {
        return buffer;
    }

    public int offset() {
        return offset;
    }

    /** Exclusive end of the captured octets. */
    public int limit() {
        return limit;
    }

    public int capturedLength() {
        return limit - offset;
    }

    /** Octets of the frame before capture cut it; without a stripped VLAN tag. */
    public int wireLength() {
        return wireLength;
    }

    /** Nanoseconds since 1970-01-01T00:00:00Z. */
    public long timestampNs() {
        return timestampNs;
    }

    /** LINKTYPE_ value of the pcap file format: 1 Ethernet, 113 Linux SLL, 276 SLL2, 101 raw IP, 0 and 108 null/loop … */
    public int linkType() {
        return linkType;
    }

    /** ifIndex of the capture interface; 0 where a file does not say. */
    public int interfaceIndex() {
        return interfaceIndex;
    }

    public boolean isOutgoing() {
        return isOutgoing;
    }

    /** TCI of the stripped VLAN tag, or {@link #NO_VLAN}. */
    public int vlanTci() {
        return vlanTci;
    }

    public int vlanTpid() {
        return vlanTpid;
    }

    /** Payload octets of each wire packet of a coalesced frame (virtio_net_hdr gso_size); 0 when unknown or not coalesced. */
    public int gsoSize() {
        return gsoSize;
    }

    /**
     * Header octets that each wire packet repeats, as the kernel sees it (virtio_net_hdr hdr_len); 0 when unknown. A hint: it is the length
     * of the linear part of the kernel's buffer and may reach into the payload, so that a decoded header length is the better one.
     */
    public int gsoHeaderLength() {
        return gsoHeaderLength;
    }
}
