package net.flowsonde.cli;

import static org.assertj.core.api.Assertions.assertThat;

import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counter.Scope;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;
import org.junit.jupiter.api.Test;

class AccountTest {
    private final Telemetry telemetry = new Telemetry();
    private final Counters queue = telemetry.register(Scope.QUEUE, "eth0/0");
    private final Counters export = telemetry.register(Scope.EXPORT, "export");
    private final Counters collector = telemetry.register(Scope.COLLECTOR, "udp://192.0.2.1:4739");

    @Test
    void shouldTellWhatBecameOfEverything() {
        aConsistentRun();
        assertThat(Account.of(telemetry)).containsExactly(
            "read         1,010 frames, 100,000 octets",
            "not read     7 frames",
            "             7 frames that the kernel dropped because our buffer was full",
            "left out     4 frames",
            "             4 frames left out because they are our own export or management traffic",
            "metered      1,000 frames: 1,100 packets with 90,000 octets in 20 flows",
            "             3 frames that stand for several wire packets (segmentation offload)",
            "not metered  6 frames",
            "             6 ARP and RARP frames",
            "recorded     20 records with 1,050 packets, 80,000 octets",
            "             20 those of them with flowEndReason 1, idle timeout",
            "             1 flow records dropped because the export thread did not keep up",
            "             40 frames counted in the records that were dropped",
            "             50 packets counted in the records that were dropped",
            "             10,000 octets counted in the records that were dropped",
            "exported     18 records with 1,000 packets, 79,000 octets to udp://192.0.2.1:4739",
            "             5 messages of 4,000 octets",
            "dropped      2 records",
            "             2 flow records dropped before they were on their way: collector away, queue or disk full",
            "             50 packets counted in the flow records dropped",
            "             1,000 octets counted in the flow records dropped",
            "sums         add up");
    }

    @Test
    void shouldTellHowConnectionsEnded() {
        telemetry.teardowns().name(code -> "REASON_" + code, code -> "IMPACT_" + code);
        telemetry.teardowns().increment(2, 1);
        telemetry.teardowns().increment(2, 1);
        telemetry.teardowns().increment(3, 0);
        assertThat(Account.of(telemetry)).containsSubsequence(
            "ended        3 TCP connections, by reason and impact", "             2 REASON_2/IMPACT_1", "             1 REASON_3/IMPACT_0");
    }

    @Test
    void shouldNameWhatDoesNotAddUp() {
        aConsistentRun();
        queue.increment(Counter.FRAMES_CAPTURED);
        collector.increment(Counter.RECORDS_SENT);
        export.add(Counter.RECORD_OCTETS_RECEIVED, 1);
        collector.add(Counter.RECORD_OCTETS_OFFERED, 1);
        assertThat(Account.of(telemetry)).containsSubsequence(
            "sums         DO NOT add up: eth0/0: FRAMES_CAPTURED is 1,011, its parts are 1,010, 1 missing",
            "sums         DO NOT add up: the queues and the export thread: OCTETS_RECORDED is 80,000, its parts are 80,001, 1 too many",
            "sums         DO NOT add up: udp://192.0.2.1:4739: RECORDS_OFFERED is 20, its parts are 21, 1 too many",
            "sums         DO NOT add up: udp://192.0.2.1:4739: RECORD_OCTETS_OFFERED is 80,001, its parts are 80,000, 1 missing")
            .doesNotContain("sums         add up");
    }

    @Test
    void shouldNotLetTwoQueuesHideEachOther() {
        aConsistentRun();
        final Counters other = telemetry.register(Scope.QUEUE, "eth0/1");
        queue.add(Counter.FRAMES_CAPTURED, 1);
        other.add(Counter.FRAMES_NOT_METERED, 1);
        assertThat(Sums.differences(telemetry)).hasSize(3);
    }

    private void aConsistentRun() {
        queue.add(Counter.FRAMES_CAPTURED, 1_010);
        queue.add(Counter.OCTETS_CAPTURED, 100_000);
        queue.add(Counter.KERNEL_DROPS, 7);
        queue.add(Counter.FRAMES_OWN_TRAFFIC, 4);
        queue.add(Counter.FRAMES_OFFLOADED, 3);
        queue.add(Counter.FRAMES_NOT_METERED, 6);
        queue.add(Counter.DECODE_ARP, 6);
        queue.add(Counter.FRAMES_METERED, 1_000);
        queue.add(Counter.PACKETS_METERED, 1_100);
        queue.add(Counter.OCTETS_METERED, 90_000);
        queue.add(Counter.FLOWS_CREATED, 20);
        queue.add(Counter.RECORDS_CREATED, 20);
        queue.add(Counter.RECORDS_IDLE, 20);
        queue.add(Counter.RECORDS_RING_FULL, 1);
        queue.add(Counter.FRAMES_RECORDED, 960);
        queue.add(Counter.FRAMES_RING_FULL, 40);
        queue.add(Counter.PACKETS_RECORDED, 1_050);
        queue.add(Counter.PACKETS_RING_FULL, 50);
        queue.add(Counter.OCTETS_RECORDED, 80_000);
        queue.add(Counter.OCTETS_RING_FULL, 10_000);
        export.add(Counter.RECORDS_RECEIVED, 20);
        export.add(Counter.RECORD_PACKETS_RECEIVED, 1_050);
        export.add(Counter.RECORD_OCTETS_RECEIVED, 80_000);
        collector.add(Counter.RECORDS_OFFERED, 20);
        collector.add(Counter.RECORD_PACKETS_OFFERED, 1_050);
        collector.add(Counter.RECORD_OCTETS_OFFERED, 80_000);
        collector.add(Counter.RECORDS_SENT, 18);
        collector.add(Counter.RECORDS_DROPPED, 2);
        collector.add(Counter.RECORDS_REFUSED, 2);
        collector.add(Counter.RECORD_PACKETS_SENT, 1_000);
        collector.add(Counter.RECORD_PACKETS_DROPPED, 50);
        collector.add(Counter.RECORD_OCTETS_SENT, 79_000);
        collector.add(Counter.RECORD_OCTETS_DROPPED, 1_000);
        collector.add(Counter.MESSAGES_SENT, 5);
        collector.add(Counter.OCTETS_SENT, 4_000);
    }
}
