package net.flowsonde.dpi.dns;

import static net.flowsonde.dpi.dns.DnsAnalyzerFixture.marks;
import static net.flowsonde.dpi.dns.DnsAnalyzerFixture.records;
import static net.flowsonde.dpi.dns.DnsOctets.A;
import static net.flowsonde.dpi.dns.DnsOctets.AAAA;
import static net.flowsonde.dpi.dns.DnsOctets.ANSWER;
import static net.flowsonde.dpi.dns.DnsOctets.QUESTION;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The data of records, in presentation form. */
class DnsRecordTest {
    private static final String NAME = "01610162 00".replace(" ", "");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "1     | c0000201                                       | A 192.0.2.1",
        "28    | 20010db8000000000000000000000001               | AAAA 2001:db8::1",
        "2     | 01610162 00                                    | NS a.b",
        "12    | 0161c00e                                       | PTR a.y",
        "39    | 00                                             | DNAME .",
        "6     | 00 c00c 00000001 00000002 00000003 00000004 00000005 | SOA . x.y 1 2 3 4 5",
        "15    | 000a 0161 00                                   | MX 10 a",
        "16    | 03616222 00 015c                               | TXT \"ab\\\"\" \"\" \"\\\\\"",
        "33    | 0001 0002 13c4 c00c                            | SRV 1 2 5060 x.y",
        "43    | 3039 08 02 abcdef                              | DS 12345 8 2 abcdef",
        "44    | 01 02 00ff                                     | SSHFP 1 2 00ff",
        "52    | 03 01 01 11                                    | TLSA 3 1 1 11",
        "48    | 0101 03 0d 0102030405                          | DNSKEY 257 3 13 AQIDBAU=",
        "256   | 0001 0002 68747470                             | URI 1 2 \"http\"",
        "257   | 00 05 6973737565 63612e74                      | CAA 0 \"issue\" \"ca.t\"",
        "35    | 0001 0002 0173 0165 00 00                      | NAPTR 1 2 \"s\" \"e\" \"\" .",
        "65    | 0001 00 0001 0006 02 6832 02 6833              | HTTPS 1 . alpn=h2,h3",
        "64    | 0000 c00c                                      | SVCB 0 x.y",
        "64    | 0001 00 0000 0002 0003 0003 0002 01bb ffff 0001 aa | SVCB 1 . mandatory=port port=443 key65535=aa",
        "10    | 0102                                           | NULL \\# 2 0102",
        "65280 | ff                                             | TYPE65280 \\# 1 ff"})
    void shouldWriteData(final int type, final String data, final String expected) {
        final DnsTransaction found = answerWith(type, data.replace(" ", ""));
        assertThat(records(found)).containsExactly("1 x.y " + expected);
        assertThat(marks(found)).isEmpty();
    }

    private static DnsTransaction answerWith(final int type, final String data) {
        final DnsAnalyzerFixture dns = new DnsAnalyzerFixture();
        return dns.query(0, DnsOctets.query(7, "x.y", type)).answer(1, DnsOctets.message(7, ANSWER, 1, 1).question("x.y", type)
            .record(QUESTION, type, 60, data).octets()).transaction();
    }

    @ParameterizedTest
    @CsvSource({"1,c00002", "28,2001", "15,00", "16,05ab", "6,0000", "33,000100020003", "65,000100000100", "2,016100ff", "52,0301"})
    void shouldMarkDataThatDoesNotFitItsType(final int type, final String data) {
        assertThat(marks(answerWith(type, data))).containsExactly(DnsMark.MALFORMED);
    }

    @Test
    void shouldGiveHintsOfServicesAsAddresses() {
        final DnsTransaction found = answerWith(65, "0001 00 0004 0008 c0000201 c0000202 0005 0004 deadbeef 0006 0010"
            .replace(" ", "") + "20010db8000000000000000000000001");
        final DnsRecord record = new DnsRecord().before(found);
        assertThat(record.next()).isTrue();
        assertThat(record.ipv4Count()).isEqualTo(2);
        assertThat(record.ipv6Count()).isEqualTo(1);
        assertThat(record.buffer().getInt(record.ipv4Offset(1), java.nio.ByteOrder.BIG_ENDIAN)).isEqualTo(0xC000_0202);
        assertThat(record.buffer().getByte(record.ipv6Offset(0))).isEqualTo((byte) 0x20);
        assertThat(record.text()).isEqualTo("1 . ipv4hint=192.0.2.1,192.0.2.2 ech=3q2+7w== ipv6hint=2001:db8::1");
        assertThat(record.hasFlag(DnsRecord.FLAG_ENCRYPTED_HELLO)).isTrue();
        assertThat(marks(found)).containsExactly(DnsMark.ENCRYPTED_HELLO);
    }

    @Test
    void shouldShareNamesOfAnAliasChain() {
        final DnsAnalyzerFixture dns = new DnsAnalyzerFixture();
        final DnsTransaction found = dns.query(0, DnsOctets.query(7, "x.y", A)).answer(1, DnsOctets.message(7, ANSWER, 1, 3, 0, 1)
            .question("x.y", A).record(QUESTION, 5, 60, NAME).record("c021", 5, 60, "0163c023").record("c032", A, 30, "c0000201")
            .record("0163c023", A, 30, "c0000202").octets()).transaction();
        assertThat(records(found)).containsExactly("1 x.y CNAME a.b", "1 a.b CNAME c.b", "1 c.b A 192.0.2.1", "3 c.b A 192.0.2.2");
        assertThat(found.minimumTtl()).isEqualTo(30);
    }

    @Test
    void shouldMarkAnAddressMadeFromAnIpv4Address() {
        final DnsTransaction found = answerWith(AAAA, "0064ff9b0000000000000000c0000201");
        assertThat(marks(found)).containsExactly(DnsMark.SYNTHESIZED);
        assertThat(records(found)).containsExactly("1 x.y AAAA 64:ff9b::c000:201");
    }

    @Test
    void shouldKeepWhatFitsAndSaySo() {
        final DnsAnalyzerFixture dns = new DnsAnalyzerFixture();
        final DnsOctets answer = DnsOctets.message(7, ANSWER, 1, 400).question("x.y", A);
        for (int i = 0; i < 400; i++) {
            answer.record(QUESTION, A, 500 - i, "c0000201");
        }
        final DnsTransaction found = dns.query(0, DnsOctets.query(7, "x.y", A)).answer(1, answer.octets()).transaction();
        assertThat(marks(found)).containsExactly(DnsMark.CUT);
        assertThat(found.answerCount()).isEqualTo(400);
        assertThat(found.recordCount()).isBetween(100, 399).isEqualTo(records(found).size());
        assertThat(found.length()).isLessThanOrEqualTo(DnsTransaction.MAX_LENGTH);
        assertThat(found.minimumTtl()).as("of all, even those that do not fit").isEqualTo(101);
    }
}
