package net.flowsonde.snmp;

import java.util.ArrayList;
import java.util.List;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;

/** Every count there is, by who counts it and by name, so that nothing is to be seen elsewhere only. */
final class CounterMib {
    /** One count of one thing. */
    record Row(int source, Counters counters, Counter counter) {
    }

    private final Telemetry telemetry;
    private List<Counters> sources = List.of();
    private List<Row> rows = List.of();

    private CounterMib(final Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    static MibTable<Row> of(final Oids oids, final Telemetry telemetry) {
        final RowIndex<Row> index = new RowIndex<>(
            List.of(
                new RowIndex.Part(1, "flowsondeCounterSource", "Unsigned32 (1..4294967295)",
                    "number of what counts: queues, the export thread, collectors"),
                new RowIndex.Part(2, "flowsondeCounterName", "SnmpAdminString (SIZE (1..96))",
                    "name of the counter, the same in the options records and the final report")),
            "INDEX { flowsondeCounterSource, IMPLIED flowsondeCounterName }",
            (position, row) -> RowIndex.numberAndText(row.source(), row.counter().name()));
        return new MibTable<>("flowsondeCounter", "Every count there is, by who counts it and by its name",
            oids.entry(Oids.COUNTER_TABLE), index,
            List.of(
                new Column<>(3, "SourceName", Syntax.TEXT, "what counts", row -> row.counters().name()),
                new Column<>(4, "Value", Syntax.COUNTER64, "the count, or what a gauge shows",
                    row -> row.counters().value(row.counter())),
                new Column<>(5, "Meaning", Syntax.TEXT, "what is counted", row -> row.counter().description())),
            new CounterMib(telemetry)::rows);
    }

    /** Made anew only when something has begun to count. */
    private List<Row> rows() {
        final List<Counters> current = telemetry.all();
        if (!current.equals(sources)) {
            final List<Row> fresh = new ArrayList<>();
            for (int i = 0; i < current.size(); i++) {
                for (final Counter counter : Counter.values()) {
                    if (counter.scope() == current.get(i).scope()) {
                        fresh.add(new Row(i + 1, current.get(i), counter));
                    }
                }
            }
            rows = fresh;
            sources = current;
        }
        return rows;
    }
}
