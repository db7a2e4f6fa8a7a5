package net.flowsonde.collector.generate;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Puts Ethernet and IP around what the caller wrote, and the frame into a classic pcap file (little-endian,
 * microseconds, Ethernet).
 * <pre>
 *  record header   Ethernet   IPv4 or IPv6    written between {@link #begin} and {@link #finish}
 *  +------------+------------+--------------+------------------------------------------+
 *  | 16         | 14         | 20 or 40     | TCP, UDP or ICMP, checksum still missing |
 *  +------------+------------+--------------+------------------------------------------+
 * </pre>
 */
final class FrameWriter implements Closeable {
    static final int UDP_CHECKSUM_OFFSET = 6;
    static final int TCP_CHECKSUM_OFFSET = 16;
    static final int ICMP_CHECKSUM_OFFSET = 2;

    private static final int BLOCK_LENGTH = 1 << 20;
    private static final int LONGEST_RECORD = 4_096;
    private static final int RECORD_HEADER_LENGTH = 16;
    private static final int ETHERNET_LENGTH = 14;
    private static final int SHORTEST_FRAME = 60;
    private static final int IPV4_LENGTH = 20;
    private static final int IPV6_LENGTH = 40;
    private static final int PCAP_MAGIC = 0xA1B2C3D4;
    private static final int PCAP_VERSION = 0x0004_0002;
    private static final int SNAP_LENGTH = 65_535;
    private static final int LINKTYPE_ETHERNET = 1;
    private static final int MICROSECONDS = 1_000_000;
    /** Locally administered MAC addresses of the two routers on the link: 02:00:00:00:00:01 and :02. */
    private static final int MAC_PREFIX = 0x0200_0000;
    private static final int IPV4_START = 0x4500;
    private static final int IPV4_DO_NOT_FRAGMENT = 0x4000;
    private static final int IPV6_START = 0x6000_0000;
    private static final int HOP_LIMIT = 64;

    private final OutputStream output;
    private final byte[] block = new byte[BLOCK_LENGTH];
    private int position;
    private long frames;
    private long frameOctets;

    FrameWriter(final OutputStream output) {
        this.output = output;
        putInt(PCAP_MAGIC);
        putInt(PCAP_VERSION);
        putInt(0);
        putInt(0);
        putInt(SNAP_LENGTH);
        putInt(LINKTYPE_ETHERNET);
    }

    private void putInt(final int value) {
        Octets.putIntLittleEndian(block, position, value);
        position += Integer.BYTES;
    }

    byte[] block() {
        return block;
    }

    long frames() {
        return frames;
    }

    long frameOctets() {
        return frameOctets;
    }

    /** Payload that fits a packet of {@code ipLength} octets behind IP and a header of {@code headerLength}. */
    static int payloadLength(final SyntheticFlow flow, final int ipLength, final int headerLength) {
        return Math.max(0, ipLength - ipHeaderLength(flow) - headerLength);
    }

    private static int ipHeaderLength(final SyntheticFlow flow) {
        return flow.isIpv6 ? IPV6_LENGTH : IPV4_LENGTH;
    }

    /** Where in {@link #block()} the transport header of the flow's next packet goes. */
    int begin(final SyntheticFlow flow) throws IOException {
        if (BLOCK_LENGTH - position < LONGEST_RECORD) {
            flush();
        }
        return position + RECORD_HEADER_LENGTH + ETHERNET_LENGTH + ipHeaderLength(flow);
    }

    /** The packet's transport part of {@code length} octets is there; {@code from} is the side that sends it. */
    void finish(
        final SyntheticFlow flow, final int from, final int length, final int checksumOffset, final long timeUs) {
        final int ethernet = position + RECORD_HEADER_LENGTH;
        final int ip = ethernet + ETHERNET_LENGTH;
        final int ipLength = ipHeaderLength(flow) + length;
        writeEthernet(flow, from, ethernet);
        if (flow.isIpv6) {
            writeIpv6(flow, from, ip, length);
        } else {
            writeIpv4(flow, from, ip, ipLength);
        }
        writeChecksum(flow, ip + ipHeaderLength(flow), length, checksumOffset);
        final int frameLength = pad(ethernet, ETHERNET_LENGTH + ipLength);
        writeRecordHeader(frameLength, timeUs);
        position = ethernet + frameLength;
        frames++;
        frameOctets += frameLength;
        flow.onPacket(from, ipLength, timeUs);
    }

    private void writeRecordHeader(final int frameLength, final long timeUs) {
        putInt((int) (timeUs / MICROSECONDS));
        putInt((int) (timeUs % MICROSECONDS));
        putInt(frameLength);
        putInt(frameLength);
    }

    private void writeEthernet(final SyntheticFlow flow, final int from, final int at) {
        Octets.putShort(block, at, MAC_PREFIX >>> 16);
        Octets.putInt(block, at + 2, 2 - from);
        Octets.putShort(block, at + 6, MAC_PREFIX >>> 16);
        Octets.putInt(block, at + 8, 1 + from);
        Octets.putShort(block, at + 12, flow.isIpv6 ? 0x86DD : 0x0800);
    }

    private void writeIpv4(final SyntheticFlow flow, final int from, final int at, final int ipLength) {
        Octets.putShort(block, at, IPV4_START);
        Octets.putShort(block, at + 2, ipLength);
        Octets.putShort(block, at + 4, flow.writtenPackets);
        Octets.putShort(block, at + 6, IPV4_DO_NOT_FRAGMENT);
        Octets.putShort(block, at + 8, HOP_LIMIT << 8 | flow.protocol);
        Octets.putShort(block, at + 10, 0);
        System.arraycopy(flow.addresses[from], 0, block, at + 12, 4);
        System.arraycopy(flow.addresses[1 - from], 0, block, at + 16, 4);
        Octets.putShort(block, at + 10, Octets.checksum(Octets.sum(0, block, at, IPV4_LENGTH)));
    }

    private void writeIpv6(final SyntheticFlow flow, final int from, final int at, final int payloadLength) {
        Octets.putInt(block, at, IPV6_START);
        Octets.putShort(block, at + 4, payloadLength);
        Octets.putShort(block, at + 6, flow.protocol << 8 | HOP_LIMIT);
        System.arraycopy(flow.addresses[from], 0, block, at + 8, AddressBlock.LENGTH);
        System.arraycopy(flow.addresses[1 - from], 0, block, at + 24, AddressBlock.LENGTH);
    }

    /** Over pseudo-header and transport part; ICMPv4 has no pseudo-header (RFC 792), and UDP sends 0 as 0xFFFF (RFC 768). */
    private void writeChecksum(final SyntheticFlow flow, final int at, final int length, final int checksumOffset) {
        Octets.putShort(block, at + checksumOffset, 0);
        long sum = 0;
        if (flow.protocol != SyntheticFlow.PROTOCOL_ICMP) {
            final int addressesLength = flow.isIpv6 ? 2 * AddressBlock.LENGTH : 8;
            sum = Octets.sum(flow.protocol + length, block, at - addressesLength, addressesLength);
        }
        final int checksum = Octets.checksum(Octets.sum(sum, block, at, length));
        final boolean isReserved = checksum == 0 && flow.protocol == SyntheticFlow.PROTOCOL_UDP;
        Octets.putShort(block, at + checksumOffset, isReserved ? 0xFFFF : checksum);
    }

    private int pad(final int frame, final int length) {
        for (int i = length; i < SHORTEST_FRAME; i++) {
            block[frame + i] = 0;
        }
        return Math.max(length, SHORTEST_FRAME);
    }

    private void flush() throws IOException {
        output.write(block, 0, position);
        position = 0;
    }

    @Override
    public void close() throws IOException {
        flush();
        output.close();
    }
}
