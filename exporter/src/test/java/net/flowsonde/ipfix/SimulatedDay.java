package net.flowsonde.ipfix;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import net.flowsonde.config.CollectorConfig;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.config.SpoolConfig;
import net.flowsonde.enrich.EnricherSamples;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.flow.FlowRecordSamples;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.ipfix.ExportAgent.Pace;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Telemetry;
import net.flowsonde.transport.MessageSinks;

/**
 * The export side under a clock that runs a thousand times as fast, over real sockets to a collector of another process: the end-to-end
 * tests run it at the pace of a replay, which a collector on the same host can follow, with {@code URI PROFILE LEAP}, where LEAP is a time that passes with one flow before it and none in it. Each line of its
 * input has an hour pass and is answered with what was counted so far; the end of the input ends it.
 */
public final class SimulatedDay {
    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00.250Z");
    private static final Duration STEP = Duration.ofSeconds(20);
    private static final int FLOWS_A_STEP = 5;
    private static final int LONGEST_FLOW_MS = 1_800_000;
    private static final long REAL_STEP_NS = TimeUnit.MICROSECONDS.toNanos(500);

    private final Telemetry telemetry = new Telemetry();
    private final RecordRing ring = new RecordRing(1 << 20, () -> false);
    private final SplittableRandom random = new SplittableRandom(24);
    private final ExportAgent agent;
    private long epochMs = BEGIN.toEpochMilli();
    private long nowNs = System.nanoTime();
    private long flows;

    private SimulatedDay(final String uri, final String profile) {
        final ExportConfig config = ExportConfig.DEFAULT.withProfile(profile);
        final MessageSink sink = MessageSinks.open(CollectorConfig.parse(uri), config, SpoolConfig.DEFAULT, telemetry, Pace.REPLAY);
        agent = new ExportAgent(config, List.of(ring), List.of(new Destination(sink, config)), telemetry,
            () -> List.of(new ObservedInterface(1, "lo", "loopback")), EnricherSamples.fresh(telemetry), Pace.REPLAY,
            () -> epochMs, () -> nowNs);
    }

    public static void main(final String[] arguments) throws IOException {
        final SimulatedDay day = new SimulatedDay(arguments[0], arguments[1]);
        day.settle();
        day.pass(STEP);
        day.pass(Duration.parse(arguments[2]));
        final BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        while (orders.readLine() != null) {
            day.hour();
            day.report();
        }
        day.agent.onClose();
        day.report();
    }

    /** The first session is opened before any time passes. */
    private void settle() {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        while (telemetry.total(Counter.SESSIONS_OPENED) == 0 && System.nanoTime() - deadlineNs < 0) {
            agent.doWork();
            LockSupport.parkNanos(REAL_STEP_NS);
        }
    }

    private void hour() {
        for (Duration passed = Duration.ZERO; passed.compareTo(Duration.ofHours(1)) < 0; passed = passed.plus(STEP)) {
            pass(STEP);
        }
    }

    private void pass(final Duration time) {
        for (int i = 0; i < FLOWS_A_STEP; i++) {
            export();
        }
        agent.doWork();
        LockSupport.parkNanos(REAL_STEP_NS);
        epochMs += time.toMillis();
        nowNs += time.toNanos();
        agent.doWork();
    }

    /** A flow of up to half an hour that has just ended. */
    private void export() {
        final long endMs = epochMs - random.nextInt(1_000);
        final FlowRecord flow = FlowRecordSamples.timed(
            TimeUnit.MILLISECONDS.toNanos(endMs - random.nextInt(LONGEST_FLOW_MS)), TimeUnit.MILLISECONDS.toNanos(endMs),
            random.nextInt(400, 1_000_000), random.nextBoolean() ? 0 : random.nextInt(400, 1_000_000));
        flows++;
        ring.offer(RecordRing.FLOW_RECORD, flow.buffer(), flow.offset(), FlowRecord.LENGTH);
    }

    private void report() {
        System.out.printf("flows=%d sent=%d dropped=%d templates=%d sessions=%d time=%s%n", flows, telemetry.total(Counter.RECORDS_SENT),
            telemetry.total(Counter.RECORDS_DROPPED), telemetry.total(Counter.TEMPLATE_MESSAGES_SENT),
            telemetry.total(Counter.SESSIONS_OPENED), Instant.ofEpochMilli(epochMs));
    }
}
