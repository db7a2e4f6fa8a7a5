package net.flowsonde.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.flowsonde.capture.CapturedFrame;
import net.flowsonde.config.TcpConfig;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Telemetry;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class FlowMeterAllocationTest {
    private static final int PACKETS = 200_000;
    private static final int FRAMES = 5_000;
    private static final long STEP_NS = 100_000;
    private static final int LINKTYPE_ETHERNET = 1;
    /** What the measurement itself may allocate. */
    private static final long TOLERANCE = 4_096;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final RecordRing ring = new RecordRing(1 << 20, () -> false);
    private final FlowMeter meter = new FlowMeter(MeterFixture.config(2_000, 5, 2, 20), TcpConfig.DEFAULT, 0, ring,
        new Telemetry().register(Counter.Scope.QUEUE, "test"), FlowListener.NONE);
    private final CapturedFrame frame = new CapturedFrame().source(LINKTYPE_ETHERNET, 1);
    private final List<UnsafeBuffer> frames = new ArrayList<>();
    private final MessageHandler discard = (type, buffer, index, length) -> { };
    private long nowNs = MeterFixture.EPOCH_NS;

    @Test
    void shouldAllocateNothingOnceWarm() {
        final SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < FRAMES; i++) {
            frames.add(new UnsafeBuffer(frame(random)));
        }
        meter(PACKETS);
        final long before = threads.getCurrentThreadAllocatedBytes();
        meter(PACKETS);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(TOLERANCE);
        meter.onClose();
    }

    private void meter(final int packets) {
        for (int i = 0; i < packets; i++) {
            final UnsafeBuffer octets = frames.get(i * 31 % FRAMES);
            nowNs += STEP_NS;
            meter.onPacket(frame.wrap(octets, 0, octets.capacity(), octets.capacity(), nowNs));
            if (i % 100 == 0) {
                meter.onTime(nowNs);
                ring.drain(discard, Integer.MAX_VALUE);
            }
        }
    }

    /** Every kind of packet, fragments, errors and nonsense too, over more flows than the cache takes. */
    private static byte[] frame(final SplittableRandom random) {
        final byte[] client = {10, 0, (byte) random.nextInt(20), (byte) random.nextInt(256)};
        final byte[] server = {10, 1, 0, (byte) random.nextInt(4)};
        final boolean isForward = random.nextBoolean();
        final TestPacket packet = isForward ? TestPacket.packet(client, server) : TestPacket.packet(server, client);
        final int source = isForward ? 40_000 : 443;
        final int destination = isForward ? 443 : 40_000;
        switch (random.nextInt(8)) {
            case 0 -> packet.icmp(isForward ? 8 : 0, 0, 1);
            case 1 -> packet.icmpError(3, 1, TestPacket.packet(server, client).tcp(443, 40_000, TestPacket.ACK, 1, 0));
            case 2 -> packet.udp(source, destination, 200).slice(0, 64).fragment(random.nextInt(1_000), 0, true);
            case 3 -> packet.udp(source, destination, 200).slice(64, 208).fragment(random.nextInt(1_000), 64, false);
            case 4 -> packet.protocol(random.nextInt(256), random.nextInt(60));
            case 5 -> packet.udp(source, destination, 100).vlans(random.nextInt(3));
            default -> packet.tcp(source, destination, random.nextInt(64), random.nextInt(1_000), random.nextInt(1_000), 40, 0);
        }
        return packet.frame();
    }
}
