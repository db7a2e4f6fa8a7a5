package net.flowsonde.dpi.dns;

import net.flowsonde.flow.FlowRecord;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Who asks whom, and over what: the endpoints of one message, seen from the one who asks. Addresses are held as two longs each, as they
 * lie in memory. One a queue, pointed at each message in turn.
 */
final class DnsContact {
    private static final long FACTOR_A = 0xFF51_AFD7_ED55_8CCDL;
    private static final long FACTOR_B = 0xC4CE_B9FE_1A85_EC53L;
    private static final int IPV4_VERSION = 4;
    private static final int MULTICAST_IPV4 = 0xE;
    private static final int MULTICAST_IPV6 = 0xFF;
    private static final int BROADCAST = -1;

    private final long seed;
    private FlowRecord flow;
    private long clientA;
    private long clientB;
    private long serverA;
    private long serverB;
    private int clientPort;
    private int serverPort;
    private int transport;
    private long flowId;
    private int receiver;
    private long timestampNs;

    /** @param seed makes the hashes unforeseeable for who sends messages */
    DnsContact(final long seed) {
        this.seed = seed;
    }

    /**
     * @param direction  of the message in the flow
     * @param isQuery    whether its sender is the one who asks
     */
    DnsContact wrap(
        final FlowRecord flow, final int direction, final boolean isQuery, final DnsTransport transport, final long timestampNs) {
        this.flow = flow;
        this.timestampNs = timestampNs;
        this.transport = transport.code();
        flowId = flow.flowId();
        final boolean isForward = isQuery == (direction == FlowRecord.FORWARD);
        final int source = flow.sourceAddressOffset();
        final int destination = flow.destinationAddressOffset();
        final DirectBuffer buffer = flow.buffer();
        final int client = isForward ? source : destination;
        final int server = isForward ? destination : source;
        receiver = isQuery ? server : client;
        clientA = buffer.getLong(client);
        clientB = buffer.getLong(client + Long.BYTES);
        serverA = buffer.getLong(server);
        serverB = buffer.getLong(server + Long.BYTES);
        clientPort = isForward ? flow.sourcePort() : flow.destinationPort();
        serverPort = isForward ? flow.destinationPort() : flow.sourcePort();
        return this;
    }

    /** Whether the receiver of the message is a group of hosts. */
    boolean isReceiverGroup() {
        final int first = flow.buffer().getByte(receiver) & 0xFF;
        return flow.ipVersion() == IPV4_VERSION ? first >> 4 == MULTICAST_IPV4 || flow.buffer().getInt(receiver) == BROADCAST
            : first == MULTICAST_IPV6;
    }

    int serverPort() {
        return serverPort;
    }

    int clientPort() {
        return clientPort;
    }

    long timestampNs() {
        return timestampNs;
    }

    /** Writes the endpoints into the head of a transaction. */
    void writeTo(final MutableDirectBuffer head, final int offset) {
        head.putLong(offset + DnsTransaction.FLOW_ID_OFFSET, flowId);
        head.putLong(offset + DnsTransaction.CLIENT_ADDRESS_OFFSET, clientA);
        head.putLong(offset + DnsTransaction.CLIENT_ADDRESS_OFFSET + Long.BYTES, clientB);
        head.putLong(offset + DnsTransaction.SERVER_ADDRESS_OFFSET, serverA);
        head.putLong(offset + DnsTransaction.SERVER_ADDRESS_OFFSET + Long.BYTES, serverB);
        head.putShort(offset + DnsTransaction.CLIENT_PORT_OFFSET, (short) clientPort);
        head.putShort(offset + DnsTransaction.SERVER_PORT_OFFSET, (short) serverPort);
        head.putByte(offset + DnsTransaction.IP_VERSION_OFFSET, (byte) flow.ipVersion());
        head.putByte(offset + DnsTransaction.TRANSPORT_OFFSET, (byte) transport);
    }

    /** Whether the head of a transaction has these endpoints and this transport. */
    boolean isOf(final DirectBuffer head, final int offset) {
        return isBetweenSameHosts(head, offset)
            && head.getShort(offset + DnsTransaction.CLIENT_PORT_OFFSET) == (short) clientPort
            && head.getShort(offset + DnsTransaction.SERVER_PORT_OFFSET) == (short) serverPort
            && head.getByte(offset + DnsTransaction.TRANSPORT_OFFSET) == transport;
    }

    boolean isBetweenSameHosts(final DirectBuffer head, final int offset) {
        return head.getLong(offset + DnsTransaction.CLIENT_ADDRESS_OFFSET) == clientA
            && head.getLong(offset + DnsTransaction.CLIENT_ADDRESS_OFFSET + Long.BYTES) == clientB
            && head.getLong(offset + DnsTransaction.SERVER_ADDRESS_OFFSET) == serverA
            && head.getLong(offset + DnsTransaction.SERVER_ADDRESS_OFFSET + Long.BYTES) == serverB
            && head.getByte(offset + DnsTransaction.IP_VERSION_OFFSET) == flow.ipVersion();
    }

    /** Whether the head of a transaction belongs to this very flow. */
    boolean isOfFlow(final DirectBuffer head, final int offset) {
        return head.getLong(offset + DnsTransaction.FLOW_ID_OFFSET) == flowId;
    }

    /** Hash of endpoints, transport and an identifier. */
    int hash(final int id) {
        return fold(hostsHash() ^ ((long) clientPort << 48 | (long) serverPort << 32 | (long) transport << 24 | id) * FACTOR_A);
    }

    /** Hash of the two hosts and a question, whatever ports and identifier. */
    int questionHash(final DirectBuffer labels, final int offset, final int length, final int type) {
        long hash = hostsHash() + type;
        for (int i = 0; i < length; i++) {
            hash = (hash ^ labels.getByte(offset + i)) * FACTOR_B;
        }
        return fold(hash);
    }

    private long hostsHash() {
        final long client = (clientA ^ seed) * FACTOR_A + clientB;
        final long server = (serverA ^ seed) * FACTOR_B + serverB;
        return (client ^ client >>> 32) * FACTOR_B ^ (server ^ server >>> 29) * FACTOR_A;
    }

    private static int fold(final long hash) {
        final long mixed = (hash ^ hash >>> 31) * FACTOR_B;
        return (int) (mixed ^ mixed >>> 32);
    }
}
