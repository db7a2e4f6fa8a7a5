package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What other programs make of the export: tshark of every message, nfcapd and nfdump of the core fields. */
@Timeout(120)
class InteroperabilityEndToEndTest {
    private static final int TCP = 6;
    private static final int UDP = 17;
    /** Notes, warnings, errors and malformed packets. */
    private static final String COMPLAINTS = "_ws.malformed || _ws.expert.severity >= 4194304";

    @TempDir
    private static Path directory;

    private static Traffic traffic;

    @BeforeAll
    static void generate() throws Exception {
        traffic = Traffic.generate(directory.resolve("traffic.pcap"), 20_000, 2_000);
    }

    @Test
    void shouldWriteAFileThatTsharkDecodesWithoutComplaint() throws Exception {
        Tools.require("tshark");
        final Path file = directory.resolve("export.ipfix");
        try (Exporter exporter = Exporter.run(directory, "replay", traffic.capture(), "--output", file)) {
            exporter.assertSuccess();
        }

        assertThat(tshark(file, COMPLAINTS)).isEmpty();
        assertThat(tshark(file, "cflow.version == 10")).hasSize((int) Collected.read(file).summary().messages());
    }

    @Test
    void shouldSendDatagramsThatTsharkDecodesWithoutComplaint() throws Exception {
        Tools.require("tshark");
        final Path file = directory.resolve("export.pcap");
        final long datagrams;
        try (DatagramCapture capture = new DatagramCapture();
            Exporter exporter = Exporter.run(directory, "replay", traffic.capture(), "--collector", capture.address())) {
            exporter.assertSuccess();
            datagrams = capture.writeTo(file);
        }

        assertThat(tshark(file, COMPLAINTS)).isEmpty();
        assertThat(tshark(file, "cflow.version == 10")).hasSize((int) datagrams);
    }

    /** With the options that everybody has, among them that templates have at most 60 fields. */
    private List<String> tshark(final Path file, final String filter) {
        return Tools.check(directory, "tshark", "-r", file.toString(), "-Y", filter).lines();
    }

    @Test
    void shouldBeReadByNfcapdWithEveryFlowAndItsCounts() throws Exception {
        try (Nfcapd nfcapd = Nfcapd.start(directory)) {
            try (Exporter exporter = Exporter.run(directory, "replay", traffic.capture(), "--collector", nfcapd.address())) {
                exporter.assertSuccess();
            }
            final Map<String, FlowSums> sums = new HashMap<>();
            nfcapd.list("%pr|%sa|%sp|%da|%dp|%ipkt|%ibyt|%opkt|%obyt").forEach(columns -> addNfdump(sums, columns));
            assertThat(sums).as(nfcapd.log()).containsExactlyInAnyOrderEntriesOf(traffic.flows());
        }
    }

    /** What nfdump lists as ports of ICMP is its type and code. */
    private static void addNfdump(final Map<String, FlowSums> sums, final List<String> columns) {
        final int protocol = Integer.parseInt(columns.get(0));
        final boolean hasPorts = protocol == TCP || protocol == UDP;
        FlowSums.add(sums, protocol, FlowSums.endpoint(columns.get(1), hasPorts ? Integer.parseInt(columns.get(2)) : 0),
            FlowSums.endpoint(columns.get(3), hasPorts ? Integer.parseInt(columns.get(4)) : 0),
            new FlowSums(Long.parseLong(columns.get(5)), Long.parseLong(columns.get(6)), Long.parseLong(columns.get(7)),
                Long.parseLong(columns.get(8))));
    }
}
