package net.flowsonde.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import net.flowsonde.decode.Verdict;
import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Test;

class DecodeCountersTest {
    @Test
    void shouldCountEveryVerdictButDecodedWithItsOwnDescription() {
        assertThat(DecodeCounters.of(Verdict.DECODED)).isNull();
        for (final Verdict verdict : EnumSet.complementOf(EnumSet.of(Verdict.DECODED))) {
            final Counter counter = DecodeCounters.of(verdict);
            assertThat(counter.name()).isEqualTo("DECODE_" + verdict.name());
            assertThat(counter.scope()).isEqualTo(Counter.Scope.QUEUE);
            assertThat(counter.description()).isEqualTo(verdict.description());
        }
    }

    @Test
    void shouldHaveAVerdictForEveryDecodeCounter() {
        final Set<String> expected = Arrays.stream(Verdict.values()).filter(verdict -> verdict != Verdict.DECODED)
            .map(verdict -> "DECODE_" + verdict.name()).collect(Collectors.toSet());
        final Set<String> found = Arrays.stream(Counter.values()).map(Counter::name).filter(name -> name.startsWith("DECODE_"))
            .collect(Collectors.toSet());
        assertThat(found).isEqualTo(expected);
    }
}
