package net.flowsonde.snmp;

import java.util.List;
import net.flowsonde.telemetry.Telemetry;
import net.flowsonde.telemetry.TeardownCounts.Row;
import org.snmp4j.smi.OID;

/** How TCP connections ended, by reason and impact. */
final class TeardownMib {
    private TeardownMib() {
    }

    static MibTable<Row> of(final Oids oids, final Telemetry telemetry) {
        final RowIndex<Row> index = new RowIndex<>(
            List.of(
                new RowIndex.Part(1, "flowsondeTeardownReason", "Unsigned32 (0..255)", "code of the reason, as the element "
                    + "tcpTeardownReason has it"),
                new RowIndex.Part(2, "flowsondeTeardownImpact", "Unsigned32 (0..255)", "code of the impact, as the element "
                    + "tcpTeardownImpact has it")),
            "INDEX { flowsondeTeardownReason, flowsondeTeardownImpact }",
            (position, row) -> new OID(new int[] {row.reason(), row.impact()}));
        return new MibTable<>("flowsondeTeardown",
            "One row for each pair of reason and impact that has been exported: how TCP connections ended and what that meant",
            oids.entry(Oids.TEARDOWN_TABLE), index,
            List.of(
                new Column<>(3, "ReasonName", Syntax.TEXT, "name of the reason", Row::reasonName),
                new Column<>(4, "ImpactName", Syntax.TEXT, "name of the impact", Row::impactName),
                new Column<>(5, "Count", Syntax.COUNTER64, "connections that ended like this", Row::count)),
            () -> telemetry.teardowns().rows());
    }
}
