package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day in seconds: the export side under a clock that runs ahead, against the strict collector, with template refresh, collectors that
 * go and come back, and an uptime of NetFlow v9 that comes to its end.
 */
@Timeout(120)
class DayEndToEndTest {
    private static final int HOURS = 24;
    private static final String NONE = "PT0S";
    /** Of 32 bits of milliseconds of uptime, what is left half a day from now; a first flow counts from a day before it. */
    private static final Duration UNTIL_THE_WRAP = Duration.ofMillis(1L << 32).minusHours(36);
    /** The same for half of them, where the exporter moves its boot ahead. */
    private static final Duration UNTIL_THE_BOOT_MOVES = Duration.ofMillis(1L << 31).minusHours(36);

    @TempDir
    private Path directory;

    /** The simulated exporter, a process of the other module's tests. */
    private final class Day implements AutoCloseable {
        private final Process process;
        private final BufferedReader answers;
        private final OutputStream orders;
        private long flows;

        Day(final String uri, final String profile, final String leap) throws IOException {
            final Path target = Exporter.ROOT.resolve("exporter/target");
            process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(), "-XX:+UseSerialGC",
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED", "-cp",
                target.resolve("test-classes") + ":" + target.resolve("flowsonde.jar") + ":" + target.resolve("lib") + "/*",
                "net.flowsonde.ipfix.SimulatedDay", uri, profile, leap)
                .redirectError(directory.resolve("day.err").toFile()).start();
            answers = process.inputReader(StandardCharsets.US_ASCII);
            orders = process.getOutputStream();
        }

        Map<String, Long> hours(final int count) throws IOException {
            Map<String, Long> last = Map.of();
            for (int hour = 0; hour < count; hour++) {
                orders.write('\n');
                orders.flush();
                last = answer();
            }
            return last;
        }

        long flows() {
            return flows;
        }

        Map<String, Long> end() throws IOException {
            orders.close();
            return answer();
        }

        private Map<String, Long> answer() throws IOException {
            final String line = answers.readLine();
            assertThat(line).as(Files.readString(directory.resolve("day.err"))).isNotNull();
            final Map<String, Long> counts = new HashMap<>();
            Arrays.stream(line.split(" ")).map(pair -> pair.split("=")).filter(pair -> pair[1].matches("\\d+"))
                .forEach(pair -> counts.put(pair[0], Long.parseLong(pair[1])));
            flows = counts.get("flows");
            return counts;
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    @Test
    void shouldKeepTheRulesForADayOverTcpThoughTheCollectorGoesAndComes() throws Exception {
        final Collecting first = new Collecting("tcp://127.0.0.1:" + Ports.free());
        final String address = first.address();
        try (Day day = new Day(address, "native", NONE)) {
            day.hours(5);
            long records = finish(first);
            for (int hours = 6; hours < HOURS; hours += 6) {
                day.hours(1);
                final Collecting next = new Collecting(address);
                day.hours(5);
                if (hours + 6 == HOURS) {
                    assertBrought(day.end());
                }
                records += finish(next);
            }
            assertThat(records).as("each at least once").isGreaterThanOrEqualTo(day.flows());
        }
    }

    private static void assertBrought(final Map<String, Long> counts) {
        assertThat(counts.get("sent")).isEqualTo(counts.get("flows"));
        assertThat(counts.get("dropped")).isZero();
        assertThat(counts.get("sessions")).isGreaterThanOrEqualTo(4);
    }

    @Test
    void shouldRepeatTemplatesOverUdpForADayAndAnnounceThemAnewToACollectorThatComesBack() throws Exception {
        assertDayOverUdp("native", NONE);
    }

    @Test
    void shouldTellTheTimesOfVersion9WhileItsBootMoves() throws Exception {
        assertDayOverUdp("v9", UNTIL_THE_BOOT_MOVES.toString());
    }

    @Test
    void shouldTellTheTimesOfVersion9WhereItsUptimeEnds() throws Exception {
        assertDayOverUdp("v9", UNTIL_THE_WRAP.toString());
    }

    private void assertDayOverUdp(final String profile, final String leap) throws Exception {
        final Collecting first = new Collecting("udp://127.0.0.1:" + Ports.free());
        final String address = first.address();
        try (Day day = new Day(address, profile, leap)) {
            day.hours(11);
            long records = finish(first);
            day.hours(1);
            final Collecting second = new Collecting(address);
            day.hours(12);
            final Map<String, Long> counts = day.end();
            records += finish(second);
            assertThat(counts.get("templates")).as("messages with templates, one a minute").isGreaterThanOrEqualTo((HOURS - 2) * 60);
            assertThat(counts.get("sessions")).isGreaterThan(1);
            assertThat(counts.get("sent") + counts.get("dropped")).isEqualTo(counts.get("flows"));
            assertThat(records).as("all but those of the hour without a collector").isGreaterThanOrEqualTo(day.flows() * 22 / HOURS);
        }
    }

    private static long finish(final Collecting collecting) throws InterruptedException, IOException {
        final Collected collected = collecting.finish();
        collecting.close();
        assertThat(collected.breaches()).isEmpty();
        return collected.summary().total().records();
    }
}
