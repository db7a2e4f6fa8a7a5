package net.flowsonde.ipfix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.SplittableRandom;
import net.flowsonde.enrich.FlowMetadata;
import net.flowsonde.flow.FlowRecordSamples;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Telemetry;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class JsonExporterTest {
    private final FakeSink sink = new FakeSink(new Telemetry());

    @Test
    void shouldWriteOneReadableObjectALine() {
        final JsonExporter exporter = new JsonExporter(sink, ExportAgent.Pace.LIVE, new RecordLists(new OwnElements(32_473), new FlowMetadata()), () -> 0);
        exporter.onFlow(FlowRecordSamples.tcp());
        exporter.doWork(0);
        final String line = new String(sink.taken.get(0), StandardCharsets.UTF_8);
        assertThat(line).startsWith("""
            {"recordType":"flow","flowId":72623859790382856,"sourceIPv4Address":"192.0.2.1","destinationIPv4Address":"198.51.100.2",\
            "sourceTransportPort":40000,"destinationTransportPort":443,"protocolIdentifier":6,"protocolIdentifierName":"TCP",\
            "biflowDirection":1,"biflowDirectionName":"INITIATOR",\
            "flowStartNanoseconds":"2023-11-14T22:13:20.123456789Z","flowEndNanoseconds":"2023-11-14T22:13:22.123456789Z",\
            "flowEndReason":3,"flowEndReasonName":"END_DETECTED","octetDeltaCount":1000,"packetDeltaCount":10,""").endsWith("}\n");
        assertThat(line).contains("\"tcpControlBits\":27,\"tcpControlBitsName\":\"FIN SYN PSH ACK\"",
            "\"tcpTeardownReason\":32,\"tcpTeardownReasonName\":\"FIN_BY_CLIENT\"", "\"reverseOctetDeltaCount\":30000",
            "\"tcpConnectionHistory\":\"ShAfF\"", "\"sourceMacAddress\":\"00:00:00:00:00:00\"");
        assertThat(sink.counters.value(Counter.RECORDS_SENT)).isEqualTo(1);
    }

    @Test
    void shouldEscapeWhateverTextHolds() {
        final JsonWriter json = new JsonWriter();
        json.begin();
        json.text("a", "q\"\\\n\u00e9");
        json.text("b", new UnsafeBuffer(new byte[] {'x', 0, (byte) 0xFF}), 0, 3);
        json.end();
        assertThat(line(json)).isEqualTo("{\"a\":\"q\\\"\\\\\\u000a\\u00e9\",\"b\":\"x\\u0000\\u00ff\"}\n");
    }

    @Test
    void shouldReadTextAsUtf8WhereItIs() {
        assertThat(textOf("g\u00fcn \u20ac \ud83d\ude00".getBytes(StandardCharsets.UTF_8))).isEqualTo("g\\u00fcn \\u20ac \\ud83d\\ude00");
        assertThat(textOf(new byte[] {(byte) 0xC3})).isEqualTo("\\u00c3");
        assertThat(textOf(new byte[] {(byte) 0xC0, (byte) 0x80})).isEqualTo("\\u00c0\\u0080");
        assertThat(textOf(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80})).isEqualTo("\\u00ed\\u00a0\\u0080");
        assertThat(textOf(new byte[] {(byte) 0xE2, 'a', (byte) 0xAC})).isEqualTo("\\u00e2a\\u00ac");
    }

    @Test
    void shouldReadEveryCharacterThatJavaReads() {
        final SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 10_000; i++) {
            final byte[] octets = new byte[random.nextInt(1, 8)];
            random.nextBytes(octets);
            final String text = new String(octets, StandardCharsets.UTF_8);
            if (!text.contains("\ufffd")) {
                final StringBuilder escaped = new StringBuilder();
                text.chars().forEach(c -> escaped.append(c == '"' || c == '\\' ? "\\" + (char) c
                    : c >= 0x20 && c <= 0x7E ? "" + (char) c : String.format("\\u%04x", c)));
                assertThat(textOf(octets)).isEqualTo(escaped.toString());
            }
        }
    }

    private static String textOf(final byte[] octets) {
        final JsonWriter json = new JsonWriter();
        json.begin();
        json.text("t", new UnsafeBuffer(octets), 0, octets.length);
        json.end();
        final String line = line(json);
        return line.substring(6, line.length() - 3);
    }

    @Test
    void shouldWriteUnsignedNumbers() {
        final JsonWriter json = new JsonWriter();
        json.begin();
        json.number("a", -1);
        json.number("b", 0);
        json.end();
        assertThat(line(json)).isEqualTo("{\"a\":18446744073709551615,\"b\":0}\n");
    }

    @Test
    void shouldWriteIpv6AddressesShort() {
        assertThat(ipv6("20010db8000000000000000000000001")).isEqualTo("2001:db8::1");
        assertThat(ipv6("00000000000000000000000000000000")).isEqualTo("::");
        assertThat(ipv6("00000000000000000000000000000001")).isEqualTo("::1");
        assertThat(ipv6("fe800000000000000000000000000000")).isEqualTo("fe80::");
        assertThat(ipv6("20010db8000000010000000000000001")).isEqualTo("2001:db8:0:1::1");
        assertThat(ipv6("20010db8000000000001000000000001")).isEqualTo("2001:db8::1:0:0:1");
        assertThat(ipv6("20010db8000100010001000100010000")).isEqualTo("2001:db8:1:1:1:1:1:0");
        assertThat(ipv6("00010002000300040005000600070abc")).isEqualTo("1:2:3:4:5:6:7:abc");
    }

    @Test
    void shouldWriteTheTimesThatJavaWrites() {
        final SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 10_000; i++) {
            final long seconds = random.nextLong(-2_000_000_000L, 9_000_000_000L);
            final JsonWriter json = new JsonWriter();
            json.begin();
            json.time("t", seconds * 1_000_000_000L + 123_456_789);
            json.end();
            assertThat(line(json)).isEqualTo("{\"t\":\"" + Instant.ofEpochSecond(seconds, 123_456_789) + "\"}\n");
        }
    }

    private static String ipv6(final String hex) {
        final JsonWriter json = new JsonWriter();
        json.begin();
        json.address("a", new UnsafeBuffer(HexFormat.of().parseHex(hex)), 0, 16);
        json.end();
        return line(json).replaceAll("^\\{\"a\":\"|\"}\n$", "");
    }

    private static String line(final JsonWriter json) {
        final byte[] octets = new byte[json.length()];
        json.buffer().getBytes(0, octets);
        return new String(octets, StandardCharsets.UTF_8);
    }
}
