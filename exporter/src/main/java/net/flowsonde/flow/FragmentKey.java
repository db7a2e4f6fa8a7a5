package net.flowsonde.flow;

import java.nio.ByteOrder;
import net.flowsonde.decode.PacketLayout;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the fragments of one datagram have in common: addresses, identification, for IPv4 the protocol (RFC 791; RFC 8200 leaves it out),
 * and the VLAN and tunnel that the flow key has.
 */
final class FragmentKey {
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private long sourceStart;
    private long sourceEnd;
    private long destinationStart;
    private long destinationEnd;
    private long tunnelId;
    private int id;
    private int ipVersion;
    private int protocol;
    private int vlanId;

    void read(final PacketLayout layout, final int vlanId, final long tunnelId) {
        final DirectBuffer buffer = layout.buffer();
        final int source = layout.sourceAddressOffset();
        final int destination = layout.destinationAddressOffset();
        ipVersion = layout.ipVersion();
        if (ipVersion == 4) {
            sourceStart = buffer.getInt(source, NATIVE);
            sourceEnd = 0;
            destinationStart = buffer.getInt(destination, NATIVE);
            destinationEnd = 0;
            protocol = layout.protocol();
        } else {
            sourceStart = buffer.getLong(source, NATIVE);
            sourceEnd = buffer.getLong(source + Long.BYTES, NATIVE);
            destinationStart = buffer.getLong(destination, NATIVE);
            destinationEnd = buffer.getLong(destination + Long.BYTES, NATIVE);
            protocol = 0;
        }
        id = layout.fragmentId();
        this.vlanId = vlanId;
        this.tunnelId = tunnelId;
    }

    void copyFrom(final FragmentKey other) {
        sourceStart = other.sourceStart;
        sourceEnd = other.sourceEnd;
        destinationStart = other.destinationStart;
        destinationEnd = other.destinationEnd;
        tunnelId = other.tunnelId;
        id = other.id;
        ipVersion = other.ipVersion;
        protocol = other.protocol;
        vlanId = other.vlanId;
    }

    boolean equalTo(final FragmentKey other) {
        return id == other.id && sourceStart == other.sourceStart && destinationStart == other.destinationStart
            && sourceEnd == other.sourceEnd && destinationEnd == other.destinationEnd && ipVersion == other.ipVersion
            && protocol == other.protocol && vlanId == other.vlanId && tunnelId == other.tunnelId;
    }

    /** @param seed unknown to the senders, lest they choose keys that all fall into one bucket */
    int hash(final long seed) {
        long hash = (sourceStart ^ id ^ seed) * MULTIPLIER;
        hash = (hash ^ hash >>> 32 ^ destinationStart) * MULTIPLIER;
        hash = (hash ^ hash >>> 32 ^ sourceEnd + seed) * MULTIPLIER;
        hash = (hash ^ hash >>> 32 ^ destinationEnd + protocol) * MULTIPLIER;
        hash = (hash ^ hash >>> 32 ^ tunnelId + vlanId ^ seed) * MULTIPLIER;
        return (int) (hash >>> 32);
    }

    int ipVersion() {
        return ipVersion;
    }

    int vlanId() {
        return vlanId;
    }

    long tunnelId() {
        return tunnelId;
    }

    /** Writes source and destination address, 16 octets each; an IPv4 address fills the first four. */
    void writeAddresses(final UnsafeBuffer target) {
        if (ipVersion == 4) {
            target.setMemory(0, 2 * HeldFragments.ADDRESS_LENGTH, (byte) 0);
            target.putInt(HeldFragments.SOURCE_ADDRESS_OFFSET, (int) sourceStart, NATIVE);
            target.putInt(HeldFragments.DESTINATION_ADDRESS_OFFSET, (int) destinationStart, NATIVE);
        } else {
            target.putLong(HeldFragments.SOURCE_ADDRESS_OFFSET, sourceStart, NATIVE);
            target.putLong(HeldFragments.SOURCE_ADDRESS_OFFSET + Long.BYTES, sourceEnd, NATIVE);
            target.putLong(HeldFragments.DESTINATION_ADDRESS_OFFSET, destinationStart, NATIVE);
            target.putLong(HeldFragments.DESTINATION_ADDRESS_OFFSET + Long.BYTES, destinationEnd, NATIVE);
        }
    }
}
