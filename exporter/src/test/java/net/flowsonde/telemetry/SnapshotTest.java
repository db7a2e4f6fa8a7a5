package net.flowsonde.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private final Snapshot<Integer> snapshot = new Snapshot<>();

    @Test
    void shouldShowTheLastRowsThatWerePublished() {
        assertThat(snapshot.rows()).isEmpty();
        snapshot.publish(List.of(1, 2));
        snapshot.publish(List.of(3));
        assertThat(snapshot.rows()).containsExactly(3);
    }

    @Test
    void shouldKeepTheFirstRowsOfTooMany() {
        snapshot.publish(IntStream.range(0, 5_000).boxed().toList());
        assertThat(snapshot.rows()).hasSize(Snapshot.MOST_ROWS).startsWith(0, 1).endsWith(1_023);
    }
}
