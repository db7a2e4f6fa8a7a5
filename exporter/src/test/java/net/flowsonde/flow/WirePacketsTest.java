package net.flowsonde.flow;

import static net.flowsonde.flow.FlowRecord.FORWARD;
import static net.flowsonde.flow.FlowRecord.REVERSE;
import static net.flowsonde.flow.TestPacket.ACK;
import static net.flowsonde.flow.TestPacket.SYN;
import static net.flowsonde.flow.TestPacket.packet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Test;

class WirePacketsTest {
    private static final String CLIENT = "10.0.0.2";
    private static final String SERVER = "10.0.0.1";

    private final MeterFixture meter = new MeterFixture();

    @Test
    void shouldTakeTheKernelsSegmentSizeForExact() {
        final byte[] frame = data(14_481).frame();
        meter.meter().onPacket(meter.wrap(1, frame, frame.length).segmentation(1_448, 54));
        final FlowRecord record = onlyRecord();
        assertThat(record.packets(FORWARD)).isEqualTo(11);
        assertThat(record.frames(FORWARD)).isOne();
        assertThat(record.octets(FORWARD)).isEqualTo(14_521);
        assertThat(record.maxFrameLength(FORWARD)).isEqualTo(frame.length);
        assertThat(record.hasFlag(FlowRecord.FLAG_COALESCED)).isTrue();
        assertThat(record.hasFlag(FlowRecord.FLAG_PACKETS_ESTIMATED)).isFalse();
        assertThat(meter.count(Counter.PACKETS_METERED)).isEqualTo(11);
        assertThat(meter.count(Counter.FRAMES_COALESCED)).isOne();
        assertThat(meter.count(Counter.FRAMES_ESTIMATED)).isZero();
    }

    @Test
    void shouldEstimateByTheSmallerSegmentSizeOfTheSyns() {
        handshake(8_960, 1_000);
        meter.packet(2, data(3_001));
        final FlowRecord record = onlyRecord();
        assertThat(record.packets(FORWARD)).isEqualTo(2 + 4);
        assertThat(record.frames(FORWARD)).isEqualTo(3);
        assertThat(record.hasFlag(FlowRecord.FLAG_COALESCED)).isTrue();
        assertThat(record.hasFlag(FlowRecord.FLAG_PACKETS_ESTIMATED)).isTrue();
    }

    @Test
    void shouldNotCallAJumboFrameCoalescedWhereTheSynsAllowIt() {
        handshake(8_960, 8_960);
        meter.packet(2, data(8_960));
        final FlowRecord record = onlyRecord();
        assertThat(record.packets(FORWARD)).isEqualTo(3);
        assertThat(record.hasFlag(FlowRecord.FLAG_COALESCED)).isFalse();
    }

    @Test
    void shouldEstimateByTheUsualMtuWhereNoSynWasSeen() {
        meter.packet(1, data(1_460)).packet(2, data(2_921));
        final FlowRecord record = onlyRecord();
        assertThat(record.packets(FORWARD)).isEqualTo(1 + 3);
        assertThat(record.hasFlag(FlowRecord.FLAG_PACKETS_ESTIMATED)).isTrue();
    }

    @Test
    void shouldNotBelieveATinySegmentSize() {
        handshake(1, 1);
        meter.packet(2, data(480));
        assertThat(onlyRecord().packets(FORWARD)).isEqualTo(2 + 10);
    }

    @Test
    void shouldCountALongDatagramAsOnePacket() {
        meter.packet(1, packet(CLIENT, SERVER).udp(40_000, 53, 9_000));
        final FlowRecord record = onlyRecord();
        assertThat(record.packets(FORWARD)).isOne();
        assertThat(record.hasFlag(FlowRecord.FLAG_COALESCED)).isFalse();
    }

    @Test
    void shouldForgetTheMarksWithTheRecord() {
        handshake(1_460, 1_460);
        meter.packet(2, data(2_920));
        for (int second = 10; second <= 70; second += 10) {
            meter.packet(second, packet(SERVER, CLIENT).tcp(80, 40_000, ACK, 2, 2, 0, 0));
        }
        final List<FlowRecord> records = meter.close().records();
        assertThat(records).hasSize(2);
        assertThat(records.get(0).hasFlag(FlowRecord.FLAG_COALESCED)).isTrue();
        assertThat(records.get(1).hasFlag(FlowRecord.FLAG_COALESCED)).isFalse();
        assertThat(records.get(1).packets(REVERSE)).isEqualTo(records.get(1).frames(REVERSE));
    }

    private void handshake(final int clientSegment, final int serverSegment) {
        meter.packet(1, packet(CLIENT, SERVER).tcp(40_000, 80, SYN, 0, 0, 0, clientSegment))
            .packet(1.1, packet(SERVER, CLIENT).tcp(80, 40_000, SYN | ACK, 1, 1, 0, serverSegment))
            .packet(1.2, packet(CLIENT, SERVER).tcp(40_000, 80, ACK, 1, 2, 0, 0));
    }

    private static TestPacket data(final int payloadLength) {
        return packet(CLIENT, SERVER).tcp(40_000, 80, ACK, 1, 2, payloadLength, 0);
    }

    private FlowRecord onlyRecord() {
        final List<FlowRecord> records = meter.close().records();
        assertThat(records).hasSize(1);
        return records.get(0);
    }
}
