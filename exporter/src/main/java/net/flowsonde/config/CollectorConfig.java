package net.flowsonde.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * One destination of records.
 *
 * @param uri        {@code udp://host:port}, {@code tcp://host:port}, {@code tls://host:port}, {@code file:///path.ipfix}, {@code json:///path} or {@code json:-}
 * @param overrides  what it gets otherwise than the others
 * @param tls        how a {@code tls://} collector is spoken to
 * @param group      the collectors that it shares the records with; empty: it gets all
 */
public record CollectorConfig(URI uri, ExportOverrides overrides, TlsConfig tls, Optional<CollectorGroup> group) {
    /** The port that IANA gives to IPFIX. */
    public static final int DEFAULT_PORT = 4739;
    /** The port that IANA gives to IPFIX by TLS. */
    public static final int DEFAULT_TLS_PORT = 4740;

    /**
     * Reads a destination as an operator writes it; a network destination without a port gets {@link #DEFAULT_PORT} or {@link #DEFAULT_TLS_PORT}.
     *
     * @throws IllegalArgumentException with what is wrong, to be read after the text itself
     */
    public static CollectorConfig parse(final String text) {
        final URI uri;
        try {
            uri = new URI(text);
        } catch (final URISyntaxException notUri) {
            throw new IllegalArgumentException("is not a URI, such as udp://192.0.2.1:4739", notUri);
        }
        return CollectorConfig.of(switch (uri.getScheme() == null ? "" : uri.getScheme()) {
            case "udp", "tcp" -> network(uri, DEFAULT_PORT);
            case "tls" -> network(uri, DEFAULT_TLS_PORT);
            case "file" -> path(uri);
            case "json" -> "-".equals(uri.getSchemeSpecificPart()) ? uri : path(uri);
            default -> throw new IllegalArgumentException(
                "has none of the schemes udp, tcp, tls, file and json, as in udp://192.0.2.1:4739 or file:///var/lib/flows.ipfix");
        });
    }

    /** A destination that gets what all get; {@code uri} is complete. */
    public static CollectorConfig of(final URI uri) {
        return new CollectorConfig(uri, ExportOverrides.NONE, TlsConfig.DEFAULT, Optional.empty());
    }

    private static URI network(final URI uri, final int defaultPort) {
        if (uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("names no host, as in " + uri.getScheme() + "://192.0.2.1:4739");
        }
        if (hasMore(uri) || !(uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))) {
            throw new IllegalArgumentException("has something after host and port");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new IllegalArgumentException("has a port outside of 1 to 65535");
        }
        final int port = uri.getPort() < 0 ? defaultPort : uri.getPort();
        return URI.create(uri.getScheme() + "://" + uri.getHost() + ":" + port);
    }

    private static URI path(final URI uri) {
        final boolean hasHost = uri.getRawAuthority() != null;
        if (hasHost || hasMore(uri) || uri.getPath() == null || uri.getPath().length() < 2 || uri.getPath().endsWith("/")) {
            throw new IllegalArgumentException(
                "needs the absolute path of a file, as in " + uri.getScheme() + ":///var/lib/flowsonde/flows");
        }
        return URI.create(uri.getScheme() + "://" + uri.getRawPath());
    }

    private static boolean hasMore(final URI uri) {
        return uri.getRawQuery() != null || uri.getRawFragment() != null;
    }
}
