package net.flowsonde.dpi.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import net.flowsonde.dpi.DpiFixture;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Test;

class DhcpAnalyzerTest {
    private static final int ACKNOWLEDGMENT = 5;
    private static final int DECLINE = 4;

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
        final byte[] reply = HexFormat.of().parseHex("07010203" + "00020004aabbccdd" + "00170010" + "20010db8000000000000000000000035");
        packets.udp(0, false, 546, 547, reply);
        final ServerHint hint = hints().get(0);
        assertThat(hint.kind()).isEqualTo(ServerHint.DHCPV6);
        assertThat(hint.serverCount()).isEqualTo(1);
        assertThat(hint.buffer().getLong(hint.serverOffset(0), ByteOrder.BIG_ENDIAN)).isEqualTo(0x2001_0DB8_0000_0000L);
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
