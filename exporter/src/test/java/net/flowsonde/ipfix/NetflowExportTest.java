package net.flowsonde.ipfix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.enrich.EnricherSamples;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.flow.FlowRecordSamples;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.ipfix.ExportAgent.Pace;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Telemetry;
import org.junit.jupiter.api.Test;

/** NetFlow v9 (RFC 3954) and v5, octet by octet. */
class NetflowExportTest {
    private static final long NOW_MS = Instant.parse("2026-03-01T12:00:00.250Z").toEpochMilli();
    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    private static final long WRAP_MS = 1L << 32;

    private final Telemetry telemetry = new Telemetry();
    private final RecordRing ring = new RecordRing(1 << 20, () -> false);
    private final FakeSink sink = new FakeSink(telemetry);
    private long epochMs = NOW_MS;
    private long nowNs = 1;
    private int read;

    /** One record with the times that a collector makes of it. */
    private record Told(long startMs, long endMs, long octets, long packets, long sourcePort, long headerMs, long upTimeMs) {
    }

    @Test
    void shouldWriteVersion9WithCountUptimeAndMessageNumbers() {
        final ExportAgent agent = agent("v9");
        flow(agent, NOW_MS - 5_000, NOW_MS - 1_000, 1_000, 0);
        final ByteBuffer templates = ByteBuffer.wrap(sink.taken.get(0));
        final ByteBuffer data = ByteBuffer.wrap(sink.taken.get(sink.taken.size() - 1));
        assertThat(templates.getShort(0)).isEqualTo((short) 9);
        assertThat(templates.getShort(20)).as("template flowset").isZero();
        assertThat(templates.getShort(2)).as("templates").isEqualTo((short) templatesIn(templates));
        assertThat(templates.getInt(12)).isZero();
        assertThat(data.getShort(2)).as("records").isEqualTo((short) 1);
        assertThat(data.getInt(12)).as("messages before").isEqualTo(sink.taken.size() - 1);
        assertThat(data.getInt(16)).as("source id").isEqualTo(1);
        assertThat(data.getInt(8)).as("seconds").isEqualTo((int) (NOW_MS / 1_000) + 1);
        assertThat(data.limit() % 4).isZero();
        assertThat(readVersion9()).singleElement().isEqualTo(
            new Told(NOW_MS - 5_000, NOW_MS - 1_000, 1_000, 10, 40_000, NOW_MS + 750, DAY_MS + 750));
    }

    @Test
    void shouldTellTheTimesOfEveryFlowOverHalfAYear() {
        for (final String profile : List.of("v9", "v5")) {
            epochMs = NOW_MS;
            final ExportAgent agent = agent(profile);
            for (int day = 0; day < 180; day++) {
                flow(agent, epochMs - 60_000, epochMs - 10, 1_000, 0);
                final List<Told> told = profile.equals("v9") ? readVersion9() : readVersion5();
                assertThat(told).as(profile + " on day " + day).singleElement().satisfies(record -> {
                    assertThat(record.startMs()).isEqualTo(epochMs - 60_000);
                    assertThat(record.endMs()).isEqualTo(epochMs - 10);
                    assertThat(record.upTimeMs()).isBetween(record.endMs() - record.startMs(), WRAP_MS - 1);
                });
                epochMs += DAY_MS + 12_345;
            }
        }
    }

    @Test
    void shouldTellTimesAfterMonthsWithoutFlows() {
        final ExportAgent agent = agent("v9");
        flow(agent, NOW_MS - 1_000, NOW_MS, 1_000, 0);
        readVersion9();
        epochMs += 100 * DAY_MS;
        nowNs += Duration.ofDays(100).toNanos();
        agent.doWork();
        final ByteBuffer templates = ByteBuffer.wrap(sink.taken.get(sink.taken.size() - 1));
        assertThat((templates.getInt(8) & 0xFFFF_FFFFL) * 1_000).isBetween(epochMs, epochMs + 1_000);
        readVersion9();
        flow(agent, epochMs - 1_000, epochMs, 1_000, 0);
        assertThat(readVersion9()).singleElement().satisfies(record -> assertThat(record.endMs()).isEqualTo(epochMs));
    }

    @Test
    void shouldTellTheTimesOfFlowsBeforeTheBootAndOfOldCaptures() {
        for (final String profile : List.of("v9", "v5")) {
            final ExportAgent agent = agent(profile);
            final long old = Instant.parse("2009-04-05T06:07:08.009Z").toEpochMilli();
            final long[] starts = {NOW_MS - 1_000, NOW_MS - 3 * DAY_MS, old, old - 20 * DAY_MS, NOW_MS - 500, old + 60 * DAY_MS};
            for (final long start : starts) {
                offer(start, start + 400, 1_000, 0);
            }
            drain(agent);
            assertThat((profile.equals("v9") ? readVersion9() : readVersion5()).stream().map(Told::startMs))
                .as(profile).containsExactly(Arrays.stream(starts).boxed().toArray(Long[]::new));
        }
    }

    @Test
    void shouldTellNoFlowThatEndsAfterItsMessageWhereTheOneBeforeWasFull() {
        for (final String profile : List.of("v9", "v5")) {
            final ExportAgent agent = agent(profile);
            final long old = Instant.parse("2023-11-14T22:13:20Z").toEpochMilli();
            for (int i = 0; i < 300; i++) {
                offer(old + 1_500 * i, old + 1_500 * i + 1_024, 1_000, 500);
            }
            drain(agent);
            drain(agent);
            assertThat(profile.equals("v9") ? readVersion9() : readVersion5()).as(profile).hasSize(600)
                .allMatch(record -> record.endMs() <= record.headerMs());
        }
    }

    @Test
    void shouldExportByEveryProfile() {
        for (final String profile : ExportConfig.PROFILES) {
            flow(agent(profile), NOW_MS - 5_000, NOW_MS - 1_000, 1_000, 500);
            assertThat(sink.taken).as(profile).isNotEmpty();
        }
    }

    @Test
    void shouldTellOfAFirewallEventByTheElementsOfFirewalls() {
        flow(agent("nsel-v9"), NOW_MS - 5_000, NOW_MS - 1_000, 1_000, 500);
        sink.taken.stream().map(ByteBuffer::wrap).filter(message -> message.getShort(20) == 0).forEach(this::templatesIn);
        assertThat(templates.values().stream().flatMap(List::stream).filter(field -> field[0] > 0x7FFF)).isNotEmpty()
            .allMatch(field -> field[0] == 33_002 && field[1] == 2 || field[0] == 40_000 && field[1] == 65);
        final ByteBuffer message = ByteBuffer.wrap(sink.taken.get(sink.taken.size() - 1));
        final Map<Integer, Long> event = values(message, templates.get(message.getShort(20) & 0xFFFF), 24);
        assertThat(event).containsEntry(233, 2L).containsEntry(33_002, 32L).containsEntry(148, 0x05060708L)
            .containsEntry(323, NOW_MS - 1_000).containsEntry(152, NOW_MS - 5_000)
            .containsEntry(231, 1_000L).containsEntry(298, 10L).containsEntry(232, 500L).containsEntry(299, 10L);
    }

    @Test
    void shouldSplitWhatVersion5CannotCount() {
        final long octets = 3 * (WRAP_MS - 1) + 17;
        final ExportAgent agent = agent("v5");
        flow(agent, NOW_MS - 1_000, NOW_MS, octets, 0);
        final List<Told> told = readVersion5();
        assertThat(told).hasSize(4);
        assertThat(told.stream().mapToLong(Told::octets).sum()).isEqualTo(octets);
        assertThat(told.stream().mapToLong(Told::packets).sum()).isEqualTo(10);
        assertThat(telemetry.total(Counter.RECORD_OCTETS_SENT)).isEqualTo(octets);
    }

    @Test
    void shouldNumberTheRecordsOfVersion5AndLeaveIpv6Out() {
        final ExportAgent agent = agent("v5");
        for (int i = 0; i < 50; i++) {
            offer(NOW_MS - 1_000, NOW_MS, 1_000, 500);
            ring.offer(RecordRing.FLOW_RECORD, FlowRecordSamples.empty(6, 17).buffer(), 0, FlowRecord.LENGTH);
        }
        drain(agent);
        int sequence = 0;
        for (final byte[] octets : sink.taken) {
            final ByteBuffer message = ByteBuffer.wrap(octets);
            assertThat(message.getInt(16)).isEqualTo(sequence);
            assertThat(octets.length).isLessThanOrEqualTo(1_420).isEqualTo(24 + 48 * message.getShort(2));
            sequence += message.getShort(2);
        }
        assertThat(sequence).isEqualTo(100);
        assertThat(readVersion5().stream().map(Told::sourcePort)).contains(40_000L, 443L);
        assertThat(telemetry.total(Counter.RECORDS_SENT)).isEqualTo(50);
        assertThat(telemetry.total(Counter.FLOWS_LEFT_OUT)).isEqualTo(50);
    }

    private ExportAgent agent(final String profile) {
        sink.taken.clear();
        read = 0;
        return new ExportAgent(ExportConfig.DEFAULT, List.of(ring),
            List.of(new Destination(sink, ExportConfig.DEFAULT.withProfile(profile))), telemetry, List::of, EnricherSamples.fresh(telemetry), Pace.LIVE,
            () -> epochMs, () -> nowNs);
    }

    private void flow(final ExportAgent agent, final long startMs, final long endMs, final long octets, final long back) {
        offer(startMs, endMs, octets, back);
        drain(agent);
    }

    private void offer(final long startMs, final long endMs, final long octets, final long back) {
        final FlowRecord flow = FlowRecordSamples.timed(startMs * 1_000_000, endMs * 1_000_000, octets, back);
        ring.offer(RecordRing.FLOW_RECORD, flow.buffer(), 0, FlowRecord.LENGTH);
    }

    private void drain(final ExportAgent agent) {
        agent.doWork();
        nowNs += Duration.ofSeconds(2).toNanos();
        agent.doWork();
    }

    private List<Told> readVersion5() {
        final List<Told> told = new ArrayList<>();
        for (; read < sink.taken.size(); read++) {
            final ByteBuffer message = ByteBuffer.wrap(sink.taken.get(read));
            final long headerMs = unsigned(message, 8) * 1_000 + unsigned(message, 12) / 1_000_000;
            for (int i = 0; i < message.getShort(2); i++) {
                final int at = 24 + 48 * i;
                told.add(told(headerMs, unsigned(message, 4), unsigned(message, at + 24), unsigned(message, at + 28),
                    unsigned(message, at + 20), unsigned(message, at + 16), message.getShort(at + 32) & 0xFFFF));
            }
        }
        return told;
    }

    private final Map<Integer, List<int[]>> templates = new HashMap<>();

    private List<Told> readVersion9() {
        final List<Told> told = new ArrayList<>();
        for (; read < sink.taken.size(); read++) {
            final ByteBuffer message = ByteBuffer.wrap(sink.taken.get(read));
            for (int at = 20; at < message.limit(); at += message.getShort(at + 2)) {
                final int id = message.getShort(at) & 0xFFFF;
                final int limit = at + message.getShort(at + 2);
                if (id == 0) {
                    readTemplates(message, at + 4, limit);
                } else {
                    told.addAll(readData(message, templates.get(id), at + 4, limit));
                }
            }
        }
        return told;
    }

    private int templatesIn(final ByteBuffer message) {
        return readTemplates(message, 24, 20 + message.getShort(22));
    }

    private int readTemplates(final ByteBuffer message, final int start, final int limit) {
        int count = 0;
        for (int at = start; at + 4 <= limit; count++) {
            final List<int[]> fields = new ArrayList<>();
            for (int i = 0; i < message.getShort(at + 2); i++) {
                fields.add(new int[] {message.getShort(at + 4 + 4 * i) & 0xFFFF, message.getShort(at + 6 + 4 * i)});
            }
            templates.put(message.getShort(at) & 0xFFFF, fields);
            at += 4 + 4 * fields.size();
        }
        return count;
    }

    private static List<Told> readData(final ByteBuffer message, final List<int[]> fields, final int start, final int limit) {
        final int length = fields.stream().mapToInt(field -> field[1]).sum();
        final List<Told> told = new ArrayList<>();
        for (int at = start; at + length <= limit; at += length) {
            final Map<Integer, Long> values = values(message, fields, at);
            told.add(told(unsigned(message, 8) * 1_000, unsigned(message, 4), values.get(22), values.get(21), values.get(1), values.get(2),
                values.get(7)));
        }
        return told;
    }

    /** Each field of a record as a number. */
    private static Map<Integer, Long> values(final ByteBuffer message, final List<int[]> fields, final int at) {
        final Map<Integer, Long> values = new HashMap<>();
        int position = at;
        for (final int[] field : fields) {
            long value = 0;
            for (int i = 0; i < field[1]; i++) {
                value = value << 8 | message.get(position++) & 0xFF;
            }
            values.put(field[0], value);
        }
        return values;
    }

    private static Told told(
        final long headerMs, final long upTimeMs, final long first, final long last, final long octets, final long packets,
        final long sourcePort) {
        final long bootMs = headerMs - upTimeMs;
        return new Told(bootMs + first, bootMs + last, octets, packets, sourcePort, headerMs, upTimeMs);
    }

    private static long unsigned(final ByteBuffer message, final int offset) {
        return message.getInt(offset) & 0xFFFF_FFFFL;
    }
}
