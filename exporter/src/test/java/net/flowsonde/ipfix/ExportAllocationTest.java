package net.flowsonde.ipfix;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.enrich.EnricherSamples;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.flow.FlowRecordSamples;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

class ExportAllocationTest {
    private static final int RECORDS = 1_000;
    private static final int WARM_UP = 20;

    @Test
    void shouldAllocateNothingPerRecordOnceWarm() {
        final Telemetry telemetry = new Telemetry();
        final RecordRing ring = new RecordRing(1 << 20, () -> false);
        final ExportAgent agent = new ExportAgent(
            ExportConfig.DEFAULT, List.of(ring), List.of(new Destination(new Swallower(telemetry), ExportConfig.DEFAULT)), telemetry, List::of,
            EnricherSamples.fresh(telemetry), ExportAgent.Pace.LIVE, () -> 0, () -> 0);
        final FlowRecord[] flows = new FlowRecord[RECORDS];
        final SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < RECORDS; i++) {
            flows[i] = FlowRecordSamples.random(random);
        }
        for (int i = 0; i < WARM_UP; i++) {
            export(flows, ring, agent);
        }
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long thread = Thread.currentThread().getId();
        threads.getThreadAllocatedBytes(thread);
        final long before = threads.getThreadAllocatedBytes(thread);
        export(flows, ring, agent);
        assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(RECORDS);
        assertThat(telemetry.total(Counter.RECORDS_SENT)).isGreaterThan(RECORDS * WARM_UP);
    }

    private static void export(final FlowRecord[] flows, final RecordRing ring, final ExportAgent agent) {
        for (final FlowRecord flow : flows) {
            ring.offer(RecordRing.FLOW_RECORD, flow.buffer(), 0, FlowRecord.LENGTH);
        }
        while (agent.doWork() > 0) {
            // until the ring is empty
        }
    }

    /** Takes everything and keeps nothing. */
    private static final class Swallower implements MessageSink {
        private final Counters counters;
        private int unsettled;

        Swallower(final Telemetry telemetry) {
            counters = telemetry.register(Counter.Scope.COLLECTOR, "swallower");
        }

        @Override
        public boolean offer(final DirectBuffer message, final int offset, final int length) {
            unsettled++;
            return true;
        }

        @Override
        public int maxMessageLength() {
            return 1_420;
        }

        @Override
        public boolean isLossy() {
            return false;
        }

        @Override
        public long sessionId() {
            return 1;
        }

        @Override
        public int settle(final SettlementListener listener) {
            final int count = unsettled;
            for (; unsettled > 0; unsettled--) {
                listener.onSettled(true);
            }
            return count;
        }

        @Override
        public int doWork(final long nowNs) {
            return 0;
        }

        @Override
        public void flush() {
        }

        @Override
        public String name() {
            return "swallower";
        }

        @Override
        public Counters counters() {
            return counters;
        }

        @Override
        public void close() {
        }
    }
}
