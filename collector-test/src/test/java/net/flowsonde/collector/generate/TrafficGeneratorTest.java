package net.flowsonde.collector.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the generated file with code of its own and compares it with the truth that the generator tells. */
class TrafficGeneratorTest {
    private static final int FLOWS = 2_000;
    private static final long PACKETS = 40_000;
    private static final TrafficOptions OPTIONS = TrafficOptions.of(PACKETS, FLOWS).withConcurrent(100).withSeconds(10);
    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;

    private static final List<FlowTruth> TRUTH = new ArrayList<>();
    private static byte[] capture;
    private static TrafficTotals totals;
    private static List<Packet> packets;

    /** What the test sees of a frame. */
    private record Packet(long timeUs, int frameLength, int protocol, String source, String destination, int ipLength, byte[] ip) {
        int headerLength() {
            return ip[0] >> 4 == 4 ? 20 : 40;
        }

        int port(final int which) {
            return protocol == 6 || protocol == 17 ? shortAt(ip, headerLength() + 2 * which) : 0;
        }

        int tcpFlags() {
            return ip[headerLength() + 13] & 0x3F;
        }

        String conversation() {
            final String from = source + ' ' + port(0);
            final String to = destination + ' ' + port(1);
            return protocol + " " + (from.compareTo(to) < 0 ? from + ' ' + to : to + ' ' + from);
        }
    }

    @BeforeAll
    static void generate() throws IOException {
        final ByteArrayOutputStream output = new ByteArrayOutputStream();
        totals = TrafficGenerator.write(OPTIONS, output, TRUTH::add);
        capture = output.toByteArray();
        packets = read(capture);
    }

    @Test
    void shouldWriteExactlyThePacketsAndFlowsThatWereAskedFor() {
        assertThat(packets).hasSize((int) PACKETS);
        assertThat(TRUTH).hasSize(FLOWS);
        assertThat(totals.packets()).isEqualTo(PACKETS);
        assertThat(totals.flows()).isEqualTo(FLOWS);
        assertThat(packets.stream().map(Packet::conversation).distinct()).hasSize(FLOWS);
    }

    @Test
    void shouldTellTheTruthOfEveryFlow() {
        final Map<String, long[]> counted = new HashMap<>();
        for (final Packet packet : packets) {
            final String direction = packet.protocol + " " + packet.source + ' ' + packet.port(0) + ' '
                + packet.destination + ' ' + packet.port(1);
            final long[] sum = counted.computeIfAbsent(direction, key -> new long[2]);
            sum[0]++;
            sum[1] += packet.ipLength;
        }
        for (final FlowTruth flow : TRUTH) {
            final String client = flow.client() + ' ' + flow.clientPort();
            final String server = flow.server() + ' ' + flow.serverPort();
            assertThat(counted.getOrDefault(flow.protocol() + " " + client + ' ' + server, new long[2]))
                .containsExactly(flow.packetsUp(), flow.octetsUp());
            assertThat(counted.getOrDefault(flow.protocol() + " " + server + ' ' + client, new long[2]))
                .containsExactly(flow.packetsDown(), flow.octetsDown());
        }
    }

    @Test
    void shouldSumUpWhatItWrote() {
        assertThat(totals.ipOctets()).isEqualTo(packets.stream().mapToLong(Packet::ipLength).sum());
        assertThat(totals.frameOctets()).isEqualTo(packets.stream().mapToLong(Packet::frameLength).sum());
        assertThat(totals.uniflows()).isEqualTo(
            TRUTH.stream().mapToLong(flow -> (flow.packetsUp() > 0 ? 1 : 0) + (flow.packetsDown() > 0 ? 1 : 0)).sum());
        assertThat(totals.maxOpenFlows()).isEqualTo(OPTIONS.concurrent());
        assertThat(totals.toJson()).startsWith("{\"packets\":40000,\"flows\":2000,").endsWith("}");
    }

    @Test
    void shouldMixTheProtocolsByTheirShares() {
        assertThat(totals.packets(FlowKind.TCP) + totals.packets(FlowKind.TCP_SCAN)).isEqualTo(PACKETS * 70 / 100);
        assertThat(totals.packets(FlowKind.UDP)).isEqualTo(PACKETS * 20 / 100);
        assertThat(totals.packets(FlowKind.DNS)).isEqualTo(PACKETS * 5 / 100);
        assertThat(totals.packets(FlowKind.ICMP)).isEqualTo(PACKETS * 5 / 100);
        assertThat(totals.ipv6Flows()).isBetween(FLOWS * 12L / 100, FLOWS * 18L / 100);
    }

    @Test
    void shouldHaveRightChecksums() {
        for (final Packet packet : packets) {
            if (packet.headerLength() == 20) {
                assertThat(sum(0, packet.ip, 0, 20)).isEqualTo(0xFFFF);
            }
            final int length = packet.ipLength - packet.headerLength();
            assertThat(sum(pseudoHeaderSum(packet, length), packet.ip, packet.headerLength(), length)).isEqualTo(0xFFFF);
        }
    }

    @Test
    void shouldLeaveNoGapInTcpSequenceNumbers() {
        final Map<String, Integer> next = new HashMap<>();
        for (final Packet packet : packets) {
            if (packet.protocol != 6) {
                continue;
            }
            final int at = packet.headerLength();
            final String direction = packet.source + packet.port(0) + packet.destination + packet.port(1);
            final int sequence = ByteBuffer.wrap(packet.ip).getInt(at + 4);
            final int payload = packet.ipLength - at - (packet.ip[at + 12] >> 2 & 0x3C);
            assertThat(sequence).isEqualTo(next.getOrDefault(direction, sequence));
            next.put(direction, sequence + payload + ((packet.tcpFlags() & (SYN | FIN)) != 0 ? 1 : 0));
        }
    }

    @Test
    void shouldEndEveryConnectionAsTheTruthSays() {
        final Map<String, Packet> last = new HashMap<>();
        final Map<String, String> firstFin = new HashMap<>();
        for (final Packet packet : packets) {
            if (packet.protocol == 6) {
                last.put(packet.conversation(), packet);
                if ((packet.tcpFlags() & FIN) != 0) {
                    firstFin.putIfAbsent(packet.conversation(), packet.source);
                }
            }
        }
        final Set<FlowEnd> seen = new HashSet<>();
        for (final FlowTruth flow : TRUTH) {
            final Packet end = last.get(conversation(flow));
            seen.add(flow.end());
            switch (flow.end()) {
                case NONE -> assertThat(flow.protocol()).isNotEqualTo(6);
                case SYN_UNANSWERED -> assertThat(end.tcpFlags()).isEqualTo(SYN);
                case FIN_BY_CLIENT -> assertThat(firstFin.get(conversation(flow))).isEqualTo(flow.client());
                case FIN_BY_SERVER -> assertThat(firstFin.get(conversation(flow))).isEqualTo(flow.server());
                case RST_AFTER_RESPONSE_BY_CLIENT, RST_IDLE_BY_CLIENT, RST_REQUEST_UNANSWERED_BY_CLIENT ->
                    assertResetBy(flow.client(), end);
                default -> assertResetBy(flow.server(), end);
            }
        }
        assertThat(seen).contains(
            FlowEnd.FIN_BY_CLIENT, FlowEnd.FIN_BY_SERVER, FlowEnd.SYN_UNANSWERED, FlowEnd.SYN_REFUSED_RST,
            FlowEnd.RST_AFTER_RESPONSE_BY_CLIENT, FlowEnd.RST_MID_TRANSFER_BY_SERVER,
            FlowEnd.RST_REQUEST_UNANSWERED_BY_CLIENT, FlowEnd.RST_REQUEST_UNANSWERED_BY_SERVER);
    }

    private static void assertResetBy(final String side, final Packet end) {
        assertThat(end.tcpFlags() & RST).isEqualTo(RST);
        assertThat(end.source).isEqualTo(side);
    }

    @Test
    void shouldGoToTheAddressesOfNamesThatTheClientLookedUp() {
        final Set<String> lookups = TRUTH.stream().filter(flow -> flow.kind() == FlowKind.DNS)
            .map(flow -> flow.client() + ' ' + flow.name()).collect(Collectors.toSet());
        final long sessions = TRUTH.stream().filter(flow -> flow.kind() == FlowKind.TCP || flow.kind() == FlowKind.UDP).count();
        final long followed = TRUTH.stream().filter(flow -> flow.kind() == FlowKind.TCP || flow.kind() == FlowKind.UDP)
            .filter(flow -> lookups.contains(flow.client() + ' ' + flow.name())).count();
        assertThat(followed).isGreaterThan(sessions / 3);
    }

    @Test
    void shouldNeverGoBackInTime() {
        assertThat(packets.stream().map(Packet::timeUs)).isSorted();
        assertThat(totals.seconds()).isBetween(9.5, 10.5);
    }

    @Test
    void shouldWriteTheSameOctetsForTheSameSeedAndOthersForAnother() throws IOException {
        assertThat(generate(OPTIONS)).isEqualTo(capture);
        assertThat(generate(OPTIONS.withSeed(2))).isNotEqualTo(capture);
    }

    @Test
    void shouldWriteMoreScansWhenThereAreTooFewPacketsForWholeConnections() throws IOException {
        final TrafficTotals crowded = TrafficGenerator.write(
            TrafficOptions.of(25_000, 10_000), new ByteArrayOutputStream(), flow -> { });
        assertThat(crowded.packets()).isEqualTo(25_000);
        assertThat(crowded.flows()).isEqualTo(10_000);
        assertThat(crowded.flows(FlowKind.TCP_SCAN)).isGreaterThan(crowded.flows(FlowKind.TCP) / 2);
    }

    @Test
    void shouldWriteOneLineOfTruthForEveryFlow(@TempDir final Path directory) throws IOException {
        final Path truth = directory.resolve("truth.csv");
        TrafficGenerator.write(OPTIONS, directory.resolve("capture.pcap"), truth);
        final List<String> lines = Files.readAllLines(truth);
        assertThat(lines.get(0)).isEqualTo(FlowTruth.CSV_HEADER);
        assertThat(lines.subList(1, lines.size())).containsExactlyElementsOf(TRUTH.stream().map(FlowTruth::toCsv).toList());
        assertThat(Files.readAllBytes(directory.resolve("capture.pcap"))).isEqualTo(capture);
    }

    @Test
    void shouldRefuseWhatItCannotWrite() {
        assertThatThrownBy(() -> TrafficOptions.of(100, 51)).hasMessageContaining("packets: 100 is below two for each of 51 flows");
        assertThatThrownBy(() -> TrafficOptions.of(100, 19)).hasMessageContaining("flows: 19 is below 20");
        assertThatThrownBy(() -> OPTIONS.withConcurrent(0)).hasMessageContaining("concurrent: 0 is below 1");
    }

    private static byte[] generate(final TrafficOptions options) throws IOException {
        final ByteArrayOutputStream output = new ByteArrayOutputStream();
        TrafficGenerator.write(options, output, flow -> { });
        return output.toByteArray();
    }

    private static String conversation(final FlowTruth flow) {
        final String client = flow.client() + ' ' + flow.clientPort();
        final String server = flow.server() + ' ' + flow.serverPort();
        return flow.protocol() + " " + (client.compareTo(server) < 0 ? client + ' ' + server : server + ' ' + client);
    }

    private static List<Packet> read(final byte[] file) {
        final ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(buffer.getInt(0)).isEqualTo(0xA1B2C3D4);
        buffer.position(24);
        final List<Packet> result = new ArrayList<>();
        while (buffer.hasRemaining()) {
            final long timeUs = buffer.getInt() * 1_000_000L + buffer.getInt();
            final byte[] frame = new byte[buffer.getInt()];
            assertThat(buffer.getInt()).isEqualTo(frame.length).isGreaterThanOrEqualTo(60);
            buffer.get(frame);
            result.add(packet(timeUs, frame));
        }
        return result;
    }

    private static Packet packet(final long timeUs, final byte[] frame) {
        final boolean isIpv6 = shortAt(frame, 12) == 0x86DD;
        final byte[] ip = Arrays.copyOfRange(frame, 14, frame.length);
        final int length = isIpv6 ? 40 + shortAt(ip, 4) : shortAt(ip, 2);
        final int addressLength = isIpv6 ? 16 : 4;
        final int addresses = isIpv6 ? 8 : 12;
        return new Packet(
            timeUs, frame.length, ip[isIpv6 ? 6 : 9], text(ip, addresses, addressLength),
            text(ip, addresses + addressLength, addressLength), length, ip);
    }

    private static String text(final byte[] ip, final int offset, final int length) {
        return AddressBlock.text(Arrays.copyOfRange(ip, offset, offset + length), length == 16);
    }

    private static int shortAt(final byte[] octets, final int offset) {
        return (octets[offset] & 0xFF) << 8 | octets[offset + 1] & 0xFF;
    }

    private static int pseudoHeaderSum(final Packet packet, final int length) {
        final boolean isIpv6 = packet.headerLength() == 40;
        return packet.protocol == 1 ? 0 : sum(packet.protocol + length, packet.ip, isIpv6 ? 8 : 12, isIpv6 ? 32 : 8);
    }

    /** The folded one's complement sum, octet pair by octet pair. */
    private static int sum(final int start, final byte[] octets, final int offset, final int length) {
        final int total = start + IntStream.range(0, length)
            .map(i -> (octets[offset + i] & 0xFF) << (i % 2 == 0 ? 8 : 0)).sum();
        final int folded = (total & 0xFFFF) + (total >>> 16);
        return (folded & 0xFFFF) + (folded >>> 16);
    }
}
