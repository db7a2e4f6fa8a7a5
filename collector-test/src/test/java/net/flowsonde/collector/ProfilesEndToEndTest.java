package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What collectors make of what the profile for each of them sends. */
@Timeout(180)
class ProfilesEndToEndTest {
    private static final String TCP = "6";
    private static final String UDP = "17";
    private static final int SYN_UNANSWERED = 16;
    /** What is told of a connection that nobody has answered yet. */
    private static final int CAPTURE_ENDED = 3;
    private static final String COMPLAINTS = "_ws.malformed || _ws.expert.severity >= 4194304";

    @TempDir
    private static Path directory;

    private static Traffic traffic;
    private static Map<String, FlowSums> uniflows;

    @BeforeAll
    static void generate() throws Exception {
        traffic = Traffic.generate(directory.resolve("traffic.pcap"), 6_000, 600);
        uniflows = FlowSums.uniflows(traffic.flows());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nfdump", "v9", "v5"})
    void shouldBeReadByNfcapdWithTheCountsOfEachDirection(final String profile) throws Exception {
        try (Nfcapd nfcapd = Nfcapd.start(directory)) {
            replay(profile, nfcapd.address());
            final Map<String, FlowSums> read = new HashMap<>();
            nfcapd.list("%pr|%sa|%sp|%da|%dp|%ipkt|%ibyt|%ts").forEach(columns -> {
                assertThat(columns.get(7)).startsWith("2023-11-14 ");
                addPorts(read, columns.get(0), columns.subList(1, 5), Long.parseLong(columns.get(5)), Long.parseLong(columns.get(6)));
            });
            assertThat(read).as(nfcapd.log()).containsExactlyInAnyOrderEntriesOf(withPorts(uniflows, profile.equals("v5")));
            assertThat(nfcapd.log()).contains("Sequence Errors: 0, Bad Packets: 0");
        }
    }

    @Test
    void shouldTellNfcapdOfFirewallEventsWithTheReasonOfEachTeardown() throws Exception {
        try (Nfcapd nfcapd = Nfcapd.start(directory)) {
            replay("nsel-v9", nfcapd.address());
            final Map<String, FlowSums> flows = new HashMap<>();
            final Map<String, Integer> reasons = new HashMap<>();
            nfcapd.list("%pr|%sa|%sp|%da|%dp|%ipkt|%ibyt|%opkt|%obyt|%evt|%xevt").stream()
                .filter(columns -> columns.get(0).equals(TCP) || columns.get(0).equals(UDP)).forEach(columns -> {
                    assertThat(columns.get(9)).isEqualTo("DELETE");
                    final long[] counts = columns.subList(5, 9).stream().mapToLong(Long::parseLong).toArray();
                    final String flow = FlowSums.add(flows, Integer.parseInt(columns.get(0)),
                        FlowSums.endpoint(columns.get(1), Integer.parseInt(columns.get(2))),
                        FlowSums.endpoint(columns.get(3), Integer.parseInt(columns.get(4))),
                        new FlowSums(counts[0], counts[1], counts[2], counts[3]));
                    reasons.putIfAbsent(flow, columns.get(10).equals("Ignore") ? 0 : Integer.parseInt(columns.get(10)));
                });
            assertThat(flows).isEqualTo(withPorts(traffic.flows(), false));
            reasons.replaceAll((flow, reason) -> reason == CAPTURE_ENDED ? SYN_UNANSWERED : reason);
            assertThat(reasons).isEqualTo(withPorts(traffic.teardownReasons(), false));
            assertThat(nfcapd.raw()).contains("fw ext event =                32: 32", "connect ID", "Event time");
        }
    }

    @Test
    void shouldTellNfcapdWhichUserAFirewallEventIsOf() throws Exception {
        try (Nfcapd nfcapd = Nfcapd.start(directory)) {
            try (Exporter exporter = Exporter.run(directory, "replay", Exporter.ROOT.resolve("exporter/demo/demo.pcap"),
                "--collector", nfcapd.address(), "--profile", "nsel-v9")) {
                exporter.assertSuccess();
            }
            assertThat(nfcapd.list("%dp|%uname")).contains(List.of("445", "anna"), List.of("445", "bruno"), List.of("2049", "1101"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v9", "v5"})
    void shouldSendTheNetflowThatSoftflowdSends(final String profile) throws Exception {
        final Map<String, FlowSums> ours;
        final TreeSet<Long> starts;
        try (RecordCollecting collecting = new RecordCollecting()) {
            replay(profile, collecting.address());
            assertThat(collecting.finish().breaches()).isEmpty();
            ours = collecting.uniflows();
            starts = starts(collecting);
        }
        assertThat(withPorts(ours, profile.equals("v5"))).isEqualTo(withPorts(uniflows, profile.equals("v5")));
        try (RecordCollecting collecting = new RecordCollecting()) {
            Tools.check(directory, "softflowd", "-d", "-r", traffic.capture().toString(), "-n", "127.0.0.1:" + collecting.port(),
                "-v", profile.substring(1), "-m", "100000", "-t", "maxlife=3600",
                "-p", directory.resolve("softflowd.pid").toString(), "-c", "none");
            collecting.finish();
            assertAlike(withPorts(collecting.uniflows(), profile.equals("v5")), withPorts(ours, profile.equals("v5")));
            assertSameClock(starts(collecting), starts);
        }
    }

    /** softflowd counts the padding of Ethernet too: the shortest packet of 40 octets has 6. */
    private static void assertAlike(final Map<String, FlowSums> softflowd, final Map<String, FlowSums> ours) {
        assertThat(softflowd.keySet()).isEqualTo(ours.keySet());
        softflowd.forEach((flow, sums) -> {
            assertThat(sums.packets()).as(flow).isEqualTo(ours.get(flow).packets());
            assertThat(sums.octets() - ours.get(flow).octets()).as(flow).isBetween(0L, 6 * sums.packets());
        });
    }

    @Test
    void shouldBePrintedByNfacctdWithTeardownReasons() throws Exception {
        final List<Map<String, String>> rows = nfacctd(traffic.capture());
        assertThat(rows.stream().mapToLong(row -> Long.parseLong(row.get("PACKETS"))).sum()).isEqualTo(traffic.totals().packets());
        final Map<String, FlowSums> read = new HashMap<>();
        rows.forEach(row -> Nfacctd.add(read, row));
        assertThat(withPorts(read, false)).isEqualTo(withPorts(uniflows, false));
        assertThat(rows).anySatisfy(row -> {
            assertThat(row.get("tcpteardownreason")).isEqualTo("32");
            assertThat(row.get("LABEL")).contains("end=FIN_BY_CLIENT by=CLIENT impact=COMPLETE");
        });
        assertThat(rows).allSatisfy(row -> assertThat(row.get("TCP_FLAGS")).isNotEqualTo(row.get("PROTOCOL").equals("tcp") ? "0" : "-"));
    }

    @Test
    void shouldBePrintedByNfacctdWithNamesUsersAndPaths() throws Exception {
        final List<Map<String, String>> rows = nfacctd(Exporter.ROOT.resolve("exporter/demo/demo.pcap"));
        assertThat(rows).anySatisfy(row -> assertThat(row.get("servername")).isEqualTo("www.example.com"));
        assertThat(rows).anySatisfy(row -> assertThat(row.get("filepath")).startsWith("\\\\files.example.com\\projects\\"));
        assertThat(rows).anySatisfy(row -> assertThat(row.get("username")).isEqualTo("anna"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "wireshark", "silk", "ipfixcol2", "telegraf", "logstash", "pmacct", "goflow2", "v9", "v5"})
    void shouldBeDecodedByTsharkWithoutComplaint(final String profile) throws Exception {
        final Path file = directory.resolve(profile + ".pcap");
        final long datagrams;
        try (DatagramCapture capture = new DatagramCapture()) {
            replay(profile, capture.address());
            datagrams = capture.writeTo(file);
        }
        assertThat(Tools.check(directory, "tshark", "-r", file.toString(), "-Y", "cflow && !(" + COMPLAINTS + ")").lines())
            .as("all that is in the file").hasSize((int) datagrams);
        if (profile.equals("wireshark")) {
            assertThat(Tools.check(directory, "tshark", "-r", file.toString(), "-O", "cflow").out())
                .contains("Number of retransmitted TCP flow packets (src->dst): ", "DNS query: ", "DNS response(s): ", "DNS return code: ",
                    "Application latency: ");
        }
    }

    private static List<Map<String, String>> nfacctd(final Path capture) throws Exception {
        try (Nfacctd nfacctd = Nfacctd.start(directory)) {
            try (Exporter exporter =
                Exporter.run(directory, "replay", capture, "--collector", nfacctd.address(), "--profile", "pmacct")) {
                exporter.assertSuccess();
                return nfacctd.await(exporter.packets());
            }
        }
    }

    private static void replay(final String profile, final String address) throws Exception {
        try (Exporter exporter = Exporter.run(directory, "replay", traffic.capture(), "--collector", address, "--profile", profile)) {
            exporter.assertSuccess();
        }
    }

    private static void addPorts(
        final Map<String, FlowSums> sums, final String protocol, final List<String> ends, final long packets, final long octets) {
        if (protocol.equals(TCP) || protocol.equals(UDP)) {
            FlowSums.addUniflow(sums, Integer.parseInt(protocol), FlowSums.endpoint(ends.get(0), Integer.parseInt(ends.get(1))),
                FlowSums.endpoint(ends.get(2), Integer.parseInt(ends.get(3))), packets, octets);
        }
    }

    /** Those of TCP and UDP, as collectors put the type of ICMP into various places. */
    private static <V> Map<String, V> withPorts(final Map<String, V> sums, final boolean isIpv4Only) {
        return sums.entrySet().stream().filter(entry -> entry.getKey().startsWith(TCP + " ") || entry.getKey().startsWith(UDP + " "))
            .filter(entry -> !isIpv4Only || !entry.getKey().contains(":"))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * The boot that softflowd tells for a capture as old as this is a number of milliseconds beyond 32 bits away, so that its times are moved,
     * all by as much. It rounds down where we may round up, in the first of them too.
     */
    private static void assertSameClock(final TreeSet<Long> softflowd, final TreeSet<Long> ours) {
        final long first = softflowd.first() - ours.first();
        assertThat(softflowd).hasSizeGreaterThan(100);
        assertThat(LongStream.rangeClosed(first - 1, first + 1)).as("by how much softflowd's starts are moved").anyMatch(moved ->
            softflowd.stream().allMatch(start -> !ours.subSet(start - moved - 1, true, start - moved + 1, true).isEmpty()));
    }

    /** When each direction of the TCP flows began, milliseconds since 1970. */
    private static TreeSet<Long> starts(final RecordCollecting collecting) {
        return collecting.records().stream().filter(fields -> TCP.equals(fields.get("protocolIdentifier")))
            .map(fields -> Instant.parse(fields.get("flowStartMilliseconds")).toEpochMilli())
            .collect(Collectors.toCollection(TreeSet::new));
    }
}
