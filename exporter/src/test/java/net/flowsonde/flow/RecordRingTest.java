package net.flowsonde.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class RecordRingTest {
    private static final int CAPACITY = 4_096;
    private static final int RECORD_LENGTH = 120;

    private final UnsafeBuffer record = new UnsafeBuffer(new byte[RECORD_LENGTH]);

    @Test
    void shouldDropWhenFullAndNobodyMayWait() {
        final RecordRing ring = new RecordRing(CAPACITY, () -> false);
        int taken = 0;
        while (offer(ring)) {
            taken++;
        }
        // one slot stays free so that a full ring differs from an empty one
        assertThat(taken).isEqualTo(CAPACITY / 128 - 1);
        assertThat(ring.drain((type, buffer, index, length) -> assertThat(length).isEqualTo(RECORD_LENGTH), 1_000)).isEqualTo(taken);
        assertThat(offer(ring)).isTrue();
    }

    @Test
    void shouldLoseNothingWhenTheProducerMayWait() throws InterruptedException {
        final int records = 20_000;
        final RecordRing ring = new RecordRing(CAPACITY, () -> true);
        final AtomicInteger sum = new AtomicInteger();
        final Thread consumer = new Thread(() -> {
            for (int received = 0; received < records; ) {
                received += ring.drain((type, buffer, index, length) -> sum.addAndGet(buffer.getInt(index)), 10);
            }
        });
        consumer.start();
        for (int i = 0; i < records; i++) {
            record.putInt(0, i);
            assertThat(offer(ring)).isTrue();
        }
        consumer.join();
        assertThat(sum.get()).isEqualTo(records * (records - 1) / 2);
    }

    @Test
    void shouldGiveUpWaitingWhenItIsNoLongerAllowed() {
        final AtomicInteger asked = new AtomicInteger();
        final RecordRing ring = new RecordRing(CAPACITY, () -> asked.incrementAndGet() < 150);
        while (asked.get() == 0) {
            offer(ring);
        }
        assertThat(offer(ring)).isFalse();
        assertThat(asked.get()).isGreaterThanOrEqualTo(150);
    }

    @Test
    void shouldAskToPutOffRecordsWhenHalfFull() {
        final RecordRing ring = new RecordRing(CAPACITY, () -> false);
        while (ring.size() < CAPACITY / 2) {
            assertThat(ring.isRoomy()).isTrue();
            offer(ring);
        }
        assertThat(ring.isRoomy()).isFalse();
    }

    private boolean offer(final RecordRing ring) {
        return ring.offer(RecordRing.FLOW_RECORD, record, 0, RECORD_LENGTH);
    }
}
