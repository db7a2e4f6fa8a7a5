package net.flowsonde.flow;

import static net.flowsonde.flow.FlowRecord.FORWARD;
import static net.flowsonde.flow.FlowRecord.REVERSE;
import static net.flowsonde.flow.TestPacket.packet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Test;

class FlowMeterIcmpTest {
    private static final String ASKER = "10.0.0.9";
    private static final String ANSWERER = "10.0.0.1";
    private static final int IDENTIFIER = 0xBEEF;

    private final MeterFixture meter = new MeterFixture();

    @Test
    void shouldPutQueryAndAnswerInOneFlow() {
        meter.packet(1, packet(ASKER, ANSWERER).icmp(8, 0, IDENTIFIER)).packet(1.1, packet(ANSWERER, ASKER).icmp(0, 0, IDENTIFIER));
        final FlowRecord record = onlyRecord();
        assertThat(record.packets(FORWARD)).isOne();
        assertThat(record.packets(REVERSE)).isOne();
        assertThat(record.icmpTypeCode(FORWARD)).isEqualTo(0x0800);
        assertThat(record.icmpTypeCode(REVERSE)).isZero();
        assertThat(record.icmpIdentifier()).isEqualTo(IDENTIFIER);
        assertThat(record.sourcePort()).isZero();
        assertThat(record.destinationPort()).isZero();
        assertThat(record.hasFlag(FlowRecord.FLAG_DIRECTION_INFERRED)).isFalse();
    }

    @Test
    void shouldTakeTheReceiverOfAnAnswerForTheClient() {
        meter.packet(1, packet("2001:db8::1", "2001:db8::9").icmp(129, 0, IDENTIFIER));
        final FlowRecord record = onlyRecord();
        assertThat(record.packets(REVERSE)).isOne();
        assertThat(record.buffer().getByte(record.sourceAddressOffset() + 15)).isEqualTo((byte) 9);
    }

    @Test
    void shouldTellQueryFromAnswerWhereBothHaveOneAddress() {
        meter.packet(1, packet(ASKER, ASKER).icmp(8, 0, 1)).packet(1.1, packet(ASKER, ASKER).icmp(0, 0, 1));
        final FlowRecord record = onlyRecord();
        assertThat(record.packets(FORWARD)).isOne();
        assertThat(record.packets(REVERSE)).isOne();
    }

    @Test
    void shouldKeepQueriesApartByIdentifierAndKind() {
        meter.packet(1, packet(ASKER, ANSWERER).icmp(8, 0, 1)).packet(1, packet(ASKER, ANSWERER).icmp(8, 0, 2))
            .packet(1, packet(ASKER, ANSWERER).icmp(13, 0, 1));
        assertThat(meter.close().records()).hasSize(3);
    }

    @Test
    void shouldMeterAnErrorAsItsOwnFlowAndFlagTheOneThatItQuotes() {
        final TestPacket datagram = packet(ASKER, ANSWERER).udp(40_000, 33_434, 20);
        meter.packet(1, datagram).packet(1.1, packet("10.0.0.77", ASKER).icmpError(11, 0, datagram));
        final List<FlowRecord> records = meter.close().records();
        assertThat(records).hasSize(2);
        final FlowRecord udp = records.get(0);
        final FlowRecord icmp = records.get(1);
        assertThat(udp.hasFlag(FlowRecord.FLAG_ICMP_ERROR)).isTrue();
        assertThat(icmp.icmpTypeCode(FORWARD)).isEqualTo(0x0B00);
        assertThat(icmp.frames(FORWARD)).isOne();
        assertThat(meter.count(Counter.ICMP_ERRORS_TIED)).isOne();
    }

    @Test
    void shouldKeepErrorsOfDifferentCodesApart() {
        final TestPacket unknown = packet(ASKER, ANSWERER).udp(1, 2, 20);
        meter.packet(1, packet(ANSWERER, ASKER).icmpError(3, 3, unknown)).packet(1, packet(ANSWERER, ASKER).icmpError(3, 1, unknown));
        assertThat(meter.close().records()).hasSize(2);
        assertThat(meter.count(Counter.ICMP_ERRORS_TIED)).isZero();
    }

    @Test
    void shouldKeepAFragmentedPingInOneFlow() {
        final TestPacket whole = packet(ASKER, ANSWERER).icmp(8, 0, IDENTIFIER);
        meter.packet(1, packet(ASKER, ANSWERER).icmp(8, 0, IDENTIFIER).slice(0, 24).fragment(5, 0, true))
            .packet(1.001, packet(ASKER, ANSWERER).icmp(8, 0, IDENTIFIER).slice(24, 56).fragment(5, 24, false));
        final FlowRecord record = onlyRecord();
        assertThat(record.frames(FORWARD)).isEqualTo(2);
        assertThat(record.fragments(FORWARD)).isEqualTo(2);
        assertThat(record.octets(FORWARD)).isEqualTo(whole.ipLength() + 20);
    }

    private FlowRecord onlyRecord() {
        final List<FlowRecord> records = meter.close().records();
        assertThat(records).hasSize(1);
        return records.get(0);
    }
}
