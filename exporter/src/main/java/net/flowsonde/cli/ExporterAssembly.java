package net.flowsonde.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.flowsonde.capture.CaptureAgent;
import net.flowsonde.capture.CaptureException;
import net.flowsonde.capture.CaptureInterface;
import net.flowsonde.capture.InterfaceStatistics;
import net.flowsonde.capture.LiveFilter;
import net.flowsonde.capture.NetworkInterfaces;
import net.flowsonde.capture.OwnTraffic;
import net.flowsonde.capture.PacketHandler;
import net.flowsonde.capture.PacketSource;
import net.flowsonde.capture.PacketSources;
import net.flowsonde.config.AlertsConfig;
import net.flowsonde.config.CollectorConfig;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.config.FlowsondeConfig;
import net.flowsonde.config.LogConfig;
import net.flowsonde.dpi.DpiDispatcher;
import net.flowsonde.dpi.ProtocolAnalyzer;
import net.flowsonde.dpi.TicketUsers;
import net.flowsonde.dpi.dhcp.DhcpAnalyzer;
import net.flowsonde.dpi.dns.DnsAnalyzer;
import net.flowsonde.dpi.krb.KerberosAnalyzer;
import net.flowsonde.dpi.nfs.HandleNames;
import net.flowsonde.dpi.nfs.NfsAnalyzer;
import net.flowsonde.dpi.nfs.NfsPeers;
import net.flowsonde.dpi.smb.SmbAnalyzer;
import net.flowsonde.dpi.smb.SmbPeers;
import net.flowsonde.enrich.Enricher;
import net.flowsonde.flow.FlowMeter;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.ipfix.Destination;
import net.flowsonde.ipfix.ExportAgent;
import net.flowsonde.ipfix.ExportAgent.Pace;
import net.flowsonde.ipfix.MessageSink;
import net.flowsonde.ipfix.ObservedInterface;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.AlertKind;
import net.flowsonde.telemetry.AlertRules;
import net.flowsonde.telemetry.Counter.Scope;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.DistinctLog;
import net.flowsonde.telemetry.Gauge;
import net.flowsonde.telemetry.Health;
import net.flowsonde.telemetry.Label;
import net.flowsonde.telemetry.RunStatus;
import net.flowsonde.telemetry.Telemetry;
import net.flowsonde.transport.MessageSinks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;

/**
 * Puts the stages together: sources, meters, rings, the export agent, sinks; starts them downstream first and stops them upstream
 * first, so that nothing that was captured is lost on the way. The one class that names every stage.
 */
final class ExporterAssembly implements AutoCloseable {
    private static final int RING_CAPACITY = 32 << 20;
    private static final int MOST_FLOW_ID_SEEDS = 4_096;

    private final FlowsondeConfig config;
    private final Pace pace;
    private final Telemetry telemetry = new Telemetry();
    private final DistinctLog log;
    private final AlertBus alerts;
    private final List<Destination> destinations = new ArrayList<>();
    private final Map<CollectorConfig, Destination> byCollector = new LinkedHashMap<>();
    private final List<FlowMeter> liveMeters = new ArrayList<>();
    private final OwnTraffic ownTraffic = new OwnTraffic();
    private final OwnConversations ownConversations = new OwnConversations(ownTraffic);
    private final LiveFilter filter;
    private final List<RecordRing> rings = new ArrayList<>();
    private final List<PacketSource> sources = new ArrayList<>();
    private final List<CaptureAgent> agents = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch firstEnd = new CountDownLatch(1);
    /** A client mounts over one connection and reads over another, which may be of another queue. */
    private final HandleNames handleNames;
    private final NfsPeers nfsPeers;
    private final SmbPeers smbPeers;
    private final TicketUsers ticketUsers;
    private FileSequence files;
    private ExportThread export;
    private ExportAgent exportAgent;
    private PipelineHealth health;
    private Management management;
    private HealthMonitor monitor;
    private boolean isStarted;
    private volatile boolean isStopping;

    private ExporterAssembly(final FlowsondeConfig config, final Pace pace, final Logger alertLogger) {
        this.config = config;
        this.pace = pace;
        filter = new LiveFilter(config.capture(), ownTraffic);
        handleNames = new HandleNames(config.dpi().nfsLimits().handles());
        ticketUsers = new TicketUsers(config.dpi().kerberosTickets());
        // a replay has one queue, however many files it reads one after the other
        final int queues = pace == Pace.LIVE ? config.capture().interfaces().size() * config.capture().queues() : 1;
        nfsPeers = new NfsPeers(queues);
        smbPeers = new SmbPeers(queues);
        log = new DistinctLog(LoggerFactory.getLogger(ExporterAssembly.class), config.log().repeatInterval());
        alerts = new AlertBus(rules(config.alerts()), telemetry, alertLogger);
    }

    private static AlertRules rules(final AlertsConfig config) {
        return new AlertRules(config.coolDown(), config.mostPerMinute(),
            Arrays.stream(AlertKind.values()).filter(kind -> config.disabled().contains(kind.label())).collect(Collectors.toSet()));
    }

    /** The appliance: every interface of the configuration, in as many queues as it says. */
    static ExporterAssembly live(final FlowsondeConfig config) {
        return opened(new ExporterAssembly(config, Pace.LIVE, LoggerFactory.getLogger(AlertBus.class)), ExporterAssembly::openInterfaces);
    }

    /**
     * Capture files, one after the other, with their own clock.
     *
     * @param extraSink  a sink beside those of the configuration, such as the table of the command line; it is given the registry,
     *                   and shows alerts in place of the log
     */
    static ExporterAssembly replay(
        final FlowsondeConfig config, final List<Path> paths, final Optional<Function<Telemetry, MessageSink>> extraSink) {
        final ExporterAssembly assembly = new ExporterAssembly(
            config, Pace.REPLAY, extraSink.isPresent() ? NOPLogger.NOP_LOGGER : LoggerFactory.getLogger(AlertBus.class));
        extraSink.ifPresent(
            factory -> assembly.destinations.add(new Destination(
                factory.apply(assembly.telemetry), config.export().withProfile(ExportConfig.NATIVE))));
        return opened(assembly, opening -> opening.openFiles(paths));
    }

    private static ExporterAssembly opened(
        final ExporterAssembly assembly, final Consumer<ExporterAssembly> openSources) {
        try {
            assembly.openSinks();
            openSources.accept(assembly);
            return assembly;
        } catch (final RuntimeException refused) {
            assembly.close();
            throw refused;
        }
    }

    private void openSinks() {
        for (final CollectorConfig collector : config.collectors()) {
            final Destination destination = open(collector);
            destinations.add(destination);
            byCollector.put(collector, destination);
        }
    }

    private Destination open(final CollectorConfig collector) {
        final ExportConfig export = collector.overrides().over(config.export());
        return new Destination(MessageSinks.open(collector, export, config.spool(), telemetry, pace), export, collector.group());
    }

    private void openInterfaces() {
        if (config.capture().excludeOwn()) {
            config.collectors().forEach(collector -> ownConversations.add(collector.uri()));
        }
        ExportConversations.management(config).forEach(ownTraffic::add);
        for (final String name : config.capture().interfaces()) {
            final List<Counters> counters = new ArrayList<>();
            for (int queue = 0; queue < config.capture().queues(); queue++) {
                counters.add(telemetry.register(Scope.QUEUE, name + "/" + queue));
            }
            final List<PacketSource> queues = PacketSources.live(config.capture(), name, counters, filter);
            sources.addAll(queues);
            for (int queue = 0; queue < queues.size(); queue++) {
                describe(counters.get(queue), name);
                final FlowMeter meter = meter(agents.size(), addRing(counters.get(queue)), counters.get(queue));
                liveMeters.add(meter);
                addQueue(queues.get(queue), counters.get(queue), meter);
            }
        }
    }

    private void openFiles(final List<Path> paths) {
        final Counters counters = telemetry.register(Scope.QUEUE, paths.size() == 1 ? paths.get(0).toString() : "files");
        final List<Supplier<PacketSource>> openers = new ArrayList<>();
        paths.forEach(path -> openers.add(() -> PacketSources.file(path, config.capture().filter(), counters)));
        files = new FileSequence(openers);
        sources.add(files);
        if (files.isFinished()) {
            throw new CaptureException(files.problem().orElse("there is no file"));
        }
        counters.set(Label.INTERFACE, counters.name());
        final RecordRing ring = addRing(counters);
        addQueue(files, counters, new ReplayMeter(files::begun, number -> meter(number % MOST_FLOW_ID_SEEDS, ring, counters)));
    }

    private static void describe(final Counters counters, final String interfaceName) {
        counters.set(Label.INTERFACE, interfaceName);
        counters.set(Gauge.INTERFACE_INDEX, NetworkInterfaces.find(interfaceName).map(CaptureInterface::index).orElse(0));
    }

    private RecordRing addRing(final Counters counters) {
        final RecordRing ring = new RecordRing(RING_CAPACITY, this::isWaitingAllowed);
        rings.add(ring);
        counters.measure(Gauge.RING_OCTETS, ring::size);
        counters.set(Gauge.RING_CAPACITY, ring.capacity());
        counters.set(Gauge.FLOW_LIMIT, config.flow().cacheSize());
        counters.set(Gauge.ACTIVE_TIMEOUT_SECONDS, config.flow().tcp().active().toSeconds());
        counters.set(Gauge.IDLE_TIMEOUT_SECONDS, config.flow().tcp().idle().toSeconds());
        return ring;
    }

    private FlowMeter meter(final int flowIdSeed, final RecordRing ring, final Counters counters) {
        return new FlowMeter(
            config.flow(), config.tcp(), flowIdSeed, ring, counters, DpiDispatcher.of(config.dpi(), analyzers(ring, counters), counters));
    }

    /** Every protocol that is dissected, in the order in which they are asked whether a flow is theirs. */
    private List<ProtocolAnalyzer> analyzers(final RecordRing ring, final Counters counters) {
        final List<ProtocolAnalyzer> analyzers = new ArrayList<>();
        if (config.dpi().dns()) {
            analyzers.add(new DhcpAnalyzer(ring, counters)); // first, as it alone knows its own by the ports or as ICMP
            analyzers.add(new DnsAnalyzer(config.dpi(), ring, counters));
        }
        if (config.dpi().kerberos()) {
            analyzers.add(new KerberosAnalyzer(ticketUsers, counters));
        }
        if (config.dpi().smb()) {
            analyzers.add(new SmbAnalyzer(config.dpi().smbLimits(), smbPeers, ticketUsers, ring, counters));
        }
        if (config.dpi().nfs()) {
            analyzers.add(new NfsAnalyzer(handleNames, nfsPeers, config.dpi().nfsLimits(), ring, counters));
        }
        return analyzers;
    }

    private void addQueue(final PacketSource source, final Counters counters, final PacketHandler meter) {
        final CaptureAgent agent = new CaptureAgent(counters.name(), source, meter);
        agents.add(agent);
        threads.add(new Thread(() -> {
            counters.set(Gauge.CAPTURING, 1);
            agent.run();
            counters.set(Gauge.CAPTURING, 0);
            firstEnd.countDown();
        }, "capture " + agent.roleName()));
    }

    /** A file can wait for the export thread, and so can the last flows of a link that is no longer captured. */
    private boolean isWaitingAllowed() {
        return (pace == Pace.REPLAY || isStopping) && export.isAlive();
    }

    /** Starts everything, downstream first. */
    void start() {
        startExport();
        startCapture();
    }

    /** Starts the export thread, and what shows the counters. */
    void startExport() {
        exportAgent = new ExportAgent(
            config.export(), rings, List.copyOf(destinations), telemetry, this::observedInterfaces,
            new Enricher(config.dns(), config.files(), alerts, telemetry), pace);
        export = new ExportThread(exportAgent, log);
        health = new PipelineHealth(agents, export);
        telemetry.interfaces(new InterfaceStatistics(config.capture().interfaces())::rows);
        telemetry.status().version(Flowsonde.Version.number());
        telemetry.status().configured(ConfigHash.of(config), System.currentTimeMillis());
        management = new Management(config, telemetry, alerts, health, ownTraffic);
        monitor = new HealthMonitor(config.health(), telemetry, alerts, pace == Pace.LIVE, System::currentTimeMillis);
        isStarted = true;
        export.start();
        if (pace == Pace.LIVE && config.capture().excludeOwn()) {
            ownConversations.start();
        }
    }

    /** Starts the queues; their threads have the privileges of the one that calls. */
    void startCapture() {
        threads.forEach(Thread::start);
        health.onStarted();
        telemetry.status().state(RunStatus.State.RUNNING);
        monitor.start();
    }

    /**
     * What can be changed while it runs live.
     *
     * @param source  reads the configuration again
     * @param logs    applies the section {@code log}
     */
    Reload reload(final Supplier<FlowsondeConfig> source, final Consumer<LogConfig> logs) {
        final LiveParts parts = new LiveParts(config, filter, sources, exportAgent, ownConversations, this::open, byCollector);
        return new Reload(source, config)
            .with("capture.filter"::equals, parts::filter)
            .with("collectors"::equals, parts::collectors)
            .with(key -> key.startsWith("prometheus."), management::prometheus)
            .with(key -> key.startsWith("snmp.") && !key.equals("snmp.state-directory"), management::snmp)
            .with(ExporterAssembly::isTiming, this::timing)
            .with(key -> key.startsWith("alerts."), wanted -> alerts.rules(rules(wanted.alerts())))
            .with(ExporterAssembly::isEnrichment, parts::enrichment)
            .with(key -> key.startsWith("health."), wanted -> monitor.reconfigure(wanted.health()))
            .with(key -> key.startsWith("log."), wanted -> {
                logs.accept(wanted.log());
                log.interval(wanted.log().repeatInterval());
            })
            .telling(wanted -> telemetry.status().configured(ConfigHash.of(wanted), System.currentTimeMillis()));
    }

    /** Which alerts are wanted is part of it, as detectors of others do not run. */
    private static boolean isEnrichment(final String key) {
        return key.startsWith("dns.") || key.startsWith("files.") && !key.equals("files.mask-key-file") || key.equals("alerts.disabled");
    }

    private static boolean isTiming(final String key) {
        return key.startsWith("tcp.") || key.startsWith("flow.") && key.endsWith("-timeout") || key.equals("flow.tcp-memory");
    }

    private void timing(final FlowsondeConfig wanted) {
        for (int queue = 0; queue < liveMeters.size(); queue++) {
            final FlowMeter meter = liveMeters.get(queue);
            agents.get(queue).execute(() -> meter.reconfigure(wanted.flow(), wanted.tcp()));
        }
    }

    Health health() {
        return health;
    }

    private List<ObservedInterface> observedInterfaces() {
        return config.capture().interfaces().stream().flatMap(name -> NetworkInterfaces.find(name).stream())
            .map(found -> new ObservedInterface(found.index(), found.name(), found.name())).toList();
    }

    /** Waits until a queue has ended by itself, which is the end of a replay and a failure of a live run. */
    boolean awaitEnd(final long timeoutMs) throws InterruptedException {
        return firstEnd.await(timeoutMs, TimeUnit.MILLISECONDS);
    }

    /** Stops capturing, passes on every flow, sends every record. Returns when all is done. */
    void finish() throws InterruptedException {
        drain();
        management.close();
    }

    /** The same, but whoever asks for the counters is still answered, until {@link #finish} or {@link #close}. */
    void drain() throws InterruptedException {
        monitor.close();
        isStopping = true;
        health.onFinishing();
        telemetry.status().state(RunStatus.State.DRAINING);
        agents.forEach(CaptureAgent::stop);
        for (final Thread thread : threads) {
            thread.join();
        }
        export.finish();
        telemetry.status().state(RunStatus.State.FINISHED);
        ownConversations.close();
        log.flush();
    }

    /** What went wrong, a line each; after {@link #finish}. */
    List<String> problems() {
        final List<String> problems = new ArrayList<>();
        agents.forEach(agent -> {
            agent.problem().ifPresent(problem -> problems.addAll(problem.lines().toList()));
            agent.failure().ifPresent(failure -> problems.add(FailureText.of(failure)));
        });
        export.failure().ifPresent(failure -> problems.add(FailureText.of(failure)));
        return problems;
    }

    Telemetry telemetry() {
        return telemetry;
    }

    /** How many files of a replay have been opened so far. */
    int filesBegun() {
        return files.begun();
    }

    /** Lets go of what was opened and never started, and answers nobody any more. */
    @Override
    public void close() {
        ownConversations.close();
        if (isStarted) {
            management.close();
        } else {
            sources.forEach(PacketSource::close);
            destinations.forEach(destination -> destination.sink().close());
        }
    }
}
