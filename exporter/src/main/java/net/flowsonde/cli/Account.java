package net.flowsonde.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counter.Scope;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;

/** What became of everything, at the end of a run: read, metered, exported, dropped by cause, and whether the sums add up. */
final class Account {
    /** Counters that have a line of their own; every other one that is not zero is listed under its scope. */
    private static final Set<Counter> NAMED = EnumSet.of(
        Counter.FRAMES_CAPTURED, Counter.OCTETS_CAPTURED, Counter.FRAMES_METERED, Counter.FRAMES_NOT_METERED, Counter.FLOWS_CREATED,
        Counter.RECORDS_CREATED, Counter.FRAMES_RECORDED, Counter.RECORDS_RECEIVED, Counter.RECORDS_SENT, Counter.MESSAGES_SENT,
        Counter.OCTETS_SENT);

    private final Telemetry telemetry;
    private final List<String> lines = new ArrayList<>();

    private Account(final Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    /** The lines of the account of a run that has ended. */
    static List<String> of(final Telemetry telemetry) {
        final Account account = new Account(telemetry);
        account.captured();
        account.exported();
        account.sums();
        return account.lines;
    }

    /** What does not add up, a line each; empty when everything does. */
    static List<String> differences(final Telemetry telemetry) {
        final List<String> differences = new ArrayList<>();
        compare(differences, "frames captured", telemetry.total(Counter.FRAMES_CAPTURED),
            "left out, metered and not metered", telemetry.total(Counter.FRAMES_OWN_TRAFFIC)
                + telemetry.total(Counter.FRAMES_BEFORE_START) + telemetry.total(Counter.FRAMES_METERED)
                + telemetry.total(Counter.FRAMES_NOT_METERED));
        compare(differences, "frames metered", telemetry.total(Counter.FRAMES_METERED),
            "those in records", telemetry.total(Counter.FRAMES_RECORDED) + telemetry.total(Counter.FRAMES_RING_FULL));
        compare(differences, "records created", telemetry.total(Counter.RECORDS_CREATED),
            "records received", telemetry.total(Counter.RECORDS_RECEIVED));
        for (final Counters collector : telemetry.all(Scope.COLLECTOR)) {
            compare(differences, "records received", telemetry.total(Counter.RECORDS_RECEIVED),
                "records sent to and dropped for " + collector.name(),
                collector.value(Counter.RECORDS_SENT) + collector.value(Counter.RECORDS_DROPPED));
        }
        return differences;
    }

    private static void compare(
        final List<String> differences, final String left, final long leftValue, final String right, final long rightValue) {
        if (leftValue != rightValue) {
            differences.add(String.format(Locale.ROOT, "%s (%,d) and %s (%,d) differ by %,d", left, leftValue, right, rightValue,
                leftValue - rightValue));
        }
    }

    private void captured() {
        line("read", "%,d frames, %,d octets", telemetry.total(Counter.FRAMES_CAPTURED), telemetry.total(Counter.OCTETS_CAPTURED));
        line("metered", "%,d frames in %,d flows, %,d records", telemetry.total(Counter.FRAMES_METERED),
            telemetry.total(Counter.FLOWS_CREATED), telemetry.total(Counter.RECORDS_CREATED));
        line("not metered", "%,d frames", telemetry.total(Counter.FRAMES_NOT_METERED));
        Arrays.stream(Counter.values()).filter(counter -> counter.scope() == Scope.QUEUE)
            .forEach(counter -> detail(counter, telemetry.total(counter)));
    }

    private void exported() {
        Arrays.stream(Counter.values()).filter(counter -> counter.scope() == Scope.EXPORT)
            .forEach(counter -> detail(counter, telemetry.total(counter)));
        for (final Counters collector : telemetry.all(Scope.COLLECTOR)) {
            line("exported", "%,d records in %,d messages, %,d octets, to %s", collector.value(Counter.RECORDS_SENT),
                collector.value(Counter.MESSAGES_SENT), collector.value(Counter.OCTETS_SENT), collector.name());
            Arrays.stream(Counter.values()).filter(counter -> counter.scope() == Scope.COLLECTOR)
                .forEach(counter -> detail(counter, collector.value(counter)));
        }
    }

    private void sums() {
        final List<String> differences = differences(telemetry);
        if (differences.isEmpty()) {
            line("sums", "add up");
        }
        differences.forEach(difference -> line("sums", "DO NOT add up: %s", difference));
    }

    private void detail(final Counter counter, final long value) {
        if (value != 0 && !NAMED.contains(counter)) {
            line("", "%,d %s", value, counter.description());
        }
    }

    private void line(final String label, final String format, final Object... values) {
        lines.add(String.format(Locale.ROOT, "%-12s ", label) + String.format(Locale.ROOT, format, values));
    }
}
