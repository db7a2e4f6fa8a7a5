package net.flowsonde.transport;

import java.net.URI;
import java.nio.file.Path;
import net.flowsonde.config.CollectorConfig;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.ipfix.ExportAgent.Pace;
import net.flowsonde.ipfix.MessageSink;
import net.flowsonde.ipfix.MessageSink.Encoding;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Label;
import net.flowsonde.telemetry.Telemetry;

/** Opens the sink that a collector's URI asks for. */
public final class MessageSinks {
    private MessageSinks() {
    }

    /**
     * Opens a sink and registers its counts. A collector that cannot be reached or resolved yet is tried again later; a file that
     * cannot be written is an error now.
     *
     * @param collector  as {@link CollectorConfig#parse} makes it
     * @throws java.io.UncheckedIOException when a file cannot be opened, with a line for the operator
     */
    public static MessageSink open(
        final CollectorConfig collector, final ExportConfig export, final Telemetry telemetry, final Pace pace) {
        final URI uri = collector.uri();
        final String name = uri.toString();
        final Counters counters = telemetry.register(Counter.Scope.COLLECTOR, name);
        counters.set(Label.TRANSPORT, uri.getScheme());
        counters.set(Label.PROFILE, export.profile());
        return switch (uri.getScheme()) {
            case "udp" -> new UdpSink(name, host(uri), uri.getPort(), export.mtu(), counters, pace);
            case "tcp" -> new TcpSink(name, host(uri), uri.getPort(), counters);
            case "file" -> FileSink.toFile(name, Encoding.IPFIX, Path.of(uri.getPath()), counters);
            case "json" -> "-".equals(uri.getSchemeSpecificPart())
                ? FileSink.toStandardOutput(name, Encoding.JSON_LINES, counters)
                : FileSink.toFile(name, Encoding.JSON_LINES, Path.of(uri.getPath()), counters);
            default -> throw new IllegalArgumentException(name + " has none of the schemes udp, tcp, file and json");
        };
    }

    /** An IPv6 address stands in brackets in a URI. */
    private static String host(final URI uri) {
        final String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
