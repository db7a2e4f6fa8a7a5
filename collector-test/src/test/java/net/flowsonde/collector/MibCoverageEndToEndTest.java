package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every object of our MIB and of the standard ones that can be read has an instance while the packaged exporter captures real traffic and
 * sends it to a collector, and the values are those of what goes on. Needs root.
 */
@Timeout(120)
class MibCoverageEndToEndTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int FLOW_TIMEOUT = 5;
    /** Columns that can be read, by the entry that they belong to: RFC 6615, RFC 2863, RFC 3411, RFC 3412, RFC 3414, RFC 3418. */
    private static final Map<String, int[]> STANDARD = standard();

    @TempDir
    private Path directory;

    private static Map<String, int[]> standard() {
        final Map<String, int[]> columns = new LinkedHashMap<>();
        columns.put("1.3.6.1.2.1.1", IntStream.rangeClosed(1, 8).toArray());
        columns.put("1.3.6.1.2.1.2", new int[] {1});
        columns.put("1.3.6.1.2.1.2.2.1", new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 16, 17, 19, 20});
        columns.put("1.3.6.1.2.1.11", new int[] {1, 3, 4, 5, 6, 30, 31, 32});
        columns.put("1.3.6.1.2.1.31.1.1.1", new int[] {1, 2, 6, 7, 8, 10, 11, 15, 16, 17, 18, 19});
        columns.put("1.3.6.1.2.1.193.1.1.1.1", IntStream.rangeClosed(2, 16).toArray());
        columns.put("1.3.6.1.2.1.193.1.1.2.1", new int[] {3, 4});
        columns.put("1.3.6.1.2.1.193.1.1.3.1", new int[] {2, 3, 4, 5});
        columns.put("1.3.6.1.2.1.193.1.1.4.1", new int[] {2});
        columns.put("1.3.6.1.2.1.193.1.1.5.1", new int[] {2, 3, 4});
        columns.put("1.3.6.1.2.1.193.1.1.6.1", new int[] {3, 4, 5, 6});
        columns.put("1.3.6.1.2.1.193.1.1.7.1", new int[] {3});
        columns.put("1.3.6.1.2.1.193.1.2.1.1", IntStream.rangeClosed(1, 9).toArray());
        columns.put("1.3.6.1.2.1.193.1.2.2.1", new int[] {1, 2});
        columns.put("1.3.6.1.2.1.193.1.2.3.1", new int[] {1, 2, 3, 4});
        columns.put("1.3.6.1.2.1.193.1.2.4.1", new int[] {1, 2, 3});
        columns.put("1.3.6.1.6.3.10.2.1", new int[] {1, 2, 3, 4});
        columns.put("1.3.6.1.6.3.11.2.1", new int[] {1, 2, 3});
        columns.put("1.3.6.1.6.3.15.1.1", IntStream.rangeClosed(1, 6).toArray());
        return columns;
    }

    @Test
    void shouldShowEveryObjectWithWhatGoesOn() throws Exception {
        Tools.requireRoot();
        List.of("ip", "sysctl", "tcpreplay", "snmpwalk").forEach(Tools::require);
        try (NetworkNamespace namespace = new NetworkNamespace(directory, "mib");
            CollectorProcess collector = new CollectorProcess(directory, namespace.prefix(), "tcp://127.0.0.1:4739", "--summary");
            Exporter exporter = Exporter.startIn(namespace, directory, "run", "--config", configuration(), "--interface",
                NetworkNamespace.RECEIVER, "--collector", collector.address())) {
            exporter.awaitError("capturing on");
            namespace.exec("tcpreplay", "-q", "--pps", "2000", "-i", NetworkNamespace.SENDER,
                Exporter.ROOT.resolve("exporter/demo/demo.pcap").toString());
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(500)).untilAsserted(() ->
                assertThat(walk(namespace, "FLOWSONDE-MIB::flowsondeTeardownCount", SnmpClient.withMib())).isNotEmpty());

            final List<String> ours = walk(namespace, "1.3.6.1.4.1.32473", SnmpClient.withMib());
            final Set<String> shown = ours.stream().map(line -> line.replaceFirst("FLOWSONDE-MIB::(\\w+)\\..*", "$1")).collect(Collectors.toSet());
            assertThat(shown).containsAll(readableObjects());
            assertOurValues(ours);

            final List<String> all = walk(namespace, "1.3.6", List.of("-m", "", "-On"));
            STANDARD.forEach((entry, columns) -> {
                for (final int column : columns) {
                    assertThat(all).as("an instance of %s.%d", entry, column).anyMatch(line -> line.startsWith("." + entry + "." + column + "."));
                }
            });
            assertStandardValues(all);
        }
    }

    private static void assertOurValues(final List<String> ours) {
        assertThat(ours).contains(
            "FLOWSONDE-MIB::flowsondeQueueInterface.1 = STRING: rx0", "FLOWSONDE-MIB::flowsondeQueueCapturing.1 = INTEGER: true(1)",
            "FLOWSONDE-MIB::flowsondeCollectorName.1 = STRING: tcp://127.0.0.1:4739", "FLOWSONDE-MIB::flowsondeCollectorState.1 = INTEGER: open(3)",
            "FLOWSONDE-MIB::flowsondeCollectorTransport.1 = STRING: tcp", "FLOWSONDE-MIB::flowsondeCollectorProfile.1 = STRING: native",
            "FLOWSONDE-MIB::flowsondeCollectorPort.1 = Gauge32: 4739", "FLOWSONDE-MIB::flowsondeSystemState.0 = INTEGER: running(2)");
        for (final String positive : List.of("QueueFramesCaptured", "QueueOctetsMetered", "QueueRingCapacity", "CacheFlowsPeak",
            "CacheFlowsCreated", "CacheFlowLimit", "CollectorMessagesSent", "CollectorRecordsSent", "CollectorTemplateMessagesSent", "MachineHeapUsed",
            "MachineCpuTime", "DnsServerAnswers", "FileServerOperations", "TeardownCount", "SystemUpTime")) {
            assertThat(ours).as(positive).anyMatch(line -> line.matches("FLOWSONDE-MIB::flowsonde" + positive + "\\.\\S+ = .*[1-9].*"));
        }
        for (final String dissector : List.of("1", "2", "3", "4")) {
            assertThat(ours).anyMatch(line -> line.matches("FLOWSONDE-MIB::flowsondeDissectorMessages\\." + dissector + " = Counter64: [1-9]\\d*"));
        }
        assertThat(ours).anyMatch(line -> line.matches("FLOWSONDE-MIB::flowsondeCollectorLastTemplateTime.1 = STRING: 20\\d\\d-.*"));
    }

    private static void assertStandardValues(final List<String> all) {
        final Matcher index = Pattern.compile("(?m)^\\.1\\.3\\.6\\.1\\.2\\.1\\.2\\.2\\.1\\.2\\.(\\d+) = STRING: \"?rx0\"?$").matcher(String.join("\n", all));
        assertThat(index.find()).as("ifDescr of rx0").isTrue();
        assertThat(all).contains(".1.3.6.1.2.1.2.2.1.8." + index.group(1) + " = INTEGER: 1", ".1.3.6.1.2.1.193.1.1.6.1.5.1.1 = INTEGER: " + index.group(1),
            ".1.3.6.1.2.1.193.1.1.1.1.2.1 = Gauge32: 6", ".1.3.6.1.2.1.193.1.1.1.1.6.1 = Hex-STRING: 7F 00 00 01 ",
            ".1.3.6.1.2.1.193.1.1.1.1.8.1 = Gauge32: 4739", ".1.3.6.1.2.1.193.1.1.1.1.15.1 = Gauge32: 10",
            ".1.3.6.1.2.1.193.1.1.1.1.16.1 = INTEGER: 2", ".1.3.6.1.2.1.193.1.1.5.1.4.1 = Gauge32: " + FLOW_TIMEOUT);
        for (final String positive : List.of("1.3.6.1.2.1.31.1.1.1.6." + index.group(1), "1.3.6.1.2.1.193.1.2.1.1.2.1", "1.3.6.1.2.1.193.1.2.1.1.6.1",
            "1.3.6.1.2.1.193.1.2.1.1.7.1", "1.3.6.1.2.1.193.1.2.3.1.3.1", "1.3.6.1.2.1.193.1.2.4.1.1.1.1.1")) {
            assertThat(all).as(positive).anyMatch(line -> line.matches("\\." + Pattern.quote(positive) + " = Counter64: [1-9]\\d*"));
        }
    }

    /** Those that our MIB lets a manager read. */
    private static Set<String> readableObjects() throws IOException {
        final Matcher object = Pattern.compile("(?m)^ *(flowsonde\\w+) OBJECT-TYPE\\s+SYNTAX [^\\n]*(?:\\n[^\\n]*)?\\s+MAX-ACCESS\\s+read-only")
            .matcher(Files.readString(SnmpClient.mib()));
        final Set<String> names = new TreeSet<>();
        while (object.find()) {
            names.add(object.group(1));
        }
        assertThat(names).hasSizeGreaterThan(130);
        return names;
    }

    private Path configuration() throws IOException {
        return new SnmpClient(directory, 1161).configuration("flow: {idle-timeout: " + FLOW_TIMEOUT + "s}\ntcp: {linger: 100ms}");
    }

    private static List<String> walk(final NetworkNamespace namespace, final String object, final List<String> options) {
        final List<String> command = new ArrayList<>(List.of("snmpwalk", "-v", "3", "-l", "authPriv", "-u", "monitor", "-a", "SHA-256", "-A",
            SnmpClient.AUTHENTICATION_KEY, "-x", "AES", "-X", SnmpClient.PRIVACY_KEY));
        command.addAll(options);
        command.addAll(List.of("udp:127.0.0.1:1161", object));
        return namespace.exec(command.toArray(String[]::new)).lines();
    }
}
