package net.flowsonde.flow;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Builds one Ethernet frame for tests: fields that a test does not set have plain values. Checksums stay 0. */
final class TestPacket {
    static final int FIN = 0x01;
    static final int SYN = 0x02;
    static final int RST = 0x04;
    static final int PSH = 0x08;
    static final int ACK = 0x10;
    static final int ICMP_LENGTH = 8;

    private static final int ETHERNET_LENGTH = 14;
    private static final int TAG_LENGTH = 4;
    private static final int IPV4_LENGTH = 20;
    private static final int IPV6_LENGTH = 40;

    private byte[] source = address("10.0.0.1");
    private byte[] destination = address("10.0.0.2");
    private final long[] macs = {0x0200_0000_0001L, 0x0200_0000_0002L};
    private int[] vlans = {};
    private int protocol = 17;
    private int ttl = 64;
    private int classOfService;
    private int flowLabel;
    private int fragmentId;
    private int fragmentOffset;
    private boolean hasMoreFragments;
    private byte[] transport = {};

    static TestPacket packet() {
        return new TestPacket();
    }

    static TestPacket packet(final String source, final String destination) {
        final TestPacket packet = new TestPacket();
        packet.source = address(source);
        packet.destination = address(destination);
        return packet;
    }

    static TestPacket packet(final byte[] source, final byte[] destination) {
        final TestPacket packet = new TestPacket();
        packet.source = source;
        packet.destination = destination;
        return packet;
    }

    private static byte[] address(final String text) {
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (final UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    TestPacket macs(final long source, final long destination) {
        macs[0] = source;
        macs[1] = destination;
        return this;
    }

    TestPacket vlans(final int... vlans) {
        this.vlans = vlans;
        return this;
    }

    TestPacket ttl(final int ttl) {
        this.ttl = ttl;
        return this;
    }

    TestPacket classOfService(final int classOfService) {
        this.classOfService = classOfService;
        return this;
    }

    TestPacket flowLabel(final int flowLabel) {
        this.flowLabel = flowLabel;
        return this;
    }

    /** Only for IPv4; {@code offset} in octets. */
    TestPacket fragment(final int id, final int offset, final boolean hasMore) {
        fragmentId = id;
        fragmentOffset = offset;
        hasMoreFragments = hasMore;
        return this;
    }

    TestPacket udp(final int sourcePort, final int destinationPort, final int payloadLength) {
        protocol = 17;
        transport = ByteBuffer.allocate(8 + payloadLength).putShort((short) sourcePort).putShort((short) destinationPort)
            .putShort((short) (8 + payloadLength)).array();
        return this;
    }

    TestPacket tcp(final int sourcePort, final int destinationPort, final int flags, final int sequence, final int payloadLength) {
        return tcp(sourcePort, destinationPort, flags, sequence, 0, payloadLength, 0);
    }

    /** With a maximum segment size option where {@code mss} is not 0. */
    TestPacket tcp(
        final int sourcePort, final int destinationPort, final int flags, final int sequence, final int acknowledgment,
        final int payloadLength, final int mss) {
        protocol = 6;
        final int headerLength = mss == 0 ? 20 : 24;
        final ByteBuffer buffer = ByteBuffer.allocate(headerLength + payloadLength);
        buffer.putShort((short) sourcePort).putShort((short) destinationPort).putInt(sequence).putInt(acknowledgment)
            .put((byte) (headerLength / 4 << 4)).put((byte) flags).putShort((short) 65_000).putInt(0);
        if (mss != 0) {
            buffer.put((byte) 2).put((byte) 4).putShort((short) mss);
        }
        transport = buffer.array();
        return this;
    }

    TestPacket icmp(final int type, final int code, final int identifier) {
        protocol = source.length == 4 ? 1 : 58;
        transport = ByteBuffer.allocate(ICMP_LENGTH + 48).put((byte) type).put((byte) code).putShort((short) 0)
            .putShort((short) identifier).putShort((short) 1).array();
        return this;
    }

    /** An error that quotes the IP header and the first eight octets behind it. */
    TestPacket icmpError(final int type, final int code, final TestPacket quoted) {
        protocol = source.length == 4 ? 1 : 58;
        final byte[] packet = quoted.ip();
        final int quote = Math.min(packet.length, quoted.ipHeaderLength() + 8);
        transport = ByteBuffer.allocate(ICMP_LENGTH + quote).put((byte) type).put((byte) code).putShort((short) 0).putInt(0)
            .put(packet, 0, quote).array();
        return this;
    }

    TestPacket protocol(final int protocol, final int length) {
        this.protocol = protocol;
        transport = new byte[length];
        return this;
    }

    /** Only the octets of the transport layer that lie in {@code [from, to)}. */
    TestPacket slice(final int from, final int to) {
        transport = java.util.Arrays.copyOfRange(transport, from, to);
        return this;
    }

    private int ipHeaderLength() {
        return source.length == 4 ? IPV4_LENGTH : IPV6_LENGTH;
    }

    int ipLength() {
        return ipHeaderLength() + transport.length;
    }

    byte[] ip() {
        final ByteBuffer buffer = ByteBuffer.allocate(ipLength());
        if (source.length == 4) {
            buffer.put((byte) 0x45).put((byte) classOfService).putShort((short) ipLength()).putShort((short) fragmentId)
                .putShort((short) (fragmentOffset / 8 | (hasMoreFragments ? 0x2000 : 0))).put((byte) ttl).put((byte) protocol)
                .putShort((short) 0);
        } else {
            buffer.putInt(6 << 28 | classOfService << 20 | flowLabel).putShort((short) transport.length).put((byte) protocol)
                .put((byte) ttl);
        }
        return buffer.put(source).put(destination).put(transport).array();
    }

    byte[] frame() {
        final byte[] ip = ip();
        final ByteBuffer buffer = ByteBuffer.allocate(ETHERNET_LENGTH + vlans.length * TAG_LENGTH + ip.length);
        putMac(buffer, macs[1]);
        putMac(buffer, macs[0]);
        for (int i = 0; i < vlans.length; i++) {
            buffer.putShort((short) (i == 0 && vlans.length == 2 ? 0x88A8 : 0x8100)).putShort((short) vlans[i]);
        }
        return buffer.putShort((short) (source.length == 4 ? 0x0800 : 0x86DD)).put(ip).array();
    }

    private static void putMac(final ByteBuffer buffer, final long mac) {
        buffer.putShort((short) (mac >> 32)).putInt((int) mac);
    }
}
