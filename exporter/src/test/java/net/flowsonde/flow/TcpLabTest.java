package net.flowsonde.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.flowsonde.config.TcpConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends of connections between two real stacks: what they do on the wire is explained as what was done to them. */
class TcpLabTest {
    private static final TcpConfig DEFAULT = TcpConfig.DEFAULT;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static TcpLab lab;
    private static int port = 7_000;

    @TempDir
    private Path directory;
    private Path file;

    @BeforeAll
    static void build() throws IOException {
        final String missing = TcpLab.missing();
        Assumptions.assumeTrue(missing == null, "the lab of TCP ends needs " + missing);
        lab = new TcpLab();
    }

    @AfterAll
    static void tearDown() throws IOException {
        if (lab != null) {
            lab.close();
        }
    }

    @BeforeEach
    void capture() throws IOException {
        port++;
        file = directory.resolve("lab.pcap");
        lab.capture(file);
    }

    /** A connection over which a request of 100 octets and a response of 1,000 went. */
    private void exchange() throws IOException {
        lab.server.does("listen " + TcpLab.SERVER + " " + port);
        lab.client.does("connect " + TcpLab.SERVER + " " + port);
        lab.server.does("accept");
        lab.client.does("send 100");
        lab.server.does("read 100", "send 1000");
        lab.client.does("read 1000");
    }

    private void expect(final TcpTeardownReason reason, final TcpTeardownInitiator initiator, final String... more) {
        expect(DEFAULT, reason, initiator, more);
    }

    /** The capture goes on meanwhile: what is on its way to the file is waited for. */
    private void expect(
        final TcpConfig config, final TcpTeardownReason reason, final TcpTeardownInitiator initiator, final String... more) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            final List<String> lines = TcpCorpus.lines(file, config).stream().filter(line -> line.contains("," + port + " ")).toList();
            assertThat(lines).hasSize(1);
            assertThat(lines.get(0)).contains(" " + reason + " who=" + initiator + " ").contains(more);
        });
    }

    @Test
    void shouldExplainRefusedConnection() throws IOException {
        assertThat(lab.client.tries("connect " + TcpLab.SERVER + " " + port)).contains("refused");
        expect(TcpTeardownReason.SYN_REFUSED_RST, TcpTeardownInitiator.SERVER, "impact=REFUSED", "history=Sr");
    }

    @Test
    void shouldExplainFilteredConnection() throws IOException {
        assertThat(lab.client.tries("connect " + TcpLab.SILENT + " " + port)).contains("timed out");
        expect(TcpTeardownReason.SYN_UNANSWERED, TcpTeardownInitiator.UNKNOWN, "impact=REFUSED");
    }

    @Test
    void shouldExplainConnectionFilteredWithIcmp() throws IOException {
        assertThat(lab.client.tries("connect " + TcpLab.UNREACHABLE + " " + port)).isNotEqualTo("ok");
        expect(TcpTeardownReason.SYN_REFUSED_ICMP, TcpTeardownInitiator.NETWORK, "impact=REFUSED");
    }

    @Test
    void shouldExplainCloseByClient() throws IOException {
        exchange();
        lab.client.does("close");
        lab.server.does("end", "close");
        expect(TcpTeardownReason.FIN_BY_CLIENT, TcpTeardownInitiator.CLIENT, "impact=COMPLETE", "payload=100/1000", "evidence=");
    }

    @Test
    void shouldExplainCloseByServer() throws IOException {
        exchange();
        lab.server.does("close");
        lab.client.does("end", "close");
        expect(TcpTeardownReason.FIN_BY_SERVER, TcpTeardownInitiator.SERVER, "impact=COMPLETE");
    }

    @Test
    void shouldExplainHalfClose() throws IOException {
        exchange();
        lab.client.does("shutdown");
        lab.server.does("end", "send 500", "close");
        lab.client.does("read 500", "end", "close");
        expect(TcpTeardownReason.FIN_BY_CLIENT, TcpTeardownInitiator.CLIENT, "payload=100/1500", "unacked=0/0");
    }

    @Test
    void shouldExplainSimultaneousClose() throws IOException {
        exchange();
        lab.deafen(true, true);
        lab.deafen(false, true);
        lab.client.does("close");
        lab.server.does("close");
        lab.deafen(true, false);
        lab.deafen(false, false);
        expect(TcpTeardownReason.FIN_SIMULTANEOUS, TcpTeardownInitiator.BOTH, "impact=COMPLETE");
    }

    @Test
    void shouldExplainAbortWithLinger() throws IOException {
        exchange();
        lab.client.does("abort");
        expect(TcpTeardownReason.RST_AFTER_RESPONSE_BY_CLIENT, TcpTeardownInitiator.CLIENT, "impact=COMPLETE", "rst=1/0");
    }

    @Test
    void shouldExplainAbortInTheMiddleOfATransfer() throws IOException {
        exchange();
        lab.deafen(true, true);
        lab.server.does("send 1200");
        lab.client.does("abort");
        lab.deafen(true, false);
        expect(TcpTeardownReason.RST_MID_TRANSFER_BY_CLIENT, TcpTeardownInitiator.CLIENT, "impact=TRUNCATED", "unacked=0/1200");
    }

    @Test
    void shouldExplainCloseWithUnreadOctets() throws IOException {
        exchange();
        lab.client.does("send 300");
        // the octets arrive before the server closes, for it reads the first of them
        lab.server.does("read 1", "close");
        expect(TcpTeardownReason.RST_REQUEST_UNANSWERED_BY_SERVER, TcpTeardownInitiator.SERVER, "impact=REQUEST_UNANSWERED", "rst=0/1");
    }

    @Test
    void shouldExplainDeathByKeepAlive() throws IOException {
        exchange();
        lab.client.does("keepalive");
        lab.mute(true);
        assertThat(lab.client.tries("read 1")).contains("timed out");
        lab.mute(false);
        expect(TcpTeardownReason.RST_IDLE_BY_CLIENT, TcpTeardownInitiator.CLIENT, "impact=COMPLETE", "retransmitted=0/0");
    }

    @Test
    void shouldExplainCrashAndRestart() throws IOException {
        exchange();
        lab.mute(true);
        lab.server.does("abort");
        lab.mute(false);
        lab.client.does("send 50");
        assertThat(lab.client.tries("read 1")).contains("reset");
        // the lab does not wait for half a minute of silence
        final TcpConfig impatient = new TcpConfig(DEFAULT.idle(), DEFAULT.zeroWindow(), DEFAULT.retransmissions(),
            Duration.ofMillis(2), DEFAULT.linger(), DEFAULT.closingOctets());
        expect(impatient, TcpTeardownReason.HALF_OPEN_RST, TcpTeardownInitiator.SERVER, "unacked=50/0");
    }
}
