package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged exporter is killed while its collector is away: what the spool had then arrives by the next run, once, with that run's own. */
@Timeout(120)
class SpoolEndToEndTest {
    /** More than the DNS transactions of the traffic take, which come first. */
    private static final long ENOUGH_OCTETS = 5 << 20;

    @TempDir
    private Path directory;

    @Test
    void shouldBringAfterAKillWhatTheSpoolHad() throws Exception {
        final Traffic traffic = Traffic.generate(directory.resolve("traffic.pcap"), 400_000, 40_000);
        final Path spool = directory.resolve("spool");
        final String address = "tcp://127.0.0.1:" + Ports.free();
        final Path config = Files.writeString(directory.resolve("spool.yaml"), "spool: {directory: " + spool + "}\nflow: {idle-timeout: 1s}\n");
        try (Exporter killed = Exporter.start(directory, "replay", "-", "--config", config, "--collector", address)) {
            Files.copy(traffic.capture(), killed.input());
            killed.input().flush();
            await().atMost(Duration.ofSeconds(60)).until(() -> octets(spool) > ENOUGH_OCTETS);
            killed.kill();
        }
        final Path identities = directory.resolve("identities");
        try (CollectorProcess collector =
                new CollectorProcess(directory, List.of(), address, "--summary", "--identities", identities.toString());
            Exporter next = Exporter.run(
                directory, "replay", Exporter.ROOT.resolve("exporter/demo/demo.pcap"), "--config", config, "--collector", address)) {
            next.assertSuccess();
            collector.terminate();
            assertThat(collector.err()).doesNotContain("RFC");
            assertThat(next.account("recovered")).isGreaterThan(1_000);
            assertThat(next.account("recovered") + next.account("recorded")).isEqualTo(collector.sum("records"));
            assertThat(next.account("exported")).isEqualTo(collector.sum("records"));
            assertThat(Arrivals.of(identities).records(1)).as("no record twice").isEqualTo(collector.sum("records"));
            assertThat(collector.sum("missing") + collector.sum("breaches")).isZero();
        }
    }

    @Test
    void shouldCountWhatAFullDiskDidNotTakeAndBringTheRestWithTheNextRun() throws Exception {
        Tools.requireRoot();
        Tools.require("mount");
        final Traffic traffic = Traffic.generate(directory.resolve("traffic.pcap"), 100_000, 20_000);
        final Path disk = Files.createDirectory(directory.resolve("disk"));
        final String address = "tcp://127.0.0.1:" + Ports.free();
        Tools.check(directory, "mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString());
        final Path config = Files.writeString(directory.resolve("spool.yaml"), "spool: {directory: " + disk.resolve("spool") + "}\n");
        try (Exporter full = Exporter.run(directory, "replay", traffic.capture(), "--config", config, "--collector", address);
            CollectorProcess collector = new CollectorProcess(directory, List.of(), address, "--summary");
            Exporter next = Exporter.run(
                directory, "replay", Exporter.ROOT.resolve("exporter/demo/demo.pcap"), "--config", config, "--collector", address)) {
            assertThat(full.err()).containsOnlyOnce("No space left on device").doesNotContain("\tat ", "DO NOT add up");
            assertThat(full.account("dropped")).isPositive();
            assertThat(full.account("dropped") + full.account("spooled")).isEqualTo(full.account("recorded"));
            next.assertSuccess();
            collector.terminate();
            assertThat(next.account("recovered")).isPositive().isEqualTo(full.account("spooled"));
            assertThat(collector.sum("records")).isEqualTo(next.account("exported"))
                .isEqualTo(next.account("recovered") + next.account("recorded"));
            assertThat(collector.sum("missing") + collector.sum("breaches")).isZero();
        } finally {
            Tools.check(directory, "umount", disk.toString());
        }
    }

    private static long octets(final Path spool) throws IOException {
        if (!Files.exists(spool)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(spool)) {
            return files.filter(file -> file.toString().endsWith(".spool")).mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
