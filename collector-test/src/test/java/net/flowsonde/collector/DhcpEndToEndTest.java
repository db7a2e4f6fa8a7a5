package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged exporter watches clients that are told by a real DHCP server, by DHCPv6 and by router advertisements which name server to
 * ask: who asks another is told of once, who asks that one is not.
 */
@Timeout(120)
class DhcpEndToEndTest {
    private static final Pattern SUBJECT = Pattern.compile("\"alertName\":\"dns-server-not-from-dhcp\".*\"alertSubject\":\"([^\"]*)\"");
    private static final int LOOK_UPS = 3;

    @TempDir
    private Path directory;

    @Test
    void shouldTellOnceOfEachClientThatAsksAnotherServerThanItWasToldTo() throws Exception {
        final Path json = directory.resolve("records.json");
        final Path config = Files.writeString(directory.resolve("dhcp.yaml"), """
            capture: {queues: 2}
            dns: {internal-domains: [example.com]}
            collectors: ["json://%s"]
            """.formatted(json));
        try (DhcpLab lab = new DhcpLab(directory);
            Exporter exporter = Exporter.startIn(
                lab.names().servers(), directory, "run", "--config", config, "--interface", NetworkNamespace.RECEIVER)) {
            exporter.awaitError("capturing on");
            lab.handOut();
            final String client = lab.lease(false);
            final String client6 = lab.lease(true);
            for (int i = 0; i < LOOK_UPS; i++) {
                askBoth(lab, client, NameLab.ALLOWED, NameLab.ROGUE);
                askBoth(lab, client6, DhcpLab.ALLOWED6, DhcpLab.ROGUE6);
                askBoth(lab, NameLab.ANNA, NameLab.ALLOWED, NameLab.ROGUE);
            }
            await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(200)).until(() -> {
                askBoth(lab, DhcpLab.CARLA6, DhcpLab.ALLOWED6, DhcpLab.ROGUE6);
                return subjects(json).size() == 3;
            });
            exporter.terminate();

            exporter.assertSuccess();
            assertThat(subjects(json)).containsExactlyInAnyOrder(
                client + " " + NameLab.ROGUE, text(client6) + " " + text(DhcpLab.ROGUE6), text(DhcpLab.CARLA6) + " " + text(DhcpLab.ROGUE6));
            assertThat(exporter.err()).containsOnlyOnce("alert dns-server-not-from-dhcp: " + client + " asks " + NameLab.ROGUE
                + " for names, which DHCP did not tell it to; it was told " + NameLab.ALLOWED + "\n")
                .containsOnlyOnce("alert dns-server-not-from-dhcp: " + text(client6) + " asks " + text(DhcpLab.ROGUE6)
                    + " for names, which DHCP did not tell it to; it was told " + text(DhcpLab.ALLOWED6) + "\n")
                .containsOnlyOnce("alert dns-server-not-from-dhcp: " + text(DhcpLab.CARLA6) + " asks " + text(DhcpLab.ROGUE6)
                    + " for names, which its router did not tell it to; it was told " + text(DhcpLab.ALLOWED6) + "\n");
        }
    }

    private static void askBoth(final DhcpLab lab, final String client, final String allowed, final String rogue) {
        lab.names().ask(client, allowed, "web.example.com");
        lab.names().ask(client, rogue, "bank.example.com");
    }

    /** As alerts write an address. */
    private static String text(final String address) throws IOException {
        return InetAddress.getByName(address).getHostAddress();
    }

    /** Of the alerts so far. */
    private static List<String> subjects(final Path json) throws IOException {
        return Files.exists(json) ? Files.readString(json).lines().map(SUBJECT::matcher).filter(Matcher::find).map(alert -> alert.group(1)).toList()
            : List.of();
    }
}
