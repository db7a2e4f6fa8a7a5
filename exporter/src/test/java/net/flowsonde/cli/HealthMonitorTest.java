package net.flowsonde.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.flowsonde.config.HealthConfig;
import net.flowsonde.telemetry.Alert;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.AlertKind;
import net.flowsonde.telemetry.AlertQueue;
import net.flowsonde.telemetry.AlertRules;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Gauge;
import net.flowsonde.telemetry.Label;
import net.flowsonde.telemetry.RunStatus;
import net.flowsonde.telemetry.Telemetry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

class HealthMonitorTest {
    private static final HealthConfig CONFIG = new HealthConfig(Duration.ofSeconds(5), 100, 80, Duration.ofDays(30));
    private static final long NOW_MS = 1_800_000_000_000L;

    private final Telemetry telemetry = new Telemetry();
    private final Counters queue = telemetry.register(Counter.Scope.QUEUE, "eth0/0");
    private final Counters otherQueue = telemetry.register(Counter.Scope.QUEUE, "eth0/1");
    private final Counters collector = telemetry.register(Counter.Scope.COLLECTOR, "tcp://192.0.2.1:4739");
    // no cool-down, so that what is sent once is the monitor's merit
    private final AlertBus bus = new AlertBus(new AlertRules(Duration.ofNanos(1), 1_000, Set.of()), telemetry, NOPLogger.NOP_LOGGER);
    private final AlertQueue alerts = bus.subscribe(64);
    private final long[] clock = {NOW_MS};
    private final HealthMonitor monitor = new HealthMonitor(CONFIG, telemetry, bus, true, () -> clock[0]++);

    @BeforeEach
    void captureAndConnect() {
        for (final Counters each : List.of(queue, otherQueue)) {
            each.set(Label.INTERFACE, "eth0");
            each.set(Gauge.CAPTURING, 1);
        }
        telemetry.status().state(RunStatus.State.RUNNING);
        collector.set(Gauge.SESSION_STATE, Gauge.SESSION_OPEN);
        monitor.check();
        assertThat(raised()).isEmpty();
    }

    @Test
    void shouldTellOnceThatACollectorIsDownAndOnceThatItIsBack() {
        collector.set(Gauge.SESSION_STATE, Gauge.SESSION_AWAY);
        check(3);
        assertThat(kinds()).containsExactly(AlertKind.COLLECTOR_DOWN);
        collector.set(Gauge.SESSION_STATE, Gauge.SESSION_CONNECTING);
        check(1);
        collector.set(Gauge.SESSION_STATE, Gauge.SESSION_AWAY);
        check(1);
        assertThat(kinds()).as("an attempt to connect is no return").isEmpty();
        collector.set(Gauge.SESSION_STATE, Gauge.SESSION_OPEN);
        check(3);
        assertThat(raised()).singleElement().satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo(AlertKind.COLLECTOR_UP);
            assertThat(alert.subject()).isEqualTo("tcp://192.0.2.1:4739");
        });
    }

    @Test
    void shouldTellOfTheLastStateOfACollectorThatFlapsOnceTheCoolDownIsOver() {
        bus.rules(new AlertRules(Duration.ofMinutes(10), 1_000, Set.of()));
        for (int flap = 0; flap < 3; flap++) {
            collector.set(Gauge.SESSION_STATE, Gauge.SESSION_AWAY);
            check(2);
            collector.set(Gauge.SESSION_STATE, Gauge.SESSION_OPEN);
            check(2);
        }
        assertThat(kinds()).containsExactly(AlertKind.COLLECTOR_DOWN, AlertKind.COLLECTOR_UP);
        collector.set(Gauge.SESSION_STATE, Gauge.SESSION_AWAY);
        for (int minute = 0; minute < 15; minute++) {
            clock[0] += Duration.ofMinutes(1).toMillis();
            check(1);
        }
        assertThat(kinds()).as("it stayed away").containsExactly(AlertKind.COLLECTOR_DOWN);
        collector.set(Gauge.SESSION_STATE, Gauge.SESSION_OPEN);
        check(1);
        assertThat(kinds()).containsExactly(AlertKind.COLLECTOR_UP);
    }

    @Test
    void shouldTellOfDropsAboveTheThresholdOnceForEachTimeThatTheyBegin() {
        queue.add(Counter.KERNEL_DROPS, 99);
        check(1);
        assertThat(kinds()).isEmpty();
        for (int interval = 0; interval < 3; interval++) {
            queue.add(Counter.KERNEL_DROPS, 60);
            queue.add(Counter.INTERFACE_DROPS, 40);
            check(1);
        }
        assertThat(raised()).singleElement().satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo(AlertKind.DROPS);
            assertThat(alert.subject()).isEqualTo("eth0/0");
            assertThat(alert.value()).isEqualTo(100);
            assertThat(alert.threshold()).isEqualTo(100);
        });
        check(1);
        collector.add(Counter.RECORDS_DROPPED, 500);
        queue.add(Counter.KERNEL_DROPS, 100);
        check(1);
        assertThat(raised()).extracting(Alert::subject).containsExactly("eth0/0", "tcp://192.0.2.1:4739");
    }

    @Test
    void shouldTellOfAFullCacheWhileItIsFull() {
        queue.add(Counter.EMERGENCY_EXPIRIES, 1);
        check(1);
        queue.add(Counter.EMERGENCY_EXPIRIES, 1);
        check(1);
        assertThat(kinds()).containsExactly(AlertKind.CACHE_EMERGENCY);
    }

    @Test
    void shouldTellThatASpoolFillsAndAgainOnlyAfterItWasEmptied() {
        collector.set(Gauge.SPOOL_LIMIT, 1_000);
        for (final long octets : new long[] {799, 800, 750, 801, 600, 900}) {
            collector.set(Gauge.SPOOL_OCTETS, octets);
            check(1);
        }
        assertThat(raised()).extracting(Alert::kind, Alert::value).containsExactly(
            tuple(AlertKind.SPOOL_FILLING, 800L),
            tuple(AlertKind.SPOOL_FILLING, 900L));
    }

    @Test
    void shouldTellThatASpoolIsFullOnceForEachTimeThatItForcesRecordsOut() {
        collector.set(Gauge.SPOOL_LIMIT, 1_000);
        check(1);
        for (final long forcedOut : new long[] {7, 5, 0, 3}) {
            collector.add(Counter.RECORDS_FORCED_OUT, forcedOut);
            check(1);
        }
        assertThat(raised()).extracting(Alert::kind).containsExactly(AlertKind.SPOOL_FULL, AlertKind.SPOOL_FULL);
    }

    @Test
    void shouldTellOfACertificateOnceWhenItsEndIsNear() {
        collector.set(Gauge.CERTIFICATE_EXPIRY_TIME, NOW_MS + Duration.ofDays(31).toMillis());
        check(2);
        assertThat(kinds()).isEmpty();
        clock[0] += Duration.ofDays(2).toMillis();
        check(2);
        assertThat(kinds()).containsExactly(AlertKind.CERTIFICATE_EXPIRY);
    }

    @Test
    void shouldTellOnceOfAnInterfaceWhoseQueuesNoLongerCapture() {
        queue.set(Gauge.CAPTURING, 0);
        check(2);
        otherQueue.set(Gauge.CAPTURING, 0);
        check(2);
        assertThat(raised()).singleElement().satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo(AlertKind.CAPTURE_STOPPED);
            assertThat(alert.subject()).isEqualTo("eth0");
        });
    }

    @Test
    void shouldNotTakeTheEndOfARunForAFailure() {
        telemetry.status().state(RunStatus.State.DRAINING);
        queue.set(Gauge.CAPTURING, 0);
        check(1);
        assertThat(kinds()).isEmpty();
    }

    private void check(final int times) {
        for (int i = 0; i < times; i++) {
            monitor.check();
        }
    }

    private List<AlertKind> kinds() {
        return raised().stream().map(Alert::kind).toList();
    }

    private List<Alert> raised() {
        final List<Alert> all = new ArrayList<>();
        for (Alert alert = alerts.poll(); alert != null; alert = alerts.poll()) {
            all.add(alert);
        }
        return all;
    }
}
