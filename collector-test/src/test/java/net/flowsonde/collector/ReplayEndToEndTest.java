package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import net.flowsonde.collector.generate.TrafficOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged exporter replays a generated capture; the export must equal the truth, flow by flow. */
@Timeout(180)
class ReplayEndToEndTest {
    private static final int MOST_DIFFERENCES = 10;

    @TempDir
    private static Path directory;

    private static Traffic traffic;

    @BeforeAll
    static void generate() throws Exception {
        traffic = Traffic.generate(directory);
    }

    @Test
    void shouldWriteAFileThatEqualsTheTruth() throws Exception {
        final Path file = directory.resolve("export.ipfix");
        try (Exporter exporter = Exporter.run(directory, "replay", traffic.capture(), "--output", file)) {
            assertTruth(exporter, Collected.read(file));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://127.0.0.1:0", "udp://127.0.0.1:0", "tcp://[::1]:0", "udp://[::1]:0"})
    void shouldSendWhatEqualsTheTruthToACollectorWithDefaultBuffers(final String address) throws Exception {
        try (Collecting collecting = new Collecting(address);
            Exporter exporter = Exporter.run(directory, "replay", traffic.capture(), "--collector", collecting.address())) {
            assertTruth(exporter, collecting.finish());
        }
    }

    @Test
    void shouldSendToSeveralCollectorsAtOnce() throws Exception {
        final Path file = directory.resolve("several.ipfix");
        try (Collecting udp = new Collecting("udp://127.0.0.1:0");
            Collecting tcp = new Collecting("tcp://127.0.0.1:0");
            Exporter exporter = Exporter.run(directory, "replay", traffic.capture(),
                "--collector", udp.address(), "--collector", tcp.address(), "--output", file)) {
            assertTruth(exporter, udp.finish());
            assertTruth(exporter, tcp.finish());
            assertTruth(exporter, Collected.read(file));
        }
    }

    /** A second capture lets the time pass in which what was never answered is given up. */
    @Test
    void shouldFindHowEveryConnectionEnded() throws Exception {
        final Path file = directory.resolve("ends.ipfix");
        final Traffic later = Traffic.generate(directory.resolve("later.pcap"), TrafficOptions.of(100, 50)
            .withSeed(2).withStartSeconds(TrafficOptions.DEFAULT_START_SECONDS + 3_600));
        try (Exporter exporter = Exporter.run(directory, "replay", traffic.capture(), later.capture(), "--output", file)) {
            exporter.assertSuccess();
            final Map<String, Integer> found = Collected.read(file).teardownReasons();
            found.keySet().retainAll(traffic.teardownReasons().keySet());
            assertThat(differences(found, traffic.teardownReasons())).isEmpty();
        }
    }

    private void assertTruth(final Exporter exporter, final Collected collected) {
        exporter.assertSuccess();
        assertThat(collected.breaches()).isEmpty();
        assertThat(collected.summary().missing()).isZero();
        final Summary.Sums total = collected.summary().total();
        assertThat(total.packets() + total.reversePackets()).isEqualTo(traffic.totals().packets());
        assertThat(total.octets() + total.reverseOctets()).isEqualTo(traffic.totals().ipOctets());
        assertThat(total.records()).isEqualTo(traffic.flows().size());
        assertThat(collected.summary().distinctFlowKeys()).isEqualTo(traffic.flows().size());
        assertThat(differences(collected.flows(), traffic.flows())).isEmpty();
    }

    /** Some of the flows that are not as they should be: what was found and what is true. */
    private static <V> List<String> differences(final Map<String, V> found, final Map<String, V> truth) {
        return Stream.concat(found.keySet().stream(), truth.keySet().stream()).distinct()
            .filter(key -> !Objects.equals(found.get(key), truth.get(key))).limit(MOST_DIFFERENCES)
            .map(key -> key + ": " + found.get(key) + " instead of " + truth.get(key)).toList();
    }
}
