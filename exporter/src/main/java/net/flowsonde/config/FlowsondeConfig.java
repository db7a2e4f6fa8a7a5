package net.flowsonde.config;

import java.util.List;

/**
 * The whole configuration, checked.
 *
 * @param capture     what to capture
 * @param flow        when flows end
 * @param tcp         TCP teardown rules
 * @param dpi         what is looked at in payload
 * @param dns         what is learned from DNS
 * @param files       what becomes of file accesses
 * @param export      how records become messages
 * @param collectors  where they go
 * @param spool       where they wait for collectors that are away
 * @param alerts      which alerts are raised
 * @param health      when the exporter's own state is worth an alert
 * @param snmp        the SNMP agent
 * @param prometheus  counters over HTTP
 * @param service     how the process lives on its machine
 * @param log         what is written to standard error
 */
public record FlowsondeConfig(
    CaptureConfig capture,
    FlowConfig flow,
    TcpConfig tcp,
    DpiConfig dpi,
    DnsConfig dns,
    FilesConfig files,
    ExportConfig export,
    List<CollectorConfig> collectors,
    SpoolConfig spool,
    AlertsConfig alerts,
    HealthConfig health,
    SnmpConfig snmp,
    PrometheusConfig prometheus,
    ServiceConfig service,
    LogConfig log) {

    public static final FlowsondeConfig DEFAULT = new FlowsondeConfig(
        CaptureConfig.DEFAULT,
        FlowConfig.DEFAULT,
        TcpConfig.DEFAULT,
        DpiConfig.DEFAULT,
        DnsConfig.DEFAULT,
        FilesConfig.DEFAULT,
        ExportConfig.DEFAULT,
        List.of(),
        SpoolConfig.DEFAULT,
        AlertsConfig.DEFAULT,
        HealthConfig.DEFAULT,
        SnmpConfig.DEFAULT,
        PrometheusConfig.DEFAULT,
        ServiceConfig.DEFAULT,
        LogConfig.DEFAULT);

    public FlowsondeConfig {
        collectors = List.copyOf(collectors);
    }

    /** The same with other things to capture. */
    public FlowsondeConfig with(final CaptureConfig changed) {
        return with(changed, dns, export, collectors);
    }

    /** The same with other rules for DNS. */
    public FlowsondeConfig with(final DnsConfig changed) {
        return with(capture, changed, export, collectors);
    }

    /** The same with another export. */
    public FlowsondeConfig with(final ExportConfig changed) {
        return with(capture, dns, changed, collectors);
    }

    /** The same with other destinations. */
    public FlowsondeConfig with(final List<CollectorConfig> changed) {
        return with(capture, dns, export, changed);
    }

    private FlowsondeConfig with(
        final CaptureConfig otherCapture, final DnsConfig otherDns, final ExportConfig otherExport,
        final List<CollectorConfig> otherCollectors) {
        return new FlowsondeConfig(
            otherCapture,
            flow,
            tcp,
            dpi,
            otherDns,
            files,
            otherExport,
            otherCollectors,
            spool,
            alerts,
            health,
            snmp,
            prometheus,
            service,
            log);
    }
}
