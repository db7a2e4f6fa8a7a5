package net.flowsonde.ipfix;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.flowsonde.dpi.dns.DnsMark;
import net.flowsonde.dpi.dns.DnsRecord;
import net.flowsonde.dpi.dns.DnsSample;
import net.flowsonde.dpi.dns.DnsTransaction;
import net.flowsonde.enrich.FlowMetadata;
import net.flowsonde.enrich.MetadataSamples;
import net.flowsonde.flow.FlowRecordSamples;
import net.flowsonde.telemetry.Alert;
import net.flowsonde.telemetry.AlertKind;
import net.flowsonde.telemetry.Telemetry;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Records of DNS transactions and alerts, and names on flows, to the octet and as lines. */
class MetadataElementsTest {
    private static final long T0 = 1_700_000_000_000_000_000L;

    private final FlowMetadata metadata = new FlowMetadata();
    private final RecordLists lists = new RecordLists(new OwnElements(32_473), metadata);
    private final FakeSink sink = new FakeSink(new Telemetry());
    private final JsonExporter json = new JsonExporter(sink, ExportAgent.Pace.LIVE, lists, () -> 0);

    @Test
    void shouldWriteADnsTransactionAsALine() {
        json.onRecord(lists.dns, transaction());
        assertThat(line()).isEqualTo("""
            {"recordType":"dns","flowId":77,"sourceIPv4Address":"192.0.2.10","destinationIPv4Address":"192.0.2.53",\
            "sourceTransportPort":40000,"destinationTransportPort":53,"protocolIdentifier":17,"protocolIdentifierName":"UDP",\
            "flowStartNanoseconds":"2023-11-14T22:13:20.000000000Z","flowEndNanoseconds":"2023-11-14T22:13:20.001500000Z",\
            "dnsQueryName":"www.example.com","dnsQueryType":1,"dnsQueryTypeName":"A","dnsQueryClass":1,"dnsId":0,"dnsFlags":33152,\
            "dnsTransport":1,"dnsTransportName":"UDP","dnsUdpPayloadSize":0,"dnsResponseCode":0,"dnsResponseCodeName":"NOERROR",\
            "dnsResponseTime":1500,"dnsRetries":1,"dnsMarks":16,"dnsQueryLength":32,"dnsAnswerLength":100,"dnsTrailingOctets":0,\
            "dnsAnswerCount":2,"dnsAuthorityCount":0,"dnsAdditionalCount":0,"dnsMinimumTtl":60,\
            "dnsAnswers":"CNAME edge.example.net, A 198.51.100.80","dnsRecordList":[\
            {"dnsRecordName":"www.example.com","dnsRecordType":5,"dnsRecordTypeName":"CNAME","dnsRecordClass":1,"dnsRecordTtl":300,\
            "dnsRecordSection":1,"dnsRecordData":"edge.example.net"},\
            {"dnsRecordName":"edge.example.net","dnsRecordType":1,"dnsRecordTypeName":"A","dnsRecordClass":1,"dnsRecordTtl":60,\
            "dnsRecordSection":1,"dnsRecordData":"198.51.100.80"},\
            {"dnsRecordName":"example.net","dnsRecordType":2,"dnsRecordTypeName":"NS","dnsRecordClass":1,"dnsRecordTtl":900,\
            "dnsRecordSection":2,"dnsRecordData":"ns1.example.net"}]}
            """);
    }

    @Test
    void shouldWriteTheRecordsOfATransactionAsAListOfRfc6313() {
        final RecordTemplate<DnsTransaction> template = lists.dns.template(lists.dns.shapeOf(transaction()));
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2_000]);
        final int room = template.fit(transaction(), 1_400);
        final int length = template.write(transaction(), buffer, 0);
        assertThat(length).isEqualTo(room);
        final byte[] written = new byte[length];
        buffer.getBytes(0, written);
        final String text = new String(written, StandardCharsets.ISO_8859_1);
        final int list = text.indexOf("A 198.51.100.80") + "A 198.51.100.80".length();
        // length below 255, ordered, sub-template 783, then name, type, class, TTL, section and data of three records
        assertThat(Hex.of(buffer, list + 1, 3)).isEqualTo("0403 0f");
        assertThat(text.substring(list + 4)).startsWith("\u000fwww.example.com\0\5\0\1\0\0\1\u002c\1\u0010edge.example.net");
        assertThat(text).endsWith("\u000fns1.example.net");
        assertThat(template.subTemplates()).extracting(Template::id).containsExactly(783);
    }

    @Test
    void shouldCutATransactionToTheRoomThatThereIs() {
        final DnsSample sample = DnsSample.query("2001:db8::1", "2001:db8::53", "n".repeat(1_000), DnsSample.TXT, T0).answer(0, T0);
        for (int i = 0; i < 8; i++) {
            sample.record("n".repeat(200), DnsSample.TXT, 1, "t".repeat(80));
        }
        final RecordTemplate<DnsTransaction> template = lists.dns.template(lists.dns.shapeOf(sample.transaction()));
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2_000]);
        for (final int room : new int[] {492, 700, 1_400}) {
            assertThat(template.fit(sample.transaction(), room)).isLessThanOrEqualTo(room);
            assertThat(template.write(sample.transaction(), buffer, 0)).isLessThanOrEqualTo(room);
        }
    }

    @Test
    void shouldWriteAQueryWithoutAnswer() {
        json.onRecord(lists.dns, DnsSample.query("2001:db8::1", "2001:db8::53", "example.com", 65_280, T0).mark(DnsMark.UNANSWERED)
            .transaction());
        assertThat(line()).contains("\"sourceIPv6Address\":\"2001:db8::1\"", "\"dnsQueryTypeName\":\"TYPE65280\"",
            "\"dnsResponseCode\":65535,\"dnsResponseCodeName\":\"NONE\",\"dnsResponseTime\":0", "\"dnsMarks\":1,", "\"dnsMinimumTtl\":0}");
    }

    @Test
    void shouldWriteAnAlertAsALine() throws UnknownHostException {
        final Alert alert = Alert.of(AlertKind.DNS_TUNNEL, T0, "192.0.2.10 example.com", "a tunnel, it seems").inFlow(9).measured(90, 70);
        json.onRecord(lists.alerts, alert.between(InetAddress.getByName("192.0.2.10"), null));
        assertThat(line()).isEqualTo("""
            {"recordType":"alert","observationTimeNanoseconds":"2023-11-14T22:13:20.000000000Z","alertKind":36,"alertName":"dns-tunnel",\
            "alertSeverity":1,"alertSeverityName":"CRITICAL","alertSubject":"192.0.2.10 example.com","alertText":"a tunnel, it seems",\
            "sourceIPv4Address":"192.0.2.10","destinationIPv4Address":"0.0.0.0","flowId":9,"alertValue":90,"alertThreshold":70,\
            "alertSuppressed":0}
            """);
        assertThat(lists.alerts.shapeOf(alert)).isZero();
        assertThat(lists.alerts.shapeOf(alert.between(null, InetAddress.getByName("2001:db8::1")))).isEqualTo(2);
        assertThat(lists.alerts.of(0)).extracting(field -> field.element().name()).doesNotContain("sourceIPv4Address", "sourceIPv6Address");
    }

    @Test
    void shouldWriteTheNamesOfAFlowsEnds() {
        MetadataSamples.name(metadata, "www.example.com", "edge.example.net", "laptop.example.com");
        json.onFlow(FlowRecordSamples.tcp());
        assertThat(line()).contains("""
            "serverName":"www.example.com","serverCanonicalName":"edge.example.net","clientName":"laptop.example.com","nameSource":1,\
            "nameSourceName":"dns","nameAge":1500,"nameCandidates":2,""");
    }

    @Test
    void shouldNumberTemplatesOfEachKindForEver() {
        assertThat(List.of(lists.dns.templateId(0), lists.dns.templateId(1), lists.alerts.templateId(0), lists.alerts.templateId(2)))
            .containsExactly(768, 769, 800, 802);
        assertThat(lists.flows.templateId(FlowShape.of(FlowRecordSamples.tcp(), metadata))).isEqualTo(268);
        MetadataSamples.name(metadata, "www.example.com", "", "");
        assertThat(lists.flows.templateId(FlowShape.of(FlowRecordSamples.tcp(), metadata))).isEqualTo(1_036);
    }

    private static DnsTransaction transaction() {
        return DnsSample.query("192.0.2.10", "192.0.2.53", "www.example.com", DnsSample.A, T0).answer(0, T0 + 1_500_000)
            .retries(1).mark(DnsMark.RETRIED)
            .record("www.example.com", DnsSample.CNAME, 300, "edge.example.net")
            .record("edge.example.net", DnsSample.A, 60, "198.51.100.80")
            .record(DnsRecord.AUTHORITY, "example.net", 2, 900, "ns1.example.net").transaction();
    }

    private String line() {
        return new String(sink.taken.get(sink.taken.size() - 1), StandardCharsets.UTF_8);
    }
}
