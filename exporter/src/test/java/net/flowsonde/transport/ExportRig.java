package net.flowsonde.transport;

import java.time.Duration;
import java.util.List;
import net.flowsonde.config.CollectorConfig;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.config.SpoolConfig;
import net.flowsonde.enrich.EnricherSamples;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.ipfix.Destination;
import net.flowsonde.ipfix.ExportAgent;
import net.flowsonde.ipfix.ExportAgent.Pace;
import net.flowsonde.ipfix.MessageSink;
import net.flowsonde.ipfix.ObservedInterface;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Gauge;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;

/** The export side as it is assembled, fed by a test. */
final class ExportRig implements AutoCloseable {
    final Telemetry telemetry = new Telemetry();
    final ExportAgent agent;
    final Counters counters;
    private final RecordRing ring = new RecordRing(1 << 22, () -> false);

    ExportRig(final String uri, final Pace pace) {
        this(uri, pace, SpoolConfig.DEFAULT);
    }

    ExportRig(final String uri, final Pace pace, final SpoolConfig spool) {
        final ExportConfig config =
            new ExportConfig(1, 32_473, "native", 1_420, Duration.ofSeconds(60), 4_096, Duration.ofSeconds(60));
        final MessageSink sink = MessageSinks.open(CollectorConfig.parse(uri), config, spool, telemetry, pace);
        counters = sink.counters();
        agent = new ExportAgent(
            config, List.of(ring), List.of(new Destination(sink, config)), telemetry,
            () -> List.of(new ObservedInterface(1, "lo", "loopback")), EnricherSamples.fresh(telemetry), pace);
    }

    /** Exports one record; the agent works whenever the ring is half full. */
    void export(final FlowRecord flow) {
        while (!ring.offer(RecordRing.FLOW_RECORD, flow.buffer(), flow.offset(), FlowRecord.LENGTH)) {
            agent.doWork();
        }
        if (ring.size() > ring.capacity() / 2) {
            agent.doWork();
        }
    }

    long value(final Counter counter) {
        return telemetry.total(counter);
    }

    /** Of the one collector. */
    long value(final Gauge gauge) {
        return telemetry.all(Counter.Scope.COLLECTOR).get(0).value(gauge);
    }

    /** What was received or recovered is sent, dropped or spooled, in records, packets and octets. */
    boolean isAddingUp() {
        return value(Counter.RECORDS_RECEIVED) + value(Counter.RECORDS_RECOVERED)
                == value(Counter.RECORDS_SENT) + value(Counter.RECORDS_DROPPED) + value(Counter.RECORDS_SPOOLED)
            && value(Counter.RECORDS_DROPPED)
                == value(Counter.RECORDS_REFUSED) + value(Counter.RECORDS_LOST) + value(Counter.RECORDS_FORCED_OUT)
            && value(Counter.RECORD_PACKETS_RECEIVED) + value(Counter.RECORD_PACKETS_RECOVERED) == value(Counter.RECORD_PACKETS_SENT)
                + value(Counter.RECORD_PACKETS_DROPPED) + value(Counter.RECORD_PACKETS_SPOOLED)
            && value(Counter.RECORD_OCTETS_RECEIVED) + value(Counter.RECORD_OCTETS_RECOVERED) == value(Counter.RECORD_OCTETS_SENT)
                + value(Counter.RECORD_OCTETS_DROPPED) + value(Counter.RECORD_OCTETS_SPOOLED);
    }

    @Override
    public void close() {
        agent.onClose();
    }
}
