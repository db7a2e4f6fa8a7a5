package net.flowsonde.enrich;

import java.time.Duration;
import java.util.Set;
import net.flowsonde.config.DnsConfig;
import net.flowsonde.config.FilesConfig;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.AlertRules;
import net.flowsonde.telemetry.Telemetry;
import org.slf4j.helpers.NOPLogger;

/** Enrichers for tests of what stands behind them. */
public final class EnricherSamples {
    private EnricherSamples() {
    }

    /** One that knows nothing yet. */
    public static Enricher fresh(final Telemetry telemetry) {
        return new Enricher(DnsConfig.DEFAULT, FilesConfig.DEFAULT, alerts(telemetry), telemetry);
    }

    /** Alerts that are written nowhere. */
    public static AlertBus alerts(final Telemetry telemetry) {
        return new AlertBus(new AlertRules(Duration.ofMinutes(10), 60, Set.of()), telemetry, NOPLogger.NOP_LOGGER);
    }
}
