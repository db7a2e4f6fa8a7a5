package net.flowsonde.collector;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Listens on UDP and TCP and hands on every message with its transport session. Owned by the thread that calls {@link #run}, which does
 * nothing but empty sockets, so that a default receive buffer holds what comes in a burst.
 */
final class Receiver implements AutoCloseable {
    private static final int LONGEST_DATAGRAM = 65_535;
    private static final int MOST_DATAGRAMS_AT_ONCE = 256;
    private static final int MOST_UDP_SESSIONS = 4_096;
    /** A sender that never pauses must not keep us from stopping. */
    private static final long LONGEST_REST_NS = 2_000_000_000L;

    private final Selector selector;
    private final MessageConsumer consumer;
    private final List<URI> addresses = new ArrayList<>();
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(LONGEST_DATAGRAM);
    private final Map<String, Session> udpSessions = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<String, Session> eldest) {
            return size() > MOST_UDP_SESSIONS;
        }
    };
    private volatile boolean isStopping;

    /** A connection and its messages so far. */
    private record Connection(SocketChannel channel, MessageStream messages) {
    }

    /**
     * Binds every address.
     *
     * @param receiveBuffer  octets of the UDP receive buffer to ask for; 0 for the system's default
     */
    Receiver(final List<URI> uris, final int receiveBuffer, final MessageConsumer consumer) throws IOException {
        this.selector = Selector.open();
        this.consumer = consumer;
        try {
            for (final URI uri : uris) {
                bind(uri, receiveBuffer);
            }
        } catch (final IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Where it listens, with the port that the system chose where 0 was asked for. */
    List<URI> addresses() {
        return addresses;
    }

    private void bind(final URI uri, final int receiveBuffer) throws IOException {
        final String host = uri.getHost().replaceAll("^\\[|]$", "");
        final InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), uri.getPort());
        if ("udp".equals(uri.getScheme())) {
            final DatagramChannel channel = DatagramChannel.open();
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, channel);
            if (receiveBuffer > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
            }
            channel.bind(address);
            addresses.add(withPort(uri, channel.getLocalAddress()));
        } else {
            final ServerSocketChannel channel = ServerSocketChannel.open();
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_ACCEPT, channel);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(address);
            addresses.add(withPort(uri, channel.getLocalAddress()));
        }
    }

    private static URI withPort(final URI uri, final SocketAddress bound) {
        return URI.create(uri.getScheme() + "://" + uri.getHost() + ":" + ((InetSocketAddress) bound).getPort());
    }

    /** Receives until {@link #stop}; then takes what has arrived already and returns. */
    void run() throws IOException {
        while (!isStopping) {
            selector.select();
            serveReadyKeys();
        }
        final long deadlineNs = System.nanoTime() + LONGEST_REST_NS;
        while (selector.selectNow() > 0 && System.nanoTime() - deadlineNs < 0) {
            serveReadyKeys();
        }
    }

    /** Makes {@link #run} return; any thread. */
    void stop() {
        isStopping = true;
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        for (final SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    private void serveReadyKeys() throws IOException {
        for (final SelectionKey key : selector.selectedKeys()) {
            if (key.attachment() instanceof DatagramChannel channel) {
                receive(channel);
            } else if (key.attachment() instanceof ServerSocketChannel channel) {
                accept(channel);
            } else {
                read(key, (Connection) key.attachment());
            }
        }
        selector.selectedKeys().clear();
    }

    private void receive(final DatagramChannel channel) throws IOException {
        for (int i = 0; i < MOST_DATAGRAMS_AT_ONCE; i++) {
            datagram.clear();
            final SocketAddress source = channel.receive(datagram);
            if (source == null) {
                return;
            }
            datagram.flip();
            consumer.onMessage(udpSession(channel, (InetSocketAddress) source), datagram);
        }
    }

    private Session udpSession(final DatagramChannel channel, final InetSocketAddress source) throws IOException {
        final String name = "udp " + text(source) + " to port " + ((InetSocketAddress) channel.getLocalAddress()).getPort();
        return udpSessions.computeIfAbsent(name, key -> new Session(key, Transport.UDP));
    }

    private void accept(final ServerSocketChannel server) throws IOException {
        final SocketChannel channel = server.accept();
        if (channel == null) {
            return;
        }
        final Session session = new Session("tcp " + text((InetSocketAddress) channel.getRemoteAddress()), Transport.TCP);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new Connection(channel, new MessageStream(session, consumer)));
    }

    private void read(final SelectionKey key, final Connection connection) throws IOException {
        int count;
        try {
            count = connection.messages().readFrom(connection.channel());
        } catch (final IOException reset) {
            count = -1;
        }
        if (count < 0) {
            connection.messages().end();
            key.cancel();
            connection.channel().close();
        }
    }

    private static String text(final InetSocketAddress address) {
        final String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }
}
