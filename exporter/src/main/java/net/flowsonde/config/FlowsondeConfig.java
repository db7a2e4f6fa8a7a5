package net.flowsonde.config;

import java.util.List;

/**
 * The whole configuration, checked.
 *
 * @param capture     what to capture
 * @param flow        when flows end
 * @param tcp         TCP teardown rules
 * @param export      how records become messages
 * @param collectors  where they go
 * @param alerts      which alerts are raised
 * @param log         what is written to standard error
 */
public record FlowsondeConfig(
    CaptureConfig capture, FlowConfig flow, TcpConfig tcp, ExportConfig export, List<CollectorConfig> collectors,
    AlertsConfig alerts, LogConfig log) {

    public static final FlowsondeConfig DEFAULT = new FlowsondeConfig(
        CaptureConfig.DEFAULT, FlowConfig.DEFAULT, TcpConfig.DEFAULT, ExportConfig.DEFAULT, List.of(), AlertsConfig.DEFAULT,
        LogConfig.DEFAULT);

    public FlowsondeConfig {
        collectors = List.copyOf(collectors);
    }

    /** The same with other things to capture. */
    public FlowsondeConfig with(final CaptureConfig changed) {
        return new FlowsondeConfig(changed, flow, tcp, export, collectors, alerts, log);
    }

    /** The same with another export. */
    public FlowsondeConfig with(final ExportConfig changed) {
        return new FlowsondeConfig(capture, flow, tcp, changed, collectors, alerts, log);
    }

    /** The same with other destinations. */
    public FlowsondeConfig with(final List<CollectorConfig> changed) {
        return new FlowsondeConfig(capture, flow, tcp, export, changed, alerts, log);
    }
}
