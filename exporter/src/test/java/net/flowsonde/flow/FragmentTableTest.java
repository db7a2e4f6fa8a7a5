package net.flowsonde.flow;

import static net.flowsonde.decode.FrameBuilder.frame;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.flowsonde.decode.FrameBuilder;
import net.flowsonde.decode.PacketDecoder;
import net.flowsonde.decode.PacketLayout;
import net.flowsonde.decode.Verdict;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FragmentTableTest {
    private static final int MORE = 0x2000;
    private static final int NO_VLAN = 0xFFFF;
    private static final int RAW = 101;

    private final Counters counters = new Telemetry().register(Counter.Scope.QUEUE, "test");
    private final PacketDecoder decoder = new PacketDecoder(8);
    private final PacketLayout layout = new PacketLayout();
    private FragmentTable table;
    private long nowNs = 1_000_000_000L;
    private long framesWithoutFirst;
    private long octetsWithoutFirst;
    private int protocolWithoutFirst;
    private long tunnelWithoutFirst;

    @BeforeEach
    void open() {
        table = new FragmentTable(4, 2, this::withoutFirst, counters);
    }

    private void withoutFirst(final HeldFragments held) {
        framesWithoutFirst += held.frames();
        octetsWithoutFirst += held.octets();
        protocolWithoutFirst = held.protocol();
        tunnelWithoutFirst = held.tunnelId();
        if (held.lastNs() < held.firstNs()) {
            throw new AssertionError("stamps of held fragments");
        }
    }

    private boolean offer(final byte[] packet) {
        return offer(packet, packet.length);
    }

    private boolean offer(final byte[] packet, final int captured) {
        decoder.decode(new UnsafeBuffer(Arrays.copyOf(packet, captured)), 0, captured, packet.length, RAW, layout);
        return table.onFragment(layout, NO_VLAN, 5, 1, packet.length, nowNs++);
    }

    /** Octets [start, limit) of a UDP datagram of {@code length} octets from port 1000 to 2000, as an IPv4 fragment. */
    private static byte[] udpPart(final int id, final int length, final int start, final int limit) {
        final byte[] datagram = frame().u16(1000).u16(2000).u16(length).u16(0).payload(length - 8).build();
        final FrameBuilder part = frame().ipv4(17, id, (limit < length ? MORE : 0) | start >> 3);
        for (int at = start; at < limit; at++) {
            part.octet(datagram[at]);
        }
        return part.build();
    }

    private long count(final Counter counter) {
        return counters.value(counter);
    }

    private Verdict decodeWhole(final PacketLayout whole) {
        return decoder.decode(table.datagram(), 0, table.datagramLength(), table.datagramLength(), RAW, whole);
    }

    @Test
    void shouldGiveLaterFragmentsThePortsOfTheFirst() {
        assertThat(offer(udpPart(1, 40, 0, 16))).isTrue();
        assertThat(table.isReassembling()).isTrue();
        assertThat(offer(udpPart(1, 40, 16, 32))).isTrue();
        assertThat(layout.hasPorts()).isTrue();
        assertThat(layout.sourcePort()).isEqualTo(1000);
        assertThat(layout.destinationPort()).isEqualTo(2000);
        assertThat(offer(udpPart(1, 40, 32, 40))).isTrue();
        assertThat(table.isComplete()).isTrue();
        assertThat(count(Counter.FRAGMENTED_DATAGRAMS_COMPLETE)).isOne();
    }

    @Test
    void shouldPutTheDatagramTogether() {
        offer(udpPart(1, 40, 32, 40));
        offer(udpPart(1, 40, 0, 16));
        offer(udpPart(1, 40, 16, 32));
        final PacketLayout whole = new PacketLayout();
        assertThat(decodeWhole(whole)).isEqualTo(Verdict.DECODED);
        assertThat(whole.isFragment()).isFalse();
        assertThat(whole.destinationPort()).isEqualTo(2000);
        assertThat(whole.payloadLength()).isEqualTo(32);
        final byte[] payload = new byte[32];
        table.datagram().getBytes(whole.payloadOffset(), payload);
        assertThat(payload).isEqualTo(frame().payload(32).build());
    }

    @Test
    void shouldShowATcpHeaderThatWasSplit() {
        offer(frame().ipv4(6, 9, MORE).hex("3039 1f90 01020304").build());
        assertThat(layout.hasTransport()).isFalse();
        offer(frame().ipv4(6, 9, MORE | 1).hex("05060708 5002 2000").build());
        offer(frame().ipv4(6, 9, 2).hex("00000000").build());
        final PacketLayout whole = new PacketLayout();
        assertThat(decodeWhole(whole)).isEqualTo(Verdict.DECODED);
        assertThat(whole.tcpFlags()).isEqualTo(2);
        assertThat(whole.tcpSequence()).isEqualTo(0x01020304);
    }

    @Test
    void shouldPutIpv6DatagramsTogetherWithFragmentedExtensionHeaders() {
        // destination options lie behind the fragment header: later fragments name them as their protocol
        assertThat(offer(frame().ipv6(44).hex("3c00 0010 00000007").payload(8).build())).isFalse();
        assertThat(offer(frame().ipv6(44).hex("3c00 0001 00000007").hex("1100 0104 00000000").hex("03e8 07d0 0010 0000").build()))
            .isTrue();
        assertThat(table.hasHeld()).isTrue();
        assertThat(table.held().protocol()).isEqualTo(17);
        assertThat(table.isComplete()).isTrue();
        final PacketLayout whole = new PacketLayout();
        assertThat(decodeWhole(whole)).isEqualTo(Verdict.DECODED);
        assertThat(whole.protocol()).isEqualTo(17);
        assertThat(whole.destinationPort()).isEqualTo(2000);
        assertThat(whole.payloadLength()).isEqualTo(8);
    }

    @Test
    void shouldHoldFragmentsUntilTheFirstComes() {
        assertThat(offer(udpPart(1, 40, 32, 40))).isFalse();
        assertThat(offer(udpPart(1, 40, 16, 32))).isFalse();
        assertThat(offer(udpPart(1, 40, 0, 16))).isTrue();
        assertThat(table.hasHeld()).isTrue();
        assertThat(table.held().frames()).isEqualTo(2);
        assertThat(table.held().octets()).isEqualTo(28 + 36);
        assertThat(table.held().firstNs()).isEqualTo(1_000_000_000L);
        assertThat(table.held().lastNs()).isEqualTo(1_000_000_001L);
        assertThat(table.held().addresses().getByte(HeldFragments.DESTINATION_ADDRESS_OFFSET + 2)).isEqualTo((byte) 1);
        offer(udpPart(1, 40, 16, 32));
        assertThat(table.hasHeld()).isFalse();
        table.flush();
        assertThat(framesWithoutFirst).isZero();
    }

    @Test
    void shouldHandOverWhatIsHeldWhenTheFirstNeverComes() {
        offer(udpPart(1, 40, 32, 40));
        assertThat(table.expire(nowNs + FragmentTable.TIMEOUT_NS - 2)).isZero();
        assertThat(table.expire(nowNs + FragmentTable.TIMEOUT_NS)).isOne();
        assertThat(framesWithoutFirst).isOne();
        assertThat(octetsWithoutFirst).isEqualTo(28);
        assertThat(protocolWithoutFirst).isEqualTo(17);
        assertThat(tunnelWithoutFirst).isEqualTo(5);
        assertThat(count(Counter.FRAGMENTED_DATAGRAMS_TIMED_OUT)).isOne();
        assertThat(count(Counter.FRAGMENTS_WITHOUT_FIRST)).isOne();
    }

    @Test
    void shouldEvictTheOldestAndLoseNoCount() {
        for (int id = 0; id < 10; id++) {
            assertThat(offer(udpPart(id, 40, 16, 32))).isFalse();
        }
        assertThat(framesWithoutFirst).isEqualTo(6);
        assertThat(count(Counter.FRAGMENTED_DATAGRAMS_EVICTED)).isEqualTo(6);
        table.flush();
        assertThat(framesWithoutFirst).isEqualTo(10);
        assertThat(count(Counter.FRAGMENTS_HELD)).isEqualTo(10);
    }

    @Test
    void shouldLetTheFirstOctetsWinWhereFragmentsOverlap() {
        offer(udpPart(1, 40, 0, 24));
        offer(frame().ipv4(17, 1, MORE | 2).hex("ffffffffffffffff ffffffffffffffff").build());
        assertThat(count(Counter.FRAGMENT_OVERLAPS)).isOne();
        offer(udpPart(1, 40, 32, 40));
        assertThat(table.isComplete()).isTrue();
        final byte[] octets = new byte[40];
        table.datagram().getBytes(20, octets);
        final byte[] sent = frame().u16(1000).u16(2000).u16(40).u16(0).payload(32).build();
        assertThat(Arrays.copyOf(octets, 24)).isEqualTo(Arrays.copyOf(sent, 24));
        assertThat(octets[24]).isEqualTo((byte) 0xFF);
        assertThat(octets[32]).isEqualTo(sent[32]);
    }

    @Test
    void shouldCountFragmentsThatContradictTheEnd() {
        offer(udpPart(1, 40, 0, 16));
        offer(udpPart(1, 40, 32, 40));
        offer(udpPart(1, 64, 40, 56));
        offer(udpPart(1, 36, 32, 36));
        assertThat(count(Counter.FRAGMENT_ENDS_DIFFER)).isEqualTo(2);
        offer(udpPart(1, 40, 16, 32));
        assertThat(table.isComplete()).isTrue();
        assertThat(table.datagramLength()).isEqualTo(60);
    }

    @Test
    void shouldGiveUpWhatCanNeverBeWhole() {
        offer(udpPart(1, 40, 0, 16));
        offer(frame().ipv4(17, 1, 0x1FFF).payload(16).build());
        assertThat(table.isReassembling()).isFalse();
        assertThat(count(Counter.FRAGMENT_OVERSIZE)).isOne();
        offer(udpPart(2, 40, 0, 16), 30);
        assertThat(count(Counter.FRAGMENTS_CUT)).isOne();
        offer(frame().ipv4(17, 3, MORE | 1).payload(9).build());
        assertThat(count(Counter.FRAGMENT_LENGTHS_UNALIGNED)).isOne();
        for (int hole = 0; hole <= DatagramBuffer.MOST_RANGES; hole++) {
            offer(frame().ipv4(17, 4, MORE | 1 + 2 * hole).payload(8).build());
        }
        assertThat(count(Counter.FRAGMENT_HOLES_EXCEEDED)).isOne();
    }

    @Test
    void shouldTakeTheBufferOfTheDatagramThatWaitedLongest() {
        offer(udpPart(1, 40, 0, 16));
        offer(udpPart(2, 40, 0, 16));
        offer(udpPart(3, 40, 0, 16));
        assertThat(count(Counter.FRAGMENT_BUFFERS_EXHAUSTED)).isOne();
        offer(udpPart(1, 40, 16, 40));
        assertThat(table.isComplete()).isFalse();
        assertThat(layout.destinationPort()).isEqualTo(2000);
        offer(udpPart(3, 40, 16, 40));
        assertThat(table.isComplete()).isTrue();
    }

    @Test
    void shouldStartAnewWhenAnIdentificationIsUsedAgain() {
        offer(udpPart(1, 40, 0, 16));
        offer(udpPart(1, 40, 16, 40));
        offer(frame().ipv4(17, 1, MORE).u16(7).u16(8).u16(40).u16(0).payload(8).build());
        assertThat(table.isReassembling()).isTrue();
        offer(udpPart(1, 40, 16, 40));
        assertThat(layout.sourcePort()).isEqualTo(7);
        assertThat(count(Counter.FRAGMENTED_DATAGRAMS_COMPLETE)).isEqualTo(2);
        table.flush();
        assertThat(count(Counter.FRAGMENTED_DATAGRAMS_TIMED_OUT)).isZero();
    }

    @Test
    void shouldAllocateNothing() {
        final var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        final UnsafeBuffer[] parts = {new UnsafeBuffer(udpPart(1, 40, 16, 40)), new UnsafeBuffer(udpPart(1, 40, 0, 16)),
            new UnsafeBuffer(udpPart(2, 40, 16, 32)), new UnsafeBuffer(udpPart(3, 40, 0, 16)), new UnsafeBuffer(udpPart(4, 40, 0, 8)),
            new UnsafeBuffer(udpPart(5, 40, 0, 8)), new UnsafeBuffer(udpPart(6, 40, 0, 8))};
        offerAll(parts);
        final long before = threads.getCurrentThreadAllocatedBytes();
        for (int round = 0; round < 5_000; round++) {
            offerAll(parts);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
    }

    private void offerAll(final UnsafeBuffer[] parts) {
        for (final UnsafeBuffer part : parts) {
            decoder.decode(part, 0, part.capacity(), part.capacity(), RAW, layout);
            table.onFragment(layout, NO_VLAN, 5, 1, part.capacity(), nowNs++);
        }
    }

    @Test
    void shouldNotWaitForProtocolsWithoutPorts() {
        assertThat(offer(frame().ipv4(50, 1, 2).payload(16).build())).isTrue();
        assertThat(layout.hasPorts()).isFalse();
        assertThat(count(Counter.FRAGMENTED_DATAGRAMS)).isZero();
    }

    /** Whatever comes in whatever order: every fragment is counted at once, handed over with its first, or handed over without. */
    @Test
    void shouldNeverLoseACount() {
        final SplittableRandom random = new SplittableRandom(7);
        table = new FragmentTable(16, 3, this::withoutFirst, counters);
        long offered = 0;
        long counted = 0;
        for (int step = 0; step < 50_000; step++) {
            final int start = random.nextInt(6) * 8;
            final FrameBuilder part = random.nextBoolean()
                ? frame().ipv4(17, random.nextInt(64), (random.nextInt(4) == 0 ? 0 : MORE) | start >> 3)
                : frame().ipv6(44).hex("1100").u16(start | random.nextInt(2)).u32(random.nextInt(64));
            final byte[] packet = part.payload(8 + random.nextInt(4) * random.nextInt(9)).build();
            offered += layoutOctets(packet);
            nowNs += random.nextInt(500_000_000);
            if (layout.isFragment()) {
                if (table.onFragment(layout, NO_VLAN, random.nextInt(2), 1, packet.length, nowNs)) {
                    counted += layout.ipLength() + (table.hasHeld() ? table.held().octets() : 0);
                }
            } else {
                counted += layout.ipLength();
            }
            if (random.nextInt(100) == 0) {
                table.expire(nowNs);
            }
        }
        table.flush();
        assertThat(counted + octetsWithoutFirst).isEqualTo(offered);
        assertThat(octetsWithoutFirst).isPositive();
        assertThat(count(Counter.FRAGMENTED_DATAGRAMS_COMPLETE)).isPositive();
        assertThat(count(Counter.FRAGMENTED_DATAGRAMS)).isEqualTo(count(Counter.FRAGMENTED_DATAGRAMS_COMPLETE)
            + count(Counter.FRAGMENTED_DATAGRAMS_TIMED_OUT) + count(Counter.FRAGMENTED_DATAGRAMS_EVICTED));
    }

    private int layoutOctets(final byte[] packet) {
        decoder.decode(new UnsafeBuffer(packet), 0, packet.length, packet.length, RAW, layout);
        return layout.ipLength();
    }
}
