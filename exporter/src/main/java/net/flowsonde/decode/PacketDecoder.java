package net.flowsonde.decode;

import org.agrona.DirectBuffer;

/**
 * Finds the layers of one frame: a loop in which each layer names the next, bounded by {@link #MOST_LAYERS}. Owned by one queue thread;
 * keeps nothing between packets and allocates nothing.
 */
public final class PacketDecoder {
    /** No VLAN tag was stripped by the capture. */
    public static final int NO_VLAN_TCI = -1;
    /** Most layers of one frame, tags and stacks counted as one each. */
    static final int MOST_LAYERS = 64;
    /** No frame is longer on the wire, whatever a capture file claims; twice what BIG TCP makes. */
    static final int LONGEST_FRAME = 1 << 20;

    private static final int VLAN_ID_MASK = 0x0FFF;

    private final int nestingLimit;
    private final Cursor cursor = new Cursor();

    /** @param nestingLimit most IP headers inside others that are followed */
    public PacketDecoder(final int nestingLimit) {
        this.nestingLimit = nestingLimit;
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
        return decode(buffer, offset, limit, wireLength, linkType, NO_VLAN_TCI, layout);
    }

    /**
     * The same for a frame whose outermost VLAN tag the capture has stripped.
     *
     * @param strippedTci the tag's 16 bits, or {@link #NO_VLAN_TCI}
     */
    public Verdict decode(
        final DirectBuffer buffer, final int offset, final int limit, final int wireLength, final int linkType,
        final int strippedTci, final PacketLayout layout) {
        layout.reset(buffer, linkType);
        layout.nestingLimit(nestingLimit);
        cursor.wrap(buffer, offset, limit, wireLimit(offset, limit, wireLength));
        if (strippedTci != NO_VLAN_TCI) {
            layout.vlanId = strippedTci & VLAN_ID_MASK;
            cursor.taggedHeader = linkType == LinkHeader.ETHERNET ? 1 : 0;
        }
        followLayers(LinkHeader.decode(cursor, layout, linkType), layout);
        return cursor.verdict();
    }

    private static int wireLimit(final int offset, final int limit, final int wireLength) {
        final int captured = limit - offset;
        final int length = wireLength < captured ? captured : Math.max(captured, Math.min(wireLength, LONGEST_FRAME));
        return (int) Math.min((long) offset + length, Integer.MAX_VALUE);
    }

    private void followLayers(final int first, final PacketLayout layout) {
        int next = first;
        for (int layer = 0; next != Cursor.DONE; layer++) {
            if (layer == MOST_LAYERS) {
                cursor.note(layout.ipVersion == 0 ? Verdict.TOO_MANY_LAYERS : Verdict.NESTING_LIMIT);
                return;
            }
            next = layer(next, layout);
        }
    }

    /** Reads one layer and says what the next one is. The common ones come first. */
    private int layer(final int layer, final PacketLayout layout) {
        return switch (layer) {
            case Cursor.ETHERNET -> EthernetHeader.decode(cursor, layout);
            case EtherType.IPV4 -> Ipv4Header.decode(cursor, layout);
            case EtherType.IPV6 -> Ipv6Header.decode(cursor, layout);
            case Cursor.TRANSPORT -> TransportHeader.decode(cursor, layout);
            default -> rareLayer(layer, layout);
        };
    }

    private int rareLayer(final int layer, final PacketLayout layout) {
        return switch (layer) {
            case EtherType.VLAN, EtherType.PROVIDER_BRIDGE, EtherType.OLD_QINQ -> EthernetTags.decodeVlan(cursor, layout);
            case EtherType.VN_TAG -> EthernetTags.skipVnTag(cursor, layout);
            case EtherType.E_TAG -> EthernetTags.skipETag(cursor, layout);
            case EtherType.BACKBONE_SERVICE -> EthernetTags.skipBackboneService(cursor);
            case EtherType.FABRIC_PATH -> EthernetTags.skipFabricPath(cursor);
            case EtherType.MPLS, EtherType.MPLS_MULTICAST -> MplsStack.decode(cursor, layout);
            case EtherType.PPPOE_SESSION -> PppHeader.decodePppoeSession(cursor, layout);
            case EtherType.NSH -> NshHeader.decode(cursor, layout);
            case Cursor.IP_OF_EITHER_VERSION -> decodeVersion(layout);
            case Cursor.LLC -> LlcHeader.decode(cursor, layout);
            case Cursor.PPP -> PppHeader.decode(cursor, layout);
            default -> cursor.end(notMetered(layer), layout);
        };
    }

    private static Verdict notMetered(final int etherType) {
        return switch (etherType) {
            case EtherType.ARP, EtherType.RARP -> Verdict.ARP;
            case EtherType.PPPOE_DISCOVERY -> Verdict.PPPOE_DISCOVERY;
            default -> Verdict.OTHER_ETHERTYPE;
        };
    }

    private int decodeVersion(final PacketLayout layout) {
        if (cursor.remaining() < 1) {
            return cursor.end(Verdict.LINK_TRUNCATED, layout);
        }
        return switch (cursor.unsignedByte(cursor.position) >> 4) {
            case 4 -> EtherType.IPV4;
            case 6 -> EtherType.IPV6;
            default -> cursor.end(Verdict.IP_VERSION_UNKNOWN, layout);
        };
    }
}
