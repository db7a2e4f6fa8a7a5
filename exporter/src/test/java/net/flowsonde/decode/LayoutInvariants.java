package net.flowsonde.decode;

/** What must hold of every layout, whatever the frame was. Plain comparisons: it is asked millions of times. */
final class LayoutInvariants {
    private LayoutInvariants() {
    }

    static void check(final PacketLayout layout, final Verdict verdict, final int offset, final int limit, final int wireLength) {
        checkLinkLayer(layout, offset, limit);
        require(layout.ipVersion() != 0 == verdict.isFlow(), "a flow has an IP header");
        if (verdict.isFlow()) {
            checkIp(layout, offset, limit, wireLength);
            checkTunnel(layout, offset);
            checkTransport(layout);
            checkQuote(layout);
        }
    }

    private static void require(final boolean holds, final String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    private static void requireBetween(final int value, final int least, final int most, final String what) {
        if (value < least || value > most) {
            throw new AssertionError(what + " is " + value + ", not between " + least + " and " + most);
        }
    }

    private static void checkLinkLayer(final PacketLayout layout, final int offset, final int limit) {
        if (layout.sourceMacOffset() != PacketLayout.NONE || layout.destinationMacOffset() != PacketLayout.NONE) {
            requireBetween(layout.sourceMacOffset(), offset, limit - 6, "sourceMacOffset");
            requireBetween(layout.destinationMacOffset(), offset, limit - 6, "destinationMacOffset");
        }
        final boolean isTagged = layout.vlanId() != PacketLayout.NO_VLAN;
        require(!isTagged || layout.vlanId() >= 0 && layout.vlanId() <= 0xFFF, "vlanId");
        require(isTagged || layout.customerVlanId() == PacketLayout.NO_VLAN, "customerVlanId");
    }

    private static void checkIp(final PacketLayout layout, final int offset, final int limit, final int wireLength) {
        final int addressLength = layout.ipVersion() == 4 ? 4 : 16;
        final int headerLength = layout.ipVersion() == 4 ? 20 : 40;
        require(layout.ipVersion() == 4 || layout.ipVersion() == 6, "ipVersion");
        requireBetween(layout.ipOffset(), offset, limit - headerLength, "ipOffset");
        requireBetween(layout.sourceAddressOffset(), offset, limit - addressLength, "sourceAddressOffset");
        requireBetween(layout.destinationAddressOffset(), offset, limit - addressLength, "destinationAddressOffset");
        requireBetween(layout.limit(), layout.ipOffset() + headerLength, limit, "limit");
        requireBetween(layout.ipHeaderLength(), headerLength, layout.ipLength(), "ipHeaderLength");
        requireBetween(layout.ipLength(), headerLength, Math.max(limit - offset, wireLength) - (layout.ipOffset() - offset), "ipLength");
        require(layout.limit() - layout.ipOffset() <= layout.ipLength(), "captured octets are those of the packet");
        requireBetween(layout.ttl(), 0, 255, "ttl");
        requireBetween(layout.protocol(), 0, 255, "protocol");
        if (layout.isFragment()) {
            requireBetween(layout.fragmentPayloadOffset(), layout.ipOffset() + headerLength, layout.limit(), "fragmentPayloadOffset");
            requireBetween(layout.fragmentPayloadLength(), 0, layout.ipLength() - headerLength, "fragmentPayloadLength");
        }
    }

    private static void checkTunnel(final PacketLayout layout, final int offset) {
        require(layout.tunnelIpVersion() != 0 == layout.nestingDepth() > 0, "nesting has an outer header");
        if (layout.tunnelIpVersion() != 0) {
            final int addressLength = layout.tunnelIpVersion() == 4 ? 4 : 16;
            require(layout.tunnelType() != 0, "tunnelType");
            requireBetween(layout.tunnelSourceAddressOffset(), offset, layout.ipOffset() - addressLength, "tunnelSourceAddressOffset");
            requireBetween(
                layout.tunnelDestinationAddressOffset(), offset, layout.ipOffset() - addressLength, "tunnelDestinationAddressOffset");
        }
    }

    private static void checkTransport(final PacketLayout layout) {
        requireBetween(layout.transportOffset(), layout.ipOffset() + 20, layout.limit(), "transportOffset");
        requireBetween(layout.transportLength(), 0, layout.ipLength() - 20, "transportLength");
        require(layout.limit() - layout.transportOffset() <= layout.transportLength(), "captured octets are those of the transport");
        requireBetween(layout.payloadOffset(), layout.transportOffset(), layout.limit(), "payloadOffset");
        requireBetween(layout.payloadLength(), 0, layout.transportLength(), "payloadLength");
        if (layout.hasTransport()) {
            require(layout.payloadOffset() + layout.payloadLength() <= layout.transportOffset() + layout.transportLength(),
                "the payload ends within the packet");
        }
        if (layout.tcpHeaderLength() != 0) {
            require(layout.protocol() == 6, "TCP");
            requireBetween(layout.tcpHeaderLength(), 20, layout.limit() - layout.transportOffset(), "tcpHeaderLength");
        }
        requireBetween(layout.tcpFlags(), 0, 0x1FF, "tcpFlags");
        requireBetween(layout.sourcePort(), 0, layout.hasPorts() ? 0xFFFF : 0, "sourcePort");
        requireBetween(layout.destinationPort(), 0, layout.hasPorts() ? 0xFFFF : 0, "destinationPort");
    }

    private static void checkQuote(final PacketLayout layout) {
        if (layout.hasQuote()) {
            final int most = layout.limit() - (layout.quotedIpVersion() == 4 ? 4 : 16);
            require(layout.quotedIpVersion() == 4 || layout.quotedIpVersion() == 6, "quotedIpVersion");
            requireBetween(layout.quotedSourceAddressOffset(), layout.payloadOffset(), most, "quotedSourceAddressOffset");
            requireBetween(layout.quotedDestinationAddressOffset(), layout.payloadOffset(), most, "quotedDestinationAddressOffset");
        }
    }
}
