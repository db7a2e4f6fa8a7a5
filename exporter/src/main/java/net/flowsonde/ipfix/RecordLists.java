package net.flowsonde.ipfix;

import java.util.List;
import net.flowsonde.enrich.FlowMetadata;

/** The lists of all kinds of records. A new kind is a {@link RecordKind}, a list here, and a line in {@link ExportAgent}. */
final class RecordLists {
    final FlowElements flows;
    final FileElements files;
    private final List<RecordElements<?>> all;

    RecordLists(final OwnElements own, final FlowMetadata metadata) {
        flows = new FlowElements(own, metadata);
        files = new FileElements(own);
        all = List.of(flows, files);
    }

    List<RecordElements<?>> all() {
        return all;
    }
}
