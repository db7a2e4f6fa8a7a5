package net.flowsonde.flow;

import java.util.concurrent.TimeUnit;
import net.flowsonde.config.TcpConfig;
import net.flowsonde.decode.PacketLayout;
import net.flowsonde.decode.SegmentFields;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the tracker adds to a packet of an established connection whose state is in the cache. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "-Xmx256m"})
public class TcpTrackerBenchmark {
    private static final int SEGMENT = 1_400;

    private final TcpTracker tracker = new TcpTracker(TcpConfig.DEFAULT);
    private final FlowRecord record = new FlowRecord();
    private final TcpState state = new TcpState();
    private final SegmentWriter data = new SegmentWriter();
    private final SegmentWriter acknowledgment = new SegmentWriter();
    private PacketLayout dataLayout;
    private PacketLayout acknowledgmentLayout;
    private int sequence = 1;
    private long nowNs = 1_700_000_000_000_000_000L;

    @Setup
    public void setUp() {
        final UnsafeBuffer slot =
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(FlowRecord.LENGTH + TcpState.LENGTH, 64));
        record.wrapForUpdate(slot, 0);
        state.wrap(slot, FlowRecord.LENGTH);
        tracker.onOpen(record, state);
        data.flags = TcpFlags.ACK;
        data.payload = new byte[SEGMENT];
        data.window = 60_000;
        data.ttl = 57;
        acknowledgment.flags = TcpFlags.ACK;
        acknowledgment.window = 60_000;
        acknowledgment.ttl = 64;
        dataLayout = data.tcp(false);
        acknowledgmentLayout = acknowledgment.tcp(true);
    }

    /** A data segment in order and the acknowledgment of it: two packets. */
    @Benchmark
    public int dataAndAcknowledgment() {
        nowNs += 1_000;
        SegmentFields.sequence(dataLayout, sequence);
        final int status = tracker.onSegment(record, state, FlowRecord.REVERSE, dataLayout, nowNs, 1);
        sequence += SEGMENT;
        SegmentFields.acknowledgment(acknowledgmentLayout, sequence);
        return status + tracker.onSegment(record, state, FlowRecord.FORWARD, acknowledgmentLayout, nowNs, 1);
    }

    /** A data segment in order. */
    @Benchmark
    public int data() {
        SegmentFields.sequence(dataLayout, sequence);
        sequence += SEGMENT;
        return tracker.onSegment(record, state, FlowRecord.REVERSE, dataLayout, nowNs++, 1);
    }
}
