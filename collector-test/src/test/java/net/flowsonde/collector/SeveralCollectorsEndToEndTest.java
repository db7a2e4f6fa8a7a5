package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import net.flowsonde.collector.generate.TrafficOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several collectors at once: copies, shares by the hash of the flow, and one after the other, each in its own way. */
@Timeout(180)
class SeveralCollectorsEndToEndTest {
    private static final int FLOWS = 500;
    private static final int PCAP_HEADER = 24;
    private static final int MOST_PARTS = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Set<String> WITH_PORTS = Set.of("6", "17");

    @TempDir
    private Path directory;

    private int parts;

    @Test
    void shouldShareTheFlowsAmongThreeCollectorsOfThreeMakersAndCopyThemToAFourth() throws Exception {
        final Traffic traffic = Traffic.generate(directory.resolve("traffic.pcap"), 6_000, 600);
        final Map<String, FlowSums> truth = withPorts(FlowSums.uniflows(traffic.flows()));
        final Map<String, FlowSums> ofNfcapd = new HashMap<>();
        final Map<String, FlowSums> ofNfacctd = new HashMap<>();
        final Map<String, FlowSums> copied = new HashMap<>();
        final Map<String, FlowSums> ofOurs;
        try (Nfcapd nfcapd = Nfcapd.start(directory); Nfacctd nfacctd = Nfacctd.start(directory); Nfcapd copy = Nfcapd.start(directory);
            RecordCollecting ours = new RecordCollecting()) {
            final Path config = Files.writeString(directory.resolve("hash.yaml"), """
                collectors:
                  - hash:
                      - {uri: "%s", profile: nfdump, mtu: 1200}
                      - {uri: "%s", profile: pmacct, mtu: 900, template-refresh: 10s}
                      - {uri: "%s", profile: telegraf}
                  - {uri: "%s", profile: nfdump, mtu: 600}
                """.formatted(nfcapd.address(), nfacctd.address(), ours.address(), copy.address()));
            try (Exporter exporter = Exporter.run(directory, "replay", traffic.capture(), "--config", config)) {
                exporter.assertSuccess();
            }
            final long packetsOfNfcapd = addAll(ofNfcapd, nfcapd);
            addAll(copied, copy);
            assertThat(ours.finish().breaches()).allMatch(breach -> breach.rule() == Rule.UNKNOWN_ELEMENT);
            ofOurs = withPorts(ours.uniflows());
            final long rest = traffic.totals().packets() - packetsOfNfcapd - packets(ours.uniflows());
            nfacctd.await(rest).forEach(row -> Nfacctd.add(ofNfacctd, row));
        }
        final Map<String, FlowSums> shared = new HashMap<>();
        for (final Map<String, FlowSums> share : List.of(withPorts(ofNfcapd), withPorts(ofNfacctd), ofOurs)) {
            assertThat(share).hasSizeBetween(truth.size() / 5, truth.size() / 2);
            share.forEach((flow, sums) -> shared.merge(flow, sums, FlowSums::plus));
        }
        assertThat(shared).as("the shares together").isEqualTo(truth);
        assertThat(withPorts(copied)).as("the copy").isEqualTo(truth);
    }

    @Test
    void shouldFailOverInOrderAndReturnToTheFirstWhenItIsBack() throws Exception {
        final String first = "tcp://127.0.0.1:" + Ports.free();
        try (Collecting second = new Collecting("tcp://127.0.0.1:0");
            Exporter exporter = Exporter.start(directory, "replay", "-", "--config", failover(first, second.address()))) {
            feedUntil(exporter, () -> second.records() > 0);
            final long received;
            try (Collecting back = new Collecting(first)) {
                feedUntil(exporter, () -> back.records() > 0);
                final long ofSecond = awaitSilence(second);
                feedUntil(exporter, () -> back.records() > 2 * FLOWS);
                assertThat(second.records()).as("while the first is there").isEqualTo(ofSecond);
                received = records(back);
            }
            final long ofSecond = second.records();
            feedUntil(exporter, () -> second.records() > ofSecond + FLOWS);
            exporter.input().close();
            exporter.awaitEnd();
            assertThat(exporter.err()).doesNotContain("\tat ", "DO NOT add up");
            assertThat(received + records(second)).isGreaterThanOrEqualTo(exporter.account("exported"));
            assertThat(exporter.account("exported")).isBetween((parts - 2L) * FLOWS, (long) parts * FLOWS);
        }
    }

    private Path failover(final String first, final String second) throws IOException {
        return Files.writeString(directory.resolve("failover.yaml"), """
            collectors:
              - failover:
                  - "%s"
                  - {uri: "%s", profile: silk}
            """.formatted(first, second));
    }

    private static long records(final Collecting collecting) throws InterruptedException {
        final Collected collected = collecting.finish();
        assertThat(collected.breaches()).allMatch(breach -> breach.rule() == Rule.UNKNOWN_ELEMENT);
        return collected.summary().total().records();
    }

    /** Waits until what was on its way has come, and answers how many records that are. */
    private static long awaitSilence(final Collecting collecting) {
        final AtomicLong last = new AtomicLong();
        await().atMost(Duration.ofSeconds(30)).during(Duration.ofSeconds(2)).until(() -> {
            final long now = collecting.records();
            return last.getAndSet(now) == now;
        });
        return collecting.records();
    }

    /** Feeds one part after the other, giving each some time to bring it about. */
    private void feedUntil(final Exporter exporter, final BooleanSupplier isReached) throws Exception {
        while (!isReached.getAsBoolean()) {
            assertThat(parts).isLessThan(MOST_PARTS);
            feed(exporter);
            final long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
            while (!isReached.getAsBoolean() && System.nanoTime() < deadlineNs) {
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
    }

    /** Feeds a capture of five seconds, an hour after the one before, so that its first packet ends all flows of that. */
    private void feed(final Exporter exporter) throws IOException {
        final TrafficOptions options = TrafficOptions.of(5_000, FLOWS).withSeed(parts + 1).withSeconds(5)
            .withStartSeconds(TrafficOptions.DEFAULT_START_SECONDS + 3_600L * parts);
        final byte[] octets = Files.readAllBytes(Traffic.generate(directory.resolve("part" + parts + ".pcap"), options).capture());
        exporter.input().write(parts++ == 0 ? octets : Arrays.copyOfRange(octets, PCAP_HEADER, octets.length));
        exporter.input().flush();
    }

    /** Adds what has ports, and answers how many packets there were of all. */
    private static long addAll(final Map<String, FlowSums> uniflows, final Nfcapd nfcapd) throws InterruptedException {
        final List<List<String>> rows = nfcapd.list("%pr|%sa|%sp|%da|%dp|%ipkt|%ibyt");
        rows.stream().filter(columns -> WITH_PORTS.contains(columns.get(0))).forEach(columns ->
            FlowSums.addUniflow(uniflows, Integer.parseInt(columns.get(0)),
                FlowSums.endpoint(columns.get(1), Integer.parseInt(columns.get(2))),
                FlowSums.endpoint(columns.get(3), Integer.parseInt(columns.get(4))),
                Long.parseLong(columns.get(5)), Long.parseLong(columns.get(6))));
        return rows.stream().mapToLong(columns -> Long.parseLong(columns.get(5))).sum();
    }

    private static long packets(final Map<String, FlowSums> flows) {
        return flows.values().stream().mapToLong(sums -> sums.packets() + sums.reversePackets()).sum();
    }

    /** Those of TCP and UDP, as collectors put the type of ICMP into various places. */
    private static Map<String, FlowSums> withPorts(final Map<String, FlowSums> sums) {
        return sums.entrySet().stream().filter(entry -> WITH_PORTS.contains(entry.getKey().substring(0, entry.getKey().indexOf(' '))))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
