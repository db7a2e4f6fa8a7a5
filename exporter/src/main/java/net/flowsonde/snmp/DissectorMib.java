package net.flowsonde.snmp;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counter.Kind;
import net.flowsonde.telemetry.Counter.Scope;
import net.flowsonde.telemetry.Telemetry;
import org.snmp4j.smi.OID;

/** What each dissector made of the payload, over all queues. The counters of a protocol are known by the beginning of their names. */
final class DissectorMib {
    private static final List<Dissector> ALL =
        List.of(new Dissector(1, "streams", "DPI_"), new Dissector(2, "dns", "DNS_"), new Dissector(3, "smb", "SMB_"),
            new Dissector(4, "nfs", "NFS_"), new Dissector(5, "kerberos", "KRB_"));

    private DissectorMib() {
    }

    /** A protocol with its counters, by what they say. */
    private static final class Dissector {
        private static final List<String> MESSAGES = List.of("FLOWS_CLAIMED", "MESSAGES", "COMMANDS", "CALLS");
        private static final List<String> FAILURES = List.of("MALFORMED", "GAPS", "TOO_LONG", "STREAM_LOSSES");
        private static final String EVICTED = "EVICTED";

        private final int number;
        private final String name;
        private final List<Counter> messages;
        private final List<Counter> failures;
        private final List<Counter> state;
        private final List<Counter> evictions;

        Dissector(final int number, final String name, final String prefix) {
            this.number = number;
            this.name = name;
            messages = counters(prefix, counter -> MESSAGES.contains(counter.name().substring(prefix.length())));
            failures = counters(prefix, counter -> FAILURES.stream().anyMatch(counter.name()::endsWith));
            state = counters(prefix, counter -> counter.kind() == Kind.GAUGE && !counter.name().contains("OCTETS"));
            evictions = counters(prefix, counter -> counter.name().endsWith(EVICTED));
        }

        private static List<Counter> counters(final String prefix, final Predicate<Counter> which) {
            return Arrays.stream(Counter.values())
                .filter(counter -> counter.scope() == Scope.QUEUE && counter.name().startsWith(prefix)).filter(which).toList();
        }
    }

    static MibTable<?> of(final Oids oids, final Telemetry telemetry) {
        final RowIndex<Dissector> index = new RowIndex<>(
            List.of(new RowIndex.Part(1, "flowsondeDissectorNumber", "Unsigned32 (1..255)",
                "1 the reassembly of TCP streams, 2 DNS, 3 SMB, 4 NFS")),
            "INDEX { flowsondeDissectorNumber }", (position, row) -> new OID(new int[] {row.number}));
        return new MibTable<>("flowsondeDissector", "One row a dissector, over all queues; flowsondeCounterTable has more",
            oids.entry(Oids.DISSECTOR_TABLE), index, List.of(
                new Column<>(2, "Name", Syntax.TEXT, "what is dissected", row -> row.name),
                new Column<>(3, "Messages", Syntax.COUNTER64, "messages that were dissected; of streams, flows that a dissector claimed",
                    row -> sum(telemetry, row.messages)),
                new Column<>(4, "Failures", Syntax.COUNTER64, "messages that were malformed, too long or lost in a hole",
                    row -> sum(telemetry, row.failures)),
                new Column<>(5, "State", Syntax.GAUGE32, "entries of its tables that are in use", row -> sum(telemetry, row.state)),
                new Column<>(6, "Evictions", Syntax.COUNTER64, "entries that were forgotten because a table was full",
                    row -> sum(telemetry, row.evictions))),
            () -> ALL);
    }

    private static long sum(final Telemetry telemetry, final List<Counter> counters) {
        return counters.stream().mapToLong(telemetry::total).sum();
    }
}
