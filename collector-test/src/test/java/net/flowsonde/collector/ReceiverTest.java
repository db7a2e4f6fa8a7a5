package net.flowsonde.collector;

import static net.flowsonde.collector.Octets.message;
import static net.flowsonde.collector.Octets.octets;
import static net.flowsonde.collector.Octets.set;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReceiverTest {
    private static final long NOW = 1_700_000_000L;
    private static final Octets TEMPLATE = set(2, octets().u16(256).u16(2).field(8, 4).field(2, 4));
    private static final Octets RECORD = octets().u32(0xC0000201L).u32(7);

    @Test
    void shouldReceiveOverUdpAndTcpAndBothVersionsOfIpAtOnce() throws Exception {
        final Decoded decoded = new Decoded(Transport.UDP);
        try (Listening listening = new Listening(List.of(URI.create("udp://127.0.0.1:0"), URI.create("udp://[::1]:0"),
            URI.create("tcp://127.0.0.1:0"), URI.create("tcp://[::1]:0")), 0)) {
            for (final URI address : listening.addresses()) {
                send(address, message(NOW, 0, TEMPLATE), message(NOW, 0, set(256, RECORD)));
            }
            listening.decode(decoded.decoder(), idle -> decoded.records.size() == 4);
        }

        assertThat(decoded.rules()).isEmpty();
        assertThat(decoded.summary.total().packets()).isEqualTo(28);
    }

    @Test
    void shouldDecodeEverythingThatHadArrivedWhenItWasStopped() throws Exception {
        final Decoded decoded = new Decoded(Transport.UDP);
        try (Listening listening = new Listening(List.of(URI.create("udp://127.0.0.1:0")), 0)) {
            final ByteBuffer[] messages = new ByteBuffer[50];
            messages[0] = message(NOW, 0, TEMPLATE);
            for (int i = 1; i < messages.length; i++) {
                messages[i] = message(NOW, i - 1, set(256, RECORD));
            }
            send(listening.addresses().get(0), messages);
            listening.stop();
            listening.decode(decoded.decoder(), idle -> false);
        }

        assertThat(decoded.records).hasSize(49);
        assertThat(decoded.rules()).isEmpty();
    }

    @Test
    void shouldGiveEachConnectionItsOwnSequenceAndTemplates() throws Exception {
        final Decoded decoded = new Decoded(Transport.TCP);
        try (Listening listening = new Listening(List.of(URI.create("tcp://127.0.0.1:0")), 0)) {
            final URI address = listening.addresses().get(0);
            send(address, message(NOW, 0, TEMPLATE, set(256, RECORD)));
            send(address, message(NOW, 0, TEMPLATE, set(256, RECORD)));
            send(address, message(NOW, 0, set(256, RECORD)));
            listening.decode(decoded.decoder(), idle -> decoded.summary.messages() == 3);
        }

        assertThat(decoded.rules()).containsExactly(Rule.DATA_WITHOUT_TEMPLATE);
    }

    @Test
    void shouldPutTogetherMessagesThatTcpCutAnywhere() throws Exception {
        final Decoded decoded = new Decoded(Transport.TCP);
        final byte[] octets = octets().add(message(NOW, 0, TEMPLATE).array()).add(message(NOW, 0, set(256, RECORD)).array())
            .buffer().array();
        try (Listening listening = new Listening(List.of(URI.create("tcp://127.0.0.1:0")), 0);
            SocketChannel channel = SocketChannel.open(target(listening.addresses().get(0)))) {
            for (final byte octet : octets) {
                channel.write(ByteBuffer.wrap(new byte[] {octet}));
            }
            listening.decode(decoded.decoder(), idle -> decoded.records.size() == 1);
        }

        assertThat(decoded.rules()).isEmpty();
    }

    @Test
    void shouldReportAConnectionThatEndsInsideAMessageOrCannotBeFollowed() throws Exception {
        final Decoded decoded = new Decoded(Transport.TCP);
        try (Listening listening = new Listening(List.of(URI.create("tcp://127.0.0.1:0")), 0)) {
            final URI address = listening.addresses().get(0);
            send(address, octets().u16(10).u16(40).u32(NOW).buffer());
            send(address, octets().u16(9).u16(40).u32(NOW).u64(0).buffer());
            send(address, octets().u16(10).u16(15).u32(NOW).u64(0).buffer());
            listening.decode(decoded.decoder(), idle -> decoded.breaches.total() == 3);
        }

        assertThat(decoded.rules()).containsExactlyInAnyOrder(Rule.MESSAGE_LENGTH, Rule.MESSAGE_VERSION, Rule.MESSAGE_LENGTH);
    }

    private static InetSocketAddress target(final URI address) {
        return new InetSocketAddress(address.getHost().replaceAll("[\\[\\]]", ""), address.getPort());
    }

    private static void send(final URI address, final ByteBuffer... messages) throws IOException {
        if ("udp".equals(address.getScheme())) {
            try (DatagramChannel channel = DatagramChannel.open().connect(target(address))) {
                for (final ByteBuffer message : messages) {
                    channel.write(message);
                }
            }
        } else {
            try (SocketChannel channel = SocketChannel.open(target(address))) {
                for (final ByteBuffer message : messages) {
                    channel.write(message);
                }
            }
        }
    }
}
