package net.flowsonde.flow;

import net.flowsonde.decode.PacketLayout;

/** One slot of the {@link FragmentTable}: what is known of a datagram whose fragments are coming. */
final class FragmentedDatagram {
    static final int NONE = -1;

    final FragmentKey key = new FragmentKey();
    /** Where its parts are put together; null when it is not (any more). */
    DatagramBuffer buffer;
    int bucket = NONE;
    int nextInBucket = NONE;
    long openedNs;
    boolean hasFirst;
    boolean isComplete;

    private int protocol;
    private boolean hasPorts;
    private int sourcePort;
    private int destinationPort;
    private int icmpType;
    private int icmpCode;
    private int icmpIdentifier;
    private int heldFrames;
    private int heldProtocol;
    private long heldOctets;
    private long heldFirstNs;
    private long heldLastNs;
    private int heldMinimumTtl;
    private int heldMaximumTtl;
    private int heldMaxFrameLength;
    private int heldClassOfService;
    private int heldInterfaceIndex;

    void open(final FragmentKey key, final long timestampNs) {
        this.key.copyFrom(key);
        openedNs = timestampNs;
        hasFirst = false;
        isComplete = false;
        heldFrames = 0;
    }

    void onFirst(final PacketLayout layout) {
        hasFirst = true;
        protocol = layout.protocol();
        hasPorts = layout.hasPorts();
        sourcePort = layout.sourcePort();
        destinationPort = layout.destinationPort();
        icmpType = layout.icmpType();
        icmpCode = layout.icmpCode();
        icmpIdentifier = layout.icmpIdentifier();
    }

    void giveFirst(final PacketLayout layout) {
        layout.adoptFirstFragment(protocol, hasPorts, sourcePort, destinationPort);
        layout.adoptFirstIcmpFragment(icmpType, icmpCode, icmpIdentifier);
    }

    void hold(final PacketLayout layout, final int interfaceIndex, final int wireLength, final long timestampNs) {
        if (heldFrames == 0) {
            openHeld(layout, interfaceIndex, timestampNs);
        }
        heldFrames++;
        heldOctets += layout.ipLength();
        heldFirstNs = Math.min(heldFirstNs, timestampNs);
        heldLastNs = Math.max(heldLastNs, timestampNs);
        heldMinimumTtl = Math.min(heldMinimumTtl, layout.ttl());
        heldMaximumTtl = Math.max(heldMaximumTtl, layout.ttl());
        heldMaxFrameLength = Math.max(heldMaxFrameLength, wireLength);
    }

    private void openHeld(final PacketLayout layout, final int interfaceIndex, final long timestampNs) {
        heldProtocol = layout.protocol();
        heldClassOfService = layout.ipClassOfService();
        heldInterfaceIndex = interfaceIndex;
        heldOctets = 0;
        heldFirstNs = timestampNs;
        heldLastNs = timestampNs;
        heldMinimumTtl = layout.ttl();
        heldMaximumTtl = layout.ttl();
        heldMaxFrameLength = 0;
    }

    /** Moves what is held into {@code target} and says whether there was anything. */
    boolean takeHeld(final HeldFragments target) {
        if (heldFrames == 0) {
            return false;
        }
        key.writeAddresses(target.addresses());
        target.ipVersion = key.ipVersion();
        target.vlanId = key.vlanId();
        target.tunnelId = key.tunnelId();
        target.protocol = hasFirst ? protocol : heldProtocol;
        target.interfaceIndex = heldInterfaceIndex;
        target.frames = heldFrames;
        target.octets = heldOctets;
        target.firstNs = heldFirstNs;
        target.lastNs = heldLastNs;
        target.minimumTtl = heldMinimumTtl;
        target.maximumTtl = heldMaximumTtl;
        target.maxFrameLength = heldMaxFrameLength;
        target.ipClassOfService = heldClassOfService;
        heldFrames = 0;
        return true;
    }
}
