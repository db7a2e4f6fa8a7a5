package net.flowsonde.dpi.smb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StateTableTest {
    private final List<Long> evicted = new ArrayList<>();
    private final StateTable<SmbTree> table = new StateTable<>(3, SmbTree::new, tree -> evicted.add(tree.key1));

    @Test
    void shouldMakeRoomByTheLeastLatelyUsed() {
        table.add(0, 1, 0);
        table.add(0, 2, 0);
        table.add(0, 3, 0);
        assertThat(table.find(0, 1, 0)).isNotNull();
        table.add(0, 4, 0);
        assertThat(evicted).containsExactly(2L);
        assertThat(table.find(0, 2, 0)).isNull();
        assertThat(table.size()).isEqualTo(3);
    }

    @Test
    void shouldReuseEntriesUnderAnotherGeneration() {
        final SmbTree first = table.add(0, 1, 0);
        final int generation = first.generation;
        table.release(first);
        assertThat(table.add(0, 9, 0)).isSameAs(first);
        assertThat(first.generation).isNotEqualTo(generation);
    }

    @Test
    void shouldReplaceWhatHasTheNewKey() {
        final SmbTree one = table.add(0, 1, 0);
        table.add(0, 2, 0);
        table.rekey(one, 0, 2, 0);
        assertThat(evicted).containsExactly(2L);
        assertThat(table.find(0, 2, 0)).isSameAs(one);
        assertThat(table.find(0, 1, 0)).isNull();
    }

    @Test
    void shouldBehaveLikeAMap() {
        final SplittableRandom random = new SplittableRandom(3);
        final StateTable<SmbTree> many = new StateTable<>(10_000, SmbTree::new, tree -> { });
        final Map<Long, SmbTree> model = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            final long key = random.nextInt(4_000);
            final SmbTree found = many.find(key, -key, key * 31);
            assertThat(found).isSameAs(model.get(key));
            if (found == null) {
                model.put(key, many.add(key, -key, key * 31));
            } else if (random.nextInt(3) == 0) {
                many.release(model.remove(key));
            }
        }
        assertThat(many.size()).isEqualTo(model.size());
    }
}
