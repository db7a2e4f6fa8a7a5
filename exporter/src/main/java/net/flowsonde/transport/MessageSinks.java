package net.flowsonde.transport;

import net.flowsonde.config.CollectorConfig;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.ipfix.ExportAgent.Pace;
import net.flowsonde.ipfix.MessageSink;
import net.flowsonde.telemetry.Telemetry;

/** Opens the sink that a collector's URI asks for. */
public final class MessageSinks {
    private MessageSinks() {
    }

    /**
     * Opens a sink and registers its counts. A collector that cannot be reached or resolved yet is tried again later; a file that
     * cannot be written is an error now.
     *
     * @throws java.io.UncheckedIOException when a file cannot be opened
     */
    public static MessageSink open(
        final CollectorConfig collector, final ExportConfig export, final Telemetry telemetry, final Pace pace) {
        throw new IllegalArgumentException("unknown scheme " + collector.uri());
    }
}
