package net.flowsonde.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FlowListsTest {
    private static final int LISTS = 3;

    @Test
    void shouldKeepTheOrderOfTouchesInEveryList() {
        final SplittableRandom random = new SplittableRandom(2);
        final int slots = 200;
        final List<List<Integer>> model = new ArrayList<>();
        final TreeSet<Integer> unused = new TreeSet<>();
        try (FlowLists lists = new FlowLists(LISTS, slots)) {
            for (int list = 0; list < LISTS; list++) {
                model.add(new ArrayList<>());
            }
            for (int slot = 0; slot < slots; slot++) {
                lists.ensure(slot);
                unused.add(slot);
            }
            for (int tick = 1; tick < 20_000; tick++) {
                final int slot = random.nextInt(slots);
                final int list = random.nextInt(LISTS);
                if (unused.remove(slot)) {
                    lists.add(slot, list, tick);
                    model.get(list).add(slot);
                } else if (random.nextInt(4) == 0) {
                    model.get(lists.list(slot)).remove((Integer) slot);
                    lists.remove(slot);
                    unused.add(slot);
                } else if (random.nextBoolean()) {
                    model.get(lists.list(slot)).remove((Integer) slot);
                    lists.move(slot, list, tick);
                    model.get(list).add(slot);
                } else {
                    model.get(lists.list(slot)).remove((Integer) slot);
                    lists.touch(slot, tick);
                    model.get(lists.list(slot)).add(slot);
                    assertThat(lists.tick(slot)).isEqualTo(tick);
                }
            }
            for (int list = 0; list < LISTS; list++) {
                assertThat(drain(lists, list)).isEqualTo(model.get(list));
                assertThat(lists.size(list)).isZero();
            }
        }
    }

    private static List<Integer> drain(final FlowLists lists, final int list) {
        final List<Integer> slots = new ArrayList<>();
        for (int tail = lists.tail(list); tail != FlowLists.NONE; tail = lists.tail(list)) {
            slots.add(tail);
            lists.remove(tail);
        }
        return slots;
    }

    @Test
    void shouldMoveAFlowOnceATick() {
        try (FlowLists lists = new FlowLists(1, 2)) {
            lists.ensure(1);
            lists.add(0, 0, 5);
            lists.add(1, 0, 5);
            lists.touch(0, 5);
            assertThat(lists.tail(0)).isZero();
            lists.touch(0, 6);
            assertThat(lists.tail(0)).isOne();
        }
    }
}
