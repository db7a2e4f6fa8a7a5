package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged exporter's SNMP agent, asked by net-snmp after a replay: what it shows, to whom, and that it is what the report says. */
@Timeout(180)
class SnmpEndToEndTest {
    private static final String SYSTEM = "1.3.6.1.2.1.1";
    private static final String MANAGED_OBJECTS = "1.3.6";
    private static final List<String> TABLES = List.of(
        "Queue", "Cache", "Dissector", "DnsServer", "FileServer", "Teardown", "Collector", "Thread", "Counter");

    @TempDir
    private static Path directory;

    private static Traffic traffic;
    private static SnmpClient client;
    private static Exporter exporter;

    @BeforeAll
    static void replayAndStay() throws Exception {
        List.of("snmpget", "snmpwalk", "snmptable", "smilint").forEach(Tools::require);
        traffic = Traffic.generate(directory.resolve("traffic.pcap"), 20_000, 2_000);
        client = new SnmpClient(directory, Ports.free());
        exporter = Exporter.start(directory, "replay", traffic.capture(), "--stay", "--config", client.configuration(""), "--output",
            directory.resolve("flows.ipfix"));
        exporter.awaitError("add up");
    }

    @AfterAll
    static void stop() {
        if (exporter != null) {
            exporter.close();
        }
    }

    @Test
    void shouldShipAMibWithoutAnythingForSmilintToSay() throws Exception {
        final Path configuration = Files.writeString(directory.resolve("smi.conf"), "path " + SnmpClient.baseMibs() + "\n");
        final Tools.Result result =
            Tools.run(directory, "smilint", "-c", configuration.toString(), "-l", "3", SnmpClient.mib().toString());
        assertThat(result.out() + result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void shouldWalkTheWholeTreeInOrderWithAndWithoutTheMib() {
        final List<String> byNumber = client.walkByNumber(MANAGED_OBJECTS);
        final List<String> byName = client.walk(MANAGED_OBJECTS);

        assertThat(byNumber).hasSizeGreaterThan(500);
        assertThat(byName.stream().filter(line -> line.contains(" = ")).count())
            .isCloseTo(byNumber.stream().filter(line -> line.contains(" = ")).count(), within(40L));
        assertThat(byName).as("everything of ours has a name in our MIB")
            .noneMatch(line -> line.contains("enterprises.32473") || line.matches("FLOWSONDE-MIB::flowsonde\\w*Entry\\..*"));
        for (final String group : List.of(SYSTEM, "1.3.6.1.2.1.2.1", "1.3.6.1.2.1.11", "1.3.6.1.2.1.193.1.1.5", "1.3.6.1.2.1.193.1.2.3",
            "1.3.6.1.4.1.32473.1.1.1", "1.3.6.1.6.3.10.2.1", "1.3.6.1.6.3.15.1.1")) {
            assertThat(byNumber).anyMatch(line -> line.startsWith("." + group + "."));
        }
    }

    @Test
    void shouldShowEveryTable() {
        for (final String table : TABLES) {
            assertThat(client.table("flowsonde" + table + "Table").out() + client.table("flowsonde" + table + "Table").err())
                .contains("flowsonde" + table).doesNotContain("Was that a table");
        }
        assertThat(client.table("flowsondeQueueTable").out()).contains(traffic.capture().toString());
        assertThat(client.table("flowsondeThreadTable").out()).contains("snmp");
    }

    @Test
    void shouldShowTheNumbersOfTheFinalReport() {
        assertThat(client.number("flowsondeSystemFramesCaptured.0")).isEqualTo(exporter.account("read"))
            .isEqualTo(traffic.totals().packets());
        assertThat(client.number("flowsondeSystemOctetsMetered.0")).isEqualTo(traffic.totals().ipOctets());
        assertThat(client.number("flowsondeQueueFramesMetered.1")).isEqualTo(exporter.account("metered"));
        assertThat(client.number("flowsondeCacheRecordsCreated.1")).isEqualTo(exporter.account("recorded"));
        assertThat(client.number("flowsondeCollectorRecordsSent.1")).isEqualTo(exporter.account("exported"))
            .isEqualTo(traffic.flows().size());
        assertThat(client.number("flowsondeCollectorRecordsDropped.1")).isEqualTo(exporter.account("dropped"));
    }

    @Test
    void shouldCountTeardownsAsTheTrafficHadThem() {
        final Map<Integer, Long> truth = traffic.teardownReasons().values().stream().filter(reason -> reason != 0)
            .collect(Collectors.groupingBy(reason -> reason, Collectors.counting()));
        final Pattern line = Pattern.compile("FLOWSONDE-MIB::flowsondeTeardownCount\\.(\\d+)\\.\\d+ = Counter64: (\\d+)");
        final Map<Integer, Long> shown = client.walk("FLOWSONDE-MIB::flowsondeTeardownCount").stream().map(line::matcher)
            .filter(Matcher::matches).collect(Collectors.toMap(
                match -> reason(match.group(1)), match -> Long.parseLong(match.group(2)), Long::sum));

        assertThat(shown).isEqualTo(truth);
    }

    /** The capture ends before a SYN has waited for its answer in vain: its flow is let go of (3) rather than given up (16). */
    private static int reason(final String code) {
        return "3".equals(code) ? 16 : Integer.parseInt(code);
    }

    @Test
    void shouldRefuseAndCountStrangers() {
        final long unknownUsers = statistic("1.3.6.1.6.3.15.1.1.3.0");
        final long wrongDigests = statistic("1.3.6.1.6.3.15.1.1.5.0");
        final long badVersions = statistic("1.3.6.1.2.1.11.3.0");

        assertThat(client.getAs("stranger", SnmpClient.AUTHENTICATION_KEY, SYSTEM + ".1.0").exitCode()).isNotZero();
        assertThat(client.getAs("monitor", "another authentication key", SYSTEM + ".1.0").exitCode()).isNotZero();
        assertThat(client.getByCommunity("2c", "public", SYSTEM + ".1.0").exitCode()).isNotZero();
        assertThat(client.getByCommunity("1", "public", SYSTEM + ".1.0").exitCode()).isNotZero();

        assertThat(statistic("1.3.6.1.6.3.15.1.1.3.0")).isEqualTo(unknownUsers + 1);
        assertThat(statistic("1.3.6.1.6.3.15.1.1.5.0")).isEqualTo(wrongDigests + 1);
        assertThat(statistic("1.3.6.1.2.1.11.3.0")).isEqualTo(badVersions + 2);
    }

    @Test
    void shouldSayWhoRunsItAndHowLong() {
        assertThat(client.get(SYSTEM + ".4.0").out()).contains("noc@example.org");
        assertThat(client.get("1.3.6.1.6.3.10.2.1.2.0").out()).contains("INTEGER: 1");
    }

    private static long statistic(final String object) {
        return Long.parseLong(client.get("-Oqv", object).out().strip());
    }
}
