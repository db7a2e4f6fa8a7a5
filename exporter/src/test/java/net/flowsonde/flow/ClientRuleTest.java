package net.flowsonde.flow;

import static net.flowsonde.flow.TestPacket.ACK;
import static net.flowsonde.flow.TestPacket.packet;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientRuleTest {
    @ParameterizedTest(name = "{0} from {1} to {2}: server {3}")
    @CsvSource({
        // a well-known service is the server whoever speaks first
        "17, 53, 40000, 53", "17, 40000, 53, 53", "6, 443, 1024, 443", "6, 2049, 900, 2049", "6, 900, 2049, 2049", "17, 5353, 900, 5353",
        // a registered port is likelier a server's than an ephemeral one
        "17, 27000, 50000, 27000", "6, 50000, 27000, 27000",
        // between equals the first packet of UDP comes from the client, and TCP's lower port is the server's
        "17, 50000, 60000, 60000", "17, 60000, 50000, 50000", "6, 60000, 50000, 50000", "6, 50000, 60000, 50000", "6, 443, 80, 80",
        "17, 123, 123, 123", "6, 7000, 7000, 7000",
    })
    void shouldInferTheServerByItsPort(final int protocol, final int source, final int destination, final int server) {
        for (final String[] addresses : new String[][] {{"10.0.0.1", "10.0.0.2"}, {"10.0.0.2", "10.0.0.1"}}) {
            final TestPacket packet = packet(addresses[0], addresses[1]);
            final MeterFixture meter = new MeterFixture();
            meter.packet(1, protocol == 17 ? packet.udp(source, destination, 1) : packet.tcp(source, destination, ACK, 1, 1));
            final FlowRecord record = meter.close().records().get(0);
            assertThat(record.destinationPort()).isEqualTo(server);
            assertThat(record.hasFlag(FlowRecord.FLAG_DIRECTION_INFERRED)).isTrue();
        }
    }
}
