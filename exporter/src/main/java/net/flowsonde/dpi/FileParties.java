package net.flowsonde.dpi;

import net.flowsonde.flow.FlowRecord;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Who speaks to whom, copied from a flow for records that are finished after it. Pooled with what it belongs to. */
public final class FileParties {
    static final int CLIENT_OFFSET = 0;
    static final int SERVER_OFFSET = 16;
    /** Octets that {@link #write} writes. */
    public static final int LENGTH = 48;
    private static final int FLOW_ID_OFFSET = 32;
    private static final int PORTS_OFFSET = 40;
    private static final int IP_VERSION_OFFSET = 44;

    private final MutableDirectBuffer addresses = new UnsafeBuffer(new byte[32]);
    private long flowId;
    private int clientPort;
    private int serverPort;
    private int ipVersion;

    /**
     * Copies from a flow.
     *
     * @param clientDirection  in which the client's packets go: {@link FlowRecord#FORWARD} unless the flow's direction was inferred wrongly
     */
    public FileParties set(final FlowRecord flow, final int clientDirection) {
        final boolean isForward = clientDirection == FlowRecord.FORWARD;
        final int source = flow.sourceAddressOffset();
        final int destination = flow.destinationAddressOffset();
        ipVersion = flow.ipVersion();
        final int length = ipVersion == 4 ? 4 : 16;
        addresses.setMemory(0, addresses.capacity(), (byte) 0);
        addresses.putBytes(CLIENT_OFFSET, flow.buffer(), isForward ? source : destination, length);
        addresses.putBytes(SERVER_OFFSET, flow.buffer(), isForward ? destination : source, length);
        clientPort = isForward ? flow.sourcePort() : flow.destinationPort();
        serverPort = isForward ? flow.destinationPort() : flow.sourcePort();
        flowId = flow.flowId();
        return this;
    }

    /** Copies from another. */
    public FileParties set(final FileParties other) {
        addresses.putBytes(0, other.addresses, 0, addresses.capacity());
        flowId = other.flowId;
        clientPort = other.clientPort;
        serverPort = other.serverPort;
        ipVersion = other.ipVersion;
        return this;
    }

    /** Writes {@link #LENGTH} octets for another thread. */
    public void write(final MutableDirectBuffer target, final int offset) {
        target.putBytes(offset, addresses, 0, addresses.capacity());
        target.putLong(offset + FLOW_ID_OFFSET, flowId);
        target.putInt(offset + PORTS_OFFSET, clientPort << 16 | serverPort);
        target.putInt(offset + IP_VERSION_OFFSET, ipVersion);
    }

    /** Reads what {@link #write} wrote. */
    public void read(final DirectBuffer source, final int offset) {
        addresses.putBytes(0, source, offset, addresses.capacity());
        flowId = source.getLong(offset + FLOW_ID_OFFSET);
        final int ports = source.getInt(offset + PORTS_OFFSET);
        clientPort = ports >>> 16;
        serverPort = ports & 0xFFFF;
        ipVersion = source.getInt(offset + IP_VERSION_OFFSET);
    }

    DirectBuffer addresses() {
        return addresses;
    }

    public long flowId() {
        return flowId;
    }

    public int clientPort() {
        return clientPort;
    }

    public int serverPort() {
        return serverPort;
    }

    public int ipVersion() {
        return ipVersion;
    }

    /** The first half of the server's address, as a part of a key. */
    public long serverHigh() {
        return addresses.getLong(SERVER_OFFSET);
    }

    /** The other half; 0 for IPv4. */
    public long serverLow() {
        return addresses.getLong(SERVER_OFFSET + Long.BYTES);
    }
}
