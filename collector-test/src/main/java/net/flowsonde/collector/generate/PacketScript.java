package net.flowsonde.collector.generate;

import static net.flowsonde.collector.generate.SyntheticFlow.CLIENT;
import static net.flowsonde.collector.generate.SyntheticFlow.SERVER;

import java.io.IOException;

/** Writes the next packet of any flow. */
final class PacketScript {
    private static final int UDP_HEADER_LENGTH = 8;
    private static final int ICMP_HEADER_LENGTH = 8;
    private static final int ECHO_DATA_LENGTH = 56;
    private static final int ECHO_REQUEST = 8;
    private static final int ECHO_REPLY = 0;
    private static final int ECHO_REQUEST_V6 = 128;
    private static final int ECHO_REPLY_V6 = 129;

    private final FrameWriter frames;
    private final Randomness random;
    private final PayloadWriter payloads;
    private final DnsMessageWriter dns;
    private final TcpScript tcp;

    PacketScript(final FrameWriter frames, final Randomness random, final HostNames names) {
        this.frames = frames;
        this.random = random;
        payloads = new PayloadWriter(random, names);
        dns = new DnsMessageWriter(names);
        tcp = new TcpScript(frames, payloads, random);
    }

    void step(final SyntheticFlow flow, final long timeUs) throws IOException {
        switch (flow.kind) {
            case TCP -> tcp.connection(flow, timeUs);
            case TCP_SCAN -> tcp.scan(flow, timeUs);
            case DNS -> lookup(flow, timeUs);
            case UDP -> datagram(flow, timeUs);
            case ICMP -> echo(flow, timeUs);
        }
    }

    private void lookup(final SyntheticFlow flow, final long timeUs) throws IOException {
        final int from = flow.writtenPackets & 1;
        final int at = frames.begin(flow);
        udp(flow, from, at, dns.write(flow, from == SERVER, frames.block(), at + UDP_HEADER_LENGTH), timeUs);
    }

    private void datagram(final SyntheticFlow flow, final long timeUs) throws IOException {
        final int from = flow.writtenPackets < 2 ? flow.writtenPackets : random.below(2);
        final int at = frames.begin(flow);
        final int length = payloads.imixPayloadLength(flow, UDP_HEADER_LENGTH);
        udp(flow, from, at, payloads.writeNoise(frames.block(), at + UDP_HEADER_LENGTH, length), timeUs);
    }

    private void udp(final SyntheticFlow flow, final int from, final int at, final int payload, final long timeUs) {
        final byte[] block = frames.block();
        final int length = UDP_HEADER_LENGTH + payload;
        Octets.putShort(block, at, flow.ports[from]);
        Octets.putShort(block, at + 2, flow.ports[1 - from]);
        Octets.putShort(block, at + 4, length);
        frames.finish(flow, from, length, FrameWriter.UDP_CHECKSUM_OFFSET, timeUs);
    }

    private void echo(final SyntheticFlow flow, final long timeUs) throws IOException {
        final int from = flow.writtenPackets & 1;
        final int at = frames.begin(flow);
        final byte[] block = frames.block();
        Octets.putShort(block, at, echoType(flow.isIpv6, from == CLIENT) << 8);
        Octets.putShort(block, at + 4, flow.identifier);
        Octets.putShort(block, at + 6, flow.writtenPackets / 2);
        payloads.writeNoise(block, at + ICMP_HEADER_LENGTH, ECHO_DATA_LENGTH);
        frames.finish(flow, from, ICMP_HEADER_LENGTH + ECHO_DATA_LENGTH, FrameWriter.ICMP_CHECKSUM_OFFSET, timeUs);
    }

    private static int echoType(final boolean isIpv6, final boolean isRequest) {
        return isIpv6 ? (isRequest ? ECHO_REQUEST_V6 : ECHO_REPLY_V6) : (isRequest ? ECHO_REQUEST : ECHO_REPLY);
    }
}
