package net.flowsonde.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import net.flowsonde.telemetry.DnsServerRow;
import net.flowsonde.telemetry.FileServerRow;
import net.flowsonde.telemetry.Telemetry;
import net.flowsonde.telemetry.TeardownCounts;

/**
 * Metrics made from the rows of a table, one sample a row. A table has no more rows than its owner publishes (1,024), or than there are
 * codes, so that what is to be scraped is bounded.
 *
 * @param labels  the labels of a row, by their names
 * @param rows    where the rows are
 * @param fields  what a row counts or shows
 */
record TableMetrics<R>(List<String> labels, Function<R, Labels> labeller, Function<Telemetry, List<R>> rows, List<Field<R>> fields) {
    private static final double NS_PER_SECOND = 1e9;

    static final List<TableMetrics<?>> ALL = List.of(teardowns(), dnsServers(), fileServers());

    /** One number of a row; a counter's name is without {@code _total}. */
    record Field<R>(String name, boolean isCounter, String description, ToDoubleFunction<R> reader) {
        private String family() {
            return MetricNames.PREFIX + name;
        }
    }

    private static TableMetrics<TeardownCounts.Row> teardowns() {
        return new TableMetrics<>(List.of("reason", "impact"),
            row -> Labels.of("reason", row.reasonName(), "impact", row.impactName()), telemetry -> telemetry.teardowns().rows(),
            List.of(counter("teardowns", "TCP connections that ended like this", TeardownCounts.Row::count)));
    }

    private static TableMetrics<DnsServerRow> dnsServers() {
        return new TableMetrics<>(List.of("server"), row -> Labels.of("server", row.address().getHostAddress()),
            telemetry -> telemetry.dnsServers().rows(), List.of(
                gauge("dns_server_clients", "clients that the DNS server answered; an estimate above a few dozen", DnsServerRow::clients),
                counter("dns_server_queries", "queries to the DNS server", DnsServerRow::queries),
                counter("dns_server_answers", "answers of the DNS server", DnsServerRow::answers),
                counter("dns_server_no_errors", "answers of the DNS server with RCODE 0", DnsServerRow::noErrors),
                counter("dns_server_nx_domains", "answers of the DNS server with RCODE 3: there is no such name", DnsServerRow::nxDomains),
                counter("dns_server_failures", "answers of the DNS server with RCODE 2: server failure", DnsServerRow::serverFailures),
                counter("dns_server_refused", "answers of the DNS server with RCODE 5: refused", DnsServerRow::refused),
                counter("dns_server_other_errors", "answers of the DNS server with any other RCODE", DnsServerRow::otherErrors),
                gauge("dns_server_response_seconds", "mean time from query to answer, 0 when never measured",
                    row -> row.meanResponseTimeNs() / NS_PER_SECOND),
                gauge("dns_server_last_seen_timestamp_seconds", "last answer of the DNS server, seconds since 1970",
                    row -> row.lastSeenNs() / NS_PER_SECOND),
                gauge("dns_server_allowed", "1 when it is one of dns.allowed-servers, or that list is empty",
                    row -> row.isAllowed() ? 1 : 0)));
    }

    private static TableMetrics<FileServerRow> fileServers() {
        return new TableMetrics<>(List.of("server", "protocol"),
            row -> Labels.of("server", row.address().getHostAddress(), "protocol", row.protocol()),
            telemetry -> telemetry.fileServers().rows(), List.of(
                gauge("file_server_clients", "clients that the file server served; an estimate above a few dozen", FileServerRow::clients),
                gauge("file_server_users", "users that the file server served; an estimate above a few dozen", FileServerRow::users),
                gauge("file_server_shares", "shares or exports that were used; an estimate above a few dozen", FileServerRow::shares),
                counter("file_server_operations", "file operations", FileServerRow::operations),
                counter("file_server_failures", "file operations that failed", FileServerRow::failures),
                counter("file_server_read_octets", "octets read from the file server", FileServerRow::readOctets),
                counter("file_server_write_octets", "octets written to the file server", FileServerRow::writeOctets),
                gauge("file_server_last_seen_timestamp_seconds", "last access to the file server, seconds since 1970",
                    row -> row.lastSeenNs() / NS_PER_SECOND)));
    }

    private static <R> Field<R> counter(final String name, final String description, final ToDoubleFunction<R> reader) {
        return new Field<>(name, true, description, reader);
    }

    private static <R> Field<R> gauge(final String name, final String description, final ToDoubleFunction<R> reader) {
        return new Field<>(name, false, description, reader);
    }

    List<MetricNames.Name> names() {
        return fields.stream().map(field -> new MetricNames.Name("", field.family() + (field.isCounter() ? "_total" : ""),
            String.join(", ", labels), field.description())).toList();
    }

    /** The rows as they are now, a family a field; none while there are no rows. */
    List<MetricSnapshot> now(final Telemetry telemetry) {
        final List<R> current = rows.apply(telemetry);
        final List<MetricSnapshot> families = new ArrayList<>();
        if (!current.isEmpty()) {
            fields.forEach(field -> families.add(family(field, current)));
        }
        return families;
    }

    private MetricSnapshot family(final Field<R> field, final List<R> current) {
        final MetricMetadata metadata = new MetricMetadata(field.family(), field.description());
        return field.isCounter()
            ? new CounterSnapshot(metadata, current.stream()
                .map(row -> new CounterDataPointSnapshot(field.reader().applyAsDouble(row), labeller.apply(row), null, 0)).toList())
            : new GaugeSnapshot(metadata, current.stream()
                .map(row -> new GaugeDataPointSnapshot(field.reader().applyAsDouble(row), labeller.apply(row), null)).toList());
    }
}
