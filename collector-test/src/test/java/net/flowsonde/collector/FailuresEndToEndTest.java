package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the exporter does where its operator or the machine fails it: one clear line, an exit code, and nothing lost uncounted. */
@Timeout(90)
class FailuresEndToEndTest {
    private static final int RUNTIME_FAILURE = 1;
    private static final int WRONG_USAGE = 2;

    @TempDir
    private Path directory;

    private static Traffic traffic;

    @BeforeAll
    static void generate(@TempDir final Path shared) throws Exception {
        traffic = Traffic.generate(shared.resolve("traffic.pcap"), 20_000, 2_000);
    }

    @Test
    void shouldNameAFileThatIsNotThere() throws Exception {
        try (Exporter exporter =
            Exporter.run(directory, "replay", directory.resolve("none.pcap"), "--output", directory.resolve("none.ipfix"))) {
            assertThat(exporter.err()).contains("none.pcap").doesNotContain("\tat ");
            assertThat(exporter.exitCode()).isEqualTo(RUNTIME_FAILURE);
        }
    }

    @Test
    void shouldExportWhatCouldBeReadOfAFileThatIsCut() throws Exception {
        final byte[] octets = Files.readAllBytes(traffic.capture());
        final Path cut = Files.write(directory.resolve("cut.pcap"), Arrays.copyOf(octets, octets.length - 7));
        final Path file = directory.resolve("cut.ipfix");
        try (Exporter exporter = Exporter.run(directory, "replay", cut, "--output", file)) {
            assertThat(exporter.err()).contains("cut.pcap").doesNotContain("\tat ");
            assertThat(exporter.exitCode()).isEqualTo(RUNTIME_FAILURE);
        }
        final Collected collected = Collected.read(file);
        final Summary.Sums total = collected.summary().total();

        assertThat(collected.breaches()).isEmpty();
        assertThat(total.packets() + total.reversePackets()).isEqualTo(traffic.totals().packets() - 1);
    }

    @Test
    void shouldExportWhatCameBeforeGarbageInAFile() throws Exception {
        final byte[] octets = Files.readAllBytes(traffic.capture());
        Arrays.fill(octets, octets.length / 2, octets.length, (byte) 0xFF);
        final Path corrupt = Files.write(directory.resolve("corrupt.pcap"), octets);
        final Path file = directory.resolve("corrupt.ipfix");
        try (Exporter exporter = Exporter.run(directory, "replay", corrupt, "--output", file)) {
            assertThat(exporter.err()).contains("corrupt.pcap").doesNotContain("\tat ");
            assertThat(exporter.exitCode()).isEqualTo(RUNTIME_FAILURE);
        }
        final Collected collected = Collected.read(file);
        final Summary.Sums total = collected.summary().total();

        assertThat(collected.breaches()).isEmpty();
        assertThat(total.packets() + total.reversePackets())
            .isBetween(traffic.totals().packets() / 4, traffic.totals().packets() * 3 / 4);
    }

    @Test
    void shouldRefuseAMistakeInTheConfigurationByKeyAndLine() throws Exception {
        final Path config = Files.writeString(directory.resolve("bad.yaml"), "flow:\n  active-timeout: 0s\n");
        try (Exporter exporter = Exporter.run(directory, "replay", traffic.capture(), "--config", config)) {
            assertThat(exporter.err()).contains("flow.active-timeout", "bad.yaml:2");
            assertThat(exporter.exitCode()).isEqualTo(WRONG_USAGE);
        }
    }

    @Test
    void shouldRefuseACollectorThatIsNone() throws Exception {
        try (Exporter exporter = Exporter.run(directory, "replay", traffic.capture(), "--collector", "gopher://127.0.0.1:70")) {
            assertThat(exporter.err()).contains("gopher");
            assertThat(exporter.exitCode()).isEqualTo(WRONG_USAGE);
        }
    }

    @Test
    void shouldRefuseToRunOnAnInterfaceThatIsNotThere() throws Exception {
        try (Exporter exporter =
            Exporter.run(directory, "run", "--interface", "none0", "--collector", "udp://127.0.0.1:4739")) {
            assertThat(exporter.err()).contains("none0").doesNotContain("\tat ");
            assertThat(exporter.exitCode()).isIn(RUNTIME_FAILURE, WRONG_USAGE);
        }
    }

    @Test
    void shouldCountWhatAFullDiskDidNotTake() throws Exception {
        Tools.requireRoot();
        Tools.require("mount");
        final Path disk = Files.createDirectory(directory.resolve("disk"));
        Tools.check(directory, "mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString());
        try (Exporter exporter = Exporter.run(directory, "replay", traffic.capture(), "--output", disk.resolve("full.ipfix"))) {
            assertThat(exporter.err()).containsIgnoringCase("space").doesNotContain("\tat ", "DO NOT add up");
            assertThat(exporter.exitCode()).isEqualTo(RUNTIME_FAILURE);
            final Collected collected = Collected.read(disk.resolve("full.ipfix"));
            assertThat(collected.breaches()).isEmpty();
            assertThat(collected.summary().total().records()).isPositive()
                .isEqualTo(exporter.account("exported"));
            assertThat(exporter.account("dropped")).isPositive()
                .isEqualTo(exporter.account("recorded") - collected.summary().total().records());
        } finally {
            Tools.check(directory, "umount", disk.toString());
        }
    }
}
