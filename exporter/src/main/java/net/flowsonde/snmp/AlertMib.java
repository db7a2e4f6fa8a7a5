package net.flowsonde.snmp;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.flowsonde.telemetry.Alert;
import net.flowsonde.telemetry.AlertKind;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/** What a notification carries: one kind of notification for each kind of alert, all with the same objects. */
final class AlertMib {
    static final String NAME = "flowsondeAlert";
    static final String DESCRIPTION = "What notifications carry. These objects cannot be read by themselves";

    /** The objects of every notification, in their order. */
    static final List<Column<Alert>> COLUMNS = List.of(
        new Column<>(1, "Subject", Syntax.TEXT, "what the alert is about: a collector, an interface, a server, a client with a domain",
            Alert::subject),
        new Column<>(2, "Text", Syntax.TEXT, "the whole story in one line, as the log has it", Alert::text),
        new Column<>(3, "Severity", Syntax.enumeration("critical(1), warning(2), notice(3)"), "how grave it is",
            alert -> (long) alert.severity().code()),
        new Column<>(4, "Time", Syntax.DATE_AND_TIME, "when it was noticed; of traffic, by the clock of the capture",
            alert -> alert.timeNs() / 1_000_000),
        new Column<>(5, "Value", Syntax.GAUGE64, "what was measured, 0 when nothing was", Alert::value),
        new Column<>(6, "Threshold", Syntax.GAUGE64, "what it was measured against", Alert::threshold),
        new Column<>(7, "Suppressed", Syntax.UNSIGNED, "how many alerts of this kind about this subject were held back since the last",
            Alert::suppressed),
        addressType(8, "Client", true), address(9, "Client", true), addressType(10, "Server", false), address(11, "Server", false),
        new Column<>(12, "FlowId", Syntax.GAUGE64, "flowId (148) of the flow that showed it, 0 when none did", Alert::flowId));

    private AlertMib() {
    }

    /** {@code COLLECTOR_DOWN} as {@code flowsondeCollectorDown}. */
    static String notificationName(final AlertKind kind) {
        return "flowsonde" + Column.camelCase(kind.name());
    }

    /** The values of one alert, as a notification has them. */
    static List<VariableBinding> bindings(final Oids oids, final Alert alert) {
        final List<VariableBinding> bindings = new ArrayList<>();
        for (final Column<Alert> column : COLUMNS) {
            bindings.add(new VariableBinding(
                Oids.below(oids.group(Oids.ALERT_GROUP), column.number(), 0), column.value(alert)));
        }
        return bindings;
    }

    /** A notification has all of its objects, so that an address that there is none of is of type unknown(0) and empty. */
    private static Column<Alert> addressType(final int number, final String end, final boolean isClient) {
        return new Column<>(number, end + "AddressType", new Syntax(Syntax.ADDRESS_TYPE.text(), AlertMib::type),
            "type of the address of the " + end.toLowerCase(Locale.ROOT) + ", unknown(0) when there is none",
            alert -> new End(isClient ? alert.client() : alert.server()));
    }

    private static Column<Alert> address(final int number, final String end, final boolean isClient) {
        return new Column<>(number, end + "Address", new Syntax(Syntax.ADDRESS.text(), AlertMib::octets),
            "address of the " + end.toLowerCase(Locale.ROOT) + " that is concerned, empty when there is none",
            alert -> new End(isClient ? alert.client() : alert.server()));
    }

    private record End(InetAddress address) {
    }

    private static Variable type(final Object end) {
        final InetAddress address = ((End) end).address();
        return new Integer32(address == null ? 0 : Syntax.addressType(address));
    }

    private static Variable octets(final Object end) {
        final InetAddress address = ((End) end).address();
        return new OctetString(address == null ? new byte[0] : address.getAddress());
    }
}
