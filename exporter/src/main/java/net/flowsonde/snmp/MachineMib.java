package net.flowsonde.snmp;

import java.util.List;
import net.flowsonde.telemetry.VirtualMachine;
import net.flowsonde.telemetry.VirtualMachine.ThreadRow;
import org.snmp4j.smi.OID;

/** The Java virtual machine: memory, pauses, and the CPU time of each thread. */
final class MachineMib {
    private MachineMib() {
    }

    static MibTable<VirtualMachine> of(final Oids oids, final VirtualMachine machine) {
        return MibTable.scalars("flowsondeMachine", "The Java virtual machine", oids.group(Oids.MACHINE_GROUP), List.of(
            new Column<>(1, "HeapUsed", Syntax.GAUGE64, "octets of the heap in use", VirtualMachine::heapUsed),
            new Column<>(2, "HeapCommitted", Syntax.GAUGE64, "octets of the heap that the system has given", VirtualMachine::heapCommitted),
            new Column<>(3, "HeapMax", Syntax.GAUGE64, "most octets that the heap may have", VirtualMachine::heapMax),
            new Column<>(4, "OtherUsed", Syntax.GAUGE64, "octets in use for compiled code and classes", VirtualMachine::nonHeapUsed),
            new Column<>(5, "Pauses", Syntax.COUNTER64, "pauses in which garbage was collected", VirtualMachine::pauses),
            new Column<>(6, "PauseTime", Syntax.COUNTER64, "milliseconds of those pauses", VirtualMachine::pauseTimeMs),
            new Column<>(7, "LongestPause", Syntax.GAUGE32, "milliseconds of the longest of them", VirtualMachine::longestPauseMs),
            new Column<>(8, "CpuTime", Syntax.COUNTER64, "milliseconds of CPU that the whole process has had",
                VirtualMachine::cpuTimeMs)), machine);
    }

    static MibTable<ThreadRow> threads(final Oids oids, final VirtualMachine machine) {
        final RowIndex<ThreadRow> index = new RowIndex<>(
            List.of(new RowIndex.Part(1, "flowsondeThreadId", "Unsigned32 (1..4294967295)", "number of the thread")),
            "INDEX { flowsondeThreadId }", (position, row) -> new OID(new int[] {(int) row.id()}));
        return new MibTable<>("flowsondeThread", "One row a thread that is alive, at most 1024", oids.entry(Oids.THREAD_TABLE), index,
            List.of(
                new Column<>(2, "Name", Syntax.TEXT, "what the thread does: capture eth0/1, export …", ThreadRow::name),
                new Column<>(3, "CpuTime", Syntax.COUNTER64, "milliseconds of CPU that it has had", machine::cpuTimeMs)),
            machine::threads);
    }
}
