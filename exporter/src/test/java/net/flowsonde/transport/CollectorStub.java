package net.flowsonde.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import net.flowsonde.Ports;

/** A TCP collector of a test, which comes and goes. What it has read counts as arrived; it checks every session by itself. */
final class CollectorStub implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int RECEIVE_BUFFER = 64 << 10;

    private final Map<Long, Integer> flowIds = new ConcurrentHashMap<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final int port = Ports.free();
    private ServerSocket server;
    private Thread thread;
    private volatile Socket socket;
    private volatile boolean isDying;
    private volatile long messages;

    String uri() {
        return "tcp://127.0.0.1:" + port;
    }

    /** Listens; serves one connection after the other. */
    void start() throws IOException {
        server = new ServerSocket();
        server.setReuseAddress(true);
        server.setReceiveBufferSize(RECEIVE_BUFFER);
        server.bind(new InetSocketAddress(LOOPBACK, port), 1);
        isDying = false;
        thread = new Thread(this::serve, "collector");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        try {
            while (true) {
                socket = server.accept();
                read(new Messages(flowIds), socket.getInputStream());
                closeSocket(); // an exporter that has ended waits for this
            }
        } catch (final IOException stopped) {
            // the test has stopped it
        } catch (final AssertionError wrong) {
            failure.compareAndSet(null, wrong);
        }
    }

    private void read(final Messages session, final InputStream stream) throws IOException {
        try {
            session.readAll(stream);
        } catch (final IOException killed) {
            if (!isDying) {
                throw killed;
            }
        } finally {
            messages += session.messages();
        }
    }

    private synchronized void closeSocket() throws IOException {
        socket.close();
    }

    private synchronized void reset() throws IOException {
        if (socket != null && !socket.isClosed()) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    /** Dies as a process does that is killed: what it has not read is gone, and the exporter is told by a reset. */
    void kill() throws Exception {
        isDying = true;
        server.close();
        reset();
        thread.join();
    }

    /** Ends the connection in good order, having read everything. */
    void endConnection() throws IOException {
        isDying = true;
        socket.close();
    }

    /** How often each flow came. */
    Map<Long, Integer> flowIds() {
        return flowIds;
    }

    long messages() {
        return messages;
    }

    @Override
    public void close() throws Exception {
        if (server != null) {
            kill();
        }
        assertThat(failure.get()).isNull();
    }
}
