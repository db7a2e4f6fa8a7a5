package net.flowsonde.ipfix;

import java.util.Optional;
import net.flowsonde.config.CollectorGroup;
import net.flowsonde.config.ExportConfig;

/**
 * One collector as the export thread sees it.
 *
 * @param sink    where its messages go
 * @param config  how records become its messages
 * @param group   the collectors that it shares the records with; empty: it gets all
 */
public record Destination(MessageSink sink, ExportConfig config, Optional<CollectorGroup> group) {
    /** A collector that gets every record. */
    public Destination(final MessageSink sink, final ExportConfig config) {
        this(sink, config, Optional.empty());
    }
}
