package net.flowsonde.dpi;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SharedTableTest {
    private final SharedTable table = new SharedTable(1 << 16, Integer.BYTES);
    private final UnsafeBuffer value = new UnsafeBuffer(new byte[Integer.BYTES]);

    private int put(final SharedTable to, final long key, final int number) {
        value.putInt(0, number);
        return to.write(key, key, value, 1);
    }

    private int putIfAbsent(final SharedTable to, final long key, final int number) {
        value.putInt(0, number);
        return to.writeIfAbsent(key, key, value, 1);
    }

    private int get(final SharedTable from, final long key) {
        return from.read(key, key, value, 1) ? value.getInt(0) : 0;
    }

    @Test
    void shouldReplaceAValueAndForgetIt() {
        assertThat(put(table, 7, 70)).isEqualTo(SharedTable.WRITTEN);
        assertThat(put(table, 7, 71)).isEqualTo(SharedTable.WRITTEN);
        assertThat(get(table, 7)).isEqualTo(71);
        table.remove(7, 7);
        assertThat(get(table, 7)).isZero();
    }

    @Test
    void shouldKeepTheFirstValueAndTellIt() {
        assertThat(putIfAbsent(table, 7, 70)).isEqualTo(SharedTable.WRITTEN);
        assertThat(putIfAbsent(table, 7, 71)).isEqualTo(SharedTable.FOUND);
        assertThat(value.getInt(0)).isEqualTo(70);
        assertThat(get(table, 7)).isEqualTo(70);
    }

    @Test
    void shouldGiveUpWhatWasNotUsedForLongest() {
        final SharedTable bucket = new SharedTable(8, Integer.BYTES);
        for (int key = 1; key <= 8; key++) {
            value.putInt(0, key);
            assertThat(bucket.write(key, key, value, key)).isEqualTo(SharedTable.WRITTEN);
        }
        assertThat(bucket.read(1, 1, value, 9)).isTrue();
        assertThat(bucket.writeIfAbsent(9, 9, value, 10)).isEqualTo(SharedTable.EVICTED);
        assertThat(bucket.write(10, 10, value, 11)).isEqualTo(SharedTable.EVICTED);
        assertThat(get(bucket, 1)).isEqualTo(1);
        assertThat(get(bucket, 2)).isZero();
        assertThat(get(bucket, 3)).isZero();
    }

    @Test
    void shouldTakeMemoryOnlyForWhatIsPutInto() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final int capacity = 1 << 20; // of 28 octets each
        final long before = threads.getCurrentThreadAllocatedBytes();
        final SharedTable large = new SharedTable(capacity, Integer.BYTES);
        put(large, 7, 70);
        large.remove(1 << 19, 1 << 19);
        final int nothing = get(large, 1 << 19);
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).isLessThan(capacity);
        assertThat(nothing).isZero();
        assertThat(get(large, 7)).isEqualTo(70);
    }

    /** Keys one after the other lie in all buckets, of chunks that hold several. */
    @Test
    void shouldKeepWhatFillsIt() {
        for (int key = 1; key <= 1 << 16; key++) {
            assertThat(put(table, key, -key)).isEqualTo(SharedTable.WRITTEN);
        }
        for (int key = 1; key <= 1 << 16; key++) {
            assertThat(get(table, key)).isEqualTo(-key);
        }
    }

    /** Whoever finds no memory for a bucket makes it, and may do so at the same time as others. */
    @Test
    void shouldLoseNothingThatThreadsPutWhileItsMemoryIsMade() throws InterruptedException {
        final int count = 1 << 12;
        final List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            final int first = number;
            threads.add(new Thread(() -> {
                final UnsafeBuffer own = new UnsafeBuffer(new byte[Integer.BYTES]);
                for (int i = 0; i < count; i++) {
                    final int key = i * 4 + first + 1; // next to those of the other threads, in the same chunk
                    own.putInt(0, key);
                    table.write(key, key, own, 1);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (final Thread thread : threads) {
            thread.join();
        }
        for (int key = 1; key <= 4 * count; key++) {
            assertThat(get(table, key)).isEqualTo(key);
        }
    }
}
