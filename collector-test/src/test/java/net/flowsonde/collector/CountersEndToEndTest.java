package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * After a replay SNMP, Prometheus, the options records and the final report of the packaged exporter show the same numbers, whichever name
 * they have there: that of a generated capture with known truth, of the demo's (real servers of DNS and files), and of broken frames.
 */
@Timeout(180)
class CountersEndToEndTest {
    /** Counts of what the collector itself is sent: a record cannot count itself, nor what follows it. */
    private static final Set<String> OF_THE_LAST_MESSAGE =
        Set.of("MESSAGES_SENT", "OCTETS_SENT", "OPTIONS_RECORDS_SENT", "TEMPLATE_MESSAGES_SENT");
    private static final int ETHERNET = 14;

    @TempDir
    private static Path directory;

    private static Traffic traffic;
    private static SnmpClient client;
    private static Exporter exporter;
    private static Collected collected;
    private static Map<String, Double> metrics;
    /** Prometheus name of each constant. */
    private static final Map<String, String> METRIC_NAMES = new LinkedHashMap<>();
    /** Constant of each description. */
    private static final Map<String, String> DESCRIPTIONS = new LinkedHashMap<>();

    @BeforeAll
    static void replayAndStay() throws Exception {
        List.of("snmpget", "snmpwalk").forEach(Tools::require);
        traffic = Traffic.generate(directory.resolve("traffic.pcap"), 20_000, 2_000);
        client = new SnmpClient(directory, Ports.free());
        final int port = Ports.free();
        final Path configuration = client.configuration("prometheus: {enabled: true, listen: '127.0.0.1:" + port + "'}");
        readNames();
        try (Collecting collecting = new Collecting("tcp://127.0.0.1:0")) {
            exporter = Exporter.start(directory, "replay", traffic.capture(), brokenFrames(), Exporter.ROOT.resolve("exporter/demo/demo.pcap"),
                "--stay", "--config", configuration, "--collector", collecting.address());
            exporter.awaitError("add up");
            collected = collecting.finish();
        }
        metrics = metrics(port);
    }

    @AfterAll
    static void stop() {
        if (exporter != null) {
            exporter.close();
        }
    }

    /** An ARP frame, a frame cut in the Ethernet header, and IPv4 with an impossible length. */
    private static Path brokenFrames() throws Exception {
        final ByteBuffer file = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0xA1B2C3D4).putShort((short) 2).putShort((short) 4).putLong(0).putInt(65_535).putInt(1);
        final byte[] arp = new byte[42];
        arp[12] = 8;
        arp[13] = 6;
        final byte[] impossible = new byte[ETHERNET + 40];
        impossible[12] = 8;
        impossible[ETHERNET] = 0x45;
        impossible[ETHERNET + 3] = 10;
        for (final byte[] frame : List.of(arp, new byte[9], impossible, impossible)) {
            file.putInt(2_000_000_000).putInt(0).putInt(frame.length).putInt(frame.length).put(frame);
        }
        return Files.write(directory.resolve("broken.pcap"), Arrays.copyOf(file.array(), file.position()));
    }

    private static void readNames() throws Exception {
        final Pattern line = Pattern.compile("([A-Z0-9_]*),([a-z0-9_]+),\"([^\"]*)\",\"(.*)\"");
        try (Exporter names = Exporter.run(directory, "counters", "--format", "csv")) {
            names.out().lines().map(line::matcher).filter(Matcher::matches).filter(match -> !match.group(1).isEmpty()).forEach(match -> {
                METRIC_NAMES.put(match.group(1), match.group(2));
                DESCRIPTIONS.put(match.group(4), match.group(1));
            });
        }
        assertThat(METRIC_NAMES).hasSizeGreaterThan(150);
    }

    private static Map<String, Double> metrics(final int port) throws Exception {
        final String text = HttpClient.newHttpClient().send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(), HttpResponse.BodyHandlers.ofString()).body();
        return text.lines().filter(line -> !line.startsWith("#"))
            .collect(Collectors.toMap(line -> line.substring(0, line.lastIndexOf(' ')), line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
    }

    @Test
    void shouldShowEveryCountAlikeEverywhere() {
        final Map<String, Long> bySnmp = countersBySnmp();
        final Map<String, Long> byPrometheus = new TreeMap<>();
        METRIC_NAMES.forEach((constant, name) -> byPrometheus.put(constant, metric(name)));
        byPrometheus.keySet().retainAll(bySnmp.keySet());

        assertThat(bySnmp).hasSizeGreaterThan(150).isEqualTo(byPrometheus);
        assertThat(countersByOptions()).hasSizeGreaterThan(40).isEqualTo(withoutZeros(bySnmp));
        final Map<String, Long> byReport = countersByReport();
        assertThat(byReport).hasSizeGreaterThan(20).allSatisfy((name, count) -> assertThat(count).as(name).isEqualTo(bySnmp.get(name)));
        assertThat(byReport).containsEntry("DECODE_ETHERNET_TRUNCATED", 1L).containsEntry("DECODE_IPV4_MALFORMED_TOTAL_LENGTH", 2L)
            .containsKeys("DECODE_ARP", "DNS_MESSAGES", "SMB_COMMANDS", "NFS_CALLS");
    }

    @Test
    void shouldShowWhatTheReportBeginsItsLinesWith() {
        final Map<String, Long> bySnmp = countersBySnmp();
        assertThat(exporter.account("read")).isEqualTo(bySnmp.get("FRAMES_CAPTURED")).isGreaterThan(traffic.totals().packets());
        assertThat(exporter.account("metered")).isEqualTo(bySnmp.get("FRAMES_METERED"));
        assertThat(exporter.account("not metered")).isEqualTo(bySnmp.get("FRAMES_NOT_METERED")).isGreaterThanOrEqualTo(4);
        assertThat(exporter.account("recorded")).isEqualTo(bySnmp.get("RECORDS_CREATED"));
        assertThat(exporter.account("exported")).isEqualTo(bySnmp.get("RECORDS_SENT")).isEqualTo(collected.summary().total().records());
        assertThat(exporter.account("dropped")).isEqualTo(bySnmp.get("RECORDS_DROPPED")).isZero();
        assertThat(exporter.account("alerts")).isEqualTo(bySnmp.get("ALERTS_RAISED"));
        assertThat(reported("metered +[\\d,]+ frames: ([\\d,]+) packets with [\\d,]+ octets")).isEqualTo(bySnmp.get("PACKETS_METERED"));
        assertThat(reported("metered +[\\d,]+ frames: [\\d,]+ packets with ([\\d,]+) octets")).isEqualTo(bySnmp.get("OCTETS_METERED"));
        assertThat(reported("metered .* octets in ([\\d,]+) flows")).isEqualTo(bySnmp.get("FLOWS_CREATED"));
        assertThat(reported(" +([\\d,]+) messages of [\\d,]+ octets")).isEqualTo(bySnmp.get("MESSAGES_SENT"));
        assertThat(reported(" +[\\d,]+ messages of ([\\d,]+) octets")).isEqualTo(bySnmp.get("OCTETS_SENT"));
        assertThat(bySnmp.get("MESSAGES_SENT")).isEqualTo(client.number("flowsondeCollectorMessagesSent.1"));
        assertThat(bySnmp.get("OCTETS_SENT")).isEqualTo(client.number("flowsondeCollectorOctetsSent.1"));
        assertThat(bySnmp.get("FLOWS_CREATED")).isEqualTo(client.number("flowsondeSystemFlowsCreated.0"));
    }

    @Test
    void shouldCountTheEndsOfConnectionsAlikeEverywhere() {
        final Pattern shown = Pattern.compile("FLOWSONDE-MIB::flowsondeTeardown(ReasonName|ImpactName|Count)\\.(\\S+) = \\w+: (.*)");
        final Map<String, Map<String, String>> rows = new TreeMap<>();
        client.walk("FLOWSONDE-MIB::flowsondeTeardownTable").stream().map(shown::matcher).filter(Matcher::matches)
            .forEach(match -> rows.computeIfAbsent(match.group(2), index -> new TreeMap<>()).put(match.group(1), match.group(3)));
        final Map<String, Long> bySnmp = rows.values().stream().collect(Collectors.toMap(
            row -> row.get("ReasonName") + "/" + row.get("ImpactName"), row -> Long.parseLong(row.get("Count"))));
        final Map<String, Long> byPrometheus = new TreeMap<>();
        final Pattern sample = Pattern.compile("flowsonde_teardowns_total\\{impact=\"(\\w+)\",reason=\"(\\w+)\"}");
        metrics.forEach((name, value) -> {
            final Matcher match = sample.matcher(name);
            if (match.matches()) {
                byPrometheus.put(match.group(2) + "/" + match.group(1), value.longValue());
            }
        });
        final Map<String, Long> byOptions = lastStatistics().stream().filter(record -> "teardowns".equals(record.get("counterOwner")))
            .collect(Collectors.toMap(record -> record.get("counterName"), record -> Long.parseLong(record.get("counterValue"))));
        final Map<String, Long> byReport = new TreeMap<>();
        final Matcher line = Pattern.compile("(?m)^ +([\\d,]+) (\\w+/\\w+)$").matcher(exporter.err());
        while (line.find()) {
            byReport.put(line.group(2), number(line.group(1)));
        }

        assertThat(bySnmp).hasSizeGreaterThan(5).isEqualTo(byPrometheus).isEqualTo(byOptions).isEqualTo(byReport);
        assertThat(bySnmp.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(exporter.account("ended"));
    }

    @Test
    void shouldListTheServersOfNamesAlikeEverywhere() {
        final Map<String, Long> byOptions = lastStatistics().stream().filter(record -> record.containsKey("dnsServerAnswers"))
            .collect(Collectors.toMap(
                record -> record.getOrDefault("destinationIPv4Address", record.get("destinationIPv6Address")),
                record -> Long.parseLong(record.get("dnsServerAnswers"))));
        final Map<String, Long> byPrometheus = byServer("flowsonde_dns_server_answers_total");
        final List<Long> bySnmp = client.walk("FLOWSONDE-MIB::flowsondeDnsServerAnswers").stream()
            .map(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1))).sorted().toList();

        assertThat(byOptions).isNotEmpty().isEqualTo(byPrometheus);
        assertThat(bySnmp).isEqualTo(byPrometheus.values().stream().sorted().toList());
    }

    @Test
    void shouldListFileServersAlikeWhereTheyAreListed() {
        final List<Long> bySnmp = client.walk("FLOWSONDE-MIB::flowsondeFileServerOperations").stream()
            .map(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1))).sorted().toList();
        assertThat(bySnmp).isNotEmpty().isEqualTo(
            byServer("flowsonde_file_server_operations_total").values().stream().sorted().toList());
    }

    @Test
    void shouldFillEveryTableOfTheMib() {
        for (final String table : List.of("Queue", "Cache", "Dissector", "DnsServer", "FileServer", "Teardown", "Collector", "Thread", "Counter")) {
            final List<String> lines = client.table("flowsonde" + table + "Table").lines();
            final int heading = (int) lines.stream().takeWhile(line -> !line.contains("|flowsonde")).count();
            assertThat(lines.subList(heading + 1, lines.size())).as(table).isNotEmpty()
                .allMatch(row -> row.split("\\|", -1).length == lines.get(heading).split("\\|", -1).length);
        }
    }

    private static Map<String, Long> byServer(final String metric) {
        final Pattern server = Pattern.compile(metric + "\\{.*server=\"([^\"]+)\".*");
        final Map<String, Long> found = new TreeMap<>();
        metrics.forEach((name, value) -> {
            final Matcher match = server.matcher(name);
            if (match.matches()) {
                found.merge(match.group(1), value.longValue(), Long::sum);
            }
        });
        return found;
    }

    /** The sum of a metric over its labels. */
    private static long metric(final String name) {
        return metrics.entrySet().stream().filter(sample -> sample.getKey().equals(name) || sample.getKey().startsWith(name + "{"))
            .mapToLong(sample -> sample.getValue().longValue()).sum();
    }

    /** Every count by its name, over everything that counts it. */
    private static Map<String, Long> countersBySnmp() {
        final Pattern line = Pattern.compile("FLOWSONDE-MIB::flowsondeCounterValue\\.\\d+\\.\\W?([A-Z0-9_]+)\\W? = Counter64: (\\d+)");
        return client.walk("FLOWSONDE-MIB::flowsondeCounterValue").stream().map(line::matcher).filter(Matcher::matches)
            .collect(Collectors.toMap(match -> match.group(1), match -> Long.parseLong(match.group(2)), Long::sum, TreeMap::new));
    }

    private static Map<String, Long> countersByOptions() {
        final Map<String, Long> counts = lastStatistics().stream()
            .filter(record -> record.containsKey("counterValue") && !"teardowns".equals(record.get("counterOwner")))
            .collect(Collectors.toMap(record -> record.get("counterName"), record -> Long.parseLong(record.get("counterValue")), Long::sum,
                TreeMap::new));
        assertThat(counts).containsKeys("MESSAGES_SENT", "OCTETS_SENT");
        return withoutZeros(counts);
    }

    /** The statistics that were sent last, when everything else had been. */
    private static List<Map<String, String>> lastStatistics() {
        final List<Map<String, String>> all = collected.options();
        int begin = all.size() - 1;
        while (!all.get(begin).containsKey("exportedMessageTotalCount")) {
            begin--;
        }
        return all.subList(begin, all.size());
    }

    private static Map<String, Long> withoutZeros(final Map<String, Long> counts) {
        return counts.entrySet().stream().filter(entry -> entry.getValue() != 0 && !OF_THE_LAST_MESSAGE.contains(entry.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum, TreeMap::new));
    }

    /** Counts that have a line of their own, known by their descriptions. */
    private static Map<String, Long> countersByReport() {
        final Map<String, Long> found = new TreeMap<>();
        exporter.err().lines().map(Pattern.compile(" +([\\d,]+) (.*)")::matcher).filter(Matcher::matches)
            .filter(match -> DESCRIPTIONS.containsKey(match.group(2)))
            .forEach(match -> found.merge(Objects.requireNonNull(DESCRIPTIONS.get(match.group(2))), number(match.group(1)), Long::sum));
        return found;
    }

    private static long reported(final String line) {
        final Matcher matcher = Pattern.compile("(?m)^" + line).matcher(exporter.err());
        assertThat(matcher.find()).as(line).isTrue();
        return number(matcher.group(1));
    }

    private static long number(final String digits) {
        return Long.parseLong(digits.replace(",", ""));
    }
}
