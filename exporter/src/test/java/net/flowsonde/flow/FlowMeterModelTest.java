package net.flowsonde.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Whatever timeouts, cache size and order of packets: the sums over all records of a key are what a plain map says. */
class FlowMeterModelTest {
    private static final int PACKETS = 3_000;
    private static final int[] PROTOCOLS = {6, 17, 1, 47, 132};

    /** What a key has counted; equal for both directions. */
    private record Sum(long frames, long octets) {
        Sum plus(final Sum other) {
            return new Sum(frames + other.frames, octets + other.octets);
        }
    }

    @RepeatedTest(30)
    void shouldNeverLoseOrInventACount(final RepetitionInfo repetition) {
        final SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        final int cacheSize = 1 + random.nextInt(random.nextBoolean() ? 5 : 60);
        final int idle = 1 + random.nextInt(20);
        final MeterFixture meter = new MeterFixture(
            MeterFixture.config(cacheSize, 1 + random.nextInt(60), idle, random.nextInt(3) * 40), 1 << 22);
        final Map<String, Sum> model = new HashMap<>();
        double seconds = 10_000;
        for (int i = 0; i < PACKETS; i++) {
            seconds += step(random, idle);
            packet(random, seconds, meter, model);
            if (random.nextInt(10) == 0) {
                meter.time(seconds + random.nextInt(3));
            }
        }
        final List<FlowRecord> records = meter.close().records();
        final Map<String, Sum> exported = new HashMap<>();
        for (final FlowRecord record : records) {
            exported.merge(name(record), new Sum(frames(record), octets(record)), Sum::plus);
        }
        assertThat(records).allMatch(FlowMeterModelTest::isSound);
        assertThat(exported).isEqualTo(model);
        assertThat(meter.count(Counter.FRAMES_METERED)).isEqualTo(PACKETS).isEqualTo(meter.count(Counter.FRAMES_RECORDED));
        assertThat(meter.count(Counter.PACKETS_METERED)).isEqualTo(meter.count(Counter.PACKETS_RECORDED));
        assertThat(meter.count(Counter.OCTETS_METERED)).isEqualTo(meter.count(Counter.OCTETS_RECORDED));
        assertThat(meter.count(Counter.RECORDS_CREATED)).isEqualTo(records.size());
        assertThat(meter.count(Counter.FLOWS_PEAK)).isLessThanOrEqualTo(cacheSize);
        assertThat(meter.count(Counter.FLOWS_ACTIVE)).isZero();
    }

    /** Mostly forward in small steps, sometimes past a timeout, sometimes back a little, rarely far back. */
    private static double step(final SplittableRandom random, final int idle) {
        return switch (random.nextInt(40)) {
            case 0 -> idle + random.nextDouble();
            case 1 -> -random.nextDouble() * 2;
            case 2 -> random.nextInt(20) == 0 ? -500 : 0;
            default -> random.nextDouble() * 0.5;
        };
    }

    private static void packet(
        final SplittableRandom random, final double seconds, final MeterFixture meter, final Map<String, Sum> model) {
        final int first = random.nextInt(4);
        final int second = 4 + random.nextInt(4);
        final int port = 1_000 + random.nextInt(3);
        final int protocol = PROTOCOLS[random.nextInt(PROTOCOLS.length)];
        final boolean isForward = random.nextBoolean();
        final TestPacket packet = isForward ? TestPacket.packet(host(first), host(second)) : TestPacket.packet(host(second), host(first));
        final int source = isForward ? port : 80;
        final int destination = isForward ? 80 : port;
        final int length = random.nextInt(30);
        switch (protocol) {
            case 6 -> packet.tcp(source, destination, random.nextInt(64), random.nextInt(100), random.nextInt(100), length, 0);
            case 17 -> packet.udp(source, destination, length);
            case 1 -> packet.icmp(isForward ? 8 : 0, 0, port);
            case 132 -> packet.protocol(132, 40);
            default -> packet.protocol(99, 10 + length);
        }
        meter.packet(seconds, packet);
        final String name = switch (protocol) {
            case 6, 17 -> protocol + " " + first + " " + second + " " + port;
            case 1 -> "1 " + first + " " + second + " " + port;
            case 132 -> "132 " + first + " " + second + " 0";
            default -> "99 " + first + " " + second + " 0";
        };
        model.merge(name, new Sum(1, packet.ipLength()), Sum::plus);
    }

    private static byte[] host(final int number) {
        return new byte[] {10, 0, 0, (byte) number};
    }

    private static String name(final FlowRecord record) {
        final int source = record.buffer().getByte(record.sourceAddressOffset() + 3);
        final int destination = record.buffer().getByte(record.destinationAddressOffset() + 3);
        final int port = switch (record.protocol()) {
            case 1 -> record.icmpIdentifier();
            case 6, 17 -> record.sourcePort() + record.destinationPort() - 80;
            default -> 0;
        };
        return record.protocol() + " " + Math.min(source, destination) + " " + Math.max(source, destination) + " " + port;
    }

    /** Plain comparisons, for there are tens of thousands of records. */
    private static boolean isSound(final FlowRecord record) {
        boolean isSound = frames(record) > 0 && record.flowEndReason() >= 1 && record.flowEndReason() <= 5;
        for (int direction = FlowRecord.FORWARD; direction <= FlowRecord.REVERSE; direction++) {
            isSound &= record.endNs(direction) >= record.startNs(direction);
            isSound &= record.packets(direction) == record.frames(direction);
            isSound &= record.startNs(direction) == 0 == (record.frames(direction) == 0);
        }
        return isSound;
    }

    private static long frames(final FlowRecord record) {
        return record.frames(FlowRecord.FORWARD) + record.frames(FlowRecord.REVERSE);
    }

    private static long octets(final FlowRecord record) {
        return record.octets(FlowRecord.FORWARD) + record.octets(FlowRecord.REVERSE);
    }
}
