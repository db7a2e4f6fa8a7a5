package net.flowsonde.snmp;

import java.util.List;
import net.flowsonde.telemetry.Telemetry;
import net.flowsonde.telemetry.VirtualMachine;

/** The groups of our own MIB, in the order of their numbers. */
final class FlowsondeMib {
    private FlowsondeMib() {
    }

    static List<MibTable<?>> groups(final Oids oids, final Telemetry telemetry, final VirtualMachine machine) {
        return List.of(
            SystemMib.of(oids, telemetry),
            QueueMib.of(oids, telemetry),
            CacheMib.of(oids, telemetry),
            DissectorMib.of(oids, telemetry),
            DnsServerMib.of(oids, telemetry),
            FileServerMib.of(oids, telemetry),
            TeardownMib.of(oids, telemetry),
            CollectorMib.of(oids, telemetry),
            MachineMib.of(oids, machine),
            MachineMib.threads(oids, machine),
            CounterMib.of(oids, telemetry));
    }
}
