package net.flowsonde.ipfix;

import net.flowsonde.config.ExportConfig;

/**
 * One collector as the export thread sees it.
 *
 * @param sink    where its messages go
 * @param config  how records become its messages
 */
public record Destination(MessageSink sink, ExportConfig config) {
}
