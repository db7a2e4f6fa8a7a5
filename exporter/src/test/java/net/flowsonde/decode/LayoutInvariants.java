package net.flowsonde.decode;

import static org.assertj.core.api.Assertions.assertThat;

/** What must hold of every layout, whatever the frame was. */
final class LayoutInvariants {
    private LayoutInvariants() {
    }

    static void check(final PacketLayout layout, final Verdict verdict, final int offset, final int limit, final int wireLength) {
        assertThat(verdict).isNotNull();
        checkLinkLayer(layout, offset, limit);
        assertThat(layout.ipVersion() != 0).as("flow of %s", verdict).isEqualTo(verdict.isFlow());
        if (verdict.isFlow()) {
            checkIp(layout, offset, limit, wireLength);
            checkTransport(layout, limit);
            checkQuote(layout, offset, limit);
        }
    }

    private static void checkLinkLayer(final PacketLayout layout, final int offset, final int limit) {
        checkInside(layout.sourceMacOffset(), 6, offset, limit);
        checkInside(layout.destinationMacOffset(), 6, offset, limit);
        assertThat(layout.vlanId()).satisfiesAnyOf(
            id -> assertThat(id).isEqualTo(PacketLayout.NO_VLAN), id -> assertThat(id).isBetween(0, 0xFFF));
        if (layout.vlanId() == PacketLayout.NO_VLAN) {
            assertThat(layout.customerVlanId()).isEqualTo(PacketLayout.NO_VLAN);
        }
    }

    private static void checkIp(final PacketLayout layout, final int offset, final int limit, final int wireLength) {
        final int addressLength = layout.ipVersion() == 4 ? 4 : 16;
        assertThat(layout.ipVersion()).isIn(4, 6);
        assertThat(layout.ipOffset()).isBetween(offset, limit - 20);
        assertThat(layout.sourceAddressOffset()).isBetween(offset, limit - addressLength);
        assertThat(layout.destinationAddressOffset()).isBetween(offset, limit - addressLength);
        assertThat(layout.limit()).isBetween(layout.ipOffset() + 20, limit);
        assertThat(layout.ipHeaderLength()).isBetween(20, layout.ipLength());
        assertThat(layout.ipLength()).isLessThanOrEqualTo(Math.max(limit - offset, wireLength) - (layout.ipOffset() - offset));
        assertThat(layout.limit() - layout.ipOffset()).isLessThanOrEqualTo(layout.ipLength());
        assertThat(layout.ttl()).isBetween(0, 255);
        assertThat(layout.protocol()).isBetween(0, 255);
        assertThat(layout.tunnelIpVersion() != 0).isEqualTo(layout.nestingDepth() > 0);
        if (layout.tunnelIpVersion() != 0) {
            final int outerLength = layout.tunnelIpVersion() == 4 ? 4 : 16;
            assertThat(layout.tunnelType()).isNotZero();
            assertThat(layout.tunnelSourceAddressOffset()).isBetween(offset, layout.ipOffset() - outerLength);
            assertThat(layout.tunnelDestinationAddressOffset()).isBetween(offset, layout.ipOffset() - outerLength);
        }
        if (layout.isFragment()) {
            assertThat(layout.fragmentPayloadOffset()).isBetween(layout.ipOffset() + 20, layout.limit());
            assertThat(layout.fragmentPayloadLength()).isBetween(0, layout.ipLength() - 20);
        }
    }

    private static void checkTransport(final PacketLayout layout, final int limit) {
        assertThat(layout.transportOffset()).isBetween(layout.ipOffset() + 20, layout.limit());
        assertThat(layout.transportLength()).isBetween(0, layout.ipLength() - 20);
        assertThat(layout.limit() - layout.transportOffset()).isLessThanOrEqualTo(layout.transportLength());
        assertThat(layout.payloadOffset()).isBetween(layout.transportOffset(), layout.limit());
        assertThat(layout.payloadLength()).isBetween(0, layout.transportLength());
        if (layout.hasTransport() && !layout.isFragment()) {
            assertThat(layout.payloadOffset() + layout.payloadLength())
                .isLessThanOrEqualTo(layout.transportOffset() + layout.transportLength());
        }
        if (layout.tcpHeaderLength() != 0) {
            assertThat(layout.protocol()).isEqualTo(6);
            assertThat(layout.tcpHeaderLength()).isBetween(20, layout.limit() - layout.transportOffset());
        }
        assertThat(layout.tcpFlags()).isBetween(0, 0x1FF);
        assertThat(layout.sourcePort()).isBetween(0, 0xFFFF);
        assertThat(layout.destinationPort()).isBetween(0, 0xFFFF);
        assertThat(layout.hasPorts() || layout.sourcePort() == 0 && layout.destinationPort() == 0).isTrue();
    }

    private static void checkQuote(final PacketLayout layout, final int offset, final int limit) {
        if (layout.hasQuote()) {
            final int addressLength = layout.quotedIpVersion() == 4 ? 4 : 16;
            assertThat(layout.quotedIpVersion()).isIn(4, 6);
            assertThat(layout.quotedSourceAddressOffset()).isBetween(layout.payloadOffset(), layout.limit() - addressLength);
            assertThat(layout.quotedDestinationAddressOffset()).isBetween(layout.payloadOffset(), layout.limit() - addressLength);
        }
    }

    private static void checkInside(final int start, final int length, final int offset, final int limit) {
        if (start != PacketLayout.NONE) {
            assertThat(start).isBetween(offset, limit - length);
        }
    }
}
