package net.flowsonde.snmp;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counter.Scope;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Gauge;
import net.flowsonde.telemetry.SessionEnds;
import net.flowsonde.telemetry.Telemetry;
import net.flowsonde.telemetry.TemplateFacts;
import net.flowsonde.telemetry.TemplateFacts.FieldFacts;
import org.snmp4j.smi.OID;

/**
 * IPFIX-MIB (RFC 6615). A transport session is one open with a collector over the network, a metering process a queue, an observation
 * point the interface of a queue. The module's text is the RFC's; the README says where to get it.
 */
final class IpfixMib {
    private static final OID SELECT_ALL = new OID("1.3.6.1.2.1.194.1.1.1");
    private static final long EXPORTING = 1;
    private static final long ACTIVE = 2;
    private static final long PRIMARY = 1;
    private static final long PARALLEL = 3;
    private static final long BOTH_DIRECTIONS = 3;
    private static final byte[] IS_SCOPE = {(byte) 0x80};
    private static final byte[] IS_NOTHING = {0};

    private final Telemetry telemetry;
    private final long observationDomain;

    /** A template of one session. */
    private record TemplateRow(int session, TemplateFacts template) {
    }

    /** A field of one of them. */
    private record FieldRow(int session, int template, int number, FieldFacts field) {
    }

    /** What a queue meters goes to a session. */
    private record ExportRow(int cache, int session) {
    }

    private IpfixMib(final Telemetry telemetry, final long observationDomain) {
        this.telemetry = telemetry;
        this.observationDomain = observationDomain;
    }

    static List<MibTable<?>> groups(final Telemetry telemetry, final long observationDomain) {
        final IpfixMib mib = new IpfixMib(telemetry, observationDomain);
        return List.of(mib.sessions(), mib.templates(), mib.definitions(), mib.exports(), mib.meteringProcesses(),
            mib.observationPoints(), mib.selectionProcesses(), mib.sessionStatistics(), mib.templateStatistics(),
            mib.meteringStatistics(), mib.selectionStatistics(), MibTable.scalars("ipfixFunc", "", SELECT_ALL,
                List.of(new Column<>(1, "SelectAllAvail", Syntax.TRUTH, "", facts -> true)), telemetry));
    }

    // ---- what there is (193.1.1)

    private MibTable<Counters> sessions() {
        return table(1, 1, (position, row) -> oid(position), List.of(
            session(2, Syntax.UNSIGNED, ends -> (long) ends.protocol()),
            session(3, Syntax.ADDRESS_TYPE, ends -> ends.local().getAddress()), session(4, Syntax.ADDRESS, ends -> ends.local().getAddress()),
            session(5, Syntax.ADDRESS_TYPE, ends -> ends.remote().getAddress()), session(6, Syntax.ADDRESS, ends -> ends.remote().getAddress()),
            session(7, Syntax.PORT, ends -> port(ends.local())), session(8, Syntax.PORT, ends -> port(ends.remote())),
            session(9, Syntax.UNSIGNED, ends -> 0L), session(10, Syntax.INTEGER, ends -> EXPORTING),
            ofSession(11, Syntax.UNSIGNED, all -> all.value(Gauge.TEMPLATE_REFRESH_SECONDS)),
            ofSession(12, Syntax.UNSIGNED, all -> all.value(Gauge.TEMPLATE_REFRESH_SECONDS)),
            ofSession(13, Syntax.UNSIGNED, all -> all.value(Gauge.TEMPLATE_REFRESH_MESSAGES)),
            ofSession(14, Syntax.UNSIGNED, all -> all.value(Gauge.TEMPLATE_REFRESH_MESSAGES)),
            ofSession(15, Syntax.UNSIGNED, all -> all.value(Gauge.PROTOCOL_VERSION)), session(16, Syntax.INTEGER, ends -> ACTIVE)),
            this::collectors);
    }

    private MibTable<TemplateRow> templates() {
        return table(1, 2, this::templateIndex, List.of(
            column(3, Syntax.UNSIGNED, row -> (long) row.template().setId()),
            column(4, Syntax.DATE_AND_TIME, row -> row.template().announcedMs())), this::templateRows);
    }

    private MibTable<FieldRow> definitions() {
        return table(1, 3, (position, row) -> oid(row.session(), (int) observationDomain, row.template(), row.number()), List.of(
            column(2, Syntax.UNSIGNED, row -> (long) row.field().id()), column(3, Syntax.UNSIGNED, row -> (long) row.field().length()),
            column(4, Syntax.UNSIGNED, row -> row.field().enterpriseNumber()),
            column(5, Syntax.OCTETS, row -> row.field().isScope() ? IS_SCOPE : IS_NOTHING)), this::fieldRows);
    }

    private MibTable<ExportRow> exports() {
        return table(1, 4, (position, row) -> oid(1, row.cache(), row.session()), List.of(
            column(2, Syntax.INTEGER, row -> openSessions().size() > 1 ? PARALLEL : PRIMARY)), this::exportRows);
    }

    private MibTable<Counters> meteringProcesses() {
        return table(1, 5, (position, row) -> oid(position), List.of(
            column(2, Syntax.UNSIGNED, row -> (long) queues().indexOf(row) + 1),
            column(3, Syntax.UNSIGNED, row -> row.value(Gauge.ACTIVE_TIMEOUT_SECONDS)),
            column(4, Syntax.UNSIGNED, row -> row.value(Gauge.IDLE_TIMEOUT_SECONDS))), this::queues);
    }

    private MibTable<Counters> observationPoints() {
        return table(1, 6, (position, row) -> oid(position, 1), List.of(
            column(3, Syntax.UNSIGNED, row -> observationDomain), column(4, Syntax.INTEGER, row -> 0L),
            column(5, Syntax.INTEGER, row -> row.value(Gauge.INTERFACE_INDEX)), column(6, Syntax.INTEGER, row -> BOTH_DIRECTIONS)),
            this::queues);
    }

    private MibTable<Counters> selectionProcesses() {
        return table(1, 7, (position, row) -> oid(position, 1, 1), List.of(column(3, Syntax.OBJECT_ID, row -> SELECT_ALL)), this::queues);
    }

    // ---- what became of it (193.1.2)

    private MibTable<Counters> sessionStatistics() {
        final ByteRates rates = new ByteRates();
        return table(2, 1, (position, row) -> oid(position), List.of(
            ofSession(1, Syntax.GAUGE32, rates::of), ofSession(2, Syntax.COUNTER64, all -> all.value(Counter.MESSAGES_SENT)),
            ofSession(3, Syntax.COUNTER64, all -> all.value(Counter.OCTETS_SENT)),
            ofSession(4, Syntax.COUNTER64, all -> all.value(Counter.MESSAGES_SENT)),
            ofSession(5, Syntax.COUNTER64, all -> all.value(Counter.MESSAGES_LOST)),
            ofSession(6, Syntax.COUNTER64, all -> all.value(Counter.RECORDS_SENT) + all.value(Counter.OPTIONS_RECORDS_SENT)),
            ofSession(7, Syntax.COUNTER64, all -> announcements(all, false)),
            ofSession(8, Syntax.COUNTER64, all -> announcements(all, true)), ofSession(9, Syntax.TIME_STAMP, all -> 0L)),
            this::collectors);
    }

    private MibTable<TemplateRow> templateStatistics() {
        return table(2, 2, this::templateIndex, List.of(
            column(1, Syntax.COUNTER64, row -> row.template().records()), column(2, Syntax.TIME_STAMP, row -> 0L)), this::templateRows);
    }

    private MibTable<Counters> meteringStatistics() {
        return table(2, 3, (position, row) -> oid(position), List.of(
            column(1, Syntax.GAUGE32, row -> row.value(Counter.FLOWS_ACTIVE)),
            column(2, Syntax.GAUGE32, row -> Math.max(0,
                row.value(Gauge.FLOW_LIMIT) - row.value(Counter.FLOWS_ACTIVE) - row.value(Counter.FLOWS_DORMANT))),
            column(3, Syntax.COUNTER64, row -> row.value(Counter.RECORDS_CREATED)), column(4, Syntax.TIME_STAMP, row -> 0L)),
            this::queues);
    }

    private MibTable<Counters> selectionStatistics() {
        return table(2, 4, (position, row) -> oid(position, 1, 1), List.of(
            column(1, Syntax.COUNTER64, row -> row.value(Counter.FRAMES_CAPTURED)),
            column(2, Syntax.COUNTER64, row -> row.value(Counter.FRAMES_NOT_METERED)), column(3, Syntax.TIME_STAMP, row -> 0L)),
            this::queues);
    }

    // ---- rows

    private List<Counters> collectors() {
        return telemetry.all(Scope.COLLECTOR);
    }

    private List<Counters> queues() {
        return telemetry.all(Scope.QUEUE);
    }

    /** Numbers of the collectors with which a session is open. */
    private List<Integer> openSessions() {
        final List<Counters> all = collectors();
        final List<Integer> open = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).session().isPresent()) {
                open.add(i + 1);
            }
        }
        return open;
    }

    private List<TemplateRow> templateRows() {
        final List<TemplateRow> rows = new ArrayList<>();
        for (final int session : openSessions()) {
            collectors().get(session - 1).templates().forEach(template -> rows.add(new TemplateRow(session, template)));
        }
        return rows;
    }

    private List<FieldRow> fieldRows() {
        final List<FieldRow> rows = new ArrayList<>();
        for (final TemplateRow row : templateRows()) {
            int number = 0;
            for (final FieldFacts field : row.template().fields()) {
                rows.add(new FieldRow(row.session(), row.template().id(), ++number, field));
            }
        }
        return rows;
    }

    private List<ExportRow> exportRows() {
        final List<ExportRow> rows = new ArrayList<>();
        for (int cache = 1; cache <= queues().size(); cache++) {
            for (final int session : openSessions()) {
                rows.add(new ExportRow(cache, session));
            }
        }
        return rows;
    }

    private OID templateIndex(final int position, final TemplateRow row) {
        return oid(row.session(), (int) observationDomain, row.template().id());
    }

    private static long announcements(final Counters collector, final boolean isOptions) {
        return collector.templates().stream().filter(template -> template.setId() == TemplateFacts.OPTIONS_SET == isOptions)
            .mapToLong(TemplateFacts::announcements).sum();
    }

    private static long port(final InetSocketAddress end) {
        return end.getPort();
    }

    // ---- tables and columns without names, which the RFC's module has

    private static <R> MibTable<R> table(
        final int group, final int number, final RowIndex.Encoder<R> index, final List<Column<R>> columns,
        final Supplier<List<R>> rows) {
        return new MibTable<>("ipfix", "", Oids.below(Oids.IPFIX, group, number, 1), new RowIndex<>(List.of(), "", index), columns, rows);
    }

    private static <R> Column<R> column(final int number, final Syntax syntax, final Function<R, Object> reader) {
        return new Column<>(number, "", syntax, "", reader);
    }

    /** There only while a session is open. */
    private static Column<Counters> session(final int number, final Syntax syntax, final Function<SessionEnds, Object> reader) {
        return column(number, syntax, collector -> collector.session().map(reader).orElse(null));
    }

    private static Column<Counters> ofSession(final int number, final Syntax syntax, final ToLongFunction<Counters> reader) {
        return column(number, syntax, collector -> collector.session().isPresent() ? (Object) reader.applyAsLong(collector) : null);
    }

    private static OID oid(final int... index) {
        return new OID(index);
    }
}
