package net.flowsonde.dpi.dns;

import static net.flowsonde.dpi.dns.DnsAnalyzerFixture.marks;
import static net.flowsonde.dpi.dns.DnsAnalyzerFixture.records;
import static net.flowsonde.dpi.dns.DnsOctets.A;
import static net.flowsonde.dpi.dns.DnsOctets.ANSWER;
import static net.flowsonde.dpi.dns.DnsOctets.QUERY;
import static net.flowsonde.dpi.dns.DnsOctets.QUESTION;
import static org.assertj.core.api.Assertions.assertThat;

import net.flowsonde.dpi.DpiFixture;
import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Test;

/** What becomes of messages over UDP. */
class DnsAnalyzerTest {
    private final DnsAnalyzerFixture dns = new DnsAnalyzerFixture();

    @Test
    void shouldPairAQueryWithItsAnswer() {
        dns.query(0, DnsOctets.query(7, "www.Example.com", A)).answer(20, DnsOctets.answer(7, "www.Example.com", "c0000201"));
        final DnsTransaction found = dns.transaction();
        assertThat(found.queryName()).isEqualTo("www.Example.com");
        assertThat(found.queryType()).isEqualTo(A);
        assertThat(found.queryClass()).isEqualTo(1);
        assertThat(found.id()).isEqualTo(7);
        assertThat(found.queryTimeNs()).isEqualTo(DpiFixture.EPOCH_NS);
        assertThat(found.responseTimeNs()).isEqualTo(20_000_000);
        assertThat(found.responseCode()).isZero();
        assertThat(found.queryLength()).isEqualTo(33);
        assertThat(found.answerLength()).isEqualTo(49);
        assertThat(found.minimumTtl()).isEqualTo(300);
        assertThat(found.transport()).isEqualTo(DnsTransport.UDP);
        assertThat(found.isRecursionAvailable()).isTrue();
        assertThat(found.buffer().getInt(found.clientAddressOffset(), java.nio.ByteOrder.BIG_ENDIAN)).isEqualTo(0x0A00_0001);
        assertThat(found.buffer().getInt(found.serverAddressOffset(), java.nio.ByteOrder.BIG_ENDIAN)).isEqualTo(0x0A00_0002);
        assertThat(found.clientPort()).isEqualTo(DnsAnalyzerFixture.CLIENT_PORT);
        assertThat(found.serverPort()).isEqualTo(DnsAnalyzerFixture.PORT);
        assertThat(marks(found)).isEmpty();
        assertThat(records(found)).containsExactly("1 www.Example.com A 192.0.2.1");
    }

    @Test
    void shouldPassOnAQueryThatNobodyAnswers() {
        dns.query(0, DnsOctets.query(7, "example.com", A));
        dns.packets.time(9_900);
        assertThat(dns.transactions()).isEmpty();
        dns.packets.time(10_100);
        final DnsTransaction found = dns.transaction();
        assertThat(marks(found)).containsExactly(DnsMark.UNANSWERED);
        assertThat(found.responseCode()).isEqualTo(DnsTransaction.NO_RESPONSE_CODE);
        assertThat(found.responseTimeNs()).isEqualTo(-1);
    }

    @Test
    void shouldPassOnWhatWaitsAtTheEnd() {
        dns.query(0, DnsOctets.query(7, "example.com", A)).packets.close();
        assertThat(marks(dns.transaction())).containsExactly(DnsMark.UNANSWERED);
    }

    @Test
    void shouldCountARetryAndTimeFromTheFirstQuery() {
        dns.query(0, DnsOctets.query(7, "example.com", A)).query(5_000, DnsOctets.query(7, "example.com", A))
            .answer(5_010, DnsOctets.answer(7, "example.com", "c0000201"));
        final DnsTransaction found = dns.transaction();
        assertThat(found.retries()).isEqualTo(1);
        assertThat(found.responseTimeNs()).isEqualTo(5_010_000_000L);
        assertThat(marks(found)).containsExactly(DnsMark.RETRIED);
        assertThat(dns.packets.count(Counter.DNS_RETRIES)).isEqualTo(1);
    }

    @Test
    void shouldMarkAnAnswerWithoutAQuery() {
        dns.answer(0, DnsOctets.answer(7, "example.com", "c0000201"));
        assertThat(marks(dns.transaction())).containsExactly(DnsMark.UNSOLICITED);
    }

    @Test
    void shouldCompareNamesWithTheirCase() {
        dns.query(0, DnsOctets.query(7, "exAmple.com", A)).answer(10, DnsOctets.answer(7, "example.com", "c0000201"));
        assertThat(marks(dns.transaction())).containsExactly(DnsMark.UNSOLICITED, DnsMark.QUESTION_DIFFERS);
        dns.answer(20, DnsOctets.answer(7, "exAmple.com", "c0000201"));
        assertThat(marks(dns.transaction())).isEmpty();
    }

    @Test
    void shouldTellASecondAnswerThatSaysSomethingElse() {
        dns.query(0, DnsOctets.query(7, "example.com", A)).answer(10, DnsOctets.answer(7, "example.com", "c0000201"));
        assertThat(marks(dns.transaction())).isEmpty();
        dns.answer(20, DnsOctets.answer(7, "example.com", "c0000201"));
        assertThat(marks(dns.transaction())).containsExactly(DnsMark.SECOND_ANSWER);
        dns.answer(30, DnsOctets.answer(7, "example.com", "c0000202"));
        assertThat(marks(dns.transaction())).containsExactly(DnsMark.SECOND_ANSWER, DnsMark.DIFFERENT_ANSWER);
    }

    @Test
    void shouldTakeTheSameAddressesInAnotherOrderForTheSameAnswer() {
        dns.query(0, DnsOctets.query(7, "a.b", A));
        for (final String[] order : new String[][] {{"c0000201", "c0000202"}, {"c0000202", "c0000201"}}) {
            dns.answer(10, DnsOctets.message(7, ANSWER, 1, 2).question("a.b", A).record(QUESTION, A, 9, order[0])
                .record(QUESTION, A, 3, order[1]).octets());
        }
        assertThat(marks(dns.transactions().get(1))).containsExactly(DnsMark.SECOND_ANSWER);
    }

    @Test
    void shouldReadExtensions() {
        final byte[] query = DnsOctets.message(7, QUERY, 1, 0, 0, 1).question("a.b", A)
            .opt(1_232, 0, 0x8000, "0008 0007 0001 18 00 c63364 000a 0008 0102030405060708 000c 0002 0000".replace(" ", "")).octets();
        final byte[] answer = DnsOctets.message(7, 0x8187, 1, 0, 0, 1).question("a.b", A).opt(4_096, 1, 0, "").octets();
        final DnsTransaction found = dns.query(0, query).answer(1, answer).transaction();
        assertThat(marks(found)).containsExactly(
            DnsMark.EDNS, DnsMark.DNSSEC_OK, DnsMark.CLIENT_SUBNET, DnsMark.COOKIE, DnsMark.PADDING);
        assertThat(found.udpPayloadSize()).isEqualTo(1_232);
        assertThat(found.responseCode()).as("16 + 7, of the OPT record and the header").isEqualTo(23);
        assertThat(found.clientSubnetVersion()).isEqualTo(4);
        assertThat(found.clientSubnetPrefix()).isEqualTo(24);
        assertThat(found.buffer().getInt(found.clientSubnetOffset(), java.nio.ByteOrder.BIG_ENDIAN)).isEqualTo(0xC633_6400);
    }

    @Test
    void shouldTakeSeveralOptRecordsForAFault() {
        dns.query(0, DnsOctets.message(7, QUERY, 1, 0, 0, 2).question("a.b", A).opt(512, 0, 0, "").opt(512, 0, 0, "").octets())
            .packets.close();
        assertThat(marks(dns.transaction())).contains(DnsMark.SEVERAL_OPT);
        assertThat(dns.packets.count(Counter.DNS_SEVERAL_OPT)).isEqualTo(1);
    }

    @Test
    void shouldCountOctetsAfterTheLastRecord() {
        dns.query(0, DnsOctets.message(7, QUERY, 1).question("a.b", A).hex("deadbeef").octets())
            .answer(1, DnsOctets.message(7, ANSWER, 1, 1).question("a.b", A).record(QUESTION, A, 1, "c0000201").hex("01").octets());
        final DnsTransaction found = dns.transaction();
        assertThat(marks(found)).containsExactly(DnsMark.TRAILING_OCTETS);
        assertThat(found.trailingOctets()).isEqualTo(5);
    }

    @Test
    void shouldTellZerosAfterTheLastRecordFromOctetsThatMaySaySomething() {
        dns.query(0, DnsOctets.query(7, "a.b", A))
            .answer(1, DnsOctets.message(7, ANSWER, 1, 1).question("a.b", A).record(QUESTION, A, 1, "c0000201").hex("00".repeat(400)).octets());
        final DnsTransaction found = dns.transaction();
        assertThat(marks(found)).containsExactly(DnsMark.ZERO_FILLED);
        assertThat(found.trailingOctets()).isEqualTo(400);
    }

    @Test
    void shouldNameTheCauseOfWhatIsMalformed() {
        expectFault(DnsMark.BAD_POINTER, DnsOctets.message(1, ANSWER, 1, 1).question("a.b", A).record("c019", A, 1, "c0000201"));
        expectFault(DnsMark.BAD_POINTER, DnsOctets.message(1, QUERY, 1).hex("c00c").shorts(A, 1));
        expectFault(DnsMark.COUNT_TOO_LARGE, DnsOctets.message(1, ANSWER, 1, 200).question("a.b", A).record(QUESTION, A, 1, "c0000201"));
        expectFault(DnsMark.MALFORMED, DnsOctets.message(1, ANSWER, 1, 2).question("a.b", A).record(QUESTION, A, 1, "c0000201").hex("c00c00"));
        expectFault(DnsMark.BAD_NAME, DnsOctets.message(1, QUERY, 1).name(("x".repeat(63) + ".").repeat(3) + "y".repeat(62)).shorts(A, 1));
        expectFault(DnsMark.BAD_NAME, DnsOctets.message(1, QUERY, 1).hex("4100").shorts(A, 1));
    }

    private void expectFault(final DnsMark fault, final DnsOctets message) {
        final DnsAnalyzerFixture other = new DnsAnalyzerFixture();
        other.query(0, message.octets()).packets.close();
        assertThat(marks(other.transaction())).contains(fault, DnsMark.MALFORMED);
        assertThat(other.packets.count(Counter.DNS_NOT_DNS)).isZero();
    }

    @Test
    void shouldFollowANameOfFullLengthWithoutFault() {
        final String name = ("x".repeat(63) + ".").repeat(3) + "y".repeat(61);
        dns.query(0, DnsOctets.query(7, name, A)).packets.close();
        final DnsTransaction found = dns.transaction();
        assertThat(found.queryName()).isEqualTo(name);
        assertThat(marks(found)).containsExactly(DnsMark.UNANSWERED);
    }

    @Test
    void shouldEscapeWhatIsNoPlainText() {
        final byte[] query = DnsOctets.message(7, QUERY, 1).hex("05 612e5c00ff 02 2041 00").shorts(A, 1).octets();
        dns.query(0, query).packets.close();
        assertThat(dns.transaction().queryName()).isEqualTo("a\\.\\\\\\000\\255.\\032A");
    }

    @Test
    void shouldWriteTheRootAsADot() {
        dns.query(0, DnsOctets.message(7, QUERY, 1).hex("00").shorts(2, 1).octets()).packets.close();
        assertThat(dns.transaction().queryName()).isEqualTo(".");
    }

    @Test
    void shouldTellPayloadThatIsNotDnsAndCountItsOctetsBothWays() {
        dns.query(0, "GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).answer(1, new byte[100])
            .query(2, new byte[50]);
        dns.packets.time(10_100);
        final DnsTransaction found = dns.transaction();
        assertThat(marks(found)).containsExactly(DnsMark.NOT_DNS);
        assertThat(found.queryLength()).isEqualTo(68);
        assertThat(found.answerLength()).isEqualTo(100);
        assertThat(found.queryNameLength()).isZero();
        dns.packets.time(20_300);
        assertThat(dns.transactions()).as("silent since").isEmpty();
        assertThat(dns.packets.count(Counter.DNS_NOT_DNS)).isEqualTo(3);
    }

    @Test
    void shouldFindDnsOnAnyPort() {
        dns.packets.udp(0, true, 40_000, 9_999, DnsOctets.query(7, "example.com", A))
            .udp(1, false, 40_000, 9_999, DnsOctets.answer(7, "example.com", "c0000201"));
        assertThat(marks(dns.transaction())).containsExactly(DnsMark.UNEXPECTED_PORT);
    }

    @Test
    void shouldLeaveOtherPayloadOnOtherPortsAlone() {
        dns.packets.udp(0, true, 40_000, 9_999, new byte[60]).udp(1, true, 40_000, 9_999, DnsOctets.message(7, QUERY, 1, 1)
            .question("a.b", A).octets()).close();
        assertThat(dns.transactions()).isEmpty();
        assertThat(dns.packets.count(Counter.DNS_MESSAGES)).isZero();
    }

    @Test
    void shouldReadNetbiosNames() {
        final byte[] query = DnsOctets.message(7, 0x0110, 1).name("FHFAEBEEAADACACACACACACACACACAAA").shorts(32, 1).octets();
        dns.packets.udp(0, true, 137, 137, query);
        final DnsTransaction found = dns.transaction();
        assertThat(found.queryName()).isEqualTo("WPAD\\0000<00>");
        assertThat(marks(found)).containsExactly(DnsMark.MULTICAST, DnsMark.NETBIOS);
    }

    @Test
    void shouldMarkMessagesToAGroupWithoutPairingThem() {
        final byte[] payload = DnsOctets.query(0, "printer.local", A);
        final byte[] packet = java.nio.ByteBuffer.allocate(28 + payload.length).put((byte) 0x45).put((byte) 0)
            .putShort((short) (28 + payload.length)).putInt(0).put((byte) 1).put((byte) 17).putShort((short) 0).putInt(0x0A00_0001)
            .putInt(0xE000_00FB).putShort((short) 5_353).putShort((short) 5_353).putShort((short) (8 + payload.length))
            .putShort((short) 0).put(payload).array();
        dns.packets.packet(0, packet, packet.length);
        assertThat(marks(dns.transaction())).containsExactly(DnsMark.MULTICAST, DnsMark.MDNS);
    }

    @Test
    void shouldNotBlameTheSenderForWhatTheCaptureCut() {
        final byte[] payload = DnsOctets.answer(7, "example.com", "c0000201");
        final byte[] packet = java.nio.ByteBuffer.allocate(28 + payload.length).put((byte) 0x45).put((byte) 0)
            .putShort((short) (28 + payload.length)).putInt(0).put((byte) 1).put((byte) 17).putShort((short) 0).putInt(0x0A00_0002)
            .putInt(0x0A00_0001).putShort((short) 53).putShort((short) 40_000).putShort((short) (8 + payload.length))
            .putShort((short) 0).put(payload).array();
        dns.packets.packet(0, packet, packet.length - 6);
        assertThat(marks(dns.transaction())).containsExactly(DnsMark.UNSOLICITED, DnsMark.CAPTURE_CUT);
    }
}
