package net.flowsonde.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FlowTableTest {
    private static final int UDP = 17;

    private final HeldFragments packet = new HeldFragments();
    private final FlowKey key = new FlowKey();
    private final Flow flow = new Flow();

    @Test
    void shouldFindWhatWasOpenedAndNothingElse() {
        final SplittableRandom random = new SplittableRandom(1);
        final Map<Integer, Integer> model = new HashMap<>();
        try (FlowTable table = new FlowTable(5_000, FlowHash.random())) {
            for (int i = 0; i < 200_000; i++) {
                final int host = random.nextInt(8_000);
                final int slot = table.find(key(host));
                assertThat(slot).isEqualTo(model.getOrDefault(host, FlowTable.NONE));
                if (slot != FlowTable.NONE && random.nextInt(3) == 0) {
                    table.remove(slot);
                    model.remove(host);
                } else if (slot == FlowTable.NONE && !table.isFull()) {
                    model.put(host, table.open(key, FlowTimeouts.UDP, i));
                }
                assertThat(table.size()).isEqualTo(model.size());
            }
            assertThat(new HashSet<>(model.values())).hasSameSizeAs(model.entrySet());
        }
    }

    @Test
    void shouldHaveOneKeyForBothDirections() {
        try (FlowTable table = new FlowTable(16, FlowHash.random())) {
            final int slot = table.open(key(1, 2), FlowTimeouts.UDP, 0);
            final boolean isSourceHigh = key.isSourceHigh();
            assertThat(table.find(key(2, 1))).isEqualTo(slot);
            assertThat(key.isSourceHigh()).isNotEqualTo(isSourceHigh);
        }
    }

    @Test
    void shouldTellKeysApartThatShareTheWholeHash() {
        final FlowHash constant = new FlowHash(new long[8]);
        try (FlowTable table = new FlowTable(3_000, constant)) {
            final Map<Integer, Integer> slots = new HashMap<>();
            final Set<Integer> hashes = new HashSet<>();
            for (int host = 0; host < 2_000; host++) {
                hashes.add(key(host).hash(constant));
                slots.put(host, table.open(key, FlowTimeouts.UDP, 0));
            }
            assertThat(hashes).hasSize(1);
            for (int host = 0; host < 2_000; host += 2) {
                table.remove(slots.remove(host));
            }
            for (int host = 0; host < 2_000; host++) {
                assertThat(table.find(key(host))).isEqualTo(slots.getOrDefault(host, FlowTable.NONE));
            }
        }
    }

    @Test
    void shouldSpreadKeysThatDifferInFewBits() {
        final int buckets = 1 << 18;
        final FlowHash hash = FlowHash.random();
        final int[] load = new int[buckets];
        final Set<Integer> hashes = new HashSet<>();
        for (int host = 0; host < buckets; host++) {
            final int value = key(host).hash(hash);
            hashes.add(value);
            load[value & buckets - 1]++;
        }
        // of 2^18 random values 8 share 32 bits on average, and a bucket with more than 13 has a chance of 10^-6
        assertThat(hashes).hasSizeGreaterThan(buckets - 60);
        int fullest = 0;
        for (final int count : load) {
            fullest = Math.max(fullest, count);
        }
        assertThat(fullest).isLessThan(14);
    }

    @Test
    void shouldHashDifferentlyInEveryTable() {
        assertThat(key(1).hash(FlowHash.random())).isNotEqualTo(key(1).hash(FlowHash.random()));
    }

    @Test
    void shouldOpenARecordOfZerosInASlotThatWasUsed() {
        try (FlowTable table = new FlowTable(1, FlowHash.random())) {
            table.select(table.open(key(1), FlowTimeouts.UDP, 0), flow);
            flow.record().flowId(99);
            flow.record().packets(FlowRecord.REVERSE, 99);
            table.remove(flow.slot());
            table.select(table.open(key(2), FlowTimeouts.UDP, 0), flow);
            assertThat(flow.record().flowId()).isZero();
            assertThat(flow.record().packets(FlowRecord.REVERSE)).isZero();
            assertThat(flow.record().protocol()).isEqualTo(UDP);
            assertThat(flow.record().ipVersion()).isEqualTo(4);
        }
    }

    private FlowKey key(final int host) {
        return key(0x7F00_0000, host);
    }

    private FlowKey key(final int source, final int destination) {
        packet.ipVersion = 4;
        packet.protocol = UDP;
        packet.vlanId = FlowRecord.NO_VLAN;
        packet.addresses().putInt(HeldFragments.SOURCE_ADDRESS_OFFSET, source);
        packet.addresses().putInt(HeldFragments.DESTINATION_ADDRESS_OFFSET, destination);
        key.set(packet);
        return key;
    }
}
