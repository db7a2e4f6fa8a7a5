package net.flowsonde.flow;

import static net.flowsonde.flow.FlowRecord.FORWARD;
import static net.flowsonde.flow.FlowRecord.REVERSE;
import static net.flowsonde.flow.MeterFixture.config;
import static net.flowsonde.flow.MeterFixture.ns;
import static net.flowsonde.flow.TestPacket.ACK;
import static net.flowsonde.flow.TestPacket.FIN;
import static net.flowsonde.flow.TestPacket.RST;
import static net.flowsonde.flow.TestPacket.SYN;
import static net.flowsonde.flow.TestPacket.packet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Test;

class FlowMeterTcpTest {
    private static final String CLIENT = "10.0.0.2";
    private static final String SERVER = "10.0.0.1";
    private static final int CLIENT_PORT = 40_000;
    private static final int SERVER_PORT = 8_443;
    private static final int CLIENT_ISN = 1_000;
    private static final int SERVER_ISN = 5_000;

    private MeterFixture meter = new MeterFixture();

    @Test
    void shouldTakeTheSenderOfTheSynForTheClient() {
        meter.packet(1, packet(CLIENT, SERVER).tcp(80, 50_000, SYN, CLIENT_ISN, 0));
        final FlowRecord record = onlyRecord();
        assertThat(record.sourcePort()).isEqualTo(80);
        assertThat(record.hasFlag(FlowRecord.FLAG_DIRECTION_INFERRED)).isFalse();
    }

    @Test
    void shouldTakeTheReceiverOfTheSynAckForTheClient() {
        meter.packet(1, packet(SERVER, CLIENT).tcp(50_000, 80, SYN | ACK, SERVER_ISN, CLIENT_ISN + 1, 0, 0));
        final FlowRecord record = onlyRecord();
        assertThat(record.sourcePort()).isEqualTo(80);
        assertThat(record.packets(REVERSE)).isOne();
        assertThat(record.hasFlag(FlowRecord.FLAG_DIRECTION_INFERRED)).isFalse();
    }

    @Test
    void shouldInferTheClientOfAConnectionThatBeganBefore() {
        meter.packet(1, packet(SERVER, CLIENT).tcp(8_443, 40_000, ACK, 1, 100));
        final FlowRecord record = onlyRecord();
        assertThat(record.destinationPort()).isEqualTo(8_443);
        assertThat(record.hasFlag(FlowRecord.FLAG_DIRECTION_INFERRED)).isTrue();
    }

    @Test
    void shouldExportAClosedConnectionAfterItsLinger() {
        handshake(1);
        close(2);
        assertThat(meter.time(6.9).records()).isEmpty();
        final List<FlowRecord> records = meter.time(7.5).records();
        assertThat(records).hasSize(1);
        final FlowRecord record = records.get(0);
        assertThat(record.flowEndReason()).isEqualTo(FlowEndReason.END_OF_FLOW_DETECTED);
        assertThat(record.tcpTeardownReason()).isEqualTo(TcpTeardownReason.FIN_BY_CLIENT.code());
        assertThat(record.frames(FORWARD)).isEqualTo(4);
        assertThat(record.frames(REVERSE)).isEqualTo(2);
        assertThat(record.tcpControlBits(FORWARD)).isEqualTo(SYN | ACK | FIN);
    }

    @Test
    void shouldSayHowLongAConnectionWasSilentWhenItsTimeoutWasDueHoweverLateExpiryComes() {
        handshake(1);
        final List<FlowRecord> records = meter.time(500).records();
        assertThat(records).hasSize(1);
        assertThat(records.get(0).flowEndReason()).isEqualTo(FlowEndReason.IDLE_TIMEOUT);
        assertThat(records.get(0).tcpIdleBeforeTeardownMs()).isBetween(15_000, 15_100); // since within the handshake
    }

    @Test
    void shouldKeepLatePacketsOfAClosedConnectionInItsRecord() {
        handshake(1);
        close(2);
        meter.packet(5, packet(CLIENT, SERVER).tcp(CLIENT_PORT, SERVER_PORT, ACK, CLIENT_ISN + 2, SERVER_ISN + 2, 0, 0));
        assertThat(onlyRecord().frames(FORWARD)).isEqualTo(5);
    }

    @Test
    void shouldExportWhatLingersAsEndedWhenNothingMoreComes() {
        handshake(1);
        close(2);
        assertThat(onlyRecord().flowEndReason()).isEqualTo(FlowEndReason.END_OF_FLOW_DETECTED);
    }

    @Test
    void shouldOpenANewFlowForANewConnectionOnTheSameEndpoints() {
        handshake(1);
        meter.packet(3, packet(CLIENT, SERVER).tcp(CLIENT_PORT, SERVER_PORT, SYN, CLIENT_ISN + 77_777, 0));
        final List<FlowRecord> records = meter.close().records();
        assertThat(records).hasSize(2);
        assertThat(records.get(0).tcpTeardownReason()).isEqualTo(TcpTeardownReason.TUPLE_REUSED.code());
        assertThat(records.get(0).flowEndReason()).isEqualTo(FlowEndReason.END_OF_FLOW_DETECTED);
        assertThat(records.get(0).frames(FORWARD)).isEqualTo(2);
        assertThat(records.get(1).frames(FORWARD)).isOne();
        assertThat(records.get(1).flowId()).isNotEqualTo(records.get(0).flowId());
        assertThat(records.get(1).hasFlag(FlowRecord.FLAG_CONTINUATION)).isFalse();
    }

    @Test
    void shouldTurnTheFlowAroundWhenTheNewConnectionComesFromTheOtherSide() {
        handshake(1);
        meter.packet(3, packet(SERVER, CLIENT).tcp(SERVER_PORT, CLIENT_PORT, SYN, 99_999_999, 0));
        final List<FlowRecord> records = meter.close().records();
        assertThat(records).hasSize(2);
        assertThat(records.get(1).sourcePort()).isEqualTo(SERVER_PORT);
        assertThat(records.get(1).packets(FORWARD)).isOne();
    }

    @Test
    void shouldExportASilentConnectionOnceAndRememberIt() {
        handshake(1);
        final List<FlowRecord> first = meter.time(20).records();
        assertThat(first).hasSize(1);
        assertThat(first.get(0).flowEndReason()).isEqualTo(FlowEndReason.IDLE_TIMEOUT);
        assertThat(first.get(0).tcpTeardownReason()).isEqualTo(TcpTeardownReason.IDLE_ESTABLISHED.code());
        assertThat(meter.count(Counter.FLOWS_DORMANT)).isOne();
        assertThat(meter.count(Counter.FLOWS_ACTIVE)).isZero();

        close(600);
        final List<FlowRecord> second = meter.time(610).records();
        assertThat(second).hasSize(1);
        assertThat(second.get(0).flowId()).isEqualTo(first.get(0).flowId());
        assertThat(second.get(0).hasFlag(FlowRecord.FLAG_CONTINUATION)).isTrue();
        assertThat(second.get(0).tcpTeardownReason()).isEqualTo(TcpTeardownReason.FIN_BY_CLIENT.code());
        assertThat(second.get(0).sourcePort()).isEqualTo(CLIENT_PORT);
        assertThat(second.get(0).frames(FORWARD)).isEqualTo(2);
        assertThat(second.get(0).flowStartNs()).isEqualTo(ns(600));
        assertThat(meter.close().records()).isEmpty();
    }

    @Test
    void shouldExportNothingMoreOfAConnectionThatStaysSilent() {
        meter = new MeterFixture(config(1_024, 60, 15, 100));
        handshake(1);
        assertThat(meter.time(20).records()).hasSize(1);
        assertThat(meter.time(116).count(Counter.FLOWS_DORMANT)).isOne();
        assertThat(meter.time(121).count(Counter.FLOWS_DORMANT)).isZero();
        assertThat(meter.close().records()).isEmpty();
    }

    @Test
    void shouldForgetDormantConnectionsBeforeItEndsLiveOnes() {
        meter = new MeterFixture(MeterFixture.cacheSize(2));
        handshake(1);
        meter.time(20).records();
        meter.packet(21, packet(CLIENT, SERVER).udp(1_000, 53, 0)).packet(22, packet(CLIENT, SERVER).udp(1_001, 53, 0));
        assertThat(meter.records()).isEmpty();
        assertThat(meter.count(Counter.EMERGENCY_EXPIRIES)).isOne();
        assertThat(meter.close().records()).hasSize(2);
    }

    @Test
    void shouldContinueTheFlowWhenItsNextPacketComesBeforeAnyoneNoticedTheTimeout() {
        handshake(1);
        meter.packet(30, packet(CLIENT, SERVER).tcp(CLIENT_PORT, SERVER_PORT, ACK, CLIENT_ISN + 1, SERVER_ISN + 1, 10, 0));
        final List<FlowRecord> records = meter.close().records();
        assertThat(records).extracting(FlowRecord::flowEndReason).containsExactly(
            FlowEndReason.IDLE_TIMEOUT, FlowEndReason.FORCED_END);
        assertThat(records.get(1).flowId()).isEqualTo(records.get(0).flowId());
        assertThat(records.get(1).frames(FORWARD)).isOne();
    }

    @Test
    void shouldCallAnUnansweredSynAnEndWhenItsTimeIsOver() {
        meter.packet(1, packet(CLIENT, SERVER).tcp(CLIENT_PORT, SERVER_PORT, SYN, CLIENT_ISN, 0));
        final List<FlowRecord> records = meter.time(20).records();
        assertThat(records).hasSize(1);
        assertThat(records.get(0).tcpTeardownReason()).isEqualTo(TcpTeardownReason.SYN_UNANSWERED.code());
        assertThat(records.get(0).flowEndReason()).isEqualTo(FlowEndReason.END_OF_FLOW_DETECTED);
        assertThat(meter.count(Counter.FLOWS_DORMANT)).isZero();
    }

    @Test
    void shouldTieAnIcmpErrorToTheConnectionThatItQuotes() {
        final TestPacket syn = packet(CLIENT, SERVER).tcp(CLIENT_PORT, SERVER_PORT, SYN, CLIENT_ISN, 0);
        meter.packet(1, syn).packet(1.1, packet("10.0.0.9", CLIENT).icmpError(3, 13, syn));
        final List<FlowRecord> records = meter.time(20).records();
        assertThat(records).hasSize(2);
        final FlowRecord tcp = records.get(records.get(0).protocol() == FlowRecord.PROTOCOL_TCP ? 0 : 1);
        assertThat(tcp.hasFlag(FlowRecord.FLAG_ICMP_ERROR)).isTrue();
        assertThat(tcp.tcpTeardownReason()).isEqualTo(TcpTeardownReason.SYN_REFUSED_ICMP.code());
        assertThat(meter.count(Counter.ICMP_ERRORS_TIED)).isOne();
    }

    @Test
    void shouldExportAResetConnectionAfterItsLinger() {
        handshake(1);
        meter.packet(2, packet(SERVER, CLIENT).tcp(SERVER_PORT, CLIENT_PORT, RST | ACK, SERVER_ISN + 1, CLIENT_ISN + 1, 0, 0));
        final List<FlowRecord> records = meter.time(8).records();
        assertThat(records).hasSize(1);
        assertThat(records.get(0).flowEndReason()).isEqualTo(FlowEndReason.END_OF_FLOW_DETECTED);
    }

    private void handshake(final double seconds) {
        meter.packet(seconds, packet(CLIENT, SERVER).tcp(CLIENT_PORT, SERVER_PORT, SYN, CLIENT_ISN, 0))
            .packet(seconds + 0.01, packet(SERVER, CLIENT).tcp(SERVER_PORT, CLIENT_PORT, SYN | ACK, SERVER_ISN, CLIENT_ISN + 1, 0, 0))
            .packet(seconds + 0.02, packet(CLIENT, SERVER).tcp(CLIENT_PORT, SERVER_PORT, ACK, CLIENT_ISN + 1, SERVER_ISN + 1, 0, 0));
    }

    private void close(final double seconds) {
        meter.packet(seconds, packet(CLIENT, SERVER).tcp(CLIENT_PORT, SERVER_PORT, FIN | ACK, CLIENT_ISN + 1, SERVER_ISN + 1, 0, 0))
            .packet(seconds + 0.01,
                packet(SERVER, CLIENT).tcp(SERVER_PORT, CLIENT_PORT, FIN | ACK, SERVER_ISN + 1, CLIENT_ISN + 2, 0, 0))
            .packet(seconds + 0.02,
                packet(CLIENT, SERVER).tcp(CLIENT_PORT, SERVER_PORT, ACK, CLIENT_ISN + 2, SERVER_ISN + 2, 0, 0));
    }

    private FlowRecord onlyRecord() {
        final List<FlowRecord> records = meter.close().records();
        assertThat(records).hasSize(1);
        return records.get(0);
    }
}
