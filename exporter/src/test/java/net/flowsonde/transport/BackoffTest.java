package net.flowsonde.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void shouldDoubleWithinBoundsAndVary() {
        final Backoff backoff = new Backoff(new SplittableRandom(1));
        long delay = Backoff.SHORTEST_NS;
        for (int i = 0; i < 20; i++) {
            assertThat(backoff.nextNs()).isBetween(delay / 2, delay);
            delay = Math.min(2 * delay, Backoff.LONGEST_NS);
        }
        assertThat(backoff.nextNs()).isNotEqualTo(backoff.nextNs());
        backoff.reset();
        assertThat(backoff.nextNs()).isLessThanOrEqualTo(Backoff.SHORTEST_NS);
    }
}
