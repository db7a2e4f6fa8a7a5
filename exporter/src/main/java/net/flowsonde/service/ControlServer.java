package net.flowsonde.service;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes commands of this machine's operators over a Unix domain socket in the runtime directory, named after the process. One line asks, the
 * answer ends with the connection; its first line is {@code done} or {@code refused}. Who may open the socket may ask: its owner and group.
 * Clients at one time, length and time of a request are bounded.
 */
public final class ControlServer implements AutoCloseable {
    static final String SUFFIX = ".sock";
    static final String DONE = "done";
    static final String REFUSED = "refused";

    private static final Logger LOGGER = LoggerFactory.getLogger(ControlServer.class);
    private static final int MOST_CLIENTS = 4;
    private static final int MOST_REQUEST = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<String, Supplier<ControlReply>> commands;
    private final Path socket;
    private final boolean hasMadeDirectory;
    private final ServerSocketChannel server;
    private final ExecutorService threads = new ThreadPoolExecutor(
        0, MOST_CLIENTS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> daemon(task, "control client"));

    /**
     * Listens from now on.
     *
     * @param directory  made if it is missing
     * @param commands   what there is to ask
     * @throws IOException when the socket cannot be made, with a line for the operator
     */
    public ControlServer(final Path directory, final Map<String, Supplier<ControlReply>> commands) throws IOException {
        this.commands = Map.copyOf(commands);
        hasMadeDirectory = prepare(directory);
        socket = directory.resolve(ProcessHandle.current().pid() + SUFFIX);
        if (ControlClient.isAlive(socket)) {
            throw new IOException("another instance listens on " + socket);
        }
        Files.deleteIfExists(socket);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
        } catch (final IOException | RuntimeException refused) {
            server.close();
            throw new IOException("cannot listen on " + socket + ": " + refused.getMessage(), refused);
        }
        daemon(this::accept, "control").start();
    }

    /** Only what we make ourselves gets our permissions. */
    private static boolean prepare(final Path directory) throws IOException {
        try {
            if (Files.isDirectory(directory)) {
                return false;
            }
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));
            return true;
        } catch (final IOException refused) {
            throw new IOException("cannot make " + directory + ": " + refused, refused);
        }
    }

    /** Where it listens. */
    public Path socket() {
        return socket;
    }

    /** Makes another user the owner, before we become him. */
    public void giveTo(final Privileges.Account account) throws IOException {
        for (final Path path : hasMadeDirectory ? List.of(socket.getParent(), socket) : List.of(socket)) {
            Files.setAttribute(path, "unix:uid", account.uid());
            Files.setAttribute(path, "unix:gid", account.gid());
        }
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                final SocketChannel client = server.accept();
                serve(client);
            } catch (final ClosedChannelException closed) {
                return;
            } catch (final IOException failed) {
                LOGGER.debug("control socket: {}", failed.getMessage());
            }
        }
    }

    private void serve(final SocketChannel client) throws IOException {
        try {
            threads.execute(() -> answer(client));
        } catch (final RejectedExecutionException tooMany) {
            client.close();
        }
    }

    private void answer(final SocketChannel client) {
        try (PatientChannel channel = new PatientChannel(client)) {
            final String request = new String(channel.read(true, MOST_REQUEST, PATIENCE), StandardCharsets.UTF_8);
            final Supplier<ControlReply> command = commands.get(request);
            final ControlReply reply = command == null
                ? ControlReply.refused(List.of("there is no such command in this version")) : command.get();
            final StringBuilder text = new StringBuilder(reply.isDone() ? DONE : REFUSED).append('\n');
            reply.lines().forEach(line -> text.append(line).append('\n'));
            channel.write(text.toString().getBytes(StandardCharsets.UTF_8), PATIENCE);
        } catch (final IOException | RuntimeException failed) {
            LOGGER.debug("a control client went away: {}", failed.getMessage());
        }
    }

    private static Thread daemon(final Runnable task, final String name) {
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(socket);
        } catch (final IOException left) {
            LOGGER.debug("{} stays behind: {}", socket, left.getMessage());
        }
        threads.shutdown();
    }
}
