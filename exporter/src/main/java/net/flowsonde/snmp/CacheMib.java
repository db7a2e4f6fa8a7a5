package net.flowsonde.snmp;

import java.util.List;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counter.Scope;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Gauge;
import net.flowsonde.telemetry.Telemetry;
import org.snmp4j.smi.OID;

/** The flow cache of each queue. */
final class CacheMib {
    private CacheMib() {
    }

    static MibTable<Counters> of(final Oids oids, final Telemetry telemetry) {
        return new MibTable<>("flowsondeCache", "One row a queue: its flows, and why they left the cache", oids.entry(Oids.CACHE_TABLE),
            new RowIndex<>(List.of(), "AUGMENTS { flowsondeQueueEntry }",
                (position, row) -> new OID(new int[] {position})),
            columns(), () -> telemetry.all(Scope.QUEUE));
    }

    private static List<Column<Counters>> columns() {
        return List.of(
            Column.of(1, Counter.FLOWS_ACTIVE), Column.of(2, Counter.FLOWS_PEAK), Column.of(3, Counter.FLOWS_DORMANT),
            new Column<>(4, "FlowLimit", Syntax.GAUGE32, Gauge.FLOW_LIMIT.description(), queue -> queue.value(Gauge.FLOW_LIMIT)),
            Column.of(5, Counter.FLOWS_CREATED), Column.of(6, Counter.EMERGENCY_EXPIRIES),
            new Column<>(7, "InEmergency", Syntax.TRUTH, "whether the cache is full, so that flows have to leave early",
                queue -> queue.value(Counter.FLOWS_ACTIVE) + queue.value(Counter.FLOWS_DORMANT) >= queue.value(Gauge.FLOW_LIMIT)),
            Column.of(8, Counter.RECORDS_CREATED), Column.of(9, Counter.RECORDS_IDLE), Column.of(10, Counter.RECORDS_ACTIVE),
            Column.of(11, Counter.RECORDS_END_DETECTED), Column.of(12, Counter.RECORDS_FORCED),
            Column.of(13, Counter.RECORDS_LACK_OF_RESOURCES), Column.of(14, Counter.PACKETS_RECORDED),
            Column.of(15, Counter.OCTETS_RECORDED));
    }
}
