package net.flowsonde.dpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.junit.jupiter.api.Test;

class QueueInboxesTest {
    private static final int MESSAGE = 1_000;
    private static final int HALF = 500;

    private final ManyToOneRingBuffer inbox = new QueueInboxes(2).inbox(0);
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[MESSAGE]);
    private final List<Integer> taken = new ArrayList<>();

    @Test
    void shouldTakeAllThatIsThereAcrossTheEndOfTheMemory() {
        write(0, HALF);
        read(Integer.MAX_VALUE);
        write(HALF, 3 * HALF);
        read(Integer.MAX_VALUE);
        assertThat(taken).isEqualTo(IntStream.range(0, 3 * HALF).boxed().toList());
    }

    @Test
    void shouldTakeNoMoreThanAskedFor() {
        write(0, HALF);
        read(10);
        assertThat(taken).hasSize(10);
    }

    private void write(final int from, final int to) {
        for (int number = from; number < to; number++) {
            message.putInt(0, number);
            assertThat(inbox.write(1, message, 0, MESSAGE)).isTrue();
        }
    }

    private void read(final int most) {
        QueueInboxes.read(inbox, (type, buffer, index, length) -> taken.add(buffer.getInt(index)), most);
    }
}
