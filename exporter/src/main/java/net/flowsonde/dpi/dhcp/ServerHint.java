package net.flowsonde.dpi.dhcp;

import org.agrona.DirectBuffer;

/**
 * View over one hint which DNS servers to ask, as a client or all hosts of a network were given it, on its way from the queue thread to the export thread
 * ({@code RecordRing.SERVER_HINT}). Numbers are in native byte order, addresses in network order; an IPv4 address fills the first four
 * octets of its sixteen.
 * <pre>
 *     0  flowId (8)            8  timeNs (8)          16  giver (16)          32  client (16)
 *    48  ipVersion (1)        49  kind (1)            50  serverCount (1)     51  isOfNetwork (1)
 *    52  reserved (4)
 *    56  serverCount * 16 octets: the servers, the preferred first
 * </pre>
 */
public final class ServerHint {
    /** DHCP option 6 (RFC 2132, 3.8). */
    public static final int DHCP = 1;
    /** DHCPv6 option 23 (RFC 3646). */
    public static final int DHCPV6 = 2;
    /** Option 25 of a router advertisement (RFC 8106). */
    public static final int ROUTER_ADVERTISEMENT = 3;

    /** Most servers that are kept of one message. */
    public static final int MAX_SERVERS = 8;

    static final int FLOW_ID_OFFSET = 0;
    static final int TIME_NS_OFFSET = 8;
    static final int GIVER_OFFSET = 16;
    static final int CLIENT_OFFSET = 32;
    static final int IP_VERSION_OFFSET = 48;
    static final int KIND_OFFSET = 49;
    static final int SERVER_COUNT_OFFSET = 50;
    static final int IS_OF_NETWORK_OFFSET = 51;
    static final int HEAD_LENGTH = 56;
    static final int ADDRESS_LENGTH = 16;

    private DirectBuffer buffer;
    private int offset;

    /** Points at a hint. */
    public ServerHint wrap(final DirectBuffer buffer, final int offset) {
        this.buffer = buffer;
        this.offset = offset;
        return this;
    }

    public DirectBuffer buffer() {
        return buffer;
    }

    public int length() {
        return HEAD_LENGTH + serverCount() * ADDRESS_LENGTH;
    }

    public long flowId() {
        return buffer.getLong(offset + FLOW_ID_OFFSET);
    }

    public long timeNs() {
        return buffer.getLong(offset + TIME_NS_OFFSET);
    }

    /** 4 or 6: of the message and of every address in it. */
    public int ipVersion() {
        return buffer.getByte(offset + IP_VERSION_OFFSET);
    }

    /** {@link #DHCP}, {@link #DHCPV6} or {@link #ROUTER_ADVERTISEMENT}. */
    public int kind() {
        return buffer.getByte(offset + KIND_OFFSET);
    }

    /** Where the address of the DHCP server, relay or router that sent the message lies in {@link #buffer()}. */
    public int giverOffset() {
        return offset + GIVER_OFFSET;
    }

    /** Where the address lies that the client was given, or that the message was sent to when it gives none. */
    public int clientOffset() {
        return offset + CLIENT_OFFSET;
    }

    /** Whether the client stands for all hosts whose addresses begin with the same 64 bits. */
    public boolean isOfNetwork() {
        return buffer.getByte(offset + IS_OF_NETWORK_OFFSET) != 0;
    }

    public int serverCount() {
        return buffer.getByte(offset + SERVER_COUNT_OFFSET);
    }

    /** Where the address of a DNS server lies. */
    public int serverOffset(final int index) {
        return offset + HEAD_LENGTH + index * ADDRESS_LENGTH;
    }
}
