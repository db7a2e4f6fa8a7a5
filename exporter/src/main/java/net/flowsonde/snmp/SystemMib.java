package net.flowsonde.snmp;

import java.util.List;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.RunStatus;
import net.flowsonde.telemetry.Telemetry;

/** Our own system group: what runs, since when, with which configuration. */
final class SystemMib {
    private SystemMib() {
    }

    static MibTable<Telemetry> of(final Oids oids, final Telemetry telemetry) {
        return MibTable.scalars("flowsondeSystem", "What runs, since when, with which configuration", oids.group(Oids.SYSTEM_GROUP),
            columns(), telemetry);
    }

    private static List<Column<Telemetry>> columns() {
        return List.of(
            new Column<>(1, "Version", Syntax.TEXT, "version of Flowsonde", telemetry -> telemetry.status().version()),
            new Column<>(2, "State", Syntax.enumeration("starting(1), running(2), draining(3), finished(4)"),
                "how far this run has come", telemetry -> (long) telemetry.status().state().code()),
            new Column<>(3, "StartTime", Syntax.DATE_AND_TIME, "when this run began", telemetry -> telemetry.status().startedMs()),
            new Column<>(4, "UpTime", Syntax.TIME_TICKS, "how long it has run", telemetry -> hundredths(telemetry.status())),
            new Column<>(5, "ConfigurationHash", Syntax.TEXT,
                "SHA-256 of the effective configuration, in hexadecimal digits: alike where two exporters are configured alike",
                telemetry -> telemetry.status().configHash()),
            new Column<>(6, "ConfigurationTime", Syntax.DATE_AND_TIME, "when that configuration was taken up",
                telemetry -> telemetry.status().configuredMs()),
            total(7, Counter.FRAMES_CAPTURED), total(8, Counter.OCTETS_CAPTURED), total(9, Counter.KERNEL_DROPS),
            total(10, Counter.INTERFACE_DROPS), total(11, Counter.PACKETS_METERED), total(12, Counter.OCTETS_METERED),
            total(13, Counter.FLOWS_CREATED), total(14, Counter.RECORDS_RECEIVED), total(15, Counter.RECORDS_RING_FULL),
            total(16, Counter.ALERTS_RAISED));
    }

    /** The sum of a counter over everything that counts it. */
    private static Column<Telemetry> total(final int number, final Counter counter) {
        return new Column<>(number, Column.camelCase(counter.name()), Syntax.COUNTER64, counter.description() + ", in all",
            telemetry -> telemetry.total(counter));
    }

    static long hundredths(final RunStatus status) {
        return status.uptimeMs() / 10;
    }
}
