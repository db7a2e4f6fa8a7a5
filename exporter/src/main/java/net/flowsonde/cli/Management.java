package net.flowsonde.cli;

import net.flowsonde.config.FlowsondeConfig;
import net.flowsonde.metrics.MetricsServer;
import net.flowsonde.telemetry.Health;
import net.flowsonde.telemetry.Telemetry;

/** Everything that shows the counters to somebody while they change. */
final class Management implements AutoCloseable {
    private final MetricsServer metrics;

    /** @throws java.io.UncheckedIOException when an address cannot be listened on, with a line for the operator */
    Management(final FlowsondeConfig config, final Telemetry telemetry, final Health health) {
        metrics = config.prometheus().enabled()
            ? new MetricsServer(config.prometheus().listen(), telemetry, health, Flowsonde.Version.number()) : null;
    }

    @Override
    public void close() {
        if (metrics != null) {
            metrics.close();
        }
    }
}
