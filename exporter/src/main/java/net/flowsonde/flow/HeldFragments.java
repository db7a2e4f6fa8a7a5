package net.flowsonde.flow;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * What was counted of the fragments of one datagram while they waited for its first, and the key by which they are metered: given by
 * {@link FragmentTable}, valid until its next call. All went one way, from source to destination.
 */
final class HeldFragments {
    static final int ADDRESS_LENGTH = 16;
    static final int SOURCE_ADDRESS_OFFSET = 0;
    static final int DESTINATION_ADDRESS_OFFSET = ADDRESS_LENGTH;

    private final UnsafeBuffer addresses = new UnsafeBuffer(new byte[2 * ADDRESS_LENGTH]);
    int ipVersion;
    int protocol;
    int vlanId;
    long tunnelId;
    int interfaceIndex;
    int frames;
    long octets;
    long firstNs;
    long lastNs;
    int minimumTtl;
    int maximumTtl;
    int maxFrameLength;
    int ipClassOfService;

    /** Source, then destination, 16 octets each, network order; an IPv4 address fills the first four. */
    UnsafeBuffer addresses() {
        return addresses;
    }

    /** 4 or 6. */
    int ipVersion() {
        return ipVersion;
    }

    /** Protocol as the later fragments name it. */
    int protocol() {
        return protocol;
    }

    /** The VLAN identifier given with the fragments. */
    int vlanId() {
        return vlanId;
    }

    /** The tunnel identifier given with the fragments. */
    long tunnelId() {
        return tunnelId;
    }

    /** Interface of the first of them. */
    int interfaceIndex() {
        return interfaceIndex;
    }

    /** Frames, each one wire packet. */
    int frames() {
        return frames;
    }

    /** Octets of their IP packets. */
    long octets() {
        return octets;
    }

    /** Stamp of the first of them. */
    long firstNs() {
        return firstNs;
    }

    /** Stamp of the last of them. */
    long lastNs() {
        return lastNs;
    }

    int minimumTtl() {
        return minimumTtl;
    }

    int maximumTtl() {
        return maximumTtl;
    }

    /** Octets of the longest frame on the wire. */
    int maxFrameLength() {
        return maxFrameLength;
    }

    /** ToS or traffic class of the first of them. */
    int ipClassOfService() {
        return ipClassOfService;
    }
}
