package net.flowsonde.ipfix;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import net.flowsonde.config.DnsConfig;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.config.FilesConfig;
import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.dhcp.ServerHint;
import net.flowsonde.dpi.dns.DnsTransaction;
import net.flowsonde.enrich.Enricher;
import net.flowsonde.enrich.file.FileActivity;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.flow.TcpTeardownReason;
import net.flowsonde.telemetry.Alert;
import net.flowsonde.telemetry.AlertQueue;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.TeardownCounts;
import net.flowsonde.telemetry.Telemetry;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;

/** The one export thread: rings to records, records to messages, messages to collectors. */
public final class ExportAgent implements Agent {
    /** What to do when a collector does not take a message. */
    public enum Pace {
        /** Traffic does not wait: the message is dropped and counted. */
        LIVE,
        /** A file can wait: try again, within a bound. */
        REPLAY
    }

    /** Of records that belong to no flow. */
    private static final long NO_FLOW = 0;

    private final RingReader rings;
    private final Map<Destination, RecordExporter> attachments = new LinkedHashMap<>();
    private final Enricher enricher;
    private final Counters counters;
    private final TeardownCounts teardowns;
    private final NanoClock clock;
    private final RecordLists lists;
    private final FlowRecord flow = new FlowRecord();
    private final DnsTransaction dns = new DnsTransaction();
    private final FileAccess file = new FileAccess();
    private final ServerHint hint = new ServerHint();
    private final AlertQueue alerts;
    private final EpochClock epochClock;
    private final Pace pace;
    private final Consumer<FileActivity> onFileActivity;
    private final Function<Destination, RecordExporter> exporterMaker;
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private List<RecordExporter> exporters = List.of();
    private List<Route> routes = List.of();
    private int processes;

    /**
     * @param config        what holds for all destinations
     * @param rings         one a queue
     * @param destinations  one a collector; their sinks are closed by {@link #onClose}
     * @param interfaces    the interfaces that records name; asked whenever their names are sent
     * @param enricher      adds what other traffic says about a flow
     */
    public ExportAgent(
        final ExportConfig config, final List<RecordRing> rings, final List<Destination> destinations, final Telemetry telemetry,
        final Supplier<List<ObservedInterface>> interfaces, final Enricher enricher, final Pace pace) {
        this(config, rings, destinations, telemetry, interfaces, enricher, pace, SystemEpochClock.INSTANCE, SystemNanoClock.INSTANCE);
    }

    ExportAgent(
        final ExportConfig config, final List<RecordRing> rings, final List<Destination> destinations, final Telemetry telemetry,
        final Supplier<List<ObservedInterface>> interfaces, final Enricher enricher, final Pace pace,
        final EpochClock epochClock, final NanoClock nanoClock) {
        this.enricher = enricher;
        alerts = enricher.alerts();
        clock = nanoClock;
        this.epochClock = epochClock;
        this.pace = pace;
        counters = telemetry.register(Counter.Scope.EXPORT, "export");
        this.rings = new RingReader(rings, counters, this::onRecord);
        teardowns = telemetry.teardowns();
        teardowns.name(CodeNames::tcpTeardownReason, CodeNames::tcpTeardownImpact);
        final OwnElements own = new OwnElements(config.enterpriseNumber());
        lists = new RecordLists(own, enricher.metadata());
        onFileActivity = activity -> onMetadata(lists.fileActivities, activity, NO_FLOW);
        exporterMaker = destination -> exporter(destination, own, telemetry, interfaces, pace, epochClock);
        destinations.forEach(this::attach);
    }

    private RecordExporter exporter(
        final Destination destination, final OwnElements own, final Telemetry telemetry,
        final Supplier<List<ObservedInterface>> interfaces, final Pace pace, final EpochClock epochClock) {
        final MessageSink sink = destination.sink();
        if (sink.encoding() == MessageSink.Encoding.JSON_LINES) {
            return new JsonExporter(sink, pace, lists, clock);
        }
        final ExportConfig config = destination.config();
        final Profile profile = new Profiles(lists).find(config.profile(), config.profiles());
        if (profile.format() == Profile.Format.NETFLOW_V5) {
            return new NetflowV5Exporter(sink, pace, config.observationDomain(), epochClock, clock);
        }
        if (DerivedFields.MESSAGES.stream().anyMatch(profile.rows().get(RecordKind.FLOW)::names)) {
            enricher.keepDnsOfFlows();
        }
        final OptionsElements optionsElements = new OptionsElements(own, profile);
        final List<Element> ownElements =
            Elements.all(config).stream().filter(element -> element.isOf(config.enterpriseNumber())).toList();
        final OptionsRecords options = new OptionsRecords(
            config, optionsElements, ownElements, telemetry, sink.counters(), ++processes, interfaces);
        final UpTime upTime = new UpTime();
        final MessageForm form = profile.format() == Profile.Format.NETFLOW_V9 ? MessageForm.NETFLOW_V9 : MessageForm.IPFIX;
        return new IpfixExporter(config, sink, pace, new ProfiledLists(lists, profile, upTime), form, upTime, optionsElements, options,
            epochClock, clock);
    }

    @Override
    public int doWork() {
        return runCommands() + workExporters() + rings.read(clock.nanoTime()) + drainAlerts();
    }

    /** Takes up what can be changed of what is made of records; by this thread. */
    public void reconfigure(final DnsConfig dns, final FilesConfig files) {
        enricher.reconfigure(dns, files);
    }

    /** Has the export thread run a command between two records; any thread. Answers when it is done, or never after the end. */
    public CompletableFuture<Void> execute(final Runnable command) {
        final CompletableFuture<Void> done = new CompletableFuture<>();
        commands.add(() -> {
            try {
                command.run();
                done.complete(null);
            } catch (final RuntimeException thrown) {
                done.completeExceptionally(thrown);
            }
        });
        return done;
    }

    /** Export thread only: every record from now on goes there too. */
    public void attach(final Destination destination) {
        attachments.put(destination, exporterMaker.apply(destination));
        reroute();
    }

    /**
     * Export thread only: no further record goes there.
     *
     * @return its farewell: sends what it was given with the last statistics, within bounded time, and closes it. Any thread may run it once,
     *     so that the export thread need not wait for a collector that is away
     */
    public Runnable detach(final Destination destination) {
        final RecordExporter exporter = attachments.remove(destination);
        reroute();
        return () -> {
            exporter.onDraining();
            exporter.close();
        };
    }

    private void reroute() {
        exporters = List.copyOf(attachments.values());
        routes = Route.of(attachments);
    }

    private int runCommands() {
        int count = 0;
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
            count++;
        }
        return count;
    }

    /** Drains the rings, whose producers must have finished, sends everything with the last statistics, and closes the sinks. */
    @Override
    public void onClose() {
        runCommands();
        exporters.forEach(RecordExporter::onDraining);
        while (rings.read(clock.nanoTime()) + drainAlerts() != 0) {
            workExporters();
        }
        rings.readWaiting();
        enricher.tellLastFileActivity(onFileActivity);
        enricher.onClose();
        drainAlerts();
        exporters.forEach(RecordExporter::close);
    }

    @Override
    public String roleName() {
        return "export";
    }

    private int workExporters() {
        final long nowNs = clock.nanoTime();
        enricher.onTime(nowNs);
        if (pace == Pace.LIVE) {
            enricher.tellFileActivity(TimeUnit.MILLISECONDS.toNanos(epochClock.time()), onFileActivity);
        }
        int work = 0;
        for (int i = 0; i < exporters.size(); i++) {
            work += exporters.get(i).doWork(nowNs);
        }
        return work;
    }

    private void onRecord(final int type, final MutableDirectBuffer buffer, final int offset, final int length) {
        switch (type) {
            case RecordRing.FLOW_RECORD -> onFlow(flow.wrap(buffer, offset));
            case RecordRing.FILE_ACCESS, RecordRing.USER_SESSION -> onFile(file.wrap(buffer, offset));
            case RecordRing.DNS_TRANSACTION -> onDns(dns.wrap(buffer, offset));
            case RecordRing.SERVER_HINT -> enricher.onHint(hint.wrap(buffer, offset));
            default -> { }
        }
    }

    private void onFlow(final FlowRecord record) {
        counters.increment(Counter.RECORDS_RECEIVED);
        counters.add(Counter.RECORD_PACKETS_RECEIVED, MessageContents.packets(record));
        counters.add(Counter.RECORD_OCTETS_RECEIVED, MessageContents.octets(record));
        enricher.onFlow(record);
        if (record.tcpTeardownReason() != TcpTeardownReason.NOT_ENDED.code()) {
            teardowns.increment(record.tcpTeardownReason(), record.tcpTeardownImpact());
        }
        for (int i = 0; i < routes.size(); i++) {
            routes.get(i).of(record.flowId()).onFlow(record);
        }
        enricher.onFlowExported(record);
    }

    private void onFile(final FileAccess access) {
        final FileAccess exported = enricher.onFile(access);
        if (exported != null) {
            onMetadata(lists.files, exported, exported.flowId());
        }
        enricher.tellFileActivity(access.endNs(), onFileActivity);
    }

    private void onDns(final DnsTransaction transaction) {
        enricher.onDns(transaction);
        onMetadata(lists.dns, transaction, transaction.flowId());
    }

    /** Makes records of the alerts that were raised, by whomever. */
    private int drainAlerts() {
        int count = 0;
        for (Alert alert = alerts.poll(); alert != null; alert = alerts.poll()) {
            onMetadata(lists.alerts, alert, NO_FLOW);
            count++;
        }
        return count;
    }

    /** Brings a record of another kind than flows to every collector. */
    private <R> void onMetadata(final RecordElements<R> elements, final R record, final long flowId) {
        counters.increment(Counter.METADATA_RECORDS_RECEIVED);
        for (int i = 0; i < routes.size(); i++) {
            routes.get(i).of(flowId).onRecord(elements, record);
        }
    }
}
