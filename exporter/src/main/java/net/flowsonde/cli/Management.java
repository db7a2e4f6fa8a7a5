package net.flowsonde.cli;

import net.flowsonde.config.FlowsondeConfig;
import net.flowsonde.metrics.MetricsServer;
import net.flowsonde.snmp.SnmpAgent;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.Health;
import net.flowsonde.telemetry.Telemetry;

/** Everything that shows the counters to somebody while they change: HTTP and SNMP. */
final class Management implements AutoCloseable {
    private final MetricsServer metrics;
    private final SnmpAgent snmp;
    private boolean isClosed;

    /** @throws java.io.UncheckedIOException when an address cannot be listened on, with a line for the operator */
    Management(final FlowsondeConfig config, final Telemetry telemetry, final AlertBus alerts, final Health health) {
        metrics = config.prometheus().enabled()
            ? new MetricsServer(config.prometheus().listen(), telemetry, health, Flowsonde.Version.number()) : null;
        try {
            snmp = config.snmp().isEnabled() ? new SnmpAgent(config.snmp(), config.export(), telemetry, alerts) : null;
        } catch (final RuntimeException refused) {
            closeMetrics();
            throw refused;
        }
    }

    @Override
    public void close() {
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
