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
 */
public record FlowsondeConfig(
    CaptureConfig capture, FlowConfig flow, TcpConfig tcp, ExportConfig export, List<CollectorConfig> collectors) {

    public static final FlowsondeConfig DEFAULT =
        new FlowsondeConfig(CaptureConfig.DEFAULT, FlowConfig.DEFAULT, TcpConfig.DEFAULT, ExportConfig.DEFAULT, List.of());

    public FlowsondeConfig {
        collectors = List.copyOf(collectors);
    }
}
