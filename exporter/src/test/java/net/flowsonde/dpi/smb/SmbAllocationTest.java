package net.flowsonde.dpi.smb;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import net.flowsonde.dpi.smb.SmbSamples.Frame;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Telemetry;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SmbAllocationTest {
    private static final int CONNECTIONS = 2_000;
    /** What the measurement itself may allocate. */
    private static final long TOLERANCE = 4_096;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final RecordRing ring = new RecordRing(1 << 22, () -> false);
    private final SmbAnalyzer analyzer = new SmbAnalyzer(ring, new Telemetry().register(Counter.Scope.QUEUE, "test"));
    private final FlowRecord flow = new FlowRecord().wrap(new UnsafeBuffer(new byte[FlowRecord.LENGTH]), 0);
    private final MessageHandler discard = (type, buffer, index, length) -> { };
    private final List<Boolean> directions = new ArrayList<>();
    private final List<UnsafeBuffer> frames = new ArrayList<>();
    private long nowNs;

    @Test
    void shouldAllocateNothingOnceWarm() {
        add(SmbSamples.smb2());
        add(SmbSamples.smb1());
        for (int i = 0; i < 10; i++) {
            run();
        }
        final long before = threads.getCurrentThreadAllocatedBytes();
        run();
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(TOLERANCE);
    }

    private void add(final List<Frame> samples) {
        samples.forEach(frame -> {
            directions.add(frame.isFromClient());
            frames.add(new UnsafeBuffer(frame.octets()));
        });
    }

    private void run() {
        for (int connection = 0; connection < CONNECTIONS; connection++) {
            final int session = analyzer.open(flow, nowNs);
            for (int i = 0; i < frames.size(); i++) {
                final UnsafeBuffer frame = frames.get(i);
                analyzer.onStream(session, flow, directions.get(i) ? 0 : 1, frame, 0, frame.capacity(), nowNs += 1_000);
            }
            analyzer.close(session, nowNs);
            analyzer.onTime(nowNs);
            ring.drain(discard, Integer.MAX_VALUE);
        }
    }
}
