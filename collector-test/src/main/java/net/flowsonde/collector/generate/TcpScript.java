package net.flowsonde.collector.generate;

import static net.flowsonde.collector.generate.SyntheticFlow.CLIENT;
import static net.flowsonde.collector.generate.SyntheticFlow.SERVER;

import java.io.IOException;

/** The segments of one TCP flow: handshake, request, answer, a mostly downstream exchange, and its end. Sequence numbers are right. */
final class TcpScript {
    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int PSH = 8;
    private static final int ACK = 16;
    private static final int HEADER_LENGTH = 20;
    /** A SYN carries the maximum segment size (RFC 9293, 3.7.1). */
    private static final int SYN_HEADER_LENGTH = 24;
    private static final int MSS_OPTION = 0x0204_0000;
    private static final int MSS_IPV4 = 1_460;
    private static final int MSS_IPV6 = 1_440;
    private static final int WINDOW = 64_240;
    private static final int HANDSHAKE_SEGMENTS = 3;
    private static final int FIN_SEGMENTS = 3;
    private static final int DOWNSTREAM_PERCENT = 60;
    private static final long IDLE_US = 1_000_000;
    private static final int IDLE_ROUND_TRIPS = 4;

    private final FrameWriter frames;
    private final PayloadWriter payloads;
    private final Randomness random;

    TcpScript(final FrameWriter frames, final PayloadWriter payloads, final Randomness random) {
        this.frames = frames;
        this.payloads = payloads;
        this.random = random;
    }

    /** A SYN, and the refusal of it. */
    void scan(final SyntheticFlow flow, final long timeUs) throws IOException {
        if (flow.writtenPackets == 0) {
            control(flow, CLIENT, SYN, timeUs);
        } else {
            control(flow, SERVER, RST | ACK, timeUs);
        }
    }

    void connection(final SyntheticFlow flow, final long timeUs) throws IOException {
        final int left = flow.packetsLeft();
        if (flow.writtenPackets < HANDSHAKE_SEGMENTS) {
            handshake(flow, timeUs);
        } else if (flow.isReset && left == 1) {
            reset(flow, timeUs);
        } else if (!flow.isReset && left <= FIN_SEGMENTS) {
            close(flow, left, timeUs);
        } else {
            data(flow, timeUs);
        }
    }

    private void handshake(final SyntheticFlow flow, final long timeUs) throws IOException {
        switch (flow.writtenPackets) {
            case 0 -> control(flow, CLIENT, SYN, timeUs);
            case 1 -> control(flow, SERVER, SYN | ACK, timeUs);
            default -> {
                control(flow, CLIENT, ACK, timeUs);
                flow.roundTripUs = timeUs - flow.firstUs;
            }
        }
    }

    private void reset(final SyntheticFlow flow, final long timeUs) throws IOException {
        final long idleUs = Math.max(IDLE_US, IDLE_ROUND_TRIPS * flow.roundTripUs);
        flow.end = FlowEnd.rst(flow.closer, flow.lastPayloadSender, timeUs - flow.lastPayloadUs >= idleUs);
        control(flow, flow.closer, RST | ACK, timeUs);
    }

    private void close(final SyntheticFlow flow, final int left, final long timeUs) throws IOException {
        flow.end = FlowEnd.fin(flow.closer);
        switch (left) {
            case FIN_SEGMENTS -> control(flow, flow.closer, FIN | ACK, timeUs);
            case 2 -> control(flow, 1 - flow.closer, FIN | ACK, timeUs);
            default -> control(flow, flow.closer, ACK, timeUs);
        }
    }

    private void data(final SyntheticFlow flow, final long timeUs) throws IOException {
        final int index = flow.writtenPackets - HANDSHAKE_SEGMENTS;
        final int from = index == 0 ? CLIENT : index == 1 || random.chance(DOWNSTREAM_PERCENT) ? SERVER : CLIENT;
        final int at = frames.begin(flow);
        final int length = payloads.writeTcp(flow, index, from, frames.block(), at + HEADER_LENGTH, HEADER_LENGTH);
        flow.lastPayloadSender = from;
        flow.lastPayloadUs = timeUs;
        segment(flow, from, PSH | ACK, at, length, timeUs);
    }

    private void control(final SyntheticFlow flow, final int from, final int flags, final long timeUs) throws IOException {
        segment(flow, from, flags, frames.begin(flow), 0, timeUs);
    }

    private void segment(
        final SyntheticFlow flow, final int from, final int flags, final int at, final int payload, final long timeUs) {
        final byte[] block = frames.block();
        final boolean isSyn = (flags & SYN) != 0;
        final int headerLength = isSyn ? SYN_HEADER_LENGTH : HEADER_LENGTH;
        Octets.putShort(block, at, flow.ports[from]);
        Octets.putShort(block, at + 2, flow.ports[1 - from]);
        Octets.putInt(block, at + 4, flow.sequences[from]);
        Octets.putInt(block, at + 8, (flags & ACK) != 0 ? flow.sequences[1 - from] : 0);
        Octets.putShort(block, at + 12, headerLength << 10 | flags);
        Octets.putShort(block, at + 14, WINDOW);
        Octets.putShort(block, at + 18, 0);
        if (isSyn) {
            Octets.putInt(block, at + HEADER_LENGTH, MSS_OPTION | (flow.isIpv6 ? MSS_IPV6 : MSS_IPV4));
        }
        frames.finish(flow, from, headerLength + payload, FrameWriter.TCP_CHECKSUM_OFFSET, timeUs);
        flow.sequences[from] += payload + ((flags & (SYN | FIN)) != 0 ? 1 : 0);
    }
}
