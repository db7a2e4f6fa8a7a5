package net.flowsonde.cli;

import static net.flowsonde.telemetry.Counter.FRAMES_BEFORE_START;
import static net.flowsonde.telemetry.Counter.FRAMES_CAPTURED;
import static net.flowsonde.telemetry.Counter.FRAMES_METERED;
import static net.flowsonde.telemetry.Counter.FRAMES_NOT_METERED;
import static net.flowsonde.telemetry.Counter.FRAMES_OWN_TRAFFIC;
import static net.flowsonde.telemetry.Counter.FRAMES_RECORDED;
import static net.flowsonde.telemetry.Counter.FRAMES_RING_FULL;
import static net.flowsonde.telemetry.Counter.METADATA_RECORDS_DROPPED;
import static net.flowsonde.telemetry.Counter.METADATA_RECORDS_OFFERED;
import static net.flowsonde.telemetry.Counter.METADATA_RECORDS_RECOVERED;
import static net.flowsonde.telemetry.Counter.METADATA_RECORDS_SENT;
import static net.flowsonde.telemetry.Counter.METADATA_RECORDS_SPOOLED;
import static net.flowsonde.telemetry.Counter.OCTETS_METERED;
import static net.flowsonde.telemetry.Counter.OCTETS_RECORDED;
import static net.flowsonde.telemetry.Counter.OCTETS_RING_FULL;
import static net.flowsonde.telemetry.Counter.PACKETS_METERED;
import static net.flowsonde.telemetry.Counter.PACKETS_RECORDED;
import static net.flowsonde.telemetry.Counter.PACKETS_RING_FULL;
import static net.flowsonde.telemetry.Counter.RECORDS_CREATED;
import static net.flowsonde.telemetry.Counter.RECORDS_DROPPED;
import static net.flowsonde.telemetry.Counter.RECORDS_FORCED_OUT;
import static net.flowsonde.telemetry.Counter.RECORDS_LOST;
import static net.flowsonde.telemetry.Counter.RECORDS_OFFERED;
import static net.flowsonde.telemetry.Counter.RECORDS_RECEIVED;
import static net.flowsonde.telemetry.Counter.RECORDS_RECOVERED;
import static net.flowsonde.telemetry.Counter.RECORDS_REFUSED;
import static net.flowsonde.telemetry.Counter.RECORDS_SENT;
import static net.flowsonde.telemetry.Counter.RECORDS_SPOOLED;
import static net.flowsonde.telemetry.Counter.RECORD_OCTETS_DROPPED;
import static net.flowsonde.telemetry.Counter.RECORD_OCTETS_OFFERED;
import static net.flowsonde.telemetry.Counter.RECORD_OCTETS_RECEIVED;
import static net.flowsonde.telemetry.Counter.RECORD_OCTETS_RECOVERED;
import static net.flowsonde.telemetry.Counter.RECORD_OCTETS_SENT;
import static net.flowsonde.telemetry.Counter.RECORD_OCTETS_SPOOLED;
import static net.flowsonde.telemetry.Counter.RECORD_PACKETS_DROPPED;
import static net.flowsonde.telemetry.Counter.RECORD_PACKETS_OFFERED;
import static net.flowsonde.telemetry.Counter.RECORD_PACKETS_RECEIVED;
import static net.flowsonde.telemetry.Counter.RECORD_PACKETS_RECOVERED;
import static net.flowsonde.telemetry.Counter.RECORD_PACKETS_SENT;
import static net.flowsonde.telemetry.Counter.RECORD_PACKETS_SPOOLED;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import net.flowsonde.decode.Verdict;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counter.Scope;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;

/** What must be equal once everything is flushed: nothing gets lost between two stages without being counted. */
final class Sums {
    private static final String DECODE = "DECODE_";

    private final Telemetry telemetry;
    private final List<String> differences = new ArrayList<>();

    private Sums(final Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    /** What does not add up, a line each; empty when everything does. */
    static List<String> differences(final Telemetry telemetry) {
        final Sums sums = new Sums(telemetry);
        telemetry.all(Scope.QUEUE).forEach(sums::checkQueue);
        sums.checkExport();
        telemetry.all(Scope.COLLECTOR).forEach(sums::checkCollector);
        return sums.differences;
    }

    /** Whether {@code counter} counts frames that a verdict of the decoder kept from being metered. */
    static boolean isCauseOfNotMetered(final Counter counter) {
        return counter.name().startsWith(DECODE) && !Verdict.valueOf(counter.name().substring(DECODE.length())).isFlow();
    }

    private void checkQueue(final Counters queue) {
        check(queue, FRAMES_CAPTURED, FRAMES_OWN_TRAFFIC, FRAMES_BEFORE_START, FRAMES_METERED, FRAMES_NOT_METERED);
        check(queue, FRAMES_NOT_METERED, Arrays.stream(Counter.values()).filter(Sums::isCauseOfNotMetered).toArray(Counter[]::new));
        check(queue, FRAMES_METERED, FRAMES_RECORDED, FRAMES_RING_FULL);
        check(queue, PACKETS_METERED, PACKETS_RECORDED, PACKETS_RING_FULL);
        check(queue, OCTETS_METERED, OCTETS_RECORDED, OCTETS_RING_FULL);
    }

    private void checkExport() {
        compare("the queues and the export thread", List.of(RECORDS_CREATED), telemetry::total, RECORDS_RECEIVED);
        compare("the queues and the export thread", List.of(PACKETS_RECORDED), telemetry::total, RECORD_PACKETS_RECEIVED);
        compare("the queues and the export thread", List.of(OCTETS_RECORDED), telemetry::total, RECORD_OCTETS_RECEIVED);
    }

    private void checkCollector(final Counters collector) {
        check(collector, List.of(RECORDS_OFFERED, RECORDS_RECOVERED), RECORDS_SENT, RECORDS_DROPPED, RECORDS_SPOOLED);
        check(collector, List.of(RECORDS_DROPPED), RECORDS_REFUSED, RECORDS_FORCED_OUT, RECORDS_LOST);
        check(collector, List.of(METADATA_RECORDS_OFFERED, METADATA_RECORDS_RECOVERED),
            METADATA_RECORDS_SENT, METADATA_RECORDS_DROPPED, METADATA_RECORDS_SPOOLED);
        check(collector, List.of(RECORD_PACKETS_OFFERED, RECORD_PACKETS_RECOVERED),
            RECORD_PACKETS_SENT, RECORD_PACKETS_DROPPED, RECORD_PACKETS_SPOOLED);
        check(collector, List.of(RECORD_OCTETS_OFFERED, RECORD_OCTETS_RECOVERED),
            RECORD_OCTETS_SENT, RECORD_OCTETS_DROPPED, RECORD_OCTETS_SPOOLED);
    }

    private void check(final Counters counters, final List<Counter> whole, final Counter... parts) {
        compare(counters.name(), whole, counters::value, parts);
    }

    private void check(final Counters counters, final Counter whole, final Counter... parts) {
        compare(counters.name(), List.of(whole), counters::value, parts);
    }

    private void compare(
        final String where, final List<Counter> whole, final ToLongFunction<Counter> values, final Counter... parts) {
        final long sum = Arrays.stream(parts).mapToLong(values).sum();
        final long value = whole.stream().mapToLong(values).sum();
        if (value != sum) {
            differences.add(String.format(Locale.ROOT, "%s: %s is %,d, its parts are %,d, %,d %s", where,
                whole.stream().filter(part -> part == whole.get(0) || values.applyAsLong(part) != 0).map(Counter::name)
                    .collect(Collectors.joining(" + ")), value, sum, Math.abs(value - sum), value > sum ? "missing" : "too many"));
        }
    }
}
