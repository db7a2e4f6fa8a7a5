package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged exporter captures live in a network namespace what tcpreplay sends; sums must equal what was sent. Needs root. */
@Timeout(120)
class LiveEndToEndTest {
    private static final String PACKETS_PER_SECOND = "25000";
    private static final String COLLECTOR_PORT = "4739";

    /** Flows end while the traffic runs, so that records come while the collector is away. */
    private static final String SHORT_TIMEOUTS = "flow:\n  idle-timeout: 1s\ntcp:\n  linger: 100ms\n";

    @TempDir
    private static Path directory;

    private static Traffic traffic;

    @BeforeAll
    static void generate() throws Exception {
        traffic = Traffic.generate(directory.resolve("traffic.pcap"), 50_000, 5_000);
    }

    @BeforeEach
    void require() {
        Tools.requireRoot();
        Tools.require("ip");
        Tools.require("tcpreplay");
        Tools.require("sysctl");
    }

    @ParameterizedTest
    @CsvSource({"ring, 1, tcp", "ring, 2, udp", "pcap, 1, udp", "pcap, 2, tcp"})
    void shouldMeterEveryPacketOnEveryQueueAndDrainOnSigterm(final String backend, final String queues, final String transport)
        throws Exception {
        try (NetworkNamespace namespace = new NetworkNamespace(directory, "live");
            CollectorProcess collector = collector(namespace, transport);
            Exporter exporter = exporter(namespace, backend, queues, collector.address())) {
            replay(namespace);
            exporter.terminate();
            collector.terminate();

            exporter.assertSuccess();
            assertTruth(collector, 1);
        }
    }

    @Test
    void shouldGoOnAfterTheInterfaceWentDownAndUp() throws Exception {
        try (NetworkNamespace namespace = new NetworkNamespace(directory, "down");
            CollectorProcess collector = collector(namespace, "tcp");
            Exporter exporter = exporter(namespace, "auto", "1", collector.address())) {
            replay(namespace);
            namespace.exec("ip", "link", "set", NetworkNamespace.RECEIVER, "down");
            namespace.exec("ip", "link", "set", NetworkNamespace.RECEIVER, "up");
            replay(namespace);
            assertThat(exporter.isAlive()).isTrue();
            exporter.terminate();
            collector.terminate();

            assertThat(exporter.err()).doesNotContain("\tat ", "DO NOT add up");
            assertThat(exporter.exitCode()).isZero();
            assertTruth(collector, 2);
        }
    }

    @Test
    void shouldLoseNothingWhileACollectorWasKilledAndCameBack() throws Exception {
        try (NetworkNamespace namespace = new NetworkNamespace(directory, "killed");
            CollectorProcess first = collector(namespace, "tcp");
            Exporter exporter = exporter(namespace, "ring", "2", first.address(), SHORT_TIMEOUTS)) {
            first.terminate();
            replay(namespace);
            try (CollectorProcess second = collector(namespace, "tcp")) {
                replay(namespace);
                exporter.terminate();
                second.terminate();

                assertThat(exporter.err()).doesNotContain("\tat ", "DO NOT add up");
                assertThat(second.err()).doesNotContain("RFC");
                assertThat(second.sum("records")).isEqualTo(exporter.account("exported"));
                assertThat(second.sum("records")).isEqualTo(exporter.account("recorded"));
                assertThat(exporter.account("dropped")).isZero();
            }
        }
    }

    private CollectorProcess collector(final NetworkNamespace namespace, final String transport) throws Exception {
        // a buffer that lasts while a busy machine lets the collector wait: what overflows is lost before it is read
        return new CollectorProcess(
            directory, namespace.prefix(), transport + "://127.0.0.1:" + COLLECTOR_PORT, "--summary", "--receive-buffer", "4194304");
    }

    private Exporter exporter(
        final NetworkNamespace namespace, final String backend, final String queues, final String collector) throws Exception {
        return exporter(namespace, backend, queues, collector, "");
    }

    private Exporter exporter(
        final NetworkNamespace namespace, final String backend, final String queues, final String collector, final String more)
        throws Exception {
        final Path config = Files.writeString(
            directory.resolve(backend + queues + ".yaml"), "capture:\n  backend: " + backend + "\n" + more);
        final Exporter exporter = Exporter.startIn(namespace, directory, "run", "--config", config, "--interface",
            NetworkNamespace.RECEIVER, "--queues", queues, "--collector", collector);
        exporter.awaitError("capturing on");
        return exporter;
    }

    private void replay(final NetworkNamespace namespace) {
        namespace.exec("tcpreplay", "-q", "-i", NetworkNamespace.SENDER, "--pps", PACKETS_PER_SECOND, traffic.capture().toString());
    }

    private void assertTruth(final CollectorProcess collector, final int times) throws Exception {
        assertThat(collector.err()).doesNotContain("RFC");
        assertThat(collector.exitCode()).isZero();
        assertThat(collector.sum("missing")).isZero();
        assertThat(collector.sum("flowKeys")).isEqualTo(traffic.flows().size());
        assertThat(collector.sum("packets") + collector.sum("reversePackets")).isEqualTo(times * traffic.totals().packets());
        assertThat(collector.sum("octets") + collector.sum("reverseOctets")).isEqualTo(times * traffic.totals().ipOctets());
    }
}
