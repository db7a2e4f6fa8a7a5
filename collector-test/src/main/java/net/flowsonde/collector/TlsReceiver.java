package net.flowsonde.collector;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Listens with TLS, one thread a connection. A connection that TLS refuses, such as one in plain text, is told and nothing else. */
final class TlsReceiver implements AutoCloseable {
    private static final int HANDSHAKE_TIMEOUT_MS = 5_000;

    private final SSLServerSocket server;
    private final URI address;
    private final MessageConsumer consumer;
    private final Consumer<String> onRefused;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    TlsReceiver(final URI uri, final TlsFiles files, final MessageConsumer consumer, final Consumer<String> onRefused) throws IOException {
        this.consumer = consumer;
        this.onRefused = onRefused;
        server = (SSLServerSocket) files.context().getServerSocketFactory().createServerSocket();
        server.setReuseAddress(true);
        server.setNeedClientAuth(files.isClientAsked());
        server.bind(new InetSocketAddress(InetAddress.getByName(uri.getHost().replaceAll("^\\[|]$", "")), uri.getPort()));
        address = URI.create("tls://" + uri.getHost() + ":" + server.getLocalPort());
        start(this::accept, "tls receiver");
    }

    /** Where it listens, with the port that the system chose where 0 was asked for. */
    URI address() {
        return address;
    }

    private void accept() {
        try {
            while (true) {
                final SSLSocket socket = (SSLSocket) server.accept();
                open.add(socket);
                start(() -> serve(socket), "tls connection");
            }
        } catch (final IOException closed) {
            // by close()
        }
    }

    private void serve(final SSLSocket socket) {
        try (socket) {
            if (isSecured(socket)) {
                receive(socket);
            }
        } catch (final IOException reset) {
            // what was whole has been handed on
        } finally {
            open.remove(socket);
        }
    }

    private boolean isSecured(final SSLSocket socket) {
        try {
            socket.setSoTimeout(HANDSHAKE_TIMEOUT_MS);
            socket.startHandshake();
            socket.setSoTimeout(0);
            return true;
        } catch (final IOException refused) {
            final String reason = String.valueOf(refused.getMessage()).lines().findFirst().orElse("");
            onRefused.accept("refused " + socket.getRemoteSocketAddress() + ": " + reason);
            return false;
        }
    }

    private void receive(final SSLSocket socket) throws IOException {
        final Session session = new Session("tls " + socket.getRemoteSocketAddress(), Transport.TCP);
        final MessageStream messages = new MessageStream(session, consumer);
        final ReadableByteChannel channel = Channels.newChannel(socket.getInputStream());
        int count = 0;
        while (count >= 0) {
            count = messages.readFrom(channel);
        }
        messages.end();
    }

    private static void start(final Runnable work, final String name) {
        final Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (final Socket socket : open) {
            socket.close();
        }
    }
}
