package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.flowsonde.collector.generate.TrafficOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replay over TCP at the pace of its traffic, in the middle of which the collector is killed with octets that it has not read and stays
 * away, and the exporter is killed too and started again. Every record that a run of the exporter had made arrives, once or once more. The traffic is in parts, of which
 * each begins an hour after the one before, so that its first packet ends all flows of that; the run that is killed has its last part in
 * hand, and the next one begins with that part again. The system properties {@code flowsonde.outage.packets}, {@code .flows} and
 * {@code .seconds} make it larger: with 5,000,000, 500,000 and 130 the collector is away for a minute.
 */
@Timeout(1_200)
class OutageEndToEndTest {
    private static final int PARTS = 10;
    private static final long PACKETS = Long.getLong("flowsonde.outage.packets", 200_000) / PARTS;
    private static final int FLOWS = Integer.getInteger("flowsonde.outage.flows", 20_000) / PARTS;
    private static final double SECONDS_A_PART = Integer.getInteger("flowsonde.outage.seconds", 20) / (double) PARTS;
    /** When the collector reads no more, though its kernel acknowledges, when it dies, when the exporter is killed, when the collector is back. */
    private static final double STANDSTILL = 2.9;
    private static final double DEATH = 3.3;
    private static final double KILL = 5.75;
    private static final double RETURN = 7.3;
    private static final long HOUR = 3_600;
    private static final int PCAP_HEADER = 24;
    private static final int CHUNKS = 100;
    /** Less than any timeout of flows, so that each is one record. */
    private static final double SECONDS_OF_CAPTURE = 4;

    @TempDir
    private Path directory;

    private Path config;

    @BeforeEach
    void prepare() throws IOException {
        for (int part = 0; part < PARTS; part++) {
            part(part);
        }
        config = Files.writeString(directory.resolve("spool.yaml"), "spool: {directory: " + directory.resolve("spool") + "}\n");
    }

    @Test
    void shouldBringEveryRecordOnceOrOnceMoreThoughBothEndsAreKilled() throws Exception {
        final Path first = directory.resolve("first.identities");
        final Path second = directory.resolve("second.identities");
        final String address = "tcp://127.0.0.1:" + Ports.free();
        final CollectorProcess killed = collector(address, first);
        final long awayNs;
        try (Exporter exporter = replay(address)) {
            feed(exporter, 0, STANDSTILL);
            killed.halt();
            feed(exporter, STANDSTILL, DEATH);
            killed.kill();
            awayNs = System.nanoTime();
            feed(exporter, DEATH, KILL);
            exporter.kill();
        }
        try (Exporter exporter = replay(address)) {
            feed(exporter, (int) KILL, RETURN);
            final Duration away = Duration.ofNanos(System.nanoTime() - awayNs);
            try (CollectorProcess collector = collector(address, second)) {
                feed(exporter, RETURN, PARTS);
                exporter.input().close();
                exporter.awaitEnd();
                collector.terminate();
                exporter.assertSuccess();
                report(away, exporter, Arrivals.of(first, second));
                assertComplete(exporter, collector, Arrivals.of(first), Arrivals.of(second), Arrivals.of(first, second));
            }
        }
    }

    private static void assertComplete(
        final Exporter exporter, final CollectorProcess collector, final Arrivals before, final Arrivals after, final Arrivals both)
        throws IOException {
        assertThat(collector.sum("breaches") + collector.sum("missing")).as(collector.err()).isZero();
        assertThat(before.total()).isPositive();
        assertThat(exporter.account("exported")).isEqualTo(exporter.account("recovered") + exporter.account("recorded"));
        assertThat(after.total()).as("what the exporter says it brought").isEqualTo(exporter.account("exported"));
        assertThat(exporter.account("dropped")).isZero();
        for (int part = 0; part < PARTS; part++) {
            final long start = TrafficOptions.DEFAULT_START_SECONDS + part * HOUR;
            if (part == (int) KILL) {
                assertThat(both.between(start, start + HOUR)).as("part %d, which two runs have read", part).isBetween((long) FLOWS, 2L * FLOWS);
            } else {
                assertThat(both.between(start, start + HOUR)).as("records of part %d", part).isEqualTo(FLOWS);
            }
        }
        assertThat(both.mostOften()).as("once, or once more for the one break").isLessThanOrEqualTo(2);
        assertThat(after.mostOften()).as("the collector that came back gets none twice").isEqualTo(1);
        assertThat(resent(exporter)).as("what was acknowledged and may not have been read").isPositive();
        assertThat(both.records(2)).as("twice").isLessThanOrEqualTo(resent(exporter));
    }

    private Exporter replay(final String address) throws IOException {
        return Exporter.start(directory, "replay", "-", "--config", config, "--collector", address);
    }

    private CollectorProcess collector(final String address, final Path identities) throws IOException {
        return new CollectorProcess(directory, List.of(), address, "--summary", "--identities", identities.toString());
    }

    /** Feeds traffic at its pace, from one point of it to another, in parts; where a part begins, so does a file for the exporter's input. */
    private void feed(final Exporter exporter, final double from, final double until) throws IOException {
        final long startNs = System.nanoTime();
        final OutputStream input = exporter.input();
        for (double at = from; at < until; at = (int) at + 1) {
            final byte[] octets = part((int) at);
            final boolean isHeaderDue = at == from && at == (int) at;
            int offset = at == (int) at ? isHeaderDue ? 0 : PCAP_HEADER : offset(octets, at - (int) at);
            final int limit = offset(octets, Math.min(1, until - (int) at));
            while (offset < limit) {
                final int length = Math.min(octets.length / CHUNKS + 1, limit - offset);
                input.write(octets, offset, length);
                input.flush();
                offset += length;
                final double done = (int) at + (double) offset / octets.length - from;
                await(startNs + (long) (done * SECONDS_A_PART * 1e9));
            }
        }
    }

    private static int offset(final byte[] octets, final double fraction) {
        return (int) (octets.length * fraction);
    }

    private static void await(final long timeNs) {
        while (System.nanoTime() - timeNs < 0) {
            LockSupport.parkNanos(timeNs - System.nanoTime());
        }
    }

    private byte[] part(final int part) throws IOException {
        final Path capture = directory.resolve("part" + part + ".pcap");
        if (!Files.exists(capture)) {
            Traffic.generate(capture, TrafficOptions.of(PACKETS, FLOWS).withSeed(part + 1).withSeconds(SECONDS_OF_CAPTURE)
                .withStartSeconds(TrafficOptions.DEFAULT_START_SECONDS + HOUR * part));
        }
        return Files.readAllBytes(capture);
    }

    private static long resent(final Exporter exporter) {
        final Matcher matcher = Pattern.compile("([\\d,]+) flow records sent once more").matcher(exporter.out() + exporter.err());
        return matcher.find() ? Long.parseLong(matcher.group(1).replace(",", "")) : 0;
    }

    private static void report(final Duration away, final Exporter exporter, final Arrivals both) {
        System.out.printf(Locale.ROOT,
            "collector away for %.1f s; of %,d records %,d arrived once and %,d twice; exporter: %,d recovered, %,d recorded, %,d exported, "
                + "%,d dropped, %,d sent again%n",
            away.toMillis() / 1_000.0, both.distinct(), both.records(1), both.records(2), exporter.account("recovered"),
            exporter.account("recorded"), exporter.account("exported"), exporter.account("dropped"), resent(exporter));
    }
}
