package net.flowsonde.ipfix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.dpi.dns.DnsSample;
import net.flowsonde.dpi.dns.DnsTransaction;
import net.flowsonde.enrich.EnricherSamples;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.flow.FlowRecordSamples;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.ipfix.ExportAgent.Pace;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Telemetry;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A flow and the answer that names it are seen by two queues, and come in any order. */
class RingReaderTest {
    private static final long T0 = 1_700_000_000_000_000_000L;
    private static final String CLIENT = "192.0.2.10";
    private static final String RESOLVER = "192.0.2.53";
    private static final String WEB = "198.51.100.80";
    /** A type of record that is no flow. */
    private static final int FACT = 99;

    private final Telemetry telemetry = new Telemetry();
    private final List<RecordRing> rings = List.of(new RecordRing(1 << 16, () -> false), new RecordRing(1 << 24, () -> false));
    private final FakeSink sink = new FakeSink(telemetry);
    private long nowNs = 1_000;

    @Test
    void shouldNameAFlowThatOvertookItsAnswerOnAnotherQueue() {
        final ExportAgent agent = agent();
        offerFlow(1, T0 + ms(30));
        rings.get(1).reached(T0 + ms(40));
        rings.get(0).reached(T0 + ms(5));
        later(agent, 1);
        assertThat(flows()).isEmpty();

        offerAnswer(0, T0 + ms(20));
        rings.get(0).reached(T0 + ms(25));
        later(agent, 1);
        assertThat(flows()).isEmpty();

        rings.get(0).reached(T0 + ms(30));
        later(agent, 1);
        assertThat(flows()).singleElement().asString().contains("\"serverName\":\"www.example.com\"");
        assertThat(telemetry.total(Counter.RECORDS_AWAITED)).isEqualTo(1);
        assertThat(telemetry.total(Counter.RECORDS_NOT_AWAITED)).isZero();
    }

    @Test
    void shouldLetNoFlowWaitThatBeganBeforeWhatEveryQueueHasReached() {
        final ExportAgent agent = agent();
        rings.forEach(ring -> ring.reached(T0 + ms(50)));
        later(agent, 1);
        offerFlow(1, T0 + ms(50));
        later(agent, 1);
        assertThat(flows()).hasSize(1);
        assertThat(telemetry.total(Counter.RECORDS_AWAITED)).isZero();
    }

    @Test
    void shouldLetOneQueueTellEverythingAtOnce() {
        final RecordRing only = rings.get(0);
        final ExportAgent agent = agent(List.of(only));
        offerAnswer(0, T0);
        offerFlow(0, T0 + ms(30));
        later(agent, 1);
        assertThat(flows()).singleElement().asString().contains("\"serverName\":\"www.example.com\"");
    }

    @Test
    void shouldWaitNoLongerThanAllowedForAQueueThatDoesNotGoOn() {
        final ExportAgent agent = agent();
        offerFlow(1, T0);
        later(agent, 1);
        later(agent, TimeUnit.NANOSECONDS.toMillis(RingReader.LONGEST_WAIT_NS) - 1);
        assertThat(flows()).isEmpty();
        later(agent, 1);
        assertThat(flows()).hasSize(1);
        assertThat(telemetry.total(Counter.RECORDS_NOT_AWAITED)).isEqualTo(1);
    }

    @Test
    void shouldPassOnWhatThereIsNoRoomFor() {
        final ExportAgent agent = agent();
        for (int i = 0; i < RingReader.MOST_WAITING + 10; i++) {
            offerFlow(1, T0);
        }
        for (int i = 0; i < RingReader.MOST_WAITING / 100; i++) {
            agent.doWork();
        }
        assertThat(telemetry.total(Counter.RECORDS_AWAITED)).isEqualTo(RingReader.MOST_WAITING);
        assertThat(telemetry.total(Counter.RECORDS_NOT_AWAITED)).isEqualTo(10);
        assertThat(telemetry.total(Counter.RECORDS_RECEIVED)).isEqualTo(10);
        rings.forEach(ring -> ring.reached(T0));
        later(agent, 1);
        assertThat(telemetry.total(Counter.RECORDS_RECEIVED)).isEqualTo(RingReader.MOST_WAITING + 10);
        assertThat(telemetry.total(Counter.RECORDS_NOT_AWAITED)).isEqualTo(10);
    }

    @Test
    void shouldLoseNothingThatWaitsAtTheEnd() {
        final ExportAgent agent = agent();
        offerFlow(1, T0 + ms(30));
        later(agent, 1);
        offerAnswer(0, T0 + ms(20));
        agent.onClose();
        assertThat(flows()).singleElement().asString().contains("\"serverName\":\"www.example.com\"");
        assertThat(telemetry.total(Counter.RECORDS_NOT_AWAITED)).isEqualTo(1);
    }

    @Test
    void shouldBringEveryFlowOnceAndBehindWhatAnyQueueKnewOfTheTimeBefore() {
        final SplittableRandom random = new SplittableRandom(77);
        for (int round = 0; round < 50; round++) {
            final Queues queues = new Queues(random, random.nextInt(2, 6));
            for (int step = 0; step < 1_500; step++) {
                queues.step();
            }
            queues.check();
        }
    }

    /** Queues that see the same time go by, each with its own delay, and facts and flows in it. */
    private static final class Queues {
        private final SplittableRandom random;
        private final List<RecordRing> rings = new ArrayList<>();
        private final long[] timesNs;
        private final RingReader reader;
        /** What was offered: number to queue and time. */
        private final List<Item> offered = new ArrayList<>();
        private final List<Item> read = new ArrayList<>();

        private record Item(int number, int queue, boolean isFlow, long timeNs) {
            boolean precedes(final Item flow) {
                return timeNs <= flow.timeNs && (!isFlow || queue == flow.queue && number < flow.number);
            }
        }

        Queues(final SplittableRandom random, final int count) {
            this.random = random;
            timesNs = new long[count];
            for (int i = 0; i < count; i++) {
                rings.add(new RecordRing(1 << 21, () -> false));
                timesNs[i] = 1;
            }
            reader = new RingReader(rings, new Telemetry().register(Counter.Scope.EXPORT, "test"), (type, buffer, offset, length) ->
                read.add(offered.get(type == FACT ? buffer.getInt(offset) : new FlowRecord().wrap(buffer, offset).destinationPort())));
        }

        void step() {
            final int queue = random.nextInt(timesNs.length);
            timesNs[queue] += random.nextInt(50);
            final RecordRing ring = rings.get(queue);
            switch (random.nextInt(4)) {
                case 0 -> {
                    final Item fact = offered(queue, false, timesNs[queue]);
                    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Integer.BYTES]);
                    buffer.putInt(0, fact.number);
                    assertThat(ring.offer(FACT, buffer, 0, Integer.BYTES)).isTrue();
                }
                case 1 -> {
                    final Item flow = offered(queue, true, Math.max(1, timesNs[queue] - random.nextInt(60)));
                    assertThat(ring.offer(RecordRing.FLOW_RECORD, FlowRecordSamples.udp(CLIENT, WEB, flow.number, flow.timeNs).buffer(), 0,
                        FlowRecord.LENGTH)).isTrue();
                }
                case 2 -> ring.reached(timesNs[queue] - 1);
                default -> reader.read(0);
            }
        }

        private Item offered(final int queue, final boolean isFlow, final long timeNs) {
            final Item item = new Item(offered.size(), queue, isFlow, timeNs);
            offered.add(item);
            return item;
        }

        void check() {
            rings.forEach(ring -> ring.reached(Long.MAX_VALUE));
            while (reader.read(0) != 0) {
                assertThat(read.size()).isLessThanOrEqualTo(offered.size());
            }
            assertThat(reader.readWaiting()).isZero();
            assertThat(read).containsExactlyInAnyOrderElementsOf(offered);
            for (int i = 0; i < read.size(); i++) {
                final Item flow = read.get(i);
                if (flow.isFlow) {
                    assertThat(read.subList(i + 1, read.size())).noneMatch(later -> later.precedes(flow));
                }
            }
        }
    }

    private ExportAgent agent() {
        return agent(rings);
    }

    private ExportAgent agent(final List<RecordRing> read) {
        sink.encoding = MessageSink.Encoding.JSON_LINES;
        return new ExportAgent(ExportConfig.DEFAULT, read, List.of(new Destination(sink, ExportConfig.DEFAULT)), telemetry, List::of,
            EnricherSamples.fresh(telemetry), Pace.LIVE, () -> T0 / 1_000_000, () -> nowNs);
    }

    private void later(final ExportAgent agent, final long milliseconds) {
        nowNs += ms(milliseconds);
        agent.doWork();
    }

    private void offerFlow(final int queue, final long startNs) {
        assertThat(rings.get(queue).offer(
            RecordRing.FLOW_RECORD, FlowRecordSamples.udp(CLIENT, WEB, 443, startNs).buffer(), 0, FlowRecord.LENGTH)).isTrue();
    }

    private void offerAnswer(final int queue, final long timeNs) {
        final DnsTransaction answer = DnsSample.query(CLIENT, RESOLVER, "www.example.com", DnsSample.A, timeNs - ms(1)).answer(0, timeNs)
            .record("www.example.com", DnsSample.A, 300, WEB).transaction();
        assertThat(rings.get(queue).offer(RecordRing.DNS_TRANSACTION, answer.buffer(), 0, answer.length())).isTrue();
    }

    /** The flow records that were exported. */
    private List<String> flows() {
        return sink.taken.stream().flatMap(block -> new String(block, StandardCharsets.UTF_8).lines())
            .filter(line -> line.startsWith("{\"recordType\":\"flow\"")).toList();
    }

    private static long ms(final long milliseconds) {
        return TimeUnit.MILLISECONDS.toNanos(milliseconds);
    }
}
