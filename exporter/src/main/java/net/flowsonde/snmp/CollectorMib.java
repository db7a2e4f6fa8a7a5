package net.flowsonde.snmp;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counter.Scope;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Gauge;
import net.flowsonde.telemetry.Label;
import net.flowsonde.telemetry.Telemetry;

/** Where records go and how that goes. */
final class CollectorMib {
    private CollectorMib() {
    }

    static MibTable<Counters> of(final Oids oids, final Telemetry telemetry) {
        return new MibTable<>("flowsondeCollector", "One row a collector", oids.entry(Oids.COLLECTOR_TABLE),
            RowIndex.position("flowsondeCollector", "number of the collector, from 1, the same until the exporter ends"), columns(),
            () -> telemetry.all(Scope.COLLECTOR));
    }

    private static List<Column<Counters>> columns() {
        return List.of(
            new Column<>(2, "Name", Syntax.TEXT, "its URI", Counters::name),
            new Column<>(3, "Transport", Syntax.TEXT, "how messages reach it: udp, tcp, tls, file, json",
                collector -> collector.value(Label.TRANSPORT)),
            new Column<>(4, "Profile", Syntax.TEXT, "which elements it is sent", collector -> collector.value(Label.PROFILE)),
            new Column<>(5, "State", Syntax.enumeration("unknown(0), away(1), connecting(2), open(3)"), "whether it can be sent to",
                collector -> collector.value(Gauge.SESSION_STATE)),
            remote(6, "AddressType", Syntax.ADDRESS_TYPE, "type of the address that it has now; absent without a session",
                InetSocketAddress::getAddress),
            remote(7, "Address", Syntax.ADDRESS, "the address that it has now; absent without a session", InetSocketAddress::getAddress),
            remote(8, "Port", Syntax.PORT, "the port that it has now; absent without a session", end -> (long) end.getPort()),
            Column.of(9, Counter.MESSAGES_SENT), Column.of(10, Counter.OCTETS_SENT), Column.of(11, Counter.RECORDS_SENT),
            Column.of(12, Counter.RECORDS_DROPPED), Column.of(13, Counter.MESSAGES_LOST), Column.of(14, Counter.SESSIONS_OPENED),
            Column.of(15, Counter.SESSIONS_BROKEN), Column.of(16, Counter.CONNECT_FAILURES), Column.of(17, Counter.SEND_ERRORS),
            Column.of(18, Counter.PORT_UNREACHABLE), Column.of(19, Counter.RECORD_PACKETS_SENT),
            Column.of(20, Counter.RECORD_OCTETS_SENT), Column.of(21, Counter.OPTIONS_RECORDS_SENT),
            Column.of(22, Counter.TEMPLATE_MESSAGES_SENT), time(23, "LastTemplateTime", Gauge.LAST_TEMPLATE_TIME),
            new Column<>(24, "SpoolOctets", Syntax.GAUGE64, Gauge.SPOOL_OCTETS.description(),
                collector -> collector.value(Gauge.SPOOL_OCTETS)),
            new Column<>(25, "SpoolLimit", Syntax.GAUGE64, Gauge.SPOOL_LIMIT.description(),
                collector -> collector.value(Gauge.SPOOL_LIMIT)),
            new Column<>(26, "SpoolAge", Syntax.UNSIGNED, "seconds since the oldest message in the spool was made, 0 without any",
                CollectorMib::spoolAge),
            time(27, "CertificateExpiry", Gauge.CERTIFICATE_EXPIRY_TIME), Column.of(28, Counter.RECORDS_REFUSED),
            Column.of(29, Counter.RECORDS_LOST), Column.of(30, Counter.RECORD_PACKETS_DROPPED),
            Column.of(31, Counter.RECORD_OCTETS_DROPPED), Column.of(32, Counter.RECORDS_FORCED_OUT),
            Column.of(33, Counter.RECORDS_RESENT), Column.of(34, Counter.RECORDS_RECOVERED), Column.of(35, Counter.SPOOL_ERRORS));
    }

    private static Column<Counters> remote(
        final int number, final String name, final Syntax syntax, final String description,
        final Function<InetSocketAddress, Object> reader) {
        return new Column<>(number, name, syntax, description, collector -> collector.session().map(ends -> reader.apply(ends.remote()))
            .orElse(null));
    }

    private static Column<Counters> time(final int number, final String name, final Gauge gauge) {
        return new Column<>(number, name, Syntax.DATE_AND_TIME, gauge.description() + "; year 0 for never or none",
            collector -> collector.value(gauge));
    }

    private static Long spoolAge(final Counters collector) {
        final long oldestMs = collector.value(Gauge.SPOOL_OLDEST_TIME);
        return oldestMs == 0 ? 0 : Math.max(0, System.currentTimeMillis() - oldestMs) / 1_000;
    }
}
