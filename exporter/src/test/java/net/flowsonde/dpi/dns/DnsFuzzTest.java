package net.flowsonde.dpi.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.flowsonde.dpi.DpiFixture;
import net.flowsonde.dpi.dhcp.DhcpAnalyzer;
import net.flowsonde.dpi.dhcp.RouterSample;
import net.flowsonde.dpi.dhcp.ServerHint;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.telemetry.Counter;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Messages with octets changed, cut, joined and doubled: nothing is thrown, nothing outside of them is read (they end where their buffer
 * ends, which is checked), and every transaction can be read to its end. For a long run: {@code -Dflowsonde.fuzz=1000000}.
 */
class DnsFuzzTest {
    private static final int ROUNDS = Integer.getInteger("flowsonde.fuzz", 20_000);
    private static final int[] PORTS = {53, 53, 53, 5_353, 5_355, 137, 853, 9_999};
    private static final int DHCP_PORT = 67;
    private static final int DHCPV6_PORT = 547;

    private final SplittableRandom random = new SplittableRandom(53);
    private final DnsAnalyzerFixture dns = new DnsAnalyzerFixture();
    private final List<byte[]> seeds = seeds();
    private final DnsTransaction transaction = new DnsTransaction();
    private final DnsRecord record = new DnsRecord();
    private final UnsafeBuffer text = new UnsafeBuffer(new byte[DnsTransaction.MAX_LENGTH]);
    private final ServerHint hint = new ServerHint();
    private final long[] hints = new long[ServerHint.ROUTER_ADVERTISEMENT + 1];
    private long transactions;

    @Test
    void shouldTakeAnyDatagram() {
        for (int round = 0; round < ROUNDS; round++) {
            dns.packets.udp(round / 8, random.nextBoolean(), 40_000 + random.nextInt(4), PORTS[random.nextInt(PORTS.length)], mutant());
            if (round % 64 == 0) {
                read();
            }
        }
        dns.packets.close();
        read();
        read(); // what lies behind the end of the ring
        assertThat(transactions).isGreaterThan(ROUNDS / 4);
        assertThat(dns.packets.count(Counter.DNS_MESSAGES)).isEqualTo(dns.packets.count(Counter.DNS_QUERIES)
            + dns.packets.count(Counter.DNS_ANSWERS) + dns.packets.count(Counter.DNS_NOT_DNS));
        assertThat(dns.packets.count(Counter.DNS_TRANSACTIONS)).isEqualTo(transactions);
        assertThat(dns.packets.count(Counter.DNS_PENDING)).isZero();
    }

    @Test
    void shouldTakeAnyStream() {
        final int[] next = {1, 1};
        dns.packets.handshake(0, 40_000, 53);
        for (int side = 0; side < 2; side++) {
            final byte[] first = DnsOctets.framed(seeds.get(0));
            dns.packets.segment(0, side == 0, 40_000, 53, next[side], next[1 - side], first);
            next[side] += first.length;
        }
        for (int round = 0; round < ROUNDS; round++) {
            final int side = random.nextInt(2);
            final byte[] octets = random.nextInt(4) == 0 ? mutant() : DnsOctets.framed(mutant(), mutant());
            final byte[] part = Arrays.copyOf(octets, random.nextInt(3) == 0 ? random.nextInt(octets.length + 1) : octets.length);
            dns.packets.segment(round / 8, side == 0, 40_000, 53, next[side], next[1 - side], part);
            next[side] += part.length + (random.nextInt(50) == 0 ? random.nextInt(1, 40) : 0);
            if (round % 64 == 0) {
                read();
            }
        }
        dns.packets.close();
        read();
        read(); // what lies behind the end of the ring
        assertThat(transactions).isGreaterThan(ROUNDS / 32);
    }

    @Test
    void shouldTakeAnyMessageThatHandsOutServers() {
        final DpiFixture packets = new DpiFixture((ring, counters) -> new DhcpAnalyzer(ring, counters));
        final byte[] v4 = new byte[300];
        v4[0] = 2;
        System.arraycopy(new byte[] {0x63, (byte) 0x82, 0x53, 0x63, 53, 1, 5, 6, 8, 10, 0, 0, 53, 10, 0, 0, 54}, 0, v4, 236, 17);
        final byte[] v6 = HexFormat.of().parseHex("07010203" + "00030028" + "000000010000000000000000" + "00050018" + "20".repeat(24)
            + "00170020" + "20".repeat(32));
        final byte[] relayed = HexFormat.of().parseHex("0d00" + "00".repeat(32) + "0009" + "%04x".formatted(v6.length)
            + HexFormat.of().formatHex(v6));
        final byte[] advertisement = HexFormat.of().parseHex("00".repeat(8) + "010102aabbccddee" + "030440c0" + "00".repeat(12) + "20".repeat(16)
            + "1905000000000258" + "20".repeat(32));
        for (int round = 0; round < ROUNDS; round++) {
            final long ms = round / 8;
            switch (random.nextInt(4)) {
                case 0 -> packets.udp(ms, false, DHCP_PORT + 1, DHCP_PORT, mutant(v4));
                case 1 -> packets.udp(ms, false, DHCPV6_PORT - 1, DHCPV6_PORT, mutant(v6));
                case 2 -> packets.udp(ms, false, DHCPV6_PORT, DHCPV6_PORT, mutant(relayed));
                default -> packets.packet(ms, RouterSample.advertisement(255, "fe80", mutant(advertisement)));
            }
            packets.take(RecordRing.SERVER_HINT).forEach(message -> {
                hints[hint.wrap(message.record(), 0).kind()]++;
                assertThat(hint.serverCount()).isBetween(1, ServerHint.MAX_SERVERS);
                assertThat(hint.length()).isEqualTo(message.record().capacity());
            });
        }
        for (int kind = ServerHint.DHCP; kind <= ServerHint.ROUTER_ADVERTISEMENT; kind++) {
            assertThat(hints[kind]).isGreaterThan(ROUNDS / 16);
        }
        assertThat(packets.count(Counter.DNS_SERVER_HINTS_MALFORMED)).isGreaterThan(ROUNDS / 64);
    }

    private void read() {
        for (final DpiFixture.Message message : dns.packets.take(RecordRing.DNS_TRANSACTION)) {
            transactions++;
            assertThat(transaction.wrap(message.record(), 0).length()).isBetween(
                DnsTransaction.HEAD_LENGTH, DnsTransaction.MAX_LENGTH).isLessThanOrEqualTo(message.record().capacity());
            assertThat(transaction.queryNameLength()).isBetween(0, DnsTransaction.MAX_NAME_LENGTH);
            record.before(transaction);
            int count = 0;
            while (record.next()) {
                record.putText(text, 0);
                record.name();
                count++;
            }
            assertThat(count).isEqualTo(transaction.recordCount());
        }
    }

    private byte[] mutant() {
        return mutant(seeds.get(random.nextInt(seeds.size())));
    }

    private byte[] mutant(final byte[] seed) {
        byte[] octets = seed.clone();
        for (int change = random.nextInt(4); change > 0 && octets.length > 0; change--) {
            final int at = random.nextInt(octets.length);
            switch (random.nextInt(8)) {
                case 0 -> octets = Arrays.copyOf(octets, at);
                case 1 -> octets = Arrays.copyOf(octets, octets.length + random.nextInt(40));
                case 2 -> octets[at] = (byte) 0xC0;
                case 3 -> octets[at] = (byte) (octets[at] + random.nextInt(-2, 3));
                case 4 -> octets[at] = (byte) (octets[at] ^ 1 << random.nextInt(8));
                default -> octets[at] = (byte) random.nextInt(256);
            }
        }
        return octets;
    }

    private static List<byte[]> seeds() {
        final List<byte[]> seeds = new ArrayList<>();
        final String[] data = {"1 c0000201", "28 20010db8000000000000000000000001", "5 0161c00c", "6 c00c00000000010000000200000003"
            + "0000000400000005", "15 000ac00c", "16 036162630161", "33 000100020003c00c", "35 000100020173016500c00c",
            "65 000100000100060268320268330004000400010203000500020a0b", "257 0005697373756563612e74", "32 00000a000001", "33 01"
                + "41".repeat(18), "43 303908020abc0def", "12 c00c"};
        for (int i = 0; i < 8; i++) {
            final int id = i;
            seeds.add(DnsOctets.query(id, "www.example" + i + ".com", DnsOctets.A));
            final DnsOctets answer = DnsOctets.message(id, DnsOctets.ANSWER, 1, data.length, 0, 1)
                .question("www.example" + i + ".com", DnsOctets.A);
            for (final String entry : data) {
                answer.record("c00c", Integer.parseInt(entry.split(" ")[0]), 60, entry.split(" ")[1]);
            }
            seeds.add(answer.opt(1_232, 0, 0x8000, "00080007000118 00c63364000a0008 0102030405060708".replace(" ", "")).octets());
            seeds.add(DnsOctets.answer(id, "www.example" + i + ".com", "c0000201"));
        }
        seeds.add(DnsOctets.message(1, 0x0110, 1).name("FHFAEBEECACACACACACACACACACACAAA").shorts(32, 1).octets());
        seeds.add(DnsOctets.message(1, 0x8400, 0, 2).record("0161c00c", 16, 1, "00").record("c00c", 1, 1, "01020304").octets());
        IntStream.of(0, 12, 40).forEach(length -> seeds.add(new byte[length]));
        return seeds;
    }
}
