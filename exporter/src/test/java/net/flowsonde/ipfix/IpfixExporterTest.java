package net.flowsonde.ipfix;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.enrich.EnricherSamples;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.flow.FlowRecordSamples;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.flow.TcpTeardownReason;
import net.flowsonde.ipfix.ExportAgent.Pace;
import net.flowsonde.ipfix.MessageWalker.WalkedMessage;
import net.flowsonde.ipfix.MessageWalker.WalkedRecord;
import net.flowsonde.ipfix.MessageWalker.WalkedTemplate;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class IpfixExporterTest {
    private static final long EXPORT_SECONDS = 1_700_000_000L;
    private static final int REVERSE_PEN = 29_305;
    private static final int PEN = 32_473;

    private final Telemetry telemetry = new Telemetry();
    private final RecordRing ring = new RecordRing(1 << 20, () -> false);
    private final FakeSink sink = new FakeSink(telemetry);
    private final MessageWalker walker = new MessageWalker();
    private ExportConfig config = new ExportConfig(7, PEN, "native", 1_420, Duration.ofSeconds(60), 100, Duration.ofSeconds(300));
    private long nowNs = 1_000;
    private int walked;

    @Test
    void shouldSendTemplatesInMessagesOfTheirOwnThenOptionsThenData() {
        final ExportAgent agent = agent(Pace.LIVE);
        offer(FlowRecordSamples.tcp());
        agent.doWork();
        later(agent, 1_001);
        final List<WalkedMessage> messages = walk();
        assertThat(messages.get(0).templates()).extracting(WalkedTemplate::id)
            .startsWith(512, 513, 514, 515, 516, 517, 518, 519, 520, 521, 522, 256);
        assertThat(messages).noneMatch(message -> !message.templates().isEmpty() && !message.records().isEmpty());
        assertThat(messages).extracting(WalkedMessage::domain).containsOnly(7L);
        assertThat(messages).extracting(WalkedMessage::exportSeconds).containsOnly(EXPORT_SECONDS);
        assertThat(messages.get(messages.size() - 1).records()).singleElement().satisfies(flow -> {
            assertThat(flow.template().id()).isEqualTo(256 + 0b00001100);
            assertThat(flow.number("0:148")).isEqualTo(0x0102030405060708L);
            assertThat(flow.values().get("0:8")).containsExactly(192, 0, 2, 1);
            assertThat(flow.values().get("0:12")).containsExactly(198, 51, 100, 2);
            assertThat(flow.number("0:7")).isEqualTo(40_000);
            assertThat(flow.number("0:11")).isEqualTo(443);
            assertThat(flow.number("0:1")).isEqualTo(1_000);
            assertThat(flow.number(REVERSE_PEN + ":1")).isEqualTo(30_000);
            assertThat(flow.number("0:2")).isEqualTo(10);
            assertThat(flow.number(REVERSE_PEN + ":2")).isEqualTo(20);
            assertThat(flow.number("0:6")).isEqualTo(0x1B);
            assertThat(flow.number(REVERSE_PEN + ":6")).isEqualTo(0x113);
            assertThat(flow.number("0:136")).isEqualTo(3);
            assertThat(flow.number(PEN + ":32")).isEqualTo(32);
            assertThat(flow.number(PEN + ":96")).isEqualTo(12_345);
            assertThat(flow.number(PEN + ":97")).isZero();
            assertThat(flow.text(PEN + ":41")).isEqualTo("ShAfF");
            assertThat(ns(flow.number("0:156"))).isEqualTo(1_700_000_000_123_456_789L);
            assertThat(ns(flow.number("0:157"))).isEqualTo(1_700_000_002_123_456_789L);
            assertThat(ns(flow.number(REVERSE_PEN + ":156"))).isEqualTo(1_700_000_000_124_456_789L);
        });
    }

    @Test
    void shouldDescribeOwnElementsReasonsTunnelsAndInterfaces() {
        agent(Pace.LIVE).doWork();
        final Map<Integer, List<WalkedRecord>> options = walk().stream().flatMap(message -> message.records().stream())
            .collect(Collectors.groupingBy(record -> record.template().id()));
        assertThat(options.get(519)).hasSize((int) Elements.all(PEN).stream().filter(element -> element.isOf(PEN)).count())
            .allSatisfy(type -> assertThat(type.number("0:346")).isEqualTo(PEN))
            .anySatisfy(type -> {
                assertThat(type.template().scopes()).isEqualTo(2);
                assertThat(type.number("0:303")).isEqualTo(36);
                assertThat(type.number("0:339")).isEqualTo(3);
                assertThat(type.number("0:344")).isEqualTo(1);
                assertThat(type.number("0:345")).isEqualTo(2);
                assertThat(type.text("0:341")).isEqualTo("tcpUnackedOctets");
                assertThat(type.text("0:340")).contains("not acknowledged");
            })
            .anySatisfy(type -> {
                assertThat(type.number("0:303")).isEqualTo(36 | 0x4000);
                assertThat(type.text("0:341")).isEqualTo("reverseTcpUnackedOctets");
            });
        assertThat(options.get(517)).hasSize(TcpTeardownReason.values().length).anySatisfy(reason -> {
            assertThat(reason.number(PEN + ":32")).isEqualTo(17);
            assertThat(reason.text(PEN + ":195")).isEqualTo("SYN_REFUSED_RST");
        });
        assertThat(options.get(518)).anySatisfy(type -> assertThat(type.text(PEN + ":196")).isEqualTo("VXLAN"));
        assertThat(options.get(516)).singleElement().satisfies(observed -> {
            assertThat(observed.number("0:10")).isEqualTo(3);
            assertThat(observed.text("0:82")).isEqualTo("eth3");
            assertThat(observed.text("0:83")).isEqualTo("the tap");
        });
    }

    @Test
    void shouldTellStatisticsAtOnceByIntervalAndAtTheEnd() {
        final Counters queue = telemetry.register(Counter.Scope.QUEUE, "eth0/0");
        queue.add(Counter.KERNEL_DROPS, 5);
        queue.add(Counter.FRAMES_NOT_METERED, 2);
        queue.add(Counter.FLOWS_CREATED, 9);
        final ExportAgent agent = agent(Pace.LIVE);
        agent.doWork();
        assertThat(statistics(walk(), 513)).singleElement().satisfies(record -> {
            assertThat(record.number("0:149")).isEqualTo(7);
            assertThat(record.number("0:163")).isEqualTo(9);
            assertThat(record.number("0:164")).isEqualTo(7);
        });
        later(agent, 299_999);
        assertThat(statistics(walk(), 513)).isEmpty();
        later(agent, 1);
        final List<WalkedMessage> second = walk();
        assertThat(statistics(second, 512)).singleElement()
            .satisfies(record -> assertThat(record.number("0:41")).isGreaterThan(1));
        assertThat(statistics(second, 515)).anySatisfy(record -> {
            assertThat(record.text(PEN + ":193")).isEqualTo("eth0/0");
            assertThat(record.text(PEN + ":192")).isEqualTo("KERNEL_DROPS");
            assertThat(record.number(PEN + ":194")).isEqualTo(5);
        });
        offer(FlowRecordSamples.tcp());
        agent.onClose();
        assertThat(sink.isClosed).isTrue();
        assertThat(statistics(walk(), 512)).singleElement().satisfies(record -> assertThat(record.number("0:42")).isEqualTo(1));
    }

    @Test
    void shouldRepeatTemplatesByTimeWhereTheTransportMayLoseThem() {
        final ExportAgent agent = agent(Pace.LIVE);
        agent.doWork();
        walk();
        later(agent, 59_999);
        assertThat(templatesOf(walk())).isEmpty();
        later(agent, 1);
        assertThat(templatesOf(walk())).contains(256, 519);
    }

    @Test
    void shouldRepeatTemplatesByCountToo() {
        config = new ExportConfig(7, PEN, "native", 1_420, Duration.ofHours(1), 100, Duration.ofHours(1));
        final ExportAgent agent = agent(Pace.LIVE);
        agent.doWork();
        final int before = walk().size();
        for (int i = before; i < 100; i++) {
            offer(FlowRecordSamples.tcp());
            agent.doWork();
            later(agent, 1_000);
        }
        assertThat(templatesOf(walk())).isEmpty();
        offer(FlowRecordSamples.tcp());
        agent.doWork();
        assertThat(templatesOf(walk())).contains(256, 519);
    }

    @Test
    void shouldNotRepeatTemplatesOverAReliableTransport() {
        sink.isLossy = false;
        final ExportAgent agent = agent(Pace.LIVE);
        agent.doWork();
        walk();
        later(agent, 200_000);
        assertThat(sink.taken).hasSize(walked);
    }

    @Test
    void shouldAnnounceARareTemplateBeforeItsFirstRecord() {
        final ExportAgent agent = agent(Pace.LIVE);
        agent.doWork();
        walk();
        offer(FlowRecordSamples.tunnel(FlowRecordSamples.tcp(), 7, 4, 5_000));
        agent.doWork();
        later(agent, 1_001);
        final List<WalkedMessage> messages = walk();
        assertThat(messages).hasSize(2);
        assertThat(messages.get(0).templates()).singleElement()
            .satisfies(template -> assertThat(template.id()).isEqualTo(256 + 0b01001100));
        assertThat(messages.get(1).records()).singleElement().satisfies(record -> {
            assertThat(record.number("0:351")).isEqualTo(0x0100_0000_0000_1388L);
            assertThat(record.number(PEN + ":161")).isEqualTo(5_000);
        });
    }

    @Test
    void shouldBeginEachSessionWithTemplatesAndSequenceZero() {
        sink.isLossy = false;
        final ExportAgent agent = agent(Pace.LIVE);
        offer(FlowRecordSamples.tcp());
        agent.doWork();
        later(agent, 1_001);
        walk();
        offer(FlowRecordSamples.tcp());
        agent.doWork();
        sink.sessionId = 2;
        later(agent, 1_001);
        walker.newSession();
        final List<WalkedMessage> messages = walk();
        assertThat(messages.get(0).sequence()).isZero();
        assertThat(messages.get(0).templates()).isNotEmpty();
        assertThat(messages).flatExtracting(WalkedMessage::records).extracting(record -> record.template().id()).contains(268, 519);
    }

    @Test
    void shouldCountWhatALiveSinkRefusesAndLeaveNoHoleInTheSequence() {
        final ExportAgent agent = agent(Pace.LIVE);
        agent.doWork();
        walk();
        sink.room = 0;
        offer(FlowRecordSamples.tcp());
        agent.doWork();
        later(agent, 1_001);
        sink.room = Integer.MAX_VALUE;
        offer(FlowRecordSamples.tcp());
        agent.doWork();
        later(agent, 1_001);
        assertThat(walk()).isNotEmpty();
        assertThat(sink.counters.value(Counter.RECORDS_SENT)).isEqualTo(1);
        assertThat(sink.counters.value(Counter.RECORDS_REFUSED)).isEqualTo(1);
        assertThat(sink.counters.value(Counter.RECORDS_DROPPED)).isEqualTo(1);
        assertThat(sink.counters.value(Counter.RECORD_PACKETS_DROPPED)).isEqualTo(30);
        assertThat(sink.counters.value(Counter.RECORD_OCTETS_DROPPED)).isEqualTo(31_000);
    }

    @Test
    void shouldCountWhatIsLostOnItsWay() {
        final ExportAgent agent = agent(Pace.LIVE);
        agent.doWork();
        sink.isSettlingAtOnce = false;
        for (int i = 0; i < 3; i++) {
            offer(FlowRecordSamples.tcp());
            agent.doWork();
            later(agent, 1_001);
        }
        assertThat(sink.counters.value(Counter.RECORDS_SENT)).isZero();
        sink.decide(true, 1);
        sink.decide(false, 1);
        sink.decide(true, 1);
        agent.doWork();
        assertThat(sink.counters.value(Counter.RECORDS_SENT)).isEqualTo(2);
        assertThat(sink.counters.value(Counter.RECORDS_LOST)).isEqualTo(1);
        assertThat(sink.counters.value(Counter.MESSAGES_LOST)).isEqualTo(1);
        assertThat(sink.counters.value(Counter.RECORD_OCTETS_SENT)).isEqualTo(62_000);
        assertThat(sink.counters.value(Counter.RECORD_OCTETS_DROPPED)).isEqualTo(31_000);
    }

    @Test
    void shouldWaitInAReplayUntilTheSinkTakesEverything() {
        sink.room = 0;
        sink.roomPerWork = 1;
        final ExportAgent agent = agent(Pace.REPLAY);
        for (int i = 0; i < 100; i++) {
            offer(FlowRecordSamples.tcp());
        }
        agent.doWork();
        agent.onClose();
        assertThat(walk()).flatExtracting(WalkedMessage::records)
            .filteredOn(record -> record.template().id() == 268).hasSize(100);
        assertThat(sink.counters.value(Counter.RECORDS_DROPPED)).isZero();
    }

    @Test
    void shouldGiveUpOnAHopelessSinkAndStillAddUp() {
        sink.room = 0;
        sink.isHopeless = true;
        final ExportAgent agent = agent(Pace.REPLAY);
        for (int i = 0; i < 100; i++) {
            offer(FlowRecordSamples.tcp());
        }
        agent.onClose();
        assertThat(sink.counters.value(Counter.RECORDS_DROPPED)).isEqualTo(100);
        assertThat(telemetry.total(Counter.RECORDS_RECEIVED)).isEqualTo(100);
        assertThat(telemetry.total(Counter.RECORD_PACKETS_RECEIVED)).isEqualTo(sink.counters.value(Counter.RECORD_PACKETS_DROPPED));
    }

    @Test
    void shouldGiveUpOnASinkThatMakesNoProgress() {
        sink.room = 0;
        final ExportAgent agent = agent(Pace.REPLAY, true);
        offer(FlowRecordSamples.tcp());
        agent.onClose();
        assertThat(sink.counters.value(Counter.RECORDS_REFUSED)).isEqualTo(1);
    }

    @Test
    void shouldKeepEveryLimitWithRandomRecordsAndMessageSizes() {
        final SplittableRandom random = new SplittableRandom(42);
        for (int round = 0; round < 60; round++) {
            final Telemetry ownTelemetry = new Telemetry();
            final FakeSink target = new FakeSink(ownTelemetry);
            target.maxMessageLength = round < 3 ? 512 : random.nextInt(512, 65_508);
            final RecordRing records = new RecordRing(1 << 20, () -> false);
            final ExportAgent agent = new ExportAgent(config, List.of(records), List.of(new Destination(target, config)), ownTelemetry, List::of,
                EnricherSamples.fresh(ownTelemetry), Pace.LIVE, () -> EXPORT_SECONDS * 1_000, () -> nowNs);
            final int count = random.nextInt(1, 300);
            long octets = 0;
            for (int i = 0; i < count; i++) {
                final FlowRecord flow = FlowRecordSamples.random(random);
                octets += MessageContents.octets(flow);
                records.offer(RecordRing.FLOW_RECORD, flow.buffer(), 0, FlowRecord.LENGTH);
                if (random.nextInt(10) == 0) {
                    agent.doWork();
                }
            }
            agent.onClose();
            final MessageWalker strict = new MessageWalker();
            final List<WalkedRecord> flows = new ArrayList<>();
            for (final byte[] message : target.taken) {
                assertThat(message.length).isLessThanOrEqualTo(target.maxMessageLength);
                strict.walk(message).records().stream().filter(record -> record.template().id() < 512).forEach(flows::add);
            }
            assertThat(flows).hasSize(count);
            assertThat(flows.stream().mapToLong(flow -> flow.number("0:1")
                + (flow.values().containsKey(REVERSE_PEN + ":1") ? flow.number(REVERSE_PEN + ":1") : 0)).sum()).isEqualTo(octets);
            assertThat(target.counters.value(Counter.RECORDS_SENT)).isEqualTo(count);
            assertThat(target.counters.value(Counter.RECORD_OCTETS_SENT)).isEqualTo(octets);
        }
    }

    @Test
    void shouldWrapTheSequenceNumber() {
        final MessageBuilder message = new MessageBuilder(MessageForm.IPFIX, 512);
        message.append(517, new UnsafeBuffer(new byte[3]), 3);
        message.finish(new MessageStamp(0, new UpTime()).at(0), -1);
        assertThat(Hex.of(message.buffer(), 8, 4)).isEqualTo("ffff ffff");
    }

    private ExportAgent agent(final Pace pace) {
        return agent(pace, false);
    }

    private ExportAgent agent(final Pace pace, final boolean isTimeFlying) {
        return new ExportAgent(config, List.of(ring), List.of(new Destination(sink, config)), telemetry,
            () -> List.of(new ObservedInterface(3, "eth3", "the tap")), EnricherSamples.fresh(telemetry), pace, () -> EXPORT_SECONDS * 1_000,
            () -> isTimeFlying ? nowNs += TimeUnit.SECONDS.toNanos(3) : nowNs);
    }

    private void offer(final FlowRecord flow) {
        assertThat(ring.offer(RecordRing.FLOW_RECORD, flow.buffer(), 0, FlowRecord.LENGTH)).isTrue();
    }

    private void later(final ExportAgent agent, final long milliseconds) {
        nowNs += TimeUnit.MILLISECONDS.toNanos(milliseconds);
        agent.doWork();
    }

    private List<WalkedMessage> walk() {
        final List<WalkedMessage> messages = sink.taken.subList(walked, sink.taken.size()).stream().map(walker::walk).toList();
        walked = sink.taken.size();
        return messages;
    }

    private static List<Integer> templatesOf(final List<WalkedMessage> messages) {
        return messages.stream().flatMap(message -> message.templates().stream()).map(WalkedTemplate::id).toList();
    }

    private static List<WalkedRecord> statistics(final List<WalkedMessage> messages, final int templateId) {
        return messages.stream().flatMap(message -> message.records().stream())
            .filter(record -> record.template().id() == templateId).toList();
    }

    /** Back from NTP time, cutting off what is below a nanosecond, as simple readers do. */
    private static long ns(final long ntp) {
        return ((ntp >>> 32) - 2_208_988_800L) * 1_000_000_000L + ((ntp & 0xFFFF_FFFFL) * 1_000_000_000L >>> 32);
    }
}
