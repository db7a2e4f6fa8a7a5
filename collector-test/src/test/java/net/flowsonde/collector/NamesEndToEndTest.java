package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged exporter watches, live and in two queues, clients that ask real name servers and fetch real pages: flows have the names that
 * each client asked for, although their records are not held back after their end and may overtake answers on the other queue; a name server
 * that nobody has allowed is told of once in a cool-down.
 */
@Timeout(120)
class NamesEndToEndTest {
    private static final Duration COOL_DOWN = Duration.ofSeconds(4);
    private static final int PAGES = 8;

    @TempDir
    private Path directory;

    @Test
    void shouldNameFlowsByWhatEachClientAskedAndCatchARogueServerOnceInACoolDown() throws Exception {
        final Path json = directory.resolve("records.json");
        final Path ipfix = directory.resolve("records.ipfix");
        final Path config = Files.writeString(directory.resolve("names.yaml"), """
            capture: {queues: 2}
            flow: {idle-timeout: 1s}
            tcp: {linger: 0s}
            dns:
              allowed-servers: [%s]
              internal-domains: [example.com]
            alerts: {cool-down: %ds}
            collectors: ["json://%s", "file://%s"]
            """.formatted(NameLab.ALLOWED, COOL_DOWN.toSeconds(), json, ipfix));
        try (NameLab lab = new NameLab(directory);
            Exporter exporter = Exporter.startIn(
                lab.servers(), directory, "run", "--config", config, "--interface", NetworkNamespace.RECEIVER)) {
            exporter.awaitError("capturing on");
            for (int page = 0; page < PAGES; page++) {
                lab.browse(NameLab.ANNA, "www.example.com");
                lab.browse(NameLab.BRUNO, "shop.example.com");
                lab.ask(NameLab.BRUNO, NameLab.ROGUE, "bank.example.com");
            }
            lab.ask(NameLab.ANNA, NameLab.ALLOWED, "shop.example.com");
            lab.fetch(NameLab.ANNA, "www.example.com", NameLab.WEB);
            await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(200)).until(() -> {
                lab.ask(NameLab.BRUNO, NameLab.ROGUE, "bank.example.com");
                return records(json, "alert").size() >= 2;
            });
            exporter.terminate();

            exporter.assertSuccess();
            assertThat(exporter.err()).containsOnlyOnce("alert rogue-dns-server: " + NameLab.ROGUE + " answers DNS queries and is not in "
                + "dns.allowed-servers; it told " + NameLab.BRUNO + " about bank.example.com\n");
        }
        assertNames(json);
        assertAlerts(records(json, "alert"));
        assertServers(ipfix);
    }

    private static void assertNames(final Path json) throws IOException {
        final Map<String, List<String>> pages = records(json, "flow").stream().filter(flow -> text(flow, "destinationTransportPort").equals("80"))
            .collect(Collectors.groupingBy(flow -> text(flow, "sourceIPv4Address")));
        assertThat(pages).containsOnlyKeys(NameLab.ANNA, NameLab.BRUNO);
        assertThat(pages.get(NameLab.ANNA)).hasSize(PAGES + 1).allSatisfy(flow -> {
            assertThat(text(flow, "serverName")).isEqualTo("www.example.com");
            assertThat(text(flow, "serverCanonicalName")).isEqualTo("web.example.com");
        });
        assertThat(pages.get(NameLab.ANNA)).filteredOn(flow -> text(flow, "nameCandidates").equals("1")).hasSize(PAGES)
            .allSatisfy(flow -> assertThat(text(flow, "nameSourceName")).isIn("dns", "dns-stale"));
        assertThat(pages.get(NameLab.ANNA)).filteredOn(flow -> text(flow, "nameCandidates").equals("2")).singleElement().satisfies(flow ->
            assertThat(text(flow, "nameSourceName")).as("two names of one address, of which the request has the older").isEqualTo("http"));
        assertThat(pages.get(NameLab.BRUNO)).hasSize(PAGES).allSatisfy(flow -> {
            assertThat(text(flow, "serverName")).isEqualTo("shop.example.com");
            assertThat(text(flow, "serverCanonicalName")).isEmpty();
        });
        assertThat(records(json, "dns")).filteredOn(record -> text(record, "dnsQueryName").equals("www.example.com")).hasSize(PAGES)
            .allSatisfy(record -> assertThat(text(record, "dnsAnswers")).isEqualTo("CNAME web.example.com, A " + NameLab.WEB));
    }

    private static void assertAlerts(final List<String> alerts) {
        assertThat(alerts).hasSizeGreaterThanOrEqualTo(2).allSatisfy(alert -> {
            assertThat(text(alert, "alertName")).isEqualTo("rogue-dns-server");
            assertThat(text(alert, "alertSubject")).isEqualTo(NameLab.ROGUE);
        });
        for (int i = 1; i < alerts.size(); i++) {
            final Instant before = Instant.parse(text(alerts.get(i - 1), "observationTimeNanoseconds"));
            assertThat(Instant.parse(text(alerts.get(i), "observationTimeNanoseconds"))).isAfterOrEqualTo(before.plus(COOL_DOWN));
            assertThat(Integer.parseInt(text(alerts.get(i), "alertSuppressed"))).isPositive();
        }
    }

    private static void assertServers(final Path ipfix) throws IOException {
        final Collected collected = Collected.read(ipfix);
        assertThat(collected.breaches()).isEmpty();
        final Map<String, String> last = collected.options("dnsServerAnswers").stream()
            .collect(Collectors.toMap(server -> server.get("destinationIPv4Address"), server -> server.get("dnsServerTraits"), (old, now) -> now));
        // recursion, authoritative and allowed are bits 1, 2 and 4
        assertThat(last).containsOnlyKeys(NameLab.ALLOWED, NameLab.ROGUE);
        assertThat(Integer.parseInt(last.get(NameLab.ALLOWED)) & 4).isEqualTo(4);
        assertThat(Integer.parseInt(last.get(NameLab.ROGUE)) & 4).isZero();
    }

    /** The whole lines of a kind of record so far. */
    private static List<String> records(final Path json, final String type) throws IOException {
        return Files.exists(json) ? Files.readString(json).lines()
            .filter(line -> line.startsWith("{\"recordType\":\"" + type + "\"") && line.endsWith("}")).toList() : List.of();
    }

    /** The value of a member, without quotes; empty when it is not there. */
    private static String text(final String line, final String name) {
        final Matcher matcher = Pattern.compile("\"" + name + "\":(?:\"([^\"]*)\"|([^,}]*))").matcher(line);
        return !matcher.find() ? "" : matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }
}
