package net.flowsonde.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    private Path temporary;

    private Path directory;
    private ControlServer server;

    @BeforeEach
    void listen() throws IOException {
        directory = temporary.resolve("run");
        server = new ControlServer(directory, Map.of(
            "status", () -> ControlReply.done(Collections.nCopies(50_000, "a line of some length, so that the answer fills every buffer")),
            "reload", () -> ControlReply.refused(List.of("no", "and no"))));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void shouldAnswerWhatWasAskedWhateverItsLength() throws IOException {
        assertThat(ask("reload")).isEqualTo(ControlReply.refused(List.of("no", "and no")));
        final ControlReply status = ask("status");
        assertThat(status.isDone()).isTrue();
        assertThat(status.lines()).hasSize(50_000);
    }

    @Test
    void shouldRefuseACommandThatItDoesNotKnow() throws IOException {
        assertThat(ask("shutdown")).isEqualTo(ControlReply.refused(List.of("there is no such command in this version")));
    }

    @Test
    void shouldLetInNobodyButOwnerAndGroup() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory))).isEqualTo("rwxr-x---");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(server.socket()))).isEqualTo("rw-rw----");
    }

    @Test
    void shouldHangUpOnWhoSendsTooMuch() throws IOException {
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(server.socket()))) {
            client.write(ByteBuffer.wrap("x".repeat(1_000).getBytes(StandardCharsets.UTF_8)));
            assertThat(readToTheEnd(client)).isEmpty();
        }
    }

    @Test
    void shouldServeOthersWhileSomeSayNothing() throws IOException {
        try (SocketChannel first = SocketChannel.open(UnixDomainSocketAddress.of(server.socket()));
            SocketChannel second = SocketChannel.open(UnixDomainSocketAddress.of(server.socket()))) {
            assertThat(ask("reload").isDone()).isFalse();
            assertThat(List.of(first, second)).allMatch(SocketChannel::isConnected);
        }
    }

    @Test
    void shouldLeaveNoSocketBehind() {
        server.close();
        assertThat(directory).isEmptyDirectory();
        assertThatThrownBy(() -> ask("reload")).isInstanceOf(IOException.class).hasMessageStartingWith("no running instance is found in");
    }

    @Test
    void shouldReplaceTheSocketOfADeadProcessWithTheSameId() throws IOException {
        final Path socket = server.socket();
        server.close();
        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket)).close();
        assertThat(socket).exists();
        listen();
        assertThat(ask("reload").lines()).containsExactly("no", "and no");
    }

    @Test
    void shouldNotTakeTheSocketOfALiveInstance() {
        assertThatThrownBy(() -> new ControlServer(directory, Map.of())).isInstanceOf(IOException.class)
            .hasMessage("another instance listens on " + server.socket());
    }

    @Test
    void shouldAskForTheProcessWhereSeveralRun() throws IOException {
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(directory.resolve("1.sock")));
            assertThatThrownBy(() -> ask("reload")).isInstanceOf(IOException.class)
                .hasMessageStartingWith("several instances run; give --pid: 1, ");
            assertThat(ControlClient.find(directory, ProcessHandle.current().pid()).ask("reload", PATIENCE).isDone()).isFalse();
        }
    }

    private ControlReply ask(final String command) throws IOException {
        return ControlClient.find(directory, 0).ask(command, PATIENCE);
    }

    private static String readToTheEnd(final SocketChannel client) throws IOException {
        final ByteBuffer buffer = ByteBuffer.allocate(1_000);
        try {
            while (client.read(buffer) >= 0) {
                Thread.onSpinWait();
            }
        } catch (final IOException reset) {
            return "";
        }
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }
}
