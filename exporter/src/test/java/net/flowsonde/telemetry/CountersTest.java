package net.flowsonde.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CountersTest {
    private final Counters counters = new Telemetry().register(Counter.Scope.QUEUE, "eth0/0");

    @Test
    void shouldReadAMeasuredGaugeWheneverSomebodyAsks() {
        final AtomicLong size = new AtomicLong(7);
        counters.measure(Gauge.RING_OCTETS, size::get);
        assertThat(counters.value(Gauge.RING_OCTETS)).isEqualTo(7);
        size.set(9);
        assertThat(counters.value(Gauge.RING_OCTETS)).isEqualTo(9);
    }

    @Test
    void shouldShowTheLastValueThatAGaugeWasSetTo() {
        assertThat(counters.value(Gauge.FLOW_LIMIT)).isZero();
        counters.set(Gauge.FLOW_LIMIT, 5);
        counters.set(Gauge.FLOW_LIMIT, 6);
        assertThat(counters.value(Gauge.FLOW_LIMIT)).isEqualTo(6);
    }

    @Test
    void shouldKnowNoLabelAndNoSessionUntilTheyAreSet() {
        assertThat(counters.value(Label.INTERFACE)).isEmpty();
        assertThat(counters.session()).isEmpty();
        counters.set(Label.INTERFACE, "eth0");
        assertThat(counters.value(Label.INTERFACE)).isEqualTo("eth0");
    }

    @Test
    void shouldListTeardownsThatHappenedInTheOrderOfTheirCodes() {
        final TeardownCounts teardowns = new TeardownCounts();
        teardowns.name(code -> "reason " + code, code -> "impact " + code);
        teardowns.increment(33, 4);
        teardowns.increment(16, 1);
        teardowns.increment(33, 4);
        assertThat(teardowns.rows()).containsExactly(
            new TeardownCounts.Row(16, 1, "reason 16", "impact 1", 1), new TeardownCounts.Row(33, 4, "reason 33", "impact 4", 2));
    }
}
