package net.flowsonde.decode;

/** Tags between the Ethernet addresses and the payload: each is skipped, VLAN identifiers are kept. */
final class EthernetTags {
    private static final int VLAN_LENGTH = 4;
    private static final int VLAN_ID_MASK = 0x0FFF;
    /** Four octets of VIF identifiers and the next type (Cisco VN-tag, before IEEE 802.1BR). */
    private static final int VN_TAG_LENGTH = 6;
    /** Six octets of E-CIDs and the next type (IEEE 802.1BR). */
    private static final int E_TAG_LENGTH = 8;
    /** Four octets of flags and I-SID, then the customer's whole frame (IEEE 802.1ah). */
    private static final int BACKBONE_SERVICE_LENGTH = 4;
    /** Forwarding tag and TTL, then a whole frame (Cisco FabricPath). */
    private static final int FABRIC_PATH_LENGTH = 2;

    private EthernetTags() {
    }

    /**
     * IEEE 802.1Q: 3 bits priority, 1 drop eligible, 12 identifier, then the next type. Identifiers are kept of the outermost Ethernet
     * header that has tags; the frame in a tunnel does not add to the tags of the frame around it.
     */
    static int decodeVlan(final Cursor cursor, final PacketLayout layout) {
        if (cursor.remaining() < VLAN_LENGTH) {
            return cursor.end(Verdict.VLAN_TRUNCATED, layout);
        }
        final int start = cursor.position;
        keepVlan(cursor, layout, cursor.unsignedShort(start) & VLAN_ID_MASK);
        cursor.position = start + VLAN_LENGTH;
        return EthernetHeader.typeOrLength(cursor, cursor.unsignedShort(start + 2));
    }

    static void keepVlan(final Cursor cursor, final PacketLayout layout, final int id) {
        if (layout.vlanId == PacketLayout.NO_VLAN) {
            layout.vlanId = id;
            cursor.taggedHeader = cursor.ethernetHeaders;
        } else if (layout.customerVlanId == PacketLayout.NO_VLAN && cursor.taggedHeader == cursor.ethernetHeaders) {
            layout.customerVlanId = id;
        }
    }

    static int skipVnTag(final Cursor cursor, final PacketLayout layout) {
        return skipToType(cursor, layout, VN_TAG_LENGTH, Verdict.VN_TAG_TRUNCATED);
    }

    static int skipETag(final Cursor cursor, final PacketLayout layout) {
        return skipToType(cursor, layout, E_TAG_LENGTH, Verdict.E_TAG_TRUNCATED);
    }

    static int skipBackboneService(final Cursor cursor) {
        cursor.position += Math.min(BACKBONE_SERVICE_LENGTH, cursor.remaining());
        return Cursor.ETHERNET;
    }

    static int skipFabricPath(final Cursor cursor) {
        cursor.position += Math.min(FABRIC_PATH_LENGTH, cursor.remaining());
        return Cursor.ETHERNET;
    }

    private static int skipToType(final Cursor cursor, final PacketLayout layout, final int length, final Verdict truncated) {
        if (cursor.remaining() < length) {
            return cursor.end(truncated, layout);
        }
        cursor.position += length;
        return EthernetHeader.typeOrLength(cursor, cursor.unsignedShort(cursor.position - 2));
    }
}
