package net.flowsonde.decode;

import static net.flowsonde.decode.FrameBuilder.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds a packet of {@link PacketDecoder}, frames in cache. Run it with {@code exporter/bin/benchmark --jmh PacketDecoderBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class PacketDecoderBenchmark {
    private static final int FRAMES = 1024;
    private static final int STRIDE = 128;

    /** Which frames: one kind alone, or the mix of a link. */
    @Param({"tcp4", "udp4", "tcp6", "vlan", "vxlan", "mix"})
    String frames;

    private final UnsafeBuffer buffer = new UnsafeBuffer(java.nio.ByteBuffer.allocateDirect(FRAMES * STRIDE));
    private final int[] lengths = new int[FRAMES];
    private final PacketDecoder decoder = new PacketDecoder(8);
    private final PacketLayout layout = new PacketLayout();

    @Setup
    public void fill() {
        final List<byte[]> kinds = kinds();
        for (int at = 0; at < FRAMES; at++) {
            final byte[] frame = kinds.get(at * 7 % kinds.size());
            buffer.putBytes(at * STRIDE, frame);
            lengths[at] = frame.length;
        }
    }

    private List<byte[]> kinds() {
        return switch (frames) {
            case "tcp4" -> List.of(tcp4());
            case "udp4" -> List.of(udp4());
            case "tcp6" -> List.of(tcp6());
            case "vlan" -> List.of(vlan());
            case "vxlan" -> List.of(vxlan());
            default -> mix();
        };
    }

    private static List<byte[]> mix() {
        final List<byte[]> mix = new ArrayList<>();
        for (int at = 0; at < 16; at++) {
            mix.add(at < 9 ? tcp4() : at < 12 ? udp4() : at < 14 ? tcp6() : at < 15 ? vlan() : vxlan());
        }
        return mix;
    }

    private static byte[] tcp4() {
        return frame().ethernet(0x0800).ipv4(6).tcp(40000, 443, 0x18).payload(40).build();
    }

    private static byte[] udp4() {
        return frame().ethernet(0x0800).ipv4(17).udp(40000, 53).payload(40).build();
    }

    private static byte[] tcp6() {
        return frame().ethernet(0x86DD).ipv6(6).tcp(40000, 443, 0x18).payload(40).build();
    }

    private static byte[] vlan() {
        return frame().ethernet(0x8100).vlan(5, 0x0800).ipv4(6).tcp(40000, 443, 0x18).payload(40).build();
    }

    private static byte[] vxlan() {
        return frame().ethernet(0x0800).ipv4(17).udp(40000, 4789).hex("0800000000007b00").ethernet(0x0800).ipv4(6)
            .tcp(40000, 443, 0x18).build();
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public int decode() {
        int sum = 0;
        for (int at = 0; at < FRAMES; at++) {
            final int offset = at * STRIDE;
            final Verdict verdict = decoder.decode(buffer, offset, offset + lengths[at], lengths[at], 1, layout);
            sum += layout.sourcePort() + layout.payloadLength() + verdict.ordinal();
        }
        return sum;
    }
}
