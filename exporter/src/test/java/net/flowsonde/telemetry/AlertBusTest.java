package net.flowsonde.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.flowsonde.config.AlertsConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertBusTest {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final Telemetry telemetry = new Telemetry();
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();
    private final Logger logger = new LoggerContext().getLogger("test");
    private final AlertBus bus = new AlertBus(
        new AlertRules(Duration.ofSeconds(60), 100, Set.of(AlertKind.NXDOMAIN_BURST)), telemetry, logger);

    @BeforeEach
    void listen() {
        written.start();
        logger.addAppender(written);
    }

    @Test
    void shouldTellEveryListenerOnce() {
        final AlertQueue records = bus.subscribe(10);
        final AlertQueue notifications = bus.subscribe(10);
        final Alert alert = rogue("192.0.2.1", 0).measured(3, 1).inFlow(7);
        assertThat(bus.raise(alert)).isTrue();
        assertThat(taken(records)).containsExactly(alert);
        assertThat(taken(notifications)).containsExactly(alert);
        assertThat(lines()).containsExactly("alert rogue-dns-server: about 192.0.2.1");
    }

    @Test
    void shouldHoldBackTheSameWithinTheCoolDownAndSayHowOften() {
        final AlertQueue queue = bus.subscribe(10);
        for (int second = 0; second <= 120; second++) {
            bus.raise(rogue("192.0.2.1", second));
        }
        bus.raise(rogue("192.0.2.2", 121));
        assertThat(taken(queue)).extracting(Alert::subject, alert -> alert.timeNs() / SECOND_NS, Alert::suppressed).containsExactly(
            tuple("192.0.2.1", 0L, 0L), tuple("192.0.2.1", 60L, 59L), tuple("192.0.2.1", 120L, 59L), tuple("192.0.2.2", 121L, 0L));
        assertThat(telemetry.total(Counter.ALERTS_RAISED)).isEqualTo(4);
        assertThat(telemetry.total(Counter.ALERTS_SUPPRESSED)).isEqualTo(118);
        assertThat(lines()).contains("alert rogue-dns-server: about 192.0.2.1 (59 more since the last)");
    }

    @Test
    void shouldRaiseNothingThatIsSwitchedOff() {
        final AlertQueue queue = bus.subscribe(10);
        assertThat(bus.raise(Alert.of(AlertKind.NXDOMAIN_BURST, 0, "198.51.100.1", "many"))).isFalse();
        assertThat(bus.isEnabled(AlertKind.NXDOMAIN_BURST)).isFalse();
        assertThat(taken(queue)).isEmpty();
        assertThat(lines()).isEmpty();
    }

    @Test
    void shouldHoldAKindToItsNumberAMinute() {
        final AlertQueue queue = bus.subscribe(10_000);
        for (int i = 0; i < 5_000; i++) {
            bus.raise(rogue("forged " + i, 1));
        }
        bus.raise(Alert.of(AlertKind.DNS_TUNNEL, SECOND_NS, "another kind", "tunnel"));
        bus.raise(rogue("later", 61));
        assertThat(taken(queue)).hasSize(102);
        assertThat(telemetry.total(Counter.ALERTS_OVER_LIMIT)).isEqualTo(4_900);
    }

    @Test
    void shouldCountWhatAListenerDoesNotTakeAndForgetTheOldest() {
        final AlertQueue queue = bus.subscribe(1);
        for (int i = 0; i <= AlertBus.MOST_REMEMBERED; i++) {
            bus.raise(rogue("server " + i, i));
        }
        assertThat(taken(queue)).hasSize(1);
        assertThat(telemetry.total(Counter.ALERTS_DROPPED)).isEqualTo(AlertBus.MOST_REMEMBERED);
        assertThat(bus.raise(rogue("server 0", 30))).isTrue();
        assertThat(bus.raise(rogue("server " + AlertBus.MOST_REMEMBERED, AlertBus.MOST_REMEMBERED))).isFalse();
    }

    @Test
    void shouldCutWhatIsTooLong() {
        final Alert alert = Alert.of(AlertKind.DNS_TUNNEL, 0, "s".repeat(1_000), "t".repeat(5_000));
        assertThat(alert.subject()).hasSize(255);
        assertThat(alert.text()).hasSize(1_024);
    }

    @Test
    void shouldSpellEveryKindAsTheConfigurationDoesAndGiveEachACode() {
        assertThat(AlertKind.values()).extracting(AlertKind::label).containsExactlyElementsOf(AlertsConfig.KINDS);
        assertThat(Arrays.stream(AlertKind.values()).map(AlertKind::code)).doesNotHaveDuplicates().isSorted();
    }

    private static Alert rogue(final String server, final long second) {
        return Alert.of(AlertKind.ROGUE_DNS_SERVER, second * SECOND_NS, server, "about " + server);
    }

    private static List<Alert> taken(final AlertQueue queue) {
        final List<Alert> alerts = new ArrayList<>();
        for (Alert alert = queue.poll(); alert != null; alert = queue.poll()) {
            alerts.add(alert);
        }
        return alerts;
    }

    private List<String> lines() {
        return written.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
