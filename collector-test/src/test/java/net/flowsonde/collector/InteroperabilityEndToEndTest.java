package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What other programs make of the export: tshark of every message, nfcapd and nfdump of the core fields. */
@Timeout(120)
class InteroperabilityEndToEndTest {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int NFDUMP_COLUMNS = 9;
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
        Tools.require("nfcapd");
        Tools.require("nfdump");
        final Path flows = Files.createDirectory(directory.resolve("nfcapd"));
        final int port = freePort();
        final Process nfcapd = new ProcessBuilder(Tools.require("nfcapd"), "-w", flows.toString(), "-b", "127.0.0.1",
            "-p", Integer.toString(port), "-t", "3600", "-B", "4000000")
            .redirectErrorStream(true).redirectOutput(directory.resolve("nfcapd.log").toFile()).start();
        try {
            await().atMost(Duration.ofSeconds(10)).until(() -> isTaken(port));
            try (Exporter exporter =
                Exporter.run(directory, "replay", traffic.capture(), "--collector", "udp://127.0.0.1:" + port)) {
                exporter.assertSuccess();
            }
            nfcapd.destroy();
            assertThat(nfcapd.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            nfcapd.destroyForcibly();
        }

        assertThat(nfdump(flows)).as(Files.readString(directory.resolve("nfcapd.log")))
            .containsExactlyInAnyOrderEntriesOf(traffic.flows());
    }

    /** Flows as nfdump lists them: protocol, addresses, ports, packets and octets both ways. */
    private Map<String, FlowSums> nfdump(final Path flows) {
        final Map<String, FlowSums> sums = new HashMap<>();
        final Tools.Result result = Tools.check(directory, "nfdump", "-R", flows.toString(), "-q", "-N", "-6",
            "-o", "fmt:%pr|%sa|%sp|%da|%dp|%ipkt|%ibyt|%opkt|%obyt");
        result.lines().stream().map(line -> line.strip().split("\\s*\\|\\s*")).filter(columns -> columns.length == NFDUMP_COLUMNS)
            .forEach(columns -> addNfdump(sums, columns));
        return sums;
    }

    /** What nfdump lists as ports of ICMP is its type and code. */
    private static void addNfdump(final Map<String, FlowSums> sums, final String[] columns) {
        final int protocol = Integer.parseInt(columns[0]);
        final boolean hasPorts = protocol == TCP || protocol == UDP;
        FlowSums.add(sums, protocol, FlowSums.endpoint(columns[1], hasPorts ? Integer.parseInt(columns[2]) : 0),
            FlowSums.endpoint(columns[3], hasPorts ? Integer.parseInt(columns[4]) : 0),
            new FlowSums(Long.parseLong(columns[5]), Long.parseLong(columns[6]), Long.parseLong(columns[7]),
                Long.parseLong(columns[8])));
    }

    private static int freePort() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return socket.getLocalPort();
        }
    }

    private static boolean isTaken(final int port) {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", port))) {
            return socket.getLocalPort() != port;
        } catch (final java.net.SocketException e) {
            return true;
        }
    }
}
