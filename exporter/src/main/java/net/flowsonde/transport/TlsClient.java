package net.flowsonde.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;

/** Makes the TLS of each session with one collector: the certificate must be from whom we trust, and for the name that we asked for. */
final class TlsClient {
    private static final long HANDSHAKE_TIMEOUT_S = 5;

    private final TlsCredentials credentials;
    private final String serverName;
    private final int port;

    TlsClient(final TlsCredentials credentials, final String serverName, final int port) {
        this.credentials = credentials;
        this.serverName = serverName;
        this.port = port;
    }

    TlsCredentials credentials() {
        return credentials;
    }

    SslHandler handler(final ByteBufAllocator allocator) {
        final SslHandler handler = credentials.context().newHandler(allocator, serverName, port);
        handler.setHandshakeTimeout(HANDSHAKE_TIMEOUT_S, TimeUnit.SECONDS);
        final SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!isAddress()) {
            parameters.setServerNames(List.of(new SNIHostName(serverName)));
        }
        handler.engine().setSSLParameters(parameters);
        return handler;
    }

    private boolean isAddress() {
        return serverName.indexOf(':') >= 0 || serverName.chars().allMatch(letter -> letter == '.' || Character.isDigit(letter));
    }
}
