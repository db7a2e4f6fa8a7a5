package net.flowsonde.collector;

import static net.flowsonde.collector.Octets.message;
import static net.flowsonde.collector.Octets.octets;
import static net.flowsonde.collector.Octets.set;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTest {
    private static final long NOW = 1_700_000_000L;
    private static final Octets TEMPLATE = set(2, octets().u16(256).u16(12).field(8, 4).field(12, 4).field(7, 2).field(11, 2)
        .field(4, 1).field(2, 8).field(1, 8).field(29_305, 2, 8).field(29_305, 1, 8).field(152, 8).field(153, 8).field(136, 1));
    private static final Octets USERS = set(2, octets().u16(257).u16(1).field(371, 65_535));

    private static Octets flow(final long source, final int sourcePort, final long destination, final int destinationPort) {
        return octets().u32(source).u32(destination).u16(sourcePort).u16(destinationPort).u8(6).u64(3).u64(180).u64(2).u64(120)
            .u64(1_699_999_990_000L).u64(1_699_999_991_250L).u8(3);
    }

    private static final ByteBuffer[] MESSAGES = {
        message(NOW, 0, TEMPLATE, USERS),
        message(NOW, 0, set(256, octets().add(flow(0x0A000001L, 1_234, 0x0A000002L, 80)).add(flow(0x0A000002L, 80, 0x0A000001L, 1_234))
            .add(flow(0x0A000001L, 1_235, 0x0A000002L, 80)))),
        message(NOW, 3, set(257, octets().u8(5).text("a\"\\\nb")))};

    private static String printed(final Function<PrintStream, RecordListener> output) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        final MessageDecoder decoder = new MessageDecoder(new Breaches(breach -> { }), output.apply(stream), 1_472);
        final Session session = new Session("test", Transport.TCP);
        for (final ByteBuffer message : MESSAGES) {
            decoder.onMessage(session, message);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldPrintJsonLinesWithEscapes() {
        final String[] lines = printed(JsonOutput::new).split("\n");

        assertThat(lines).hasSize(4);
        assertThat(lines[0]).isEqualTo("{\"@session\":\"test\",\"@domain\":1,\"@template\":256,\"@options\":false,"
            + "\"@exportTime\":1700000000,\"sourceIPv4Address\":\"10.0.0.1\",\"destinationIPv4Address\":\"10.0.0.2\","
            + "\"sourceTransportPort\":1234,\"destinationTransportPort\":80,\"protocolIdentifier\":6,\"packetDeltaCount\":3,"
            + "\"octetDeltaCount\":180,\"reversePacketDeltaCount\":2,\"reverseOctetDeltaCount\":120,"
            + "\"flowStartMilliseconds\":\"2023-11-14T22:13:10Z\",\"flowEndMilliseconds\":\"2023-11-14T22:13:11.250Z\","
            + "\"flowEndReason\":3}");
        assertThat(lines[3]).endsWith("\"userName\":\"a\\\"\\\\\\u000ab\"}");
    }

    @Test
    void shouldPrintATableThatNoTrafficCanGarble() {
        final String[] lines = printed(TableOutput::new).split("\n");

        assertThat(lines).hasSize(5);
        assertThat(lines[1]).startsWith("2023-11-14 22:13:10.000").contains("1.250", "10.0.0.1:1234", "10.0.0.2:80", "180", "end");
        assertThat(lines[4]).isEqualTo("record 257: userName=a\"\\\uFFFDb");
    }

    @Test
    void shouldSumUpAndCountFlowsOfEitherDirectionOnce() {
        final Decoded decoded = Decoded.decode(Transport.TCP, MESSAGES);

        assertThat(decoded.summary.distinctFlowKeys()).isEqualTo(2);
        assertThat(decoded.summary.toJson()).isEqualTo("{\"messages\":3,\"messageOctets\":" + totalLength()
            + ",\"records\":3,\"packets\":9,\"octets\":540,\"reversePackets\":6,\"reverseOctets\":360,\"optionsRecords\":0,"
            + "\"otherRecords\":1,\"missing\":0,\"breaches\":0,\"flowKeys\":2,\"flowIds\":0,\"templates\":{"
            + "\"1/256\":{\"records\":3,\"packets\":9,\"octets\":540,\"reversePackets\":6,\"reverseOctets\":360},"
            + "\"1/257\":{\"records\":1,\"packets\":0,\"octets\":0,\"reversePackets\":0,\"reverseOctets\":0}}}");
    }

    private static int totalLength() {
        int length = 0;
        for (final ByteBuffer message : MESSAGES) {
            length += message.limit();
        }
        return length;
    }

    @Test
    void shouldReadAFileAndReportOneThatIsCut(@TempDir final Path directory) throws Exception {
        final Octets all = octets();
        for (final ByteBuffer message : MESSAGES) {
            all.add(message.array());
        }
        final byte[] octets = all.buffer().array();
        final Path whole = Files.write(directory.resolve("whole.ipfix"), octets);
        final Path cut = Files.write(directory.resolve("cut.ipfix"), java.util.Arrays.copyOf(octets, octets.length - 1));

        final Decoded ofWhole = new Decoded(Transport.FILE);
        ReadCommand.read(whole, ofWhole.decoder());
        final Decoded ofCut = new Decoded(Transport.FILE);
        ReadCommand.read(cut, ofCut.decoder());

        assertThat(ofWhole.records).hasSize(4);
        assertThat(ofWhole.rules()).isEmpty();
        assertThat(ofCut.rules()).containsExactly(Rule.MESSAGE_LENGTH);
    }
}
