package net.flowsonde.ipfix;

import java.util.List;
import net.flowsonde.enrich.FlowMetadata;

/** The lists of all kinds of records. A new kind is a {@link RecordKind}, a list here, and a line in {@link ExportAgent}. */
final class RecordLists {
    final FlowElements flows;
    final FileElements files;
    final FileActivityElements fileActivities;
    final DnsElements dns;
    final AlertElements alerts;
    private final List<RecordElements<?>> all;

    RecordLists(final OwnElements own, final FlowMetadata metadata) {
        flows = new FlowElements(own, metadata);
        files = new FileElements(own);
        fileActivities = new FileActivityElements(own);
        dns = new DnsElements(own);
        alerts = new AlertElements(own);
        all = List.of(flows, dns, files, fileActivities, alerts);
    }

    List<RecordElements<?>> all() {
        return all;
    }
}
