package net.flowsonde.decode;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.agrona.DirectBuffer;

/** A layout's flow key as text, for baselines and messages of failures. */
final class LayoutText {
    private LayoutText() {
    }

    /** {@code 10.0.0.1 > 10.0.0.2 17 53:1024 vlan 5.6 tunnel VXLAN 123 1.1.1.1 > 2.2.2.2}; what is not there is left out. */
    static String key(final PacketLayout layout) {
        final StringBuilder text = new StringBuilder();
        text.append(source(layout)).append(" > ").append(destination(layout)).append(' ').append(layout.protocol());
        if (layout.hasPorts()) {
            text.append(' ').append(layout.sourcePort()).append(':').append(layout.destinationPort());
        }
        if (layout.vlanId() != PacketLayout.NO_VLAN) {
            text.append(" vlan ").append(layout.vlanId());
        }
        if (layout.customerVlanId() != PacketLayout.NO_VLAN) {
            text.append('.').append(layout.customerVlanId());
        }
        if (layout.mplsTopLabelStackSection() != PacketLayout.NONE) {
            text.append(" mpls ").append(layout.mplsTopLabelStackSection() >> 4);
        }
        if (layout.tunnelType() != 0) {
            text.append(" tunnel ").append(TunnelType.values()[layout.tunnelType()].name());
            if (layout.tunnelId() != 0) {
                text.append(' ').append(layout.tunnelId());
            }
        }
        if (layout.tunnelIpVersion() != 0) {
            text.append(' ').append(address(layout.buffer(), layout.tunnelSourceAddressOffset(), layout.tunnelIpVersion()));
            text.append(" > ").append(address(layout.buffer(), layout.tunnelDestinationAddressOffset(), layout.tunnelIpVersion()));
        }
        return text.toString();
    }

    static String source(final PacketLayout layout) {
        return address(layout.buffer(), layout.sourceAddressOffset(), layout.ipVersion());
    }

    static String destination(final PacketLayout layout) {
        return address(layout.buffer(), layout.destinationAddressOffset(), layout.ipVersion());
    }

    static String address(final DirectBuffer buffer, final int offset, final int ipVersion) {
        final byte[] octets = new byte[ipVersion == 4 ? 4 : 16];
        buffer.getBytes(offset, octets);
        try {
            return InetAddress.getByAddress(octets).getHostAddress();
        } catch (final UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
