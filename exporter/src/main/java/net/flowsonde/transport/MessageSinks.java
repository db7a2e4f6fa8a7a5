package net.flowsonde.transport;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import net.flowsonde.config.CollectorConfig;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.config.SpoolConfig;
import net.flowsonde.config.TlsConfig;
import net.flowsonde.ipfix.ExportAgent.Pace;
import net.flowsonde.ipfix.MessageSink;
import net.flowsonde.ipfix.MessageSink.Encoding;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Label;
import net.flowsonde.telemetry.Telemetry;

/** Opens the sink that a collector's URI asks for. */
public final class MessageSinks {
    private static final int MAX_STREAM_MESSAGE_LENGTH = 16_384;
    private static final long MAX_OCTETS_IN_FLIGHT = 2 << 20;
    /** What waits for a collector where there is no spool. */
    private static final int MEMORY = 8 << 20;

    private MessageSinks() {
    }

    /**
     * Opens a sink and registers its counts. A collector that cannot be reached or resolved yet is tried again later; a file that
     * cannot be written, or a spool or a certificate that cannot be used, is an error
     * now.
     *
     * @param collector  as {@link CollectorConfig#parse} makes it
     * @throws java.io.UncheckedIOException when a file cannot be opened, with a line for the operator
     */
    public static MessageSink open(
        final CollectorConfig collector, final ExportConfig export, final SpoolConfig spool, final Telemetry telemetry,
        final Pace pace) {
        final URI uri = collector.uri();
        final String name = uri.toString();
        final Counters counters = telemetry.register(Counter.Scope.COLLECTOR, name);
        counters.set(Label.TRANSPORT, uri.getScheme());
        counters.set(Label.PROFILE, export.profile());
        return switch (uri.getScheme()) {
            case "udp" -> network(collector, Transport.UDP, export.mtu(), spool, counters, pace);
            case "tcp" -> network(collector, Transport.TCP, MAX_STREAM_MESSAGE_LENGTH, spool, counters, pace);
            case "tls" -> network(collector, Transport.TLS, MAX_STREAM_MESSAGE_LENGTH, spool, counters, pace);
            case "file" -> FileSink.toFile(name, Encoding.IPFIX, Path.of(uri.getPath()), counters);
            case "json" -> "-".equals(uri.getSchemeSpecificPart())
                ? FileSink.toStandardOutput(name, Encoding.JSON_LINES, counters)
                : FileSink.toFile(name, Encoding.JSON_LINES, Path.of(uri.getPath()), counters);
            default -> throw new IllegalArgumentException(name + " has none of the schemes udp, tcp, tls, file and json");
        };
    }

    private static MessageSink network(
        final CollectorConfig collector, final Transport transport, final int maxMessageLength, final SpoolConfig spool,
        final Counters counters, final Pace pace) {
        final URI uri = collector.uri();
        final String name = uri.toString();
        final boolean isEvicting = pace == Pace.LIVE;
        final CollectorSink.JournalMaker maker = listener -> spool.directory().<Journal>map(directory -> new DiskJournal(
            name, directory.resolve(name.replaceAll("[^A-Za-z0-9.]+", "-")), spool.size(), spool.sync().toNanos(), isEvicting, listener,
            counters)).orElseGet(() -> new MemoryJournal(MEMORY, isEvicting, listener));
        final long limit = spool.directory().isPresent() ? spool.size() : 0;
        final Optional<TlsClient> tls =
            transport.isEncrypted() ? Optional.of(tls(name, collector.tls(), host(uri), uri.getPort())) : Optional.empty();
        final Connection connection = new Connection(name, transport, host(uri), uri.getPort(), tls, counters, MAX_OCTETS_IN_FLIGHT);
        return new CollectorSink(name, transport, maxMessageLength, connection, maker,
            new CollectorSink.SendLimits(limit, spool.rate(), spool.resendWindow()), counters, pace);
    }

    private static TlsClient tls(final String name, final TlsConfig config, final String host, final int port) {
        return new TlsClient(new TlsCredentials(name, config), config.serverName().isEmpty() ? host : config.serverName(), port);
    }

    /** An IPv6 address stands in brackets in a URI. */
    private static String host(final URI uri) {
        final String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
