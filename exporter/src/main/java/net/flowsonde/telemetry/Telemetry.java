package net.flowsonde.telemetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** The registry of all counts and tables of this process. Blocks are made while the pipeline is assembled and then only read. */
public final class Telemetry {
    /** Replaced by longer ones when something begins to count, so that who asks often gets the same list again and again. */
    private volatile List<Counters> all = List.of();
    private volatile List<List<Counters>> byScope = Arrays.stream(Counter.Scope.values()).map(scope -> List.<Counters>of()).toList();
    private final Snapshot<DnsServerRow> dnsServers = new Snapshot<>();
    private final Snapshot<FileServerRow> fileServers = new Snapshot<>();
    private final TeardownCounts teardowns = new TeardownCounts();
    private final RunStatus status = new RunStatus();
    private volatile Supplier<List<InterfaceRow>> interfaces = List::of;

    /** Registers a block of counts, to be written by one thread. */
    public synchronized Counters register(final Counter.Scope scope, final String name) {
        final Counters counters = new Counters(scope, name);
        final List<Counters> longer = new ArrayList<>(all);
        longer.add(counters);
        all = List.copyOf(longer);
        byScope = Arrays.stream(Counter.Scope.values())
            .map(wanted -> longer.stream().filter(block -> block.scope() == wanted).toList()).toList();
        return counters;
    }

    /** Every block, in the order of registration: a list that does not change, and the same one until there is another block. */
    public List<Counters> all() {
        return all;
    }

    /** Every block of one scope; a list as {@link #all()} is. */
    public List<Counters> all(final Counter.Scope scope) {
        return byScope.get(scope.ordinal());
    }

    /** The DNS servers that answered, those with most answers first. */
    public Snapshot<DnsServerRow> dnsServers() {
        return dnsServers;
    }

    /** The file servers that were used, those with most operations first. */
    public Snapshot<FileServerRow> fileServers() {
        return fileServers;
    }

    /** What this process is and how far it has come. */
    public RunStatus status() {
        return status;
    }

    /** Says where the interfaces that are captured are looked up, whenever somebody asks. */
    public void interfaces(final Supplier<List<InterfaceRow>> source) {
        interfaces = source;
    }

    /** The interfaces that are captured, as the system shows them now. */
    public List<InterfaceRow> interfaces() {
        return interfaces.get();
    }

    /** How TCP connections ended. */
    public TeardownCounts teardowns() {
        return teardowns;
    }

    /** The sum of one counter over everything that counts it. */
    public long total(final Counter counter) {
        long sum = 0;
        for (final Counters counters : all) {
            sum += counters.value(counter);
        }
        return sum;
    }
}
