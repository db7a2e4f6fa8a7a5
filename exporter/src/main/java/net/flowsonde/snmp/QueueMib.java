package net.flowsonde.snmp;

import java.util.List;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counter.Scope;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Gauge;
import net.flowsonde.telemetry.Label;
import net.flowsonde.telemetry.Telemetry;

/** What each queue captures and what becomes of it. */
final class QueueMib {
    private QueueMib() {
    }

    static MibTable<Counters> of(final Oids oids, final Telemetry telemetry) {
        return new MibTable<>("flowsondeQueue",
            "One row a queue: a thread that captures its share of one interface, or reads files", oids.entry(Oids.QUEUE_TABLE),
            RowIndex.position("flowsondeQueue", "number of the queue, from 1, the same until the exporter ends"), columns(),
            () -> telemetry.all(Scope.QUEUE));
    }

    private static List<Column<Counters>> columns() {
        return List.of(
            new Column<>(2, "Name", Syntax.TEXT, "interface and number of the queue, or the file", Counters::name),
            new Column<>(3, "Interface", Syntax.TEXT, "name of the interface, or the file", queue -> queue.value(Label.INTERFACE)),
            new Column<>(4, "IfIndex", Syntax.INTERFACE_INDEX, "ifIndex of the interface, 0 for files",
                queue -> queue.value(Gauge.INTERFACE_INDEX)),
            new Column<>(5, "Capturing", Syntax.TRUTH, "whether the queue captures now", queue -> queue.value(Gauge.CAPTURING) != 0),
            Column.of(6, Counter.FRAMES_CAPTURED), Column.of(7, Counter.OCTETS_CAPTURED), Column.of(8, Counter.KERNEL_DROPS),
            Column.of(9, Counter.INTERFACE_DROPS), Column.of(10, Counter.FRAMES_OWN_TRAFFIC),
            Column.of(11, Counter.FRAMES_BEFORE_START), Column.of(12, Counter.FRAMES_TRUNCATED),
            Column.of(13, Counter.FRAMES_OFFLOADED), Column.of(14, Counter.CAPTURE_ERRORS), Column.of(15, Counter.FRAMES_METERED),
            Column.of(16, Counter.FRAMES_NOT_METERED), Column.of(17, Counter.PACKETS_METERED), Column.of(18, Counter.OCTETS_METERED),
            Column.of(19, Counter.FRAGMENTS), Column.of(20, Counter.FRAGMENTED_DATAGRAMS_COMPLETE),
            Column.of(21, Counter.FRAGMENTED_DATAGRAMS_TIMED_OUT), Column.of(22, Counter.FRAMES_COALESCED),
            new Column<>(23, "RingOctets", Syntax.GAUGE32, Gauge.RING_OCTETS.description(), queue -> queue.value(Gauge.RING_OCTETS)),
            new Column<>(24, "RingCapacity", Syntax.GAUGE32, Gauge.RING_CAPACITY.description(),
                queue -> queue.value(Gauge.RING_CAPACITY)),
            Column.of(25, Counter.RECORDS_RING_FULL),
            new Column<>(26, "DecodeErrors", Syntax.COUNTER64,
                "frames that were truncated, malformed or unknown at some layer; flowsondeCounterTable has them by cause",
                QueueMib::decodeErrors));
    }

    /** Everything that the decoder counts but what is simply no IP. */
    private static long decodeErrors(final Counters queue) {
        long sum = 0;
        for (final Counter counter : DecodeErrors.ALL) {
            sum += queue.value(counter);
        }
        return sum;
    }
}
