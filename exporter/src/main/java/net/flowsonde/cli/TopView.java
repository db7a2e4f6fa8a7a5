package net.flowsonde.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counter.Kind;
import net.flowsonde.telemetry.Counter.Scope;
import net.flowsonde.telemetry.Gauge;

/** Two states of an instance, a moment apart, as a page for a person. */
final class TopView {
    private static final int MOST_COUNTERS = 10;
    private static final double MEGABIT = 1e6;
    private static final String[] SESSION_STATES = {"-", "away", "connecting", "open"};
    /** In a column of their own, or the sum of others. */
    private static final Set<Counter> SHOWN = EnumSet.of(
        Counter.FRAMES_CAPTURED, Counter.OCTETS_CAPTURED, Counter.FRAMES_METERED, Counter.PACKETS_METERED, Counter.OCTETS_METERED,
        Counter.RECORDS_SENT, Counter.OCTETS_SENT, Counter.RECORD_OCTETS_SENT, Counter.RECORD_PACKETS_SENT, Counter.FRAMES_RECORDED,
        Counter.PACKETS_RECORDED, Counter.OCTETS_RECORDED, Counter.RECORD_PACKETS_RECEIVED, Counter.RECORD_OCTETS_RECEIVED,
        Counter.RECORD_PACKETS_OFFERED, Counter.RECORD_OCTETS_OFFERED, Counter.RECORDS_OFFERED, Counter.RECORDS_RECEIVED,
        Counter.RECORDS_CREATED);

    private final InstanceStatus before;
    private final InstanceStatus now;
    private final List<String> lines = new ArrayList<>();

    private TopView(final InstanceStatus before, final InstanceStatus now) {
        this.before = before;
        this.now = now;
    }

    static List<String> lines(final InstanceStatus before, final InstanceStatus now) {
        final TopView view = new TopView(before, now);
        view.title();
        view.queues();
        view.collectors();
        view.counters();
        return view.lines;
    }

    private void title() {
        final Duration up = Duration.ofMillis(Math.max(0, now.time() - now.started()));
        line("flowsonde %s   pid %s   up %s   %s", now.fact("version"), now.fact("pid"),
            up.toDays() == 0 ? String.format(Locale.ROOT, "%d:%02d:%02d", up.toHours(), up.toMinutesPart(), up.toSecondsPart())
                : String.format(Locale.ROOT, "%d d %d:%02d", up.toDays(), up.toHoursPart(), up.toMinutesPart()), now.fact("state"));
    }

    private void queues() {
        line("");
        line("%-16s %10s %9s %9s %9s %10s %6s %6s %9s", "queue", "packets/s", "Mbit/s", "drops/s", "drops", "flows", "cache%", "ring%",
            "flows/s");
        for (final String queue : now.things(Scope.QUEUE)) {
            final long flows = now.number(Scope.QUEUE, queue, Counter.FLOWS_ACTIVE) + now.number(Scope.QUEUE, queue, Counter.FLOWS_DORMANT);
            line("%-16s %,10.0f %,9.1f %,9.0f %,9d %,10d %6.1f %6.1f %,9.0f", name(queue, 16), rate(Scope.QUEUE, queue, Counter.PACKETS_METERED),
                8 * rate(Scope.QUEUE, queue, Counter.OCTETS_CAPTURED) / MEGABIT, dropRate(queue), drops(now, queue), flows,
                percent(flows, now.number(Scope.QUEUE, queue, Gauge.FLOW_LIMIT)),
                percent(now.number(Scope.QUEUE, queue, Gauge.RING_OCTETS), now.number(Scope.QUEUE, queue, Gauge.RING_CAPACITY)),
                rate(Scope.QUEUE, queue, Counter.FLOWS_CREATED));
        }
    }

    private double dropRate(final String queue) {
        return perSecond(drops(now, queue) - drops(before, queue));
    }

    /** Frames that never reached us and records that never left. */
    private static long drops(final InstanceStatus status, final String queue) {
        return status.number(Scope.QUEUE, queue, Counter.KERNEL_DROPS) + status.number(Scope.QUEUE, queue, Counter.INTERFACE_DROPS)
            + status.number(Scope.QUEUE, queue, Counter.FRAMES_RING_FULL);
    }

    private void collectors() {
        line("");
        line("%-40s %-10s %9s %9s %9s %9s %11s", "collector", "state", "records/s", "kbit/s", "dropped", "lost msgs", "spool");
        for (final String collector : now.things(Scope.COLLECTOR)) {
            final int state = (int) now.number(Scope.COLLECTOR, collector, Gauge.SESSION_STATE);
            line("%-40s %-10s %,9.0f %,9.1f %,9d %,9d %,11d", name(collector, 40),
                state >= 0 && state < SESSION_STATES.length ? SESSION_STATES[state] : "?",
                rate(Scope.COLLECTOR, collector, Counter.RECORDS_SENT), 8 * rate(Scope.COLLECTOR, collector, Counter.OCTETS_SENT) / 1e3,
                now.number(Scope.COLLECTOR, collector, Counter.RECORDS_DROPPED),
                now.number(Scope.COLLECTOR, collector, Counter.MESSAGES_LOST), now.number(Scope.COLLECTOR, collector, Gauge.SPOOL_OCTETS));
        }
    }

    /** Those that move most, then those that have counted most. */
    private void counters() {
        line("");
        line("%12s %15s  %s", "per second", "total", "counter");
        Arrays.stream(Counter.values())
            .filter(counter -> counter.kind() == Kind.COUNTER && !SHOWN.contains(counter) && now.total(counter.scope(), counter) != 0)
            .sorted(Comparator.comparingLong(this::grown).thenComparing(counter -> now.total(counter.scope(), counter)).reversed())
            .limit(MOST_COUNTERS)
            .forEach(counter -> line("%,12.1f %,15d  %s", perSecond(grown(counter)), now.total(counter.scope(), counter),
                counter.description()));
    }

    private long grown(final Counter counter) {
        return now.total(counter.scope(), counter) - before.total(counter.scope(), counter);
    }

    private double rate(final Scope scope, final String thing, final Counter counter) {
        return perSecond(now.number(scope, thing, counter) - before.number(scope, thing, counter));
    }

    private double perSecond(final long count) {
        return 1e3 * count / Math.max(1, now.time() - before.time());
    }

    private static double percent(final long part, final long whole) {
        return whole == 0 ? 0 : 100.0 * part / whole;
    }

    /** The end of a long name says more than its beginning. */
    private static String name(final String name, final int most) {
        return name.length() <= most ? name : "…" + name.substring(name.length() - most + 1);
    }

    private void line(final String format, final Object... values) {
        lines.add(String.format(Locale.ROOT, format, values).stripTrailing());
    }
}
