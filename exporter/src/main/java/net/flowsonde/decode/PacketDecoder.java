package net.flowsonde.decode;

import org.agrona.DirectBuffer;

/** Finds the layers of one frame. Owned by one queue thread; keeps nothing between packets. */
public final class PacketDecoder {
    /** @param nestingLimit most encapsulations that are followed */
    public PacketDecoder(final int nestingLimit) {
    }

    /**
     * Decodes the frame at {@code offset}, of which {@code limit - offset} octets were captured of {@code wireLength}, into
     * {@code layout}.
     *
     * @param linkType LINKTYPE_ value of the pcap file format
     * @return what came of it: {@link Verdict#isFlow()} says whether the layout describes an IP packet to be metered
     */
    public Verdict decode(
        final DirectBuffer buffer, final int offset, final int limit, final int wireLength, final int linkType,
        final PacketLayout layout) {
        layout.reset(buffer, linkType);
        return Verdict.UNKNOWN_LINK_TYPE;
    }
}
