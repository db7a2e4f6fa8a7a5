package net.flowsonde.service;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks a running instance over its {@link ControlServer control socket}. */
public final class ControlClient {
    private static final int MOST_REPLY = 16 << 20;

    private final Path socket;

    private ControlClient(final Path socket) {
        this.socket = socket;
    }

    /**
     * Finds the instance that listens in a runtime directory.
     *
     * @param pid  which of several; 0 when there should be one only
     * @throws IOException when there is none, or more than one, with a line for the operator
     */
    public static ControlClient find(final Path directory, final long pid) throws IOException {
        final List<Path> alive = new ArrayList<>();
        try (DirectoryStream<Path> sockets = Files.newDirectoryStream(directory, pid == 0 ? "*" + ControlServer.SUFFIX : pid + ControlServer.SUFFIX)) {
            for (final Path socket : sockets) {
                if (isAlive(socket)) {
                    alive.add(socket);
                }
            }
        } catch (final IOException unreadable) {
            throw new IOException("no instance is found in " + directory + ": " + unreadable, unreadable);
        }
        if (alive.isEmpty()) {
            throw new IOException("no running instance " + (pid == 0 ? "" : "with process id " + pid + " ") + "is found in " + directory
                + "; is it yours to control, and is its service.runtime-directory another?");
        }
        if (alive.size() > 1) {
            throw new IOException("several instances run; give --pid: " + String.join(", ", alive.stream()
                .map(socket -> socket.getFileName().toString().replace(ControlServer.SUFFIX, "")).sorted().toList()));
        }
        return new ControlClient(alive.get(0));
    }

    /** Somebody listens on this socket, and we may talk to him. */
    static boolean isAlive(final Path socket) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (final IOException nobody) {
            return false;
        }
    }

    /** Asks and waits for the answer; an {@link IOException} brings a line for the operator. */
    public ControlReply ask(final String command, final Duration patience) throws IOException {
        try (PatientChannel channel = new PatientChannel(SocketChannel.open(UnixDomainSocketAddress.of(socket)))) {
            channel.write((command + "\n").getBytes(StandardCharsets.UTF_8), patience);
            final List<String> lines =
                new String(channel.read(false, MOST_REPLY, patience), StandardCharsets.UTF_8).lines().toList();
            if (lines.isEmpty()) {
                throw new IOException("the connection was closed");
            }
            return new ControlReply(lines.get(0).equals(ControlServer.DONE), lines.subList(1, lines.size()));
        } catch (final IOException failed) {
            throw new IOException(socket + ": " + failed.getMessage(), failed);
        }
    }
}
