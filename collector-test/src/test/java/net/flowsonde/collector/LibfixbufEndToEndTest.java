package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What libfixbuf, by which SiLK and super_mediator read IPFIX, makes of what is sent: its ipfixDump prints every field of every record. */
@Timeout(180)
class LibfixbufEndToEndTest {
    private static final Path DEMO = Exporter.ROOT.resolve("exporter/demo/demo.pcap");
    private static final Pattern FIELD = Pattern.compile("\t\\(([\\d/]+)\\)( \\(S\\))? +(\\w+) : (?:\\(len: \\d+\\) )?(.*)");
    private static final Pattern RECORDS = Pattern.compile("File Stats: \\d+ Messages, (\\d+) Data Records");
    /** A value of an element that it does not know. */
    private static final Pattern UNKNOWN = Pattern.compile("\\) +_alienInformationElement :");

    private static final int SYN_UNANSWERED = 16;
    /** What is told of a connection that nobody has answered yet. */
    private static final int CAPTURE_ENDED = 3;

    @TempDir
    private static Path directory;

    private static Traffic traffic;
    private static Path elements;

    /** What it prints, and the records of flows and other things by the names of their fields. */
    private record Dump(String text, List<Map<String, String>> records) {
        private List<Map<String, String>> with(final String field) {
            return records.stream().filter(record -> record.containsKey(field)).toList();
        }
    }

    @BeforeAll
    static void generate() throws Exception {
        traffic = Traffic.generate(directory.resolve("traffic.pcap"), 6_000, 600);
        try (Exporter exporter = Exporter.run(directory, "collector-files", directory)) {
            assertThat(exporter.exitCode()).isZero();
        }
        elements = directory.resolve("libfixbuf-elements.xml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"silk", "native"})
    void shouldReadEveryFlowWithItsCountsAndTheReasonOfItsEnd(final String profile) throws Exception {
        final Dump dump = dump(traffic.capture(), profile, "-y", "-e", elements.toString());
        final Map<String, FlowSums> flows = new HashMap<>();
        final Map<String, Integer> reasons = new HashMap<>();
        dump.with("packetDeltaCount").forEach(record ->
            reasons.putIfAbsent(FlowSums.add(flows, record), Integer.parseInt(record.getOrDefault("tcpTeardownReason", "0"))));
        assertThat(flows).isEqualTo(traffic.flows());
        reasons.replaceAll((flow, reason) -> reason == CAPTURE_ENDED ? SYN_UNANSWERED : reason);
        assertThat(reasons).isEqualTo(traffic.teardownReasons());
    }

    @Test
    void shouldNameOurElementsByTheDescriptionsThatAreSentWhereItHasNoFile() throws Exception {
        final Dump described = dump(DEMO, "native", "--rfc5610");
        assertThat(described.records()).hasSizeGreaterThan(100);
        assertThat(described.with("fileOperation")).isNotEmpty();
        assertThat(run(DEMO, "native").text()).as("without either").containsPattern(UNKNOWN);
    }

    @Test
    void shouldReadNamesInTheElementsOfYafAndPathsAndUsersInOurs() throws Exception {
        Tools.require("tshark");
        final Dump dump = dump(DEMO, "silk", "-y", "-e", elements.toString());
        final List<Map<String, String>> transactions = dump.with("dnsQName");
        assertThat(transactions.stream().map(record -> record.get("dnsQName")).sorted()).containsExactlyElementsOf(questions());
        assertThat(transactions).allSatisfy(record -> assertThat(record).containsKeys("dnsQRType", "dnsNXDomain", "dnsTTL", "dnsID"));
        assertThat(dump.text()).as("a list inside").containsPattern("\t\t\t\\(32473/297\\) +dnsRecordData : .* 10\\.20\\.0\\.80");
        assertThat(values(dump, "filePath", record -> "anna".equals(record.get("userName"))))
            .anyMatch(path -> path.contains("report.docx"));
        assertThat(values(dump, "serverName", record -> record.containsKey("tcpTeardownReason"))).contains("www.example.com");
    }

    /** What tshark says is asked for in the capture. */
    private static List<String> questions() {
        return Tools.check(directory, "tshark", "-r", DEMO.toString(), "-Y", "udp.port == 53 && dns.flags.response == 0", "-T", "fields",
            "-e", "dns.qry.name").lines().stream().flatMap(line -> Arrays.stream(line.split(","))).sorted().toList();
    }

    private static List<String> values(final Dump dump, final String field, final Predicate<Map<String, String>> which) {
        return dump.with(field).stream().filter(which).map(record -> record.get(field)).collect(Collectors.toList());
    }

    /** What it makes of the messages, in which it has to know every element. */
    private static Dump dump(final Path capture, final String profile, final String... options) throws Exception {
        final Dump dump = run(capture, profile, options);
        assertThat(dump.text()).doesNotContainPattern(UNKNOWN);
        return dump;
    }

    /** What it makes of the messages; it has to find as many records as our own strict reader. */
    private static Dump run(final Path capture, final String profile, final String... options) throws Exception {
        Tools.require("ipfixDump");
        final Path file = directory.resolve(profile + ".ipfix");
        final int sent;
        try (DatagramCapture datagrams = new DatagramCapture()) {
            try (Exporter exporter = Exporter.run(directory, "replay", capture, "--collector", datagrams.address(), "--profile", profile)) {
                exporter.assertSuccess();
            }
            datagrams.writeMessagesTo(file);
            sent = Decoded.decode(Transport.UDP, datagrams.messages().toArray(ByteBuffer[]::new)).records.size();
        }
        final List<String> command = new ArrayList<>(List.of("ipfixDump", "-i", file.toString()));
        command.addAll(List.of(options));
        final Tools.Result result = Tools.check(directory, command.toArray(String[]::new));
        assertThat(result.err()).isEmpty();
        final Matcher records = RECORDS.matcher(result.out());
        assertThat(records.find()).isTrue();
        assertThat(Integer.parseInt(records.group(1))).isEqualTo(sent);
        return new Dump(result.out(), records(result.out()));
    }

    /** Records by themselves, without those in lists. */
    private static List<Map<String, String>> records(final String text) {
        final List<Map<String, String>> records = new ArrayList<>();
        text.lines().forEach(line -> {
            final Matcher field = FIELD.matcher(line);
            if (line.startsWith("--- data record")) {
                records.add(new TreeMap<>());
            } else if (field.matches()) {
                records.get(records.size() - 1).put(field.group(3), field.group(4));
            }
        });
        return records;
    }
}
