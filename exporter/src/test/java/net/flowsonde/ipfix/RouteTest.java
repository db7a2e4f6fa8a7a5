package net.flowsonde.ipfix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import net.flowsonde.config.CollectorGroup;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.telemetry.Telemetry;
import org.junit.jupiter.api.Test;

/** Which collector of a group gets the records of a flow. */
class RouteTest {
    private static final int FLOWS = 30_000;

    private final Telemetry telemetry = new Telemetry();
    private final List<FakeSink> sinks = new ArrayList<>();
    private final List<RecordExporter> exporters = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(5);

    @Test
    void shouldGiveEveryRecordToEveryCollectorOutsideOfGroups() {
        final Map<Destination, RecordExporter> all = new LinkedHashMap<>();
        for (int i = 0; i < 3; i++) {
            add(all, Optional.empty());
        }
        assertThat(Route.of(all)).extracting(route -> route.of(7)).containsExactlyElementsOf(exporters);
    }

    @Test
    void shouldShareFlowsEvenlyByHash() {
        final Route route = group(CollectorGroup.Mode.HASH, 3);
        final int[] shares = new int[3];
        for (int i = 0; i < FLOWS; i++) {
            shares[exporters.indexOf(route.of(random.nextLong()))]++;
        }
        for (final int share : shares) {
            assertThat(share).isBetween(FLOWS / 3 - 600, FLOWS / 3 + 600);
        }
    }

    @Test
    void shouldMoveOnlyTheFlowsOfAMemberThatLeavesAndGiveThemBack() {
        final Route route = group(CollectorGroup.Mode.HASH, 4);
        for (int i = 0; i < FLOWS; i++) {
            final long flowId = random.nextLong();
            final RecordExporter before = route.of(flowId);
            sinks.get(2).isUp = false;
            final RecordExporter meanwhile = route.of(flowId);
            assertThat(meanwhile).isNotSameAs(exporters.get(2));
            assertThat(meanwhile == before).isEqualTo(before != exporters.get(2));
            sinks.get(2).isUp = true;
            assertThat(route.of(flowId)).isSameAs(before);
        }
    }

    @Test
    void shouldFailOverInOrderAndReturn() {
        final Route route = group(CollectorGroup.Mode.FAILOVER, 3);
        assertThat(route.of(1)).isSameAs(exporters.get(0));
        sinks.get(0).isUp = false;
        assertThat(route.of(1)).isSameAs(exporters.get(1));
        sinks.get(1).isUp = false;
        assertThat(route.of(1)).isSameAs(exporters.get(2));
        sinks.get(2).isUp = false;
        assertThat(route.of(1)).as("none can be reached").isSameAs(exporters.get(0));
        sinks.get(1).isUp = true;
        assertThat(route.of(1)).isSameAs(exporters.get(1));
        sinks.get(0).isUp = true;
        assertThat(route.of(1)).isSameAs(exporters.get(0));
    }

    private Route group(final CollectorGroup.Mode mode, final int members) {
        final Map<Destination, RecordExporter> all = new LinkedHashMap<>();
        for (int i = 0; i < members; i++) {
            add(all, Optional.of(new CollectorGroup(1, mode)));
        }
        return Route.of(all).get(0);
    }

    private void add(final Map<Destination, RecordExporter> all, final Optional<CollectorGroup> group) {
        final FakeSink sink = new FakeSink(telemetry);
        sink.name = "fake " + sinks.size();
        sinks.add(sink);
        exporters.add(new IdleExporter());
        all.put(new Destination(sink, ExportConfig.DEFAULT, group), exporters.get(exporters.size() - 1));
    }

    private static final class IdleExporter implements RecordExporter {
        @Override
        public void onFlow(final FlowRecord flow) {
        }

        @Override
        public <R> void onRecord(final RecordElements<R> elements, final R record) {
        }

        @Override
        public int doWork(final long nowNs) {
            return 0;
        }

        @Override
        public void onDraining() {
        }

        @Override
        public void close() {
        }
    }
}
