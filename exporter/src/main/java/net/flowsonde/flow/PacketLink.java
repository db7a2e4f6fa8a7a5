package net.flowsonde.flow;

import net.flowsonde.capture.CapturedFrame;
import net.flowsonde.config.FlowConfig;
import net.flowsonde.decode.PacketLayout;
import net.flowsonde.decode.TunnelType;

/**
 * What one frame says below the IP header, put together from the capture (interface) and the layout (VLANs, tunnel). Owned and reused by
 * one queue thread.
 */
final class PacketLink {
    private static final int TAG_LENGTH = 4;
    private static final int GTP_U = TunnelType.GTP_U.code();
    private static final int PPTP = TunnelType.PPTP.code();
    private static final int NSH = TunnelType.NSH.code();
    private static final int TUNNEL_TYPE_SHIFT = 56;
    private static final long TUNNEL_ID_MASK = (1L << TUNNEL_TYPE_SHIFT) - 1;
    private static final int UNKNOWN_INTERFACE = 0;

    private final boolean isVlanInKey;
    private final boolean isTunnelInKey;
    private int vlanId;
    private int customerVlanId;
    private long keyTunnelId;
    private int interfaceIndex;
    private boolean isOutgoing;
    private int frameLength;

    PacketLink(final FlowConfig config) {
        isVlanInKey = config.keyVlan();
        isTunnelInKey = config.keyTunnel();
    }

    void set(final CapturedFrame frame, final PacketLayout layout) {
        final boolean isTagStripped = frame.vlanTci() != CapturedFrame.NO_VLAN;
        vlanId = layout.vlanId();
        customerVlanId = layout.customerVlanId();
        frameLength = frame.wireLength() + (isTagStripped ? TAG_LENGTH : 0);
        keyTunnelId = isTunnelInKey && layout.tunnelType() != 0 ? keyTunnelId(layout) : 0;
        interfaceIndex = frame.interfaceIndex();
        isOutgoing = frame.isOutgoing();
    }

    /** The kind of tunnel and its identifier, unless each direction has one of its own, which would tear the flow in two. */
    private static long keyTunnelId(final PacketLayout layout) {
        final int type = layout.tunnelType();
        final boolean isByDirection = type == GTP_U || type == PPTP || type == NSH;
        return (long) type << TUNNEL_TYPE_SHIFT | (isByDirection ? 0 : layout.tunnelId() & TUNNEL_ID_MASK);
    }

    int vlanId() {
        return vlanId;
    }

    int customerVlanId() {
        return customerVlanId;
    }

    /** The VLAN's part of the flow key. A tag with identifier 0 only carries a priority and is the same network as no tag. */
    int keyVlanId() {
        return isVlanInKey && vlanId != 0 ? vlanId : FlowRecord.NO_VLAN;
    }

    /** The tunnel's part of the flow key; 0 without a tunnel. */
    long keyTunnelId() {
        return keyTunnelId;
    }

    int interfaceIndex() {
        return interfaceIndex;
    }

    int ingressInterface() {
        return isOutgoing ? UNKNOWN_INTERFACE : interfaceIndex;
    }

    int egressInterface() {
        return isOutgoing ? interfaceIndex : UNKNOWN_INTERFACE;
    }

    /** Octets of the frame on the link. */
    int frameLength() {
        return frameLength;
    }
}
