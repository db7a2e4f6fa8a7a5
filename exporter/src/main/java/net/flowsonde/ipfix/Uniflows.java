package net.flowsonde.ipfix;

import static net.flowsonde.flow.FlowRecord.FORWARD;
import static net.flowsonde.flow.FlowRecord.REVERSE;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.flowsonde.flow.FlowRecord;

/**
 * The rows of one direction of a flow, for collectors that know no flows of both: what is said of the client becomes what is said of the
 * sender, each count that of its direction. What a flow has only one of stands in both records.
 */
final class Uniflows {
    /** Biflow direction (239) of the server's packets. */
    private static final int REVERSE_INITIATOR = 2;
    /** Rows that change places. */
    private static final List<List<String>> PAIRS = List.of(
        List.of("sourceIPv4Address", "destinationIPv4Address"),
        List.of("sourceIPv6Address", "destinationIPv6Address"),
        List.of("sourceTransportPort", "destinationTransportPort"),
        List.of("sourceMacAddress", "destinationMacAddress"),
        List.of("clientName", "serverName"),
        List.of("tunnelSourceIPv4Address", "tunnelDestinationIPv4Address"),
        List.of("tunnelSourceIPv6Address", "tunnelDestinationIPv6Address"));

    private final List<Map<String, Field<FlowRecord>>> oneWay = List.of(new HashMap<>(), new HashMap<>());

    Uniflows(final List<Field<FlowRecord>> rows) {
        final Map<String, Field<FlowRecord>> byName = new HashMap<>();
        rows.forEach(row -> byName.put(row.element().name(), row));
        rows.forEach(row -> {
            final Field<FlowRecord> twin = byName.get(row.element().reverse().name());
            if (twin != null) {
                put(REVERSE, twin.as(target(row), row.applies()));
            }
        });
        PAIRS.forEach(pair -> swap(byName.get(pair.get(0)), byName.get(pair.get(1))));
        for (int direction = FORWARD; direction <= REVERSE; direction++) {
            put(direction, byName.get("flowStartNanoseconds"), FlowRecord::startNs);
            put(direction, byName.get("flowEndNanoseconds"), FlowRecord::endNs);
            put(direction, byName.get("ingressInterface"), FlowRecord::ingressInterface);
            put(direction, byName.get("egressInterface"), FlowRecord::egressInterface);
        }
        put(REVERSE, byName.get("biflowDirection"),
            (flow, direction) -> flow.hasFlag(FlowRecord.FLAG_DIRECTION_INFERRED) ? 0 : REVERSE_INITIATOR);
    }

    /** The row as it is in a record of one direction. */
    Field<FlowRecord> row(final Field<FlowRecord> row, final int direction) {
        return oneWay.get(direction).getOrDefault(row.element().name(), row);
    }

    private void swap(final Field<FlowRecord> one, final Field<FlowRecord> other) {
        put(REVERSE, one.as(target(other)));
        put(REVERSE, other.as(target(one)));
    }

    private void put(final int direction, final Field<FlowRecord> row, final NumberField.Source<FlowRecord> value) {
        put(direction, new NumberField<>(row.element(), row.length(), row.applies(), value, direction, null));
    }

    private void put(final int direction, final Field<FlowRecord> row) {
        oneWay.get(direction).put(row.element().name(), row);
    }

    private static Target target(final Field<FlowRecord> row) {
        return new Target(row.element(), Target.NATURAL, 1, null);
    }
}
