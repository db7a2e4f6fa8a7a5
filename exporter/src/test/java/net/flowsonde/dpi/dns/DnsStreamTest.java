package net.flowsonde.dpi.dns;

import static net.flowsonde.dpi.dns.DnsAnalyzerFixture.CLIENT_PORT;
import static net.flowsonde.dpi.dns.DnsAnalyzerFixture.PORT;
import static net.flowsonde.dpi.dns.DnsAnalyzerFixture.marks;
import static net.flowsonde.dpi.dns.DnsOctets.A;
import static net.flowsonde.dpi.dns.DnsOctets.TRUNCATED_ANSWER;
import static net.flowsonde.dpi.dns.DnsOctets.framed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.flowsonde.config.DpiConfig;
import net.flowsonde.dpi.TlsSample;
import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Test;

/** What becomes of messages over TCP, and of encrypted ones. */
class DnsStreamTest {
    private final DnsAnalyzerFixture dns = new DnsAnalyzerFixture();

    @Test
    void shouldReadPipelinedMessagesHoweverTheyAreCut() {
        final byte[] queries = framed(DnsOctets.query(1, "one.test", A), DnsOctets.query(2, "two.test", A));
        final byte[] answers = framed(DnsOctets.answer(2, "two.test", "c0000202"), DnsOctets.answer(1, "one.test", "c0000201"));
        for (int cut = 1; cut < queries.length; cut++) {
            final DnsAnalyzerFixture other = new DnsAnalyzerFixture();
            other.packets.handshake(0, CLIENT_PORT, PORT);
            send(other, true, queries, cut);
            send(other, false, answers, cut);
            final List<DnsTransaction> found = other.transactions();
            assertThat(found).extracting(DnsTransaction::queryName).as("cut at %d", cut).containsExactly("two.test", "one.test");
            assertThat(found).allSatisfy(transaction -> assertThat(marks(transaction)).isEmpty());
            assertThat(found.get(0).transport()).isEqualTo(DnsTransport.TCP);
        }
    }

    private static void send(final DnsAnalyzerFixture dns, final boolean isFromClient, final byte[] octets, final int cut) {
        dns.packets.segment(1, isFromClient, CLIENT_PORT, PORT, 1, 1, Arrays.copyOf(octets, cut));
        dns.packets.segment(2, isFromClient, CLIENT_PORT, PORT, 1 + cut, 1, Arrays.copyOfRange(octets, cut, octets.length));
    }

    @Test
    void shouldFindTheNextMessageAfterAHole() {
        final byte[] first = framed(DnsOctets.query(1, "one.test", A));
        final byte[] rest = framed(DnsOctets.query(3, "three.test", A));
        dns.packets.handshake(0, CLIENT_PORT, PORT).segment(1, true, CLIENT_PORT, PORT, 1, 1, first);
        final int lost = first.length + 1 + 40;
        dns.packets.segment(2, true, CLIENT_PORT, PORT, lost, 1, rest)
            .segment(3, false, CLIENT_PORT, PORT, 1, lost + rest.length, framed(DnsOctets.answer(3, "three.test", "c0000203")))
            .reset(4, CLIENT_PORT, PORT, lost + rest.length).close();
        assertThat(dns.transactions()).extracting(DnsTransaction::queryName).containsExactly("three.test", "one.test");
        assertThat(dns.packets.count(Counter.DNS_STREAM_GAPS)).isEqualTo(1);
    }

    @Test
    void shouldReadAStreamWhoseBeginningWasNotSeen() {
        dns.packets.segment(0, true, CLIENT_PORT, PORT, 500, 900, framed(DnsOctets.query(1, "one.test", A)))
            .segment(1, false, CLIENT_PORT, PORT, 900, 540, framed(DnsOctets.answer(1, "one.test", "c0000201")));
        assertThat(dns.transaction().queryName()).isEqualTo("one.test");
    }

    @Test
    void shouldTellAStreamThatIsNotDns() {
        final byte[] payload = "SSH-2.0-OpenSSH_9.2p1\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        dns.packets.handshake(0, CLIENT_PORT, PORT).segment(1, true, CLIENT_PORT, PORT, 1, 1, payload)
            .segment(2, false, CLIENT_PORT, PORT, 1, 1, payload).close();
        final DnsTransaction found = dns.transaction();
        assertThat(marks(found)).containsExactly(DnsMark.NOT_DNS);
        assertThat(found.queryLength()).isEqualTo(payload.length);
        assertThat(found.answerLength()).isEqualTo(payload.length);
    }

    @Test
    void shouldJoinACutAnswerWithItsRetryOverTcp() {
        dns.query(0, DnsOctets.query(7, "big.test", A))
            .answer(10, DnsOctets.message(7, TRUNCATED_ANSWER, 1).question("big.test", A).octets());
        dns.packets.handshake(20, CLIENT_PORT, PORT)
            .segment(21, true, CLIENT_PORT, PORT, 1, 1, framed(DnsOctets.query(9, "big.test", A)))
            .segment(30, false, CLIENT_PORT, PORT, 1, 1, framed(DnsOctets.answer(9, "big.test", "c0000201"))).close();
        final DnsTransaction found = dns.transaction();
        assertThat(found.transport()).isEqualTo(DnsTransport.TCP);
        assertThat(found.responseTimeNs()).isEqualTo(30_000_000);
        assertThat(found.recordCount()).isEqualTo(1);
        assertThat(marks(found)).containsExactly(DnsMark.TRUNCATED, DnsMark.TRUNCATION_RETRIED);
    }

    @Test
    void shouldPassOnACutAnswerThatIsNotRetried() {
        dns.query(0, DnsOctets.query(7, "big.test", A))
            .answer(10, DnsOctets.message(7, TRUNCATED_ANSWER, 1).question("big.test", A).octets());
        dns.packets.time(10_200);
        final DnsTransaction found = dns.transaction();
        assertThat(marks(found)).containsExactly(DnsMark.TRUNCATED);
        assertThat(found.responseTimeNs()).isEqualTo(10_000_000);
    }

    @Test
    void shouldCountDnsOverTlsWithTheNameOfItsServer() {
        dns.packets.handshake(0, CLIENT_PORT, 853).segment(1, true, CLIENT_PORT, 853, 1, 1, TlsSample.clientHello("dot.example"))
            .segment(2, false, CLIENT_PORT, 853, 1, 1, new byte[200]).close();
        final DnsTransaction found = dns.transaction();
        assertThat(found.transport()).isEqualTo(DnsTransport.TLS);
        assertThat(found.queryName()).isEqualTo("dot.example");
        assertThat(found.answerLength()).isEqualTo(200);
        assertThat(marks(found)).containsExactly(DnsMark.ENCRYPTED);
        assertThat(dns.packets.count(Counter.DNS_OVER_TLS_FLOWS)).isEqualTo(1);
    }

    @Test
    void shouldCountDnsOverHttpsByTheNameOfAResolverOnly() {
        dns.packets.handshake(0, CLIENT_PORT, 443).segment(1, true, CLIENT_PORT, 443, 1, 1, TlsSample.clientHello("abc.dns.nextdns.io"))
            .handshake(0, 40_001, 443).segment(1, true, 40_001, 443, 1, 1, TlsSample.clientHello("www.example.com")).close();
        final DnsTransaction found = dns.transaction();
        assertThat(found.transport()).isEqualTo(DnsTransport.HTTPS);
        assertThat(found.queryName()).isEqualTo("abc.dns.nextdns.io");
    }

    @Test
    void shouldKnowResolversOfTheConfiguration() {
        final DpiConfig otherwise = DpiConfig.DEFAULT;
        final DnsAnalyzerFixture other = new DnsAnalyzerFixture(new DpiConfig(
            otherwise.flows(), otherwise.reassemblyMemory(), false, true, otherwise.dnsTimeout(), otherwise.dnsPending(),
            List.of("10.0.0.2"), false, otherwise.nfsLimits(), otherwise.smbLimits(), false, 1_024));
        other.packets.udp(0, true, CLIENT_PORT, 443, new DnsOctets().hex("c000000001080102030405060708").octets())
            .udp(1, false, CLIENT_PORT, 443, new byte[30]).close();
        final DnsTransaction found = other.transaction();
        assertThat(found.transport()).isEqualTo(DnsTransport.HTTPS);
        assertThat(found.answerLength()).isEqualTo(30);
        assertThat(other.packets.count(Counter.DNS_OVER_HTTPS_FLOWS)).isEqualTo(1);
    }

    @Test
    void shouldCountDnsOverQuic() {
        dns.packets.udp(0, true, CLIENT_PORT, 853, new DnsOctets().hex("c000000001080102030405060708").octets()).close();
        assertThat(dns.transaction().transport()).isEqualTo(DnsTransport.QUIC);
        assertThat(dns.packets.count(Counter.DNS_OVER_QUIC_FLOWS)).isEqualTo(1);
    }
}
