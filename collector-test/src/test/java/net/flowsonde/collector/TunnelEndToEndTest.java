package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged exporter tells a tunnel through names from a thousand ordinary names. */
@Timeout(120)
class TunnelEndToEndTest {
    private static final Path GENERATOR = Exporter.ROOT.resolve("collector-test/bin/generate-lookups");

    private static final Path WELL_KNOWN =
        Exporter.ROOT.resolve("collector-test/src/test/resources/net/flowsonde/collector/ordinary-hosts.txt");

    @TempDir
    private Path directory;

    @Test
    void shouldCatchATunnelOnce() throws IOException {
        final Exporter exporter = replay("tunnel.pcap", "--count", "600", "--tunnel", "t.example.com");
        assertThat(exporter.out().lines().filter(line -> line.contains(" alert "))).singleElement().asString()
            .contains("alert dns-tunnel: 10.16.0.8 seems to have a tunnel through names under example.com: about ", " different names in ");
    }

    @Test
    void shouldTakeNoneOfAThousandOrdinaryNamesForATunnel() throws IOException {
        final Exporter exporter = replay("ordinary.pcap", "--count", "1000");
        assertThat(exporter.out()).doesNotContain(" alert ").contains("1,000 DNS transactions of 1 clients with 1 servers");
    }

    @Test
    void shouldRaiseNoAlertWhereAClientAsksForAThousandWellKnownHostsAndWhatGoesWithThemWithinMinutes() throws IOException {
        final Exporter exporter = replay("well-known.pcap", "--names", WELL_KNOWN.toString(), "--rate", "25");
        assertThat(exporter.out()).doesNotContain(" alert ").contains("7,763 DNS transactions of 1 clients with 1 servers");
    }

    private Exporter replay(final String file, final String... options) throws IOException {
        final Path capture = directory.resolve(file);
        final List<String> command = new ArrayList<>(List.of("bash", GENERATOR.toString(), "--output", capture.toString()));
        command.addAll(List.of(options));
        Tools.check(directory, command.toArray(String[]::new));
        try (Exporter exporter = Exporter.run(directory, "replay", capture, "--report", "dns")) {
            exporter.assertSuccess();
            return exporter;
        }
    }
}
