package net.flowsonde.flow;

import static net.flowsonde.flow.FlowRecord.FORWARD;
import static net.flowsonde.flow.FlowRecord.REVERSE;
import static net.flowsonde.flow.MeterFixture.cacheSize;
import static net.flowsonde.flow.MeterFixture.ns;
import static net.flowsonde.flow.TestPacket.packet;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.flowsonde.config.FlowConfig;
import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Test;

class FlowMeterTest {
    private static final String CLIENT = "10.0.0.2";
    private static final String SERVER = "10.0.0.1";

    private final MeterFixture meter = new MeterFixture();

    @Test
    void shouldCountBothDirectionsInOneRecord() {
        meter.packet(1, request(100).ttl(64).classOfService(0xB8)).packet(2, answer(200).ttl(57).classOfService(0x20))
            .packet(3, request(50).ttl(63)).packet(4, answer(60).ttl(58));
        final FlowRecord record = onlyRecord();
        assertThat(record.sourcePort()).isEqualTo(40_000);
        assertThat(record.destinationPort()).isEqualTo(53);
        assertThat(record.packets(FORWARD)).isEqualTo(2);
        assertThat(record.packets(REVERSE)).isEqualTo(2);
        assertThat(record.octets(FORWARD)).isEqualTo(2 * 28 + 150);
        assertThat(record.octets(REVERSE)).isEqualTo(2 * 28 + 260);
        assertThat(record.frames(FORWARD)).isEqualTo(2);
        assertThat(record.payloadOctets(FORWARD)).isEqualTo(150);
        assertThat(record.payloadOctets(REVERSE)).isEqualTo(260);
        assertThat(record.startNs(FORWARD)).isEqualTo(ns(1));
        assertThat(record.endNs(FORWARD)).isEqualTo(ns(3));
        assertThat(record.startNs(REVERSE)).isEqualTo(ns(2));
        assertThat(record.endNs(REVERSE)).isEqualTo(ns(4));
        assertThat(record.minimumTtl(FORWARD)).isEqualTo(63);
        assertThat(record.maximumTtl(FORWARD)).isEqualTo(64);
        assertThat(record.minimumTtl(REVERSE)).isEqualTo(57);
        assertThat(record.ipClassOfService(FORWARD)).isEqualTo(0xB8);
        assertThat(record.ipClassOfService(REVERSE)).isEqualTo(0x20);
        assertThat(record.maxFrameLength(REVERSE)).isEqualTo(14 + 28 + 200);
        assertThat(record.hasFlag(FlowRecord.FLAG_CONTINUATION)).isFalse();
        assertThat(record.flowEndReason()).isEqualTo(FlowEndReason.FORCED_END);
        assertAccount();
    }

    @Test
    void shouldKeepTheAddressesOfTheClientFirst() {
        meter.packet(1, packet("2001:db8::9", "2001:db8::1").udp(50_000, 443, 10).flowLabel(0xABCDE))
            .packet(2, packet("2001:db8::1", "2001:db8::9").udp(443, 50_000, 10).flowLabel(7));
        final FlowRecord record = onlyRecord();
        assertThat(record.ipVersion()).isEqualTo(6);
        assertThat(record.buffer().getByte(record.sourceAddressOffset() + 15)).isEqualTo((byte) 9);
        assertThat(record.buffer().getByte(record.destinationAddressOffset() + 15)).isEqualTo((byte) 1);
        assertThat(record.flowLabelIPv6(FORWARD)).isEqualTo(0xABCDE);
        assertThat(record.flowLabelIPv6(REVERSE)).isEqualTo(7);
    }

    @Test
    void shouldKeepTheClientsLinkAddressesWhoeverSpokeFirst() {
        meter.packet(1, answer(1).macs(0x0A, 0x0B)).packet(2, request(1).macs(0x0B, 0x0A));
        final FlowRecord record = onlyRecord();
        assertThat(record.buffer().getByte(record.sourceMacAddressOffset() + 5)).isEqualTo((byte) 0x0B);
        assertThat(record.buffer().getByte(record.destinationMacAddressOffset() + 5)).isEqualTo((byte) 0x0A);
    }

    @Test
    void shouldNotCountEthernetPadding() {
        final byte[] padded = Arrays.copyOf(request(1).frame(), 60);
        meter.frame(1, padded, padded.length);
        final FlowRecord record = onlyRecord();
        assertThat(record.octets(FORWARD)).isEqualTo(29);
        assertThat(record.maxFrameLength(FORWARD)).isEqualTo(60);
    }

    @Test
    void shouldTellFlowsApartByEveryPartOfTheKey() {
        meter.packet(1, packet(CLIENT, SERVER).udp(1, 2, 0)).packet(1, packet(CLIENT, SERVER).udp(1, 3, 0))
            .packet(1, packet(CLIENT, SERVER).udp(3, 2, 0)).packet(1, packet("10.0.0.3", SERVER).udp(1, 2, 0))
            .packet(1, packet(CLIENT, "10.0.0.3").udp(1, 2, 0)).packet(1, packet(CLIENT, SERVER).tcp(1, 2, TestPacket.ACK, 1, 0))
            .packet(1, packet(CLIENT, SERVER).udp(1, 2, 0).vlans(5)).packet(1, packet(CLIENT, SERVER).protocol(47, 4))
            .packet(1, packet(CLIENT, SERVER).protocol(50, 40));
        assertThat(meter.close().records()).hasSize(9);
        assertThat(meter.count(Counter.FLOWS_CREATED)).isEqualTo(9);
    }

    @Test
    void shouldLeaveTheVlanOutOfTheKeyWhenAsked() {
        final FlowConfig.Timeouts timeouts = FlowConfig.Timeouts.DEFAULT;
        final MeterFixture meter = new MeterFixture(new FlowConfig(
            1_024, timeouts, timeouts, timeouts, timeouts, Duration.ZERO, false, false, 8, 64));
        meter.packet(1, request(1).vlans(5)).packet(2, answer(1).vlans(6));
        final List<FlowRecord> records = meter.close().records();
        assertThat(records).hasSize(1);
        assertThat(records.get(0).vlanId(FORWARD)).isEqualTo(5);
        assertThat(records.get(0).vlanId(REVERSE)).isEqualTo(6);
    }

    @Test
    void shouldTakeAPriorityTagForNoVlan() {
        meter.packet(1, request(1).vlans(0)).packet(2, answer(1));
        final FlowRecord record = onlyRecord();
        assertThat(record.vlanId(FORWARD)).isZero();
        assertThat(record.vlanId(REVERSE)).isEqualTo(FlowRecord.NO_VLAN);
    }

    @Test
    void shouldPutTheTagThatTheKernelTookOutBeforeThoseLeftIn() {
        final byte[] frame = request(1).vlans(20).frame();
        meter.meter().onPacket(meter.wrap(1, frame, frame.length).strippedVlan(0x6000 | 10, 0x88A8));
        meter.packet(2, answer(1).vlans(10, 20));
        final FlowRecord record = onlyRecord();
        for (int direction = FORWARD; direction <= REVERSE; direction++) {
            assertThat(record.vlanId(direction)).isEqualTo(10);
            assertThat(record.customerVlanId(direction)).isEqualTo(20);
        }
        assertThat(record.maxFrameLength(FORWARD)).isEqualTo(frame.length + 4);
    }

    @Test
    void shouldNameTheInterfaceByTheWayThatTheFrameWent() {
        final byte[] out = request(1).frame();
        final byte[] in = answer(1).frame();
        meter.meter().onPacket(meter.wrap(1, out, out.length).outgoing(true));
        meter.meter().onPacket(meter.wrap(2, in, in.length));
        final FlowRecord record = onlyRecord();
        assertThat(record.ingressInterface(FORWARD)).isZero();
        assertThat(record.egressInterface(FORWARD)).isEqualTo(7);
        assertThat(record.ingressInterface(REVERSE)).isEqualTo(7);
        assertThat(record.egressInterface(REVERSE)).isZero();
    }

    @Test
    void shouldMarkRecordsOfFramesThatWereCut() {
        final byte[] frame = request(500).frame();
        meter.frame(1, frame, 60);
        final FlowRecord record = onlyRecord();
        assertThat(record.hasFlag(FlowRecord.FLAG_TRUNCATED)).isTrue();
        assertThat(record.octets(FORWARD)).isEqualTo(528);
        assertThat(record.payloadOctets(FORWARD)).isEqualTo(500);
    }

    @Test
    void shouldCountFramesWithoutIpByTheirCause() {
        final byte[] arp = new byte[60];
        arp[12] = 0x08;
        arp[13] = 0x06;
        meter.frame(1, arp, arp.length).packet(1, request(1));
        assertThat(onlyRecord().frames(FORWARD)).isOne();
        assertThat(meter.count(Counter.FRAMES_NOT_METERED)).isOne();
        assertThat(meter.count(Counter.DECODE_ARP)).isOne();
        assertThat(meter.count(Counter.FRAMES_METERED)).isOne();
    }

    @Test
    void shouldExportAnIdleFlowSoonAndNeverEarly() {
        meter.packet(1, request(1)).packet(3, answer(1));
        assertThat(meter.time(17.99).records()).isEmpty();
        final List<FlowRecord> records = meter.time(18.3).records();
        assertThat(records).hasSize(1);
        assertThat(records.get(0).flowEndReason()).isEqualTo(FlowEndReason.IDLE_TIMEOUT);
        assertThat(records.get(0).flowEndNs()).isEqualTo(ns(3));
        assertThat(meter.count(Counter.FLOWS_ACTIVE)).isZero();
        assertThat(meter.count(Counter.FLOWS_PEAK)).isOne();
    }

    @Test
    void shouldFindAFlowExpiredByItsNextPacketAlone() {
        meter.packet(1, request(1)).packet(16, request(2));
        final List<FlowRecord> records = meter.close().records();
        assertThat(records).hasSize(2);
        assertThat(records.get(0).flowEndReason()).isEqualTo(FlowEndReason.IDLE_TIMEOUT);
        assertThat(records.get(1).flowId()).isNotEqualTo(records.get(0).flowId());
        assertThat(records.get(1).hasFlag(FlowRecord.FLAG_CONTINUATION)).isFalse();
        assertAccount();
    }

    @Test
    void shouldExpireOnlyWhatIsIdle() {
        meter.packet(1, packet(CLIENT, SERVER).udp(1_000, 53, 1)).packet(2, packet(CLIENT, SERVER).udp(2_000, 53, 1))
            .packet(10, packet(CLIENT, SERVER).udp(1_000, 53, 1));
        final List<FlowRecord> records = meter.time(18).records();
        assertThat(records).hasSize(1);
        assertThat(records.get(0).sourcePort()).isEqualTo(2_000);
    }

    @Test
    void shouldExpireEveryoneWithinASecondWhenAllFallSilent() {
        final MeterFixture meter = new MeterFixture(cacheSize(100_000), 1 << 26);
        for (int port = 1; port <= 60_000; port++) {
            meter.packet(1, packet(CLIENT, SERVER).udp(port, 53, 1));
        }
        for (int tenth = 1; tenth <= 10; tenth++) {
            meter.time(16.1 + tenth / 10.0);
        }
        assertThat(meter.records()).hasSize(60_000);
    }

    @Test
    void shouldExportALongFlowByItsActiveTimeoutAndGoOn() {
        for (int second = 0; second <= 130; second += 10) {
            meter.packet(second, second % 20 == 0 ? request(10) : answer(20));
        }
        final List<FlowRecord> records = meter.close().records();
        assertThat(records).extracting(FlowRecord::flowEndReason).containsExactly(
            FlowEndReason.ACTIVE_TIMEOUT, FlowEndReason.ACTIVE_TIMEOUT, FlowEndReason.FORCED_END);
        assertThat(records).extracting(FlowRecord::flowId).containsOnly(records.get(0).flowId());
        assertThat(records).extracting(record -> record.hasFlag(FlowRecord.FLAG_CONTINUATION)).containsExactly(false, true, true);
        assertThat(records).extracting(FlowRecord::flowStartNs).containsExactly(ns(0), ns(60), ns(120));
        assertThat(records).extracting(FlowRecord::flowEndNs).containsExactly(ns(50), ns(110), ns(130));
        assertThat(records).extracting(record -> record.frames(FORWARD) + record.frames(REVERSE)).containsExactly(6L, 6L, 2L);
        assertThat(records).extracting(record -> record.payloadOctets(FORWARD)).containsExactly(30L, 30L, 10L);
        assertThat(records).extracting(record -> record.minimumTtl(REVERSE)).containsOnly(64);
        assertAccount();
    }

    @Test
    void shouldSpanStampsThatAreOutOfOrder() {
        meter.packet(5, request(1)).packet(4, answer(1)).packet(4.5, request(1)).time(10).packet(6, request(1));
        final FlowRecord record = onlyRecord();
        assertThat(record.startNs(FORWARD)).isEqualTo(ns(4.5));
        assertThat(record.endNs(FORWARD)).isEqualTo(ns(6));
        assertThat(record.startNs(REVERSE)).isEqualTo(ns(4));
        assertThat(record.frames(FORWARD)).isEqualTo(3);
    }

    @Test
    void shouldBeginAnewWhenStampsJumpBackFurtherThanAFlowMayBeSilent() {
        meter.packet(1_000, request(1)).packet(10, request(1)).packet(20, answer(1)).time(1_001);
        final List<FlowRecord> records = meter.close().records();
        assertThat(records).extracting(FlowRecord::flowStartNs).containsExactly(ns(1_000), ns(10));
        assertThat(records).extracting(FlowRecord::flowEndNs).containsExactly(ns(1_000), ns(20));
        assertAccount();
    }

    @Test
    void shouldMakeRoomByTheFlowThatWasSilentLongest() {
        final MeterFixture meter = new MeterFixture(cacheSize(2));
        meter.packet(1, packet(CLIENT, SERVER).udp(1_001, 53, 1)).packet(2, packet(CLIENT, SERVER).protocol(47, 4))
            .packet(3, packet(CLIENT, SERVER).udp(1_001, 53, 1)).packet(4, packet(CLIENT, SERVER).udp(1_002, 53, 1));
        final List<FlowRecord> records = meter.records();
        assertThat(records).hasSize(1);
        assertThat(records.get(0).protocol()).isEqualTo(47);
        assertThat(records.get(0).flowEndReason()).isEqualTo(FlowEndReason.LACK_OF_RESOURCES);
        assertThat(meter.count(Counter.EMERGENCY_EXPIRIES)).isOne();
        assertThat(meter.count(Counter.RECORDS_LACK_OF_RESOURCES)).isOne();
        assertThat(meter.close().records()).hasSize(2);
    }

    @Test
    void shouldCountWhatAFullRingDrops() {
        final MeterFixture meter = new MeterFixture(cacheSize(1), 1 << 13);
        for (int i = 0; i < 100; i++) {
            meter.packet(i, packet(CLIENT, SERVER).udp(1_000 + i, 53, 1));
        }
        meter.close();
        final long dropped = meter.count(Counter.RECORDS_RING_FULL);
        assertThat(dropped).isPositive();
        assertThat(meter.count(Counter.RECORDS_CREATED)).isEqualTo(100 - dropped).isEqualTo(meter.records().size());
        assertThat(meter.count(Counter.FRAMES_RING_FULL)).isEqualTo(dropped);
        assertThat(meter.count(Counter.PACKETS_RING_FULL)).isEqualTo(dropped);
        assertThat(meter.count(Counter.OCTETS_RING_FULL)).isEqualTo(29 * dropped);
        assertThat(meter.count(Counter.OCTETS_RECORDED)).isEqualTo(29 * (100 - dropped));
    }

    @Test
    void shouldPutOffIdleTimeoutsWhileTheRingIsHalfFull() {
        final MeterFixture meter = new MeterFixture(cacheSize(100), 1 << 13);
        for (int i = 0; i < 40; i++) {
            meter.packet(1, packet(CLIENT, SERVER).udp(1_000 + i, 53, 1));
        }
        int exported = 0;
        for (int second = 20; second < 30; second++) {
            exported += meter.time(second).records().size();
        }
        assertThat(exported).isEqualTo(40);
        assertThat(meter.count(Counter.RECORDS_RING_FULL)).isZero();
    }

    @Test
    void shouldGiveEveryFlowAnIdentifierOfItsOwn() {
        for (int i = 0; i < 1_000; i++) {
            meter.packet(1, packet(CLIENT, SERVER).udp(1_024 + i, 53, 1));
        }
        final List<FlowRecord> records = meter.close().records();
        assertThat(records).extracting(FlowRecord::flowId).doesNotHaveDuplicates().allMatch(id -> id >>> 52 == 3);
    }

    private FlowRecord onlyRecord() {
        final List<FlowRecord> records = meter.close().records();
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private void assertAccount() {
        assertThat(meter.count(Counter.FRAMES_RECORDED)).isEqualTo(meter.count(Counter.FRAMES_METERED));
        assertThat(meter.count(Counter.PACKETS_RECORDED)).isEqualTo(meter.count(Counter.PACKETS_METERED));
        assertThat(meter.count(Counter.OCTETS_RECORDED)).isEqualTo(meter.count(Counter.OCTETS_METERED));
    }

    private static TestPacket request(final int payloadLength) {
        return packet(CLIENT, SERVER).udp(40_000, 53, payloadLength);
    }

    private static TestPacket answer(final int payloadLength) {
        return packet(SERVER, CLIENT).udp(53, 40_000, payloadLength);
    }
}
