package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import net.flowsonde.collector.generate.TrafficOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A TCP collector that is away, comes, goes and comes again: what it did not get is counted, to the record. */
@Timeout(120)
class CollectorAwayEndToEndTest {
    private static final int PCAP_HEADER = 24;
    private static final int FLOWS = 500;
    private static final Duration LIMIT = Duration.ofSeconds(40);

    @TempDir
    private Path directory;

    private final String address = "tcp://127.0.0.1:" + Ports.free();

    @Test
    void shouldCountWhatACollectorThatIsAwayDidNotGet() throws Exception {
        try (Exporter exporter = Exporter.run(directory, "replay", traffic(0), "--collector", address)) {
            assertThat(exporter.err()).doesNotContain("\tat ", "DO NOT add up");
            assertThat(exporter.account("dropped")).isEqualTo(FLOWS);
        }
    }

    @Test
    void shouldBringEverythingToACollectorThatComesAndGoes() throws Exception {
        long received = 0;
        try (Exporter exporter = Exporter.start(directory, "replay", "-", "--collector", address)) {
            feed(exporter, 0);
            try (Collecting first = new Collecting(address)) {
                feed(exporter, 1);
                feed(exporter, 2);
                received += awaitRecords(first);
            }
            feed(exporter, 3);
            feed(exporter, 4);
            try (Collecting second = new Collecting(address)) {
                feed(exporter, 5);
                exporter.input().close();
                exporter.awaitEnd();
                final Collected collected = second.finish();
                assertThat(collected.breaches()).isEmpty();
                received += collected.summary().total().records();
            }

            assertThat(exporter.err()).doesNotContain("\tat ", "DO NOT add up");
            assertThat(exporter.account("exported")).isEqualTo(6 * FLOWS);
            assertThat(received).as("each at least once").isGreaterThanOrEqualTo(6 * FLOWS);
        }
    }

    /** Waits until records of a whole part have come and no more do. */
    private static long awaitRecords(final Collecting collecting) throws InterruptedException {
        final AtomicLong last = new AtomicLong();
        await().atMost(LIMIT).during(Duration.ofSeconds(1)).until(() -> {
            final long now = collecting.records();
            return last.getAndSet(now) == now && now >= FLOWS;
        });
        final Collected collected = collecting.finish();
        assertThat(collected.breaches()).isEmpty();
        return collected.summary().total().records();
    }

    /** A capture of five seconds, an hour after the one before, so that its first packet ends all flows of that. */
    private Path traffic(final int part) throws IOException {
        final TrafficOptions options = TrafficOptions.of(5_000, FLOWS).withSeed(part + 1).withSeconds(5)
            .withStartSeconds(TrafficOptions.DEFAULT_START_SECONDS + 3_600L * part);
        return Traffic.generate(directory.resolve("part" + part + ".pcap"), options).capture();
    }

    private void feed(final Exporter exporter, final int part) throws IOException {
        final byte[] octets = Files.readAllBytes(traffic(part));
        exporter.input().write(part == 0 ? octets : Arrays.copyOfRange(octets, PCAP_HEADER, octets.length));
        exporter.input().flush();
    }
}
