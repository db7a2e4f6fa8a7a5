package net.flowsonde.dpi;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import net.flowsonde.capture.CapturedFrame;
import net.flowsonde.config.DpiConfig;
import net.flowsonde.config.FlowConfig;
import net.flowsonde.config.TcpConfig;
import net.flowsonde.flow.FlowMeter;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The queue thread's whole pipeline for tests of analyzers: payload goes in as IPv4 packets of a client 10.0.0.1 and a server 10.0.0.2,
 * and out come the records. Times are milliseconds after {@link #EPOCH_NS}.
 */
public final class DpiFixture {
    public static final long EPOCH_NS = 1_700_000_000_000_000_000L;
    private static final int LINKTYPE_RAW = 101;
    private static final int IP_LENGTH = 20;
    private static final int UDP_LENGTH = 8;
    private static final int TCP_LENGTH = 20;
    private static final int CLIENT = 0x0A00_0001;
    private static final int SERVER = 0x0A00_0002;
    private static final int SYN = 0x02;
    private static final int RST = 0x04;
    private static final int ACK = 0x10;

    /** A packet that waits for {@link #deliver}. */
    private record Held(long ms, byte[] packet) {
    }

    /**
     * What it took to take packets in.
     *
     * @param allocatedOctets  on the heap, by the queue thread
     * @param mostHeldOctets   of streams, kept at any one time
     */
    public record Cost(long allocatedOctets, long mostHeldOctets) {
    }

    /** A record as it came out of the ring. */
    public record Message(int type, UnsafeBuffer record) {
    }

    private final Counters counters = new Telemetry().register(Counter.Scope.QUEUE, "test");
    private final RecordRing ring;
    private final FlowMeter meter;
    private final CapturedFrame frame = new CapturedFrame().source(LINKTYPE_RAW, 1);
    private int server = SERVER;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private List<Held> held;

    /** @param analyzer  made with the ring and the counters of the queue */
    public DpiFixture(final BiFunction<RecordRing, Counters, ProtocolAnalyzer> analyzer) {
        this(DpiConfig.DEFAULT, analyzer);
    }

    public DpiFixture(final DpiConfig config, final BiFunction<RecordRing, Counters, ProtocolAnalyzer> analyzer) {
        ring = new RecordRing(1 << 22, () -> false);
        meter = new FlowMeter(FlowConfig.DEFAULT, TcpConfig.DEFAULT, 0, ring, counters,
            DpiDispatcher.of(config, List.of(analyzer.apply(ring, counters)), counters));
    }

    /** The last octet of the server's address from now on. */
    public DpiFixture server(final int last) {
        server = SERVER & ~0xFF | last;
        return this;
    }

    /** A datagram; {@code clientPort} is the client's in both directions. */
    public DpiFixture udp(
        final long ms, final boolean isFromClient, final int clientPort, final int serverPort, final byte[] payload) {
        final ByteBuffer packet = ip(isFromClient, 17, UDP_LENGTH + payload.length);
        ports(packet, isFromClient, clientPort, serverPort);
        packet.putShort((short) (UDP_LENGTH + payload.length)).putShort((short) 0).put(payload);
        return packet(ms, packet.array(), packet.capacity());
    }

    /** SYN, SYN-ACK and ACK; the first octet of both directions then has sequence number 1. */
    public DpiFixture handshake(final long ms, final int clientPort, final int serverPort) {
        tcp(ms, true, clientPort, serverPort, SYN, 0, 0, new byte[0]);
        tcp(ms, false, clientPort, serverPort, SYN | ACK, 0, 1, new byte[0]);
        return tcp(ms, true, clientPort, serverPort, ACK, 1, 1, new byte[0]);
    }

    /** A segment with ACK. */
    public DpiFixture segment(
        final long ms, final boolean isFromClient, final int clientPort, final int serverPort, final int sequence, final int acknowledgment,
        final byte[] payload) {
        return tcp(ms, isFromClient, clientPort, serverPort, ACK, sequence, acknowledgment, payload);
    }

    /** The client's reset, which ends the flow. */
    public DpiFixture reset(final long ms, final int clientPort, final int serverPort, final int sequence) {
        return tcp(ms, true, clientPort, serverPort, RST, sequence, 0, new byte[0]);
    }

    private DpiFixture tcp(
        final long ms, final boolean isFromClient, final int clientPort, final int serverPort, final int flags, final int sequence,
        final int acknowledgment, final byte[] payload) {
        final ByteBuffer packet = ip(isFromClient, 6, TCP_LENGTH + payload.length);
        ports(packet, isFromClient, clientPort, serverPort);
        packet.putInt(sequence).putInt(acknowledgment).put((byte) (TCP_LENGTH / 4 << 4)).put((byte) flags).putShort((short) 65_000)
            .putInt(0).put(payload);
        return packet(ms, packet.array(), packet.capacity());
    }

    private ByteBuffer ip(final boolean isFromClient, final int protocol, final int length) {
        return ByteBuffer.allocate(IP_LENGTH + length).put((byte) 0x45).put((byte) 0).putShort((short) (IP_LENGTH + length)).putInt(0)
            .put((byte) 64).put((byte) protocol).putShort((short) 0).putInt(isFromClient ? CLIENT : server)
            .putInt(isFromClient ? server : CLIENT);
    }

    private static void ports(final ByteBuffer packet, final boolean isFromClient, final int clientPort, final int serverPort) {
        packet.putShort((short) (isFromClient ? clientPort : serverPort)).putShort((short) (isFromClient ? serverPort : clientPort));
    }

    /** Any IP packet. */
    public DpiFixture packet(final long ms, final byte[] packet) {
        return packet(ms, packet, packet.length);
    }

    /** Any IP packet, captured to {@code captured} octets. */
    public DpiFixture packet(final long ms, final byte[] packet, final int captured) {
        if (held != null) {
            held.add(new Held(ms, packet));
            return this;
        }
        view.wrap(packet);
        meter.onPacket(frame.wrap(view, 0, captured, packet.length, ns(ms)));
        return this;
    }

    /** From now on packets are made ready only, so that nothing but their being taken in is measured. */
    public DpiFixture hold() {
        held = new ArrayList<>();
        return this;
    }

    /** Writes what is held as a capture file, for others to read. */
    public void writeHeld(final Path file) throws IOException {
        final ByteArrayOutputStream capture = new ByteArrayOutputStream();
        capture.writeBytes(ByteBuffer.allocate(24).putInt(0xA1B2_C3D4).putShort((short) 2).putShort((short) 4).putLong(0).putInt(1 << 18)
            .putInt(LINKTYPE_RAW).array());
        for (final Held one : held) {
            capture.writeBytes(ByteBuffer.allocate(16).putInt((int) (one.ms / 1_000)).putInt((int) (one.ms % 1_000) * 1_000)
                .putInt(one.packet.length).putInt(one.packet.length).array());
            capture.writeBytes(one.packet);
        }
        Files.write(file, capture.toByteArray());
    }

    /** Takes in what was held, and measures that. */
    public Cost deliver() {
        final Held[] packets = held.toArray(Held[]::new);
        held = null;
        long most = 0;
        long asking = 0;
        for (int i = 0; i < 3; i++) {
            final long asked = threads.getCurrentThreadAllocatedBytes();
            asking = threads.getCurrentThreadAllocatedBytes() - asked;
        }
        final long before = threads.getCurrentThreadAllocatedBytes();
        for (final Held packet : packets) {
            packet(packet.ms, packet.packet);
            most = Math.max(most, counters.value(Counter.DPI_STREAM_OCTETS_HELD));
        }
        final long after = threads.getCurrentThreadAllocatedBytes();
        return new Cost(after - before - asking, most);
    }

    public DpiFixture time(final long ms) {
        meter.onTime(ns(ms));
        return this;
    }

    public DpiFixture close() {
        meter.onClose();
        return this;
    }

    private static long ns(final long ms) {
        return EPOCH_NS + ms * 1_000_000;
    }

    public long count(final Counter counter) {
        return counters.value(counter);
    }

    /** Takes the records of these types that wait, in their order; the others are dropped. */
    public List<Message> take(final int... types) {
        final List<Message> messages = new ArrayList<>();
        ring.drain((type, source, index, length) -> {
            if (Arrays.stream(types).anyMatch(wanted -> wanted == type)) {
                final byte[] copy = new byte[length];
                source.getBytes(index, copy);
                messages.add(new Message(type, new UnsafeBuffer(copy)));
            }
        }, Integer.MAX_VALUE);
        return messages;
    }

    /** Drops the records that wait, without allocating. */
    public void discard() {
        ring.drain(DpiFixture::ignore, Integer.MAX_VALUE);
    }

    private static void ignore(final int type, final org.agrona.MutableDirectBuffer buffer, final int index, final int length) {
    }
}
