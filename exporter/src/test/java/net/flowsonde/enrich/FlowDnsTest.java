package net.flowsonde.enrich;

import static net.flowsonde.dpi.dns.DnsSample.A;
import static net.flowsonde.dpi.dns.DnsSample.AAAA;
import static net.flowsonde.dpi.dns.DnsSample.CNAME;
import static net.flowsonde.dpi.dns.DnsSample.TXT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import net.flowsonde.dpi.dns.DnsMark;
import net.flowsonde.dpi.dns.DnsSample;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.flow.FlowRecordSamples;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Telemetry;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** The DNS messages that are told with a flow; {@code -Dflowsonde.fuzz.rounds} makes the search for what breaks them longer. */
class FlowDnsTest {
    private static final int ROUNDS = Integer.getInteger("flowsonde.fuzz.rounds", 20_000);
    private static final String CLIENT = "192.0.2.10";
    private static final String RESOLVER = "192.0.2.53";
    private static final long T0 = 1_700_000_000_000_000_000L;
    private static final long TCP_FLOW = FlowRecordSamples.tcp().flowId();
    private static final int ANSWER_HEAD = 10;

    private final Telemetry telemetry = new Telemetry();
    private final Enricher enricher = EnricherSamples.fresh(telemetry);

    /** What a reader finds in a message. */
    private record Read(List<String> questions, List<String> answers) {
    }

    @Test
    void shouldMakeOneQuestionIntoTheMessagesThatSayIt() {
        enricher.keepDnsOfFlows();
        enricher.onDns(query("www.example.com", A).answer(0, T0).record("www.example.com", A, 300, "198.51.100.80").transaction());
        enricher.onFlow(udp());
        assertThat(hex(enricher.metadata().dnsQuery())).isEqualTo("0000 0100 0001 0000 0000 0000 03777777076578616d706c6503636f6d00 0001 0001"
            .replace(" ", ""));
        assertThat(hex(enricher.metadata().dnsAnswer())).isEqualTo(("0000 8180 0001 0001 0000 0000 03777777076578616d706c6503636f6d00 0001 0001"
            + " c00c 0001 0001 0000012c 0004 c6336450").replace(" ", ""));
    }

    @Test
    void shouldTellEveryQuestionOfAFlowAndOnlyAnswersThatAreAddressesOrNames() {
        enricher.keepDnsOfFlows();
        enricher.onDns(query("www.example.com", A).answer(0, T0).record("www.example.com", CNAME, 60, "a\\.b.example.net")
            .record("a\\.b.example.net", A, 60, "198.51.100.80").record("www.example.com", TXT, 60, "\"x\"").transaction());
        enricher.onDns(query("www.example.com", AAAA).answer(0, T0).record("www.example.com", AAAA, 60, "2001:db8::1").transaction());
        enricher.onFlow(udp());
        assertThat(read(enricher.metadata().dnsQuery(), 0)).isEqualTo(new Read(List.of("www.example.com 1", "www.example.com 28"), List.of()));
        assertThat(read(enricher.metadata().dnsAnswer(), 0).answers())
            .containsExactly("www.example.com 5 17", "a.b.example.net 1 4", "www.example.com 28 16");
    }

    @Test
    void shouldPutTheLengthBeforeTheMessagesOfTcp() {
        enricher.keepDnsOfFlows();
        enricher.onDns(query("example.com", A).flowId(TCP_FLOW).transaction());
        enricher.onFlow(FlowRecordSamples.tcp());
        final DirectBuffer message = enricher.metadata().dnsQuery();
        assertThat(hex(message)).startsWith("001d0000");
        assertThat(message.capacity()).isEqualTo(2 + 0x1D);
        assertThat(read(enricher.metadata().dnsAnswer(), 2)).as("unanswered").isEqualTo(new Read(List.of("example.com 1"), List.of()));
    }

    @Test
    void shouldTellNothingOfOtherFlowsOfOtherProtocolsAndWhereNobodyAsks() {
        enricher.onDns(query("www.example.com", A).transaction());
        enricher.onFlow(udp());
        assertThat(enricher.metadata().hasDns()).as("nobody asks").isFalse();
        enricher.keepDnsOfFlows();
        enricher.onDns(query("WORKGROUP<00>", A).mark(DnsMark.NETBIOS).transaction());
        enricher.onDns(query("dns.example.com", A).mark(DnsMark.ENCRYPTED).transaction());
        enricher.onFlow(udp());
        assertThat(enricher.metadata().hasDns()).as("no DNS").isFalse();
        enricher.onDns(query("www.example.com", A).transaction());
        enricher.onFlow(FlowRecordSamples.tcp());
        assertThat(enricher.metadata().hasDns()).as("another flow").isFalse();
        enricher.onFlow(udp());
        assertThat(enricher.metadata().hasDns()).isTrue();
        enricher.onFlowExported(udp());
        enricher.onFlow(udp());
        assertThat(enricher.metadata().hasDns()).as("the flow has ended").isFalse();
    }

    @Test
    void shouldForgetTheOldestOfTooManyFlowsAndCountIt() {
        enricher.keepDnsOfFlows();
        for (int i = 0; i < 32_768 + 10; i++) {
            enricher.onDns(query("www.example.com", A).flowId(i).transaction());
        }
        assertThat(telemetry.total(Counter.DNS_FLOWS_EVICTED)).isEqualTo(10);
        enricher.onFlow(udp());
        assertThat(enricher.metadata().hasDns()).isFalse();
    }

    @Test
    void shouldMakeWholeMessagesOfWhateverIsInRecords() {
        final SplittableRandom random = new SplittableRandom(5);
        enricher.keepDnsOfFlows();
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                enricher.onDns(sample(random).transaction());
            }
            enricher.onFlow(udp());
            if (enricher.metadata().hasDns()) {
                read(enricher.metadata().dnsQuery(), 0);
                read(enricher.metadata().dnsAnswer(), 0);
            }
            enricher.onFlowExported(udp());
        }
    }

    private static DnsSample sample(final SplittableRandom random) {
        final String name = name(random);
        final DnsSample sample = query(name, random.nextInt(300)).answer(random.nextInt(6), T0);
        for (int i = random.nextInt(12); i > 0; i--) {
            final int type = List.of(A, AAAA, CNAME, TXT).get(random.nextInt(4));
            final String data = type == A ? "192.0.2.1" : type == AAAA ? "2001:db8::1" : name(random);
            sample.record(random.nextBoolean() ? name : name(random), type, random.nextInt(), data);
        }
        return sample;
    }

    private static String name(final SplittableRandom random) {
        final StringBuilder name = new StringBuilder();
        for (int i = random.nextInt(random.nextBoolean() ? 30 : 200); i > 0; i--) {
            name.append(random.nextInt(8) == 0 ? '.' : random.nextInt(20) == 0 ? '\\' : (char) random.nextInt(0x21, 0x7F));
        }
        return name.toString();
    }

    private static DnsSample query(final String name, final int type) {
        return DnsSample.query(CLIENT, RESOLVER, name, type, T0).flowId(0);
    }

    private static FlowRecord udp() {
        return FlowRecordSamples.udp(CLIENT, RESOLVER, 53, T0);
    }

    /** Reads a message to its last octet, strictly. */
    private static Read read(final DirectBuffer message, final int header) {
        assertThat(message.capacity()).isBetween(header + 13, FlowDns.MOST_OCTETS);
        final byte[] octets = new byte[message.capacity() - header];
        message.getBytes(header, octets);
        final ByteBuffer in = ByteBuffer.wrap(octets);
        in.position(12);
        final List<String> questions = new ArrayList<>();
        for (int i = in.getShort(4); i > 0; i--) {
            questions.add(name(in) + " " + in.getShort());
            in.getShort();
        }
        final List<String> answers = new ArrayList<>();
        for (int i = in.getShort(6); i > 0; i--) {
            final String owner = name(in);
            final int type = in.getShort();
            in.position(in.position() + ANSWER_HEAD - 4);
            final int length = in.getShort();
            answers.add(owner + " " + type + " " + length);
            in.position(in.position() + length);
        }
        assertThat(in.hasRemaining()).isFalse();
        return new Read(questions, answers);
    }

    private static String name(final ByteBuffer in) {
        final int head = in.get(in.position()) & 0xFF;
        if (head >= 0xC0) {
            final int target = in.getShort() & 0x3FFF;
            assertThat(target).isBetween(12, in.position() - 3);
            return name(in.duplicate().position(target));
        }
        final List<String> labels = new ArrayList<>();
        int total = 1;
        for (int length = in.get(); length != 0; length = in.get()) {
            assertThat(length).isBetween(1, 63);
            total += 1 + length;
            final byte[] label = new byte[length];
            in.get(label);
            labels.add(new String(label, StandardCharsets.ISO_8859_1));
        }
        assertThat(total).isLessThanOrEqualTo(255);
        return String.join(".", labels);
    }

    private static String hex(final DirectBuffer message) {
        final byte[] octets = new byte[message.capacity()];
        message.getBytes(0, octets);
        return HexFormat.of().formatHex(octets);
    }
}
