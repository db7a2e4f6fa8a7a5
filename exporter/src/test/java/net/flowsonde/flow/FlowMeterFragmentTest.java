package net.flowsonde.flow;

import static net.flowsonde.flow.FlowRecord.FORWARD;
import static net.flowsonde.flow.FlowRecord.REVERSE;
import static net.flowsonde.flow.MeterFixture.ns;
import static net.flowsonde.flow.TestPacket.ACK;
import static net.flowsonde.flow.TestPacket.FIN;
import static net.flowsonde.flow.TestPacket.SYN;
import static net.flowsonde.flow.TestPacket.packet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Test;

class FlowMeterFragmentTest {
    private static final String CLIENT = "10.0.0.2";
    private static final String SERVER = "10.0.0.1";

    private final MeterFixture meter = new MeterFixture();

    @Test
    void shouldCountLaterFragmentsOnTheFlowOfTheFirst() {
        meter.packet(1, part(0, 64, true)).packet(1.1, part(64, 128, true)).packet(1.2, part(128, 208, false));
        final FlowRecord record = onlyRecord();
        assertThat(record.sourcePort()).isEqualTo(40_000);
        assertThat(record.frames(FORWARD)).isEqualTo(3);
        assertThat(record.fragments(FORWARD)).isEqualTo(3);
        assertThat(record.octets(FORWARD)).isEqualTo(3 * 20 + 208);
        assertThat(record.payloadOctets(FORWARD)).isEqualTo(200);
    }

    @Test
    void shouldCountFragmentsThatCameBeforeTheFirst() {
        meter.packet(1, part(128, 208, false)).packet(1.1, part(64, 128, true)).packet(1.2, part(0, 64, true));
        final FlowRecord record = onlyRecord();
        assertThat(record.sourcePort()).isEqualTo(40_000);
        assertThat(record.frames(FORWARD)).isEqualTo(3);
        assertThat(record.fragments(FORWARD)).isEqualTo(3);
        assertThat(record.octets(FORWARD)).isEqualTo(3 * 20 + 208);
        assertThat(record.flowStartNs()).isEqualTo(ns(1));
        assertThat(record.flowEndNs()).isEqualTo(ns(1.2));
        assertThat(meter.count(Counter.FRAMES_METERED)).isEqualTo(3);
        assertThat(meter.count(Counter.OCTETS_METERED)).isEqualTo(3 * 20 + 208);
    }

    @Test
    void shouldMeterFragmentsWithoutTheFirstWithoutPorts() {
        meter.packet(1, part(64, 128, true)).packet(1.1, part(128, 208, false));
        assertThat(meter.time(40).count(Counter.FRAMES_METERED)).isEqualTo(2);
        final FlowRecord record = onlyRecord();
        assertThat(record.protocol()).isEqualTo(FlowRecord.PROTOCOL_UDP);
        assertThat(record.sourcePort()).isZero();
        assertThat(record.frames(FORWARD)).isEqualTo(2);
        assertThat(record.ingressInterface(FORWARD)).isEqualTo(7);
        assertThat(record.hasFlag(FlowRecord.FLAG_DIRECTION_INFERRED)).isTrue();
    }

    @Test
    void shouldLoseNoHeldFragmentAtTheEnd() {
        meter.packet(1, part(64, 128, true));
        assertThat(onlyRecord().frames(FORWARD)).isOne();
        assertThat(meter.count(Counter.FRAMES_RECORDED)).isOne();
    }

    @Test
    void shouldShowTheTrackerASegmentThatCameInFragments() {
        meter.packet(1, packet(CLIENT, SERVER).tcp(40_000, 80, SYN, 0, 0))
            .packet(1.1, packet(SERVER, CLIENT).tcp(80, 40_000, SYN | ACK, 0, 1, 0, 0))
            .packet(1.2, packet(CLIENT, SERVER).tcp(40_000, 80, ACK, 1, 1, 0, 0))
            .packet(2, segment().slice(0, 48).fragment(9, 0, true)).packet(2.1, segment().slice(48, 120).fragment(9, 48, false))
            .packet(2.2, packet(SERVER, CLIENT).tcp(80, 40_000, ACK | FIN, 1, 102, 0, 0));
        final List<FlowRecord> records = meter.time(8).records();
        assertThat(records).hasSize(1);
        final FlowRecord record = records.get(0);
        assertThat(record.payloadOctets(FORWARD)).isEqualTo(100);
        assertThat(record.tcpControlBits(FORWARD)).isEqualTo(SYN | ACK | FIN);
        assertThat(record.tcpTeardownReason()).isEqualTo(TcpTeardownReason.FIN_BY_CLIENT.code());
        assertThat(record.frames(FORWARD)).isEqualTo(4);
        assertThat(record.frames(REVERSE)).isEqualTo(2);
    }

    private static TestPacket segment() {
        return packet(CLIENT, SERVER).tcp(40_000, 80, ACK | FIN, 1, 1, 100, 0);
    }

    private static TestPacket part(final int from, final int to, final boolean hasMore) {
        return packet(CLIENT, SERVER).udp(40_000, 53, 200).slice(from, to).fragment(77, from, hasMore);
    }

    private FlowRecord onlyRecord() {
        final List<FlowRecord> records = meter.close().records();
        assertThat(records).hasSize(1);
        return records.get(0);
    }
}
