package net.flowsonde.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.flowsonde.capture.CapturedFrame;
import net.flowsonde.config.FlowConfig;
import net.flowsonde.config.TcpConfig;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;
import org.agrona.concurrent.UnsafeBuffer;

/** A meter with a ring of its own, whose records a test takes out as objects. Times are seconds after {@link #EPOCH_NS}. */
final class MeterFixture {
    static final long SECOND_NS = 1_000_000_000L;
    static final long EPOCH_NS = 1_700_000_000L * SECOND_NS;
    private static final int RING_CAPACITY = 1 << 20;
    private static final int LINKTYPE_ETHERNET = 1;
    private static final int INTERFACE_INDEX = 7;

    private final CapturedFrame frame = new CapturedFrame().source(LINKTYPE_ETHERNET, INTERFACE_INDEX);
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final Counters counters = new Telemetry().register(Counter.Scope.QUEUE, "test");
    private final RecordRing ring;
    private final FlowMeter meter;

    MeterFixture() {
        this(FlowConfig.DEFAULT);
    }

    MeterFixture(final FlowConfig config) {
        this(config, RING_CAPACITY);
    }

    MeterFixture(final FlowConfig config, final int ringCapacity) {
        ring = new RecordRing(ringCapacity, () -> false);
        meter = new FlowMeter(config, TcpConfig.DEFAULT, 3, ring, counters, FlowListener.NONE);
    }

    /** The defaults with another cache size. */
    static FlowConfig cacheSize(final int cacheSize) {
        return config(cacheSize, 60, 15, 3_600);
    }

    static FlowConfig config(final int cacheSize, final int activeSeconds, final int idleSeconds, final int tcpMemorySeconds) {
        final FlowConfig.Timeouts timeouts =
            new FlowConfig.Timeouts(Duration.ofSeconds(activeSeconds), Duration.ofSeconds(idleSeconds));
        return new FlowConfig(cacheSize, timeouts, timeouts, timeouts, timeouts, Duration.ofSeconds(tcpMemorySeconds), true, true, 8, 64);
    }

    static long ns(final double seconds) {
        return EPOCH_NS + Math.round(seconds * SECOND_NS);
    }

    MeterFixture packet(final double seconds, final TestPacket packet) {
        final byte[] octets = packet.frame();
        return frame(seconds, octets, octets.length);
    }

    MeterFixture frame(final double seconds, final byte[] octets, final int capturedLength) {
        meter.onPacket(wrap(seconds, octets, capturedLength));
        return this;
    }

    /** The frame that {@link #frame} would pass on, for a test to add hints to before {@link #meter} gets it. */
    CapturedFrame wrap(final double seconds, final byte[] octets, final int capturedLength) {
        buffer.wrap(octets);
        return frame.wrap(buffer, 0, capturedLength, octets.length, ns(seconds));
    }

    MeterFixture time(final double seconds) {
        meter.onTime(ns(seconds));
        return this;
    }

    MeterFixture close() {
        meter.onClose();
        return this;
    }

    FlowMeter meter() {
        return meter;
    }

    long count(final Counter counter) {
        return counters.value(counter);
    }

    /** Takes every record that waits. */
    List<FlowRecord> records() {
        final List<FlowRecord> records = new ArrayList<>();
        ring.drain((type, source, index, length) -> {
            final byte[] copy = new byte[length];
            source.getBytes(index, copy);
            records.add(new FlowRecord().wrap(new UnsafeBuffer(copy), 0));
        }, Integer.MAX_VALUE);
        return records;
    }
}
