package net.flowsonde.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counter.Scope;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.TeardownCounts;
import net.flowsonde.telemetry.Telemetry;

/** What became of everything, at the end of a run: read, metered, exported, dropped by cause, and whether the sums add up. */
final class Account {
    private static final Set<Counter> NOT_READ = EnumSet.of(Counter.KERNEL_DROPS, Counter.INTERFACE_DROPS);
    private static final Set<Counter> LEFT_OUT = EnumSet.of(Counter.FRAMES_OWN_TRAFFIC, Counter.FRAMES_BEFORE_START);
    private static final Set<Counter> RECORDS = EnumSet.of(
        Counter.RECORDS_IDLE, Counter.RECORDS_ACTIVE, Counter.RECORDS_END_DETECTED, Counter.RECORDS_FORCED,
        Counter.RECORDS_LACK_OF_RESOURCES, Counter.RECORDS_RING_FULL, Counter.FRAMES_RING_FULL, Counter.PACKETS_RING_FULL,
        Counter.OCTETS_RING_FULL);
    /** In a line of their own, or already part of another. */
    private static final Set<Counter> TOLD = EnumSet.of(
        Counter.FRAMES_CAPTURED, Counter.OCTETS_CAPTURED, Counter.FRAMES_METERED, Counter.PACKETS_METERED, Counter.OCTETS_METERED,
        Counter.FRAMES_NOT_METERED, Counter.FLOWS_CREATED, Counter.RECORDS_CREATED, Counter.FRAMES_RECORDED, Counter.PACKETS_RECORDED,
        Counter.OCTETS_RECORDED, Counter.RECORDS_RECEIVED, Counter.RECORD_PACKETS_RECEIVED, Counter.RECORD_OCTETS_RECEIVED,
        Counter.RECORDS_SENT, Counter.RECORD_PACKETS_SENT, Counter.RECORD_OCTETS_SENT, Counter.MESSAGES_SENT, Counter.OCTETS_SENT,
        Counter.RECORDS_DROPPED,
        Counter.RECORDS_OFFERED, Counter.RECORD_PACKETS_OFFERED, Counter.RECORD_OCTETS_OFFERED, Counter.METADATA_RECORDS_OFFERED,
        Counter.RECORDS_RECOVERED, Counter.RECORD_PACKETS_RECOVERED, Counter.RECORD_OCTETS_RECOVERED,
        Counter.RECORDS_SPOOLED, Counter.RECORD_PACKETS_SPOOLED, Counter.RECORD_OCTETS_SPOOLED);

    static {
        TOLD.addAll(NOT_READ);
        TOLD.addAll(LEFT_OUT);
        TOLD.addAll(RECORDS);
    }

    private final Telemetry telemetry;
    private final List<String> lines = new ArrayList<>();

    private Account(final Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    /** The lines of the account of a run that has ended. */
    static List<String> of(final Telemetry telemetry) {
        final Account account = new Account(telemetry);
        account.captured();
        account.metered();
        account.ended();
        telemetry.all(Scope.COLLECTOR).forEach(account::exported);
        account.alerts();
        account.sums();
        return account.lines;
    }

    private void captured() {
        line("read", "%,d frames, %,d octets", total(Counter.FRAMES_CAPTURED), total(Counter.OCTETS_CAPTURED));
        line("not read", "%,d frames", NOT_READ.stream().mapToLong(this::total).sum());
        details(NOT_READ::contains, this::total);
        if (LEFT_OUT.stream().anyMatch(counter -> total(counter) != 0)) {
            line("left out", "%,d frames", LEFT_OUT.stream().mapToLong(this::total).sum());
            details(LEFT_OUT::contains, this::total);
        }
    }

    private void metered() {
        line("metered", "%,d frames: %,d packets with %,d octets in %,d flows", total(Counter.FRAMES_METERED),
            total(Counter.PACKETS_METERED), total(Counter.OCTETS_METERED), total(Counter.FLOWS_CREATED));
        details(counter -> counter.scope() == Scope.QUEUE && !TOLD.contains(counter) && !Sums.isCauseOfNotMetered(counter), this::total);
        line("not metered", "%,d frames", total(Counter.FRAMES_NOT_METERED));
        details(Sums::isCauseOfNotMetered, this::total);
        line("recorded", "%,d records with %,d packets, %,d octets", total(Counter.RECORDS_CREATED), total(Counter.PACKETS_RECORDED),
            total(Counter.OCTETS_RECORDED));
        details(RECORDS::contains, this::total);
        details(counter -> counter.scope() == Scope.EXPORT && !TOLD.contains(counter), this::total);
    }

    private void ended() {
        final List<TeardownCounts.Row> rows = telemetry.teardowns().rows();
        if (!rows.isEmpty()) {
            line("ended", "%,d TCP connections, by reason and impact", rows.stream().mapToLong(TeardownCounts.Row::count).sum());
            rows.forEach(row -> line("", "%,d %s", row.count(), row.name()));
        }
    }

    private void exported(final Counters collector) {
        line("exported", "%,d records with %,d packets, %,d octets to %s", collector.value(Counter.RECORDS_SENT),
            collector.value(Counter.RECORD_PACKETS_SENT), collector.value(Counter.RECORD_OCTETS_SENT), collector.name());
        line("", "%,d messages of %,d octets", collector.value(Counter.MESSAGES_SENT), collector.value(Counter.OCTETS_SENT));
        if (collector.value(Counter.RECORDS_RECOVERED) != 0) {
            line("recovered", "%,d records with %,d packets, %,d octets from the spool of an earlier run",
                collector.value(Counter.RECORDS_RECOVERED), collector.value(Counter.RECORD_PACKETS_RECOVERED),
                collector.value(Counter.RECORD_OCTETS_RECOVERED));
        }
        if (collector.value(Counter.RECORDS_SPOOLED) != 0) {
            line("spooled", "%,d records with %,d packets, %,d octets wait in the spool for the next run",
                collector.value(Counter.RECORDS_SPOOLED), collector.value(Counter.RECORD_PACKETS_SPOOLED),
                collector.value(Counter.RECORD_OCTETS_SPOOLED));
        }
        line("dropped", "%,d records", collector.value(Counter.RECORDS_DROPPED));
        details(counter -> counter.scope() == Scope.COLLECTOR && !TOLD.contains(counter), collector::value);
    }

    private void alerts() {
        if (total(Counter.ALERTS_RAISED) + total(Counter.ALERTS_OVER_LIMIT) != 0) {
            line("alerts", "%,d raised", total(Counter.ALERTS_RAISED));
            details(counter -> counter.scope() == Scope.ALERTS && counter != Counter.ALERTS_RAISED, this::total);
        }
    }

    private void sums() {
        final List<String> differences = Sums.differences(telemetry);
        if (differences.isEmpty()) {
            line("sums", "add up");
        }
        differences.forEach(difference -> line("sums", "DO NOT add up: %s", difference));
    }

    private void details(final Predicate<Counter> which, final ToLongFunction<Counter> values) {
        Arrays.stream(Counter.values()).filter(which).filter(counter -> values.applyAsLong(counter) != 0)
            .forEach(counter -> line("", "%,d %s", values.applyAsLong(counter), counter.description()));
    }

    private long total(final Counter counter) {
        return telemetry.total(counter);
    }

    private void line(final String label, final String format, final Object... values) {
        lines.add(String.format(Locale.ROOT, "%-12s ", label) + String.format(Locale.ROOT, format, values));
    }
}
