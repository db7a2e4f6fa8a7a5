package net.flowsonde.cli;

import java.io.UncheckedIOException;
import net.flowsonde.capture.OwnTraffic;
import net.flowsonde.config.FlowsondeConfig;
import net.flowsonde.config.PrometheusConfig;
import net.flowsonde.config.SnmpConfig;
import net.flowsonde.metrics.MetricsServer;
import net.flowsonde.snmp.SnmpAgent;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.Health;
import net.flowsonde.telemetry.Telemetry;

/** Everything that shows the counters to somebody while they change: HTTP and SNMP. One thread at a time. */
final class Management implements AutoCloseable {
    private final FlowsondeConfig running;
    private final Telemetry telemetry;
    private final AlertBus alerts;
    private final Health health;
    private PrometheusConfig prometheus = PrometheusConfig.DEFAULT;
    private MetricsServer metrics;
    private SnmpAgent snmp;
    private final OwnTraffic ownTraffic;
    private boolean isClosed;

    /**
     * @param ownTraffic  what is not metered
     * @throws UncheckedIOException when an address cannot be listened on, with a line for the operator
     */
    Management(
        final FlowsondeConfig config, final Telemetry telemetry, final AlertBus alerts, final Health health, final OwnTraffic ownTraffic) {
        running = config;
        this.telemetry = telemetry;
        this.alerts = alerts;
        this.health = health;
        this.ownTraffic = ownTraffic;
        try {
            prometheus(config.prometheus());
            snmp(config.snmp());
        } catch (final RuntimeException refused) {
            close();
            throw refused;
        }
    }

    /** Answers HTTP as this says from now on; when it is refused, everything is as it was. */
    synchronized void prometheus(final FlowsondeConfig wanted) throws ReloadRefusedException {
        ExportConversations.management(wanted).forEach(ownTraffic::add);
        tried(() -> prometheus(wanted.prometheus()));
    }

    private void prometheus(final PrometheusConfig wanted) {
        if (metrics != null && wanted.equals(prometheus)) {
            return;
        }
        final MetricsServer fresh =
            wanted.enabled() ? new MetricsServer(wanted.listen(), telemetry, health, Flowsonde.Version.number()) : null;
        closeMetrics();
        metrics = fresh;
        prometheus = wanted;
    }

    /** Answers SNMP and notifies as this says from now on; when it is refused, everything is as it was. */
    synchronized void snmp(final FlowsondeConfig wanted) throws ReloadRefusedException {
        ExportConversations.management(wanted).forEach(ownTraffic::add);
        tried(() -> snmp(wanted.snmp()));
    }

    private static void tried(final Runnable change) throws ReloadRefusedException {
        try {
            change.run();
        } catch (final UncheckedIOException | IllegalArgumentException refused) {
            throw new ReloadRefusedException(FailureText.of(refused));
        }
    }

    private void snmp(final SnmpConfig wanted) {
        if (snmp == null) {
            snmp = wanted.isEnabled() ? new SnmpAgent(wanted, running.export(), telemetry, alerts) : null;
        } else if (wanted.isEnabled()) {
            snmp.reconfigure(wanted);
        } else {
            snmp.close();
            snmp = null;
        }
    }

    @Override
    public synchronized void close() {
        if (!isClosed && snmp != null) {
            snmp.close();
        }
        if (!isClosed) {
            closeMetrics();
        }
        isClosed = true;
    }

    private void closeMetrics() {
        if (metrics != null) {
            metrics.close();
        }
    }
}
