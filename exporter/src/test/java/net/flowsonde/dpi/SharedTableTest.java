package net.flowsonde.dpi;

import static org.assertj.core.api.Assertions.assertThat;

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
}
