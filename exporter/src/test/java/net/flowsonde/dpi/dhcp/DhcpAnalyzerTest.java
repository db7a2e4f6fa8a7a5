package net.flowsonde.dpi.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import net.flowsonde.dpi.DpiFixture;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Test;

class DhcpAnalyzerTest {
    private static final int ACKNOWLEDGMENT = 5;
    private static final int DECLINE = 4;
    /** Option 23 of DHCPv6 with one server. */
    private static final String SERVERS = "00170010" + "20010db8000000000000000000000035";

    private final DpiFixture packets = new DpiFixture((ring, counters) -> new DhcpAnalyzer(ring, counters));

    @Test
    void shouldTellWhichServersAClientWasToldToAsk() {
        packets.udp(3, false, 68, 67, dhcp(2, ACKNOWLEDGMENT, "0608 0a000035 0a000036"));
        final ServerHint hint = hints().get(0);
        assertThat(hint.kind()).isEqualTo(ServerHint.DHCP);
        assertThat(hint.timeNs()).isEqualTo(DpiFixture.EPOCH_NS + 3_000_000);
        assertThat(hint.ipVersion()).isEqualTo(4);
        assertThat(hint.serverCount()).isEqualTo(2);
        assertThat(ipv4(hint, hint.serverOffset(0))).isEqualTo(0x0A00_0035);
        assertThat(ipv4(hint, hint.serverOffset(1))).isEqualTo(0x0A00_0036);
        assertThat(ipv4(hint, hint.giverOffset())).isEqualTo(0x0A00_0002);
        assertThat(ipv4(hint, hint.clientOffset())).isEqualTo(0x0A00_0063);
        assertThat(packets.count(Counter.DNS_SERVER_HINTS)).isEqualTo(1);
    }

    @Test
    void shouldTakeNoHintFromAnythingElse() {
        packets.udp(0, true, 68, 67, dhcp(1, ACKNOWLEDGMENT, "0604 0a000035")).udp(1, false, 68, 67, dhcp(2, DECLINE, "0604 0a000035"))
            .udp(2, false, 68, 67, dhcp(2, ACKNOWLEDGMENT, "")).udp(3, false, 68, 67, new byte[300])
            .udp(4, false, 68, 67, dhcp(2, ACKNOWLEDGMENT, "06ff 0a000035"));
        assertThat(hints()).isEmpty();
    }

    @Test
    void shouldReadDhcpv6() {
        packets.udp(0, false, 546, 547, hex("07010203" + "00020004aabbccdd" + SERVERS));
        final ServerHint hint = hints().get(0);
        assertThat(hint.kind()).isEqualTo(ServerHint.DHCPV6);
        assertThat(hint.isOfNetwork()).isFalse();
        assertThat(hint.serverCount()).isEqualTo(1);
        assertThat(high(hint, hint.serverOffset(0))).isEqualTo(0x2001_0DB8_0000_0000L);
        assertThat(ipv4(hint, hint.clientOffset())).as("the receiver").isEqualTo(0x0A00_0001);
    }

    @Test
    void shouldTakeTheAddressesThatDhcpv6GivesForTheClients() {
        final String addresses = "00030044" + "000000010000000000000000" + address("1") + address("2");
        packets.udp(0, false, 546, 547, hex("02010203" + addresses + SERVERS));
        assertThat(hints()).extracting(hint -> low(hint, hint.clientOffset())).containsExactly(1L, 2L);
    }

    @Test
    void shouldReadWhatADhcpv6RelayPassesOn() {
        final String reply = "07010203" + "00030028" + "000000010000000000000000" + address("9") + SERVERS;
        packets.udp(0, false, 547, 547, hex(relayed(relayed(reply))));
        assertThat(hints()).singleElement().satisfies(hint -> {
            assertThat(low(hint, hint.clientOffset())).isEqualTo(9);
            assertThat(hint.serverCount()).isEqualTo(1);
        });
        packets.udp(1, false, 547, 547, hex("0d00" + "00".repeat(32) + SERVERS)).udp(2, false, 547, 547, hex("0d00"));
        assertThat(hints()).as("what a relay says to relays").isEmpty();
    }

    @Test
    void shouldTellWhichServersARouterToldTheHostsOfItsNetworksToAsk() {
        advertise(0, 255, "fe80", "00".repeat(8) + prefix(64, "7") + prefix(56, "8") + prefix(64, "9") + rdnss(600, "53", "54"));
        final List<ServerHint> hints = hints();
        assertThat(hints).hasSize(2).allSatisfy(hint -> {
            assertThat(hint.kind()).isEqualTo(ServerHint.ROUTER_ADVERTISEMENT);
            assertThat(hint.ipVersion()).isEqualTo(6);
            assertThat(hint.isOfNetwork()).isTrue();
            assertThat(low(hint, hint.giverOffset())).isEqualTo(1);
            assertThat(hint.serverCount()).isEqualTo(2);
            assertThat(low(hint, hint.serverOffset(1))).isEqualTo(0x54);
        });
        assertThat(hints).extracting(hint -> high(hint, hint.clientOffset())).containsExactly(0x2001_0DB8_0000_0007L, 0x2001_0DB8_0000_0009L);
    }

    @Test
    void shouldTellAllHostsWhereARouterNamesNoNetwork() {
        advertise(0, 255, "fe80", "00".repeat(8) + rdnss(600, "53"));
        assertThat(hints()).singleElement().satisfies(hint -> {
            assertThat(hint.isOfNetwork()).isFalse();
            assertThat(high(hint, hint.clientOffset())).isEqualTo(0xFF02_0000_0000_0000L);
        });
    }

    @Test
    void shouldTakeNoHintFromARouterAfarOrFromServersThatItTakesBack() {
        final String options = "00".repeat(8) + prefix(64, "7") + rdnss(600, "53");
        advertise(0, 64, "fe80", options);
        advertise(100_000, 255, "2001", options);
        advertise(200_000, 255, "fe80", "00".repeat(8) + prefix(64, "7") + rdnss(0, "53"));
        assertThat(hints()).isEmpty();
        assertThat(packets.count(Counter.DNS_SERVER_HINTS_MALFORMED)).isZero();
    }

    @Test
    void shouldKeepAsManyServersAsThereIsRoomFor() {
        advertise(0, 255, "fe80", "00".repeat(8) + rdnss(600, "1", "2", "3", "4", "5", "6") + rdnss(600, "7", "8", "9", "a"));
        assertThat(hints()).singleElement().satisfies(hint -> assertThat(hint.serverCount()).isEqualTo(ServerHint.MAX_SERVERS));
    }

    @Test
    void shouldCountWhatIsMalformed() {
        advertise(0, 255, "fe80", "00".repeat(8) + "1900" + "00".repeat(22));
        packets.udp(1, false, 546, 547, hex("07010203" + "00170011" + "20010db8000000000000000000000035"));
        packets.udp(2, false, 68, 67, dhcp(2, ACKNOWLEDGMENT, "06ff 0a000035"));
        assertThat(packets.count(Counter.DNS_SERVER_HINTS_MALFORMED)).isEqualTo(3);
        assertThat(hints()).isEmpty();
    }

    private void advertise(final long ms, final int hopLimit, final String sender, final String message) {
        packets.packet(ms, RouterSample.advertisement(hopLimit, sender, hex(message)));
    }

    /** An address of an association, that of 2001:db8::{@code host}. */
    private static String address(final String host) {
        return "00050018" + RouterSample.address("", host) + "00".repeat(8);
    }

    private static String relayed(final String message) {
        return "0d00" + "00".repeat(32) + "0009%04x".formatted(message.length() / 2) + message;
    }

    private static String prefix(final int length, final String network) {
        return "0304%02xc0".formatted(length) + "00".repeat(12) + RouterSample.address(network, "");
    }

    private static String rdnss(final int lifetime, final String... hosts) {
        return "19%02x0000%08x".formatted(1 + 2 * hosts.length, lifetime)
            + Arrays.stream(hosts).map(host -> RouterSample.address("", host)).collect(Collectors.joining());
    }

    private static byte[] hex(final String text) {
        return HexFormat.of().parseHex(text);
    }

    private static long high(final ServerHint hint, final int offset) {
        return hint.buffer().getLong(offset, ByteOrder.BIG_ENDIAN);
    }

    private static long low(final ServerHint hint, final int offset) {
        return hint.buffer().getLong(offset + 8, ByteOrder.BIG_ENDIAN);
    }

    private List<ServerHint> hints() {
        return packets.take(RecordRing.SERVER_HINT).stream().map(message -> new ServerHint().wrap(message.record(), 0)).toList();
    }

    private static int ipv4(final ServerHint hint, final int offset) {
        return hint.buffer().getInt(offset, ByteOrder.BIG_ENDIAN);
    }

    /** A message that gives 10.0.0.99, with more options in hexadecimal. */
    private static byte[] dhcp(final int operation, final int type, final String options) {
        final byte[] message = new byte[300];
        message[0] = (byte) operation;
        final byte[] address = HexFormat.of().parseHex("0a000063");
        System.arraycopy(address, 0, message, 16, address.length);
        final byte[] tail = HexFormat.of().parseHex("63825363" + "00" + "3501" + "%02x".formatted(type) + options.replace(" ", "") + "ff");
        System.arraycopy(tail, 0, message, 236, tail.length);
        return message;
    }
}
