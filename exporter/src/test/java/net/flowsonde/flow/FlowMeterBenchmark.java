package net.flowsonde.flow;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import net.flowsonde.capture.CapturedFrame;
import net.flowsonde.config.FlowConfig;
import net.flowsonde.config.TcpConfig;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Telemetry;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One packet through decoder, table, tracker and counters, in the steady state of a table whose flows all live on. Frames lie one after
 * the other as in a file; which flow comes next is even or by Zipf's law.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = {"--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "-Xmx1g"})
public class FlowMeterBenchmark {
    private static final int PACKETS = 1 << 20;
    private static final int FRAME_LENGTH = 80;
    private static final long PACKET_INTERVAL_NS = 1_000;
    private static final int PACKETS_A_BLOCK = 256;
    private static final int LINKTYPE_ETHERNET = 1;
    private static final int INTERFACE_INDEX = 1;

    @Param({"250000", "1000000"})
    private int flows;

    @Param({"uniform", "zipf"})
    private String popularity;

    @Param({"udp", "tcp"})
    private String protocol;

    private final CapturedFrame frame = new CapturedFrame().source(LINKTYPE_ETHERNET, INTERFACE_INDEX);
    private UnsafeBuffer frames;
    private RecordRing ring;
    private FlowMeter meter;
    private long nowNs = MeterFixture.EPOCH_NS;
    private int next;

    @Setup
    public void setUp() {
        frames = new UnsafeBuffer(BufferUtil.allocateDirectAligned(PACKETS * FRAME_LENGTH, 64));
        final SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < PACKETS; i++) {
            final byte[] octets = packet(flow(random), i).frame();
            frames.putBytes(i * FRAME_LENGTH, octets, 0, Math.min(octets.length, FRAME_LENGTH));
        }
        ring = new RecordRing(1 << 20, () -> false);
        meter = new FlowMeter(FlowConfig.DEFAULT, TcpConfig.DEFAULT, 0, ring,
            new Telemetry().register(Counter.Scope.QUEUE, "benchmark"), FlowListener.NONE);
    }

    private int flow(final SplittableRandom random) {
        if (popularity.equals("uniform")) {
            return random.nextInt(flows);
        }
        return (int) Math.pow(flows, random.nextDouble()) - 1;
    }

    private TestPacket packet(final int flow, final int number) {
        final byte[] client = {10, (byte) (flow >> 16), (byte) (flow >> 8), (byte) flow};
        final byte[] server = {(byte) 192, 0, 2, (byte) (flow * 31)};
        final int port = 32_768 + (flow * 7 & 0x3FFF);
        return protocol.equals("udp") ? TestPacket.packet(client, server).udp(port, 53, 30)
            : TestPacket.packet(client, server).tcp(port, 443, TestPacket.ACK, number, 20);
    }

    @Benchmark
    public void packet() {
        nowNs += PACKET_INTERVAL_NS;
        final int offset = next * FRAME_LENGTH;
        meter.onPacket(frame.wrap(frames, offset, offset + FRAME_LENGTH, FRAME_LENGTH, nowNs));
        next = next + 1 & PACKETS - 1;
        if (next % PACKETS_A_BLOCK == 0) {
            meter.onTime(nowNs);
            ring.drain((type, buffer, index, length) -> { }, Integer.MAX_VALUE);
        }
    }

    @TearDown
    public void tearDown() {
        meter.onClose();
    }
}
