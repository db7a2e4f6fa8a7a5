package net.flowsonde.enrich;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.flowsonde.config.DnsConfig;
import net.flowsonde.config.FilesConfig;
import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.dhcp.ServerHint;
import net.flowsonde.dpi.dns.DnsMark;
import net.flowsonde.dpi.dns.DnsTransaction;
import net.flowsonde.enrich.file.FileActivity;
import net.flowsonde.enrich.file.FileEnrichment;
import net.flowsonde.enrich.file.FlowUse;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.AlertQueue;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;

/**
 * Learns from every record that comes out of the rings and says what is known about a flow. The one place where records of all queues
 * meet. Owned by the export thread.
 */
public final class Enricher {
    private static final long PUBLISH_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);

    private static final int MOST_WAITING_ALERTS = 4_096;
    private static final int TCP = 6;

    private final Counters counters;
    private final AlertQueue alerts;
    private final FlowMetadata metadata = new FlowMetadata();
    private final DnsExchange exchange = new DnsExchange();
    private final DnsServers servers;
    private final NameLearner learner;
    private final FlowNamer namer;
    private final AlertBus bus;
    private final NameTable names;
    private DnsDetectors detectors;
    private final FileEnrichment files;
    /** Null until a collector is told of the messages of flows. */
    private FlowDnsTable flowDns;
    private long publishedNs;

    /**
     * @param alerts  where detectors raise what they find
     * @throws IllegalArgumentException if the key that masks cannot be read
     */
    public Enricher(final DnsConfig config, final FilesConfig filesConfig, final AlertBus alerts, final Telemetry telemetry) {
        bus = alerts;
        this.alerts = alerts.subscribe(MOST_WAITING_ALERTS);
        counters = telemetry.register(Counter.Scope.EXPORT, "enrich");
        servers = new DnsServers(config.allowedServers(), telemetry.dnsServers(), counters);
        names = new NameTable(config.namesLimit(), config.namesPerClient(), config.staleNames().toNanos(), counters);
        learner = new NameLearner(names, servers);
        namer = new FlowNamer(names, servers, counters);
        detectors = new DnsDetectors(config, servers, alerts, counters);
        files = new FileEnrichment(filesConfig, alerts, telemetry.fileServers(), counters);
    }

    /**
     * Takes up what can be changed while it runs: everything but the key that masks. Detectors of DNS begin anew where what they look for
     * has changed, so that what a client had done of it is forgotten; names, servers and users stay. By the export thread.
     */
    public void reconfigure(final DnsConfig config, final FilesConfig filesConfig) {
        servers.allow(config.allowedServers());
        names.bounds(config.namesLimit(), config.namesPerClient(), config.staleNames().toNanos());
        if (!detectors.areFor(config, bus)) {
            detectors = new DnsDetectors(config, servers, bus, counters);
        }
        files.reconfigure(filesConfig);
    }

    /** What is known about the flow record that was last given to {@link #onFlow}. */
    public FlowMetadata metadata() {
        return metadata;
    }

    /** Every alert that is raised, by whomever, to be exported. */
    public AlertQueue alerts() {
        return alerts;
    }

    /** From now on remembers what flows ask DNS for, as a collector is told of it with the flow. */
    public void keepDnsOfFlows() {
        if (flowDns == null) {
            flowDns = new FlowDnsTable(counters);
        }
    }

    /** Finds out what is known about a flow record, which is exported next. */
    public void onFlow(final FlowRecord flow) {
        metadata.reset();
        namer.name(flow, metadata);
        final FlowUse use = files.onFlow(flow);
        if (use != null) {
            metadata.use(use);
        }
        final FlowDns dns = flowDns == null ? null : flowDns.find(flow);
        if (dns != null) {
            metadata.dns(dns, flow.protocol() == TCP);
        }
    }

    /** The flow record has been exported. */
    public void onFlowExported(final FlowRecord flow) {
        files.onFlowExported(flow);
        if (flowDns != null) {
            flowDns.onFlowExported(flow);
        }
    }

    /**
     * Learns from a file access or a logon.
     *
     * @return what is to be exported of it, valid until the next call; null when its client has had too many
     */
    public FileAccess onFile(final FileAccess access) {
        return files.onAccess(access);
    }

    /** Hands over what everybody did to files, when the time by the clock of the traffic has come to that. */
    public void tellFileActivity(final long nowNs, final Consumer<FileActivity> consumer) {
        files.tellIfDue(nowNs, consumer);
    }

    /** Hands over what everybody did to files since that was told last: nothing more comes. */
    public void tellLastFileActivity(final Consumer<FileActivity> consumer) {
        files.tellLast(consumer);
    }

    /** Learns from a DNS transaction. */
    public void onDns(final DnsTransaction transaction) {
        counters.increment(Counter.DNS_TRANSACTIONS_RECEIVED);
        exchange.wrap(transaction);
        if (!transaction.hasMark(DnsMark.NOT_DNS)) {
            learner.onExchange(exchange);
            if (servers.onExchange(exchange)) {
                names.forget(exchange.server());
            }
        }
        if (flowDns != null && exchange.hasContent() && !transaction.hasMark(DnsMark.NETBIOS)) {
            flowDns.onTransaction(transaction);
        }
        detectors.onExchange(exchange);
    }

    /** Learns which DNS servers a client was told to ask. */
    public void onHint(final ServerHint hint) {
        detectors.onHint(hint);
    }

    /** Shows to others what has changed; called often. */
    public void onTime(final long nowNs) {
        if (nowNs - publishedNs >= PUBLISH_INTERVAL_NS) {
            publishedNs = nowNs;
            servers.publish();
            files.publish();
        }
    }

    /** No record comes any more. */
    public void onClose() {
        servers.publish();
        files.publish();
    }
}
