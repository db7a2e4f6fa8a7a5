package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes the configuration of the packaged exporter while traffic flows. */
class ReloadEndToEndTest {
    private static final String BEFORE = "tcp://127.0.0.1:4741";
    private static final String AFTER = "tcp://127.0.0.1:4742";
    private static final String SPOOLED = "tls://127.0.0.1:4743";

    /** Slow enough for the reload to come in the middle on a busy machine. */
    private static final int WHILE_RELOADING = 5_000;

    @TempDir
    private Path directory;

    @BeforeEach
    void require() {
        Tools.requireRoot();
        Tools.require("ip");
        Tools.require("tcpreplay");
        Tools.require("sysctl");
    }

    @Test
    void shouldLoseNothingWhileFilterAndCollectorChangeAndKeepWhatRunsWhenTheFileIsWrong() throws Exception {
        final Traffic traffic = Traffic.generate(directory.resolve("traffic.pcap"), 50_000, 5_000);
        try (NetworkNamespace namespace = new NetworkNamespace(directory, "reload");
            CollectorProcess before = new CollectorProcess(directory, namespace.prefix(), BEFORE, "--summary");
            CollectorProcess after = new CollectorProcess(directory, namespace.prefix(), AFTER, "--summary");
            Exporter exporter = Exporter.startIn(namespace, directory, "run", "--config", configure("", BEFORE))) {
            exporter.awaitError("capturing on");
            replay(namespace, traffic, 20_000);
            final CompletableFuture<Void> again = CompletableFuture.runAsync(() -> replay(namespace, traffic, WHILE_RELOADING));
            configure("ip or ip6", AFTER);
            assertThat(reload(0).out().lines()).contains("capture.filter: \"\" -> \"ip or ip6\": applied")
                .anyMatch(line -> line.startsWith("collectors: ") && line.endsWith(": applied"));
            final Path file = configure("ip orr ip6", AFTER);
            assertThat(reload(2).err().lines())
                .anyMatch(line -> line.startsWith("flowsonde: capture.filter: ip orr ip6 does not compile: ") && line.contains(file + ":3)"))
                .contains("flowsonde: nothing was changed: the old configuration stays in force");
            again.join();
            exporter.terminate();
            before.terminate();
            after.terminate();

            exporter.assertSuccess();
            assertThat(before.sum("records")).isPositive();
            assertThat(after.sum("records")).isPositive();
            assertThat(exporter.account("exported")).isEqualTo(exporter.account("recorded"));
            assertThat(exporter.account("dropped")).isZero();
            assertThat(packets(before) + packets(after)).isEqualTo(2 * traffic.totals().packets());
        }
    }

    @Test
    void shouldHandTheSpoolOverWhenTheSettingsOfItsCollectorChangeAndTakeItBackWhenTheyAreWrong() throws Exception {
        final TestCertificates certificates = new TestCertificates(Files.createDirectory(directory.resolve("pki")));
        certificates.make("server", 30, "");
        final Traffic traffic = Traffic.generate(directory.resolve("traffic.pcap"), 50_000, 5_000);
        try (NetworkNamespace namespace = new NetworkNamespace(directory, "spooled");
            CollectorProcess collector = new CollectorProcess(directory, namespace.prefix(), SPOOLED, "--summary", "--certificate",
                certificates.certificate("server").toString(), "--key", certificates.key("server").toString());
            Exporter exporter = Exporter.startIn(
                namespace, directory, "run", "--config", configureSpooled("60s", certificates.authority()))) {
            exporter.awaitError("capturing on");
            final CompletableFuture<Void> traffics = CompletableFuture.runAsync(() -> replay(namespace, traffic, WHILE_RELOADING));
            configureSpooled("30s", certificates.authority());
            assertThat(reload(0).out().lines()).anyMatch(line -> line.startsWith("collectors: ") && line.endsWith(": applied"));
            configureSpooled("20s", directory.resolve("none.pem"));
            assertThat(reload(2).err()).contains("none.pem: there is no such file", "nothing was changed");
            configureSpooled("10s", certificates.authority());
            assertThat(reload(0).out().lines()).anyMatch(line -> line.startsWith("collectors: ") && line.endsWith(": applied"));
            traffics.join();
            exporter.terminate();
            collector.terminate();

            exporter.assertSuccess();
            assertThat(exporter.account("dropped")).isZero();
            assertThat(exporter.account("exported")).isEqualTo(exporter.account("recorded"));
            assertThat(collector.sum("breaches") + collector.sum("missing")).as(collector.err()).isZero();
            assertThat(packets(collector)).isEqualTo(traffic.totals().packets());
        }
    }

    private Path configureSpooled(final String interval, final Path authority) throws IOException {
        return Files.writeString(directory.resolve("reload.yaml"), """
            capture: {interfaces: [%s]}
            collectors:
              - uri: %s
                statistics-interval: %s
                tls: {trusted-certificates: %s}
            spool: {directory: %s}
            service: {runtime-directory: %s}
            flow: {idle-timeout: 1s}
            tcp: {linger: 100ms}
            """.formatted(NetworkNamespace.RECEIVER, SPOOLED, interval, authority, directory.resolve("spool"), directory.resolve("run")));
    }

    private static long packets(final CollectorProcess collector) throws IOException {
        return collector.sum("packets") + collector.sum("reversePackets");
    }

    private static void replay(final NetworkNamespace namespace, final Traffic traffic, final int packetsPerSecond) {
        namespace.exec("tcpreplay", "-q", "-i", NetworkNamespace.SENDER, "--pps", Integer.toString(packetsPerSecond), traffic.capture().toString());
    }

    private Exporter reload(final int exitCode) throws IOException {
        final Exporter reload = Exporter.run(directory, "reload", "--runtime-directory", directory.resolve("run"));
        assertThat(reload.exitCode()).as("exit code after: %s", reload.err()).isEqualTo(exitCode);
        return reload;
    }

    private Path configure(final String filter, final String collector) throws IOException {
        return Files.writeString(directory.resolve("reload.yaml"), """
            capture:
              interfaces: [%s]
              filter: "%s"
              queues: 2
            collectors: ["%s"]
            service: {runtime-directory: %s}
            flow: {idle-timeout: 1s}
            tcp: {linger: 100ms}
            """.formatted(NetworkNamespace.RECEIVER, filter, collector, directory.resolve("run")));
    }
}
