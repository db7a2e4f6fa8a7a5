package net.flowsonde.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import net.flowsonde.Ports;
import net.flowsonde.config.SpoolConfig;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.flow.FlowRecordSamples;
import net.flowsonde.ipfix.ExportAgent.Pace;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Gauge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Messages that wait on disk for a collector that is away. */
@Timeout(120)
class SpoolTest {
    private static final int ROUNDS = Integer.getInteger("flowsonde.test.rounds", 20);

    @TempDir
    private Path directory;

    private final SplittableRandom random = new SplittableRandom(11);
    private final Set<Long> exported = new HashSet<>();

    @Test
    void shouldBringWhatAnEarlierRunLeftThenItsOwn() throws Exception {
        try (CollectorStub collector = new CollectorStub()) {
            final ExportRig first = rig(collector.uri(), 1L << 30);
            export(first, 5_000);
            first.close();
            assertThat(first.value(Counter.RECORDS_SPOOLED)).isEqualTo(5_000);
            assertThat(first.isAddingUp()).isTrue();
            final ExportRig second = rig(collector.uri(), 1L << 30);
            assertThat(second.value(Counter.RECORDS_RECOVERED)).isEqualTo(5_000);
            export(second, 2_000);
            collector.start();
            workUntil(second, () -> collector.flowIds().size() == 7_000);
            second.close();
            assertThat(second.value(Counter.RECORDS_SENT)).isEqualTo(7_000);
            assertThat(second.value(Counter.RECORDS_SPOOLED)).isZero();
            assertThat(second.isAddingUp()).isTrue();
            assertThat(collector.flowIds().keySet()).isEqualTo(exported);
            assertThat(collector.flowIds().values()).allMatch(count -> count == 1);
            assertThat(segments()).isEmpty();
        }
    }

    @Test
    void shouldBringWhatAnEarlierRunLeftAndAReplaysOwnBeforeTheReplayEnds() throws Exception {
        try (CollectorStub collector = new CollectorStub()) {
            final ExportRig first = rig(collector.uri(), 1L << 30);
            export(first, 5_000);
            first.close();
            collector.start();
            final ExportRig replay = replay(collector.uri());
            export(replay, 2_000);
            replay.close();
            assertThat(replay.value(Counter.RECORDS_SENT)).isEqualTo(7_000);
            assertThat(replay.value(Counter.RECORDS_SPOOLED)).isZero();
            assertThat(replay.isAddingUp()).isTrue();
            await().until(() -> collector.flowIds().keySet().equals(exported));
        }
    }

    @Test
    void shouldLeaveWhatAReplayHasForACollectorThatIsAwayToTheNextRunWithoutWaiting() throws Exception {
        try (CollectorStub collector = new CollectorStub()) {
            final ExportRig replay = replay(collector.uri());
            export(replay, 2_000);
            workUntil(replay, () -> replay.value(Counter.CONNECT_FAILURES) > 0);
            final long beforeNs = System.nanoTime();
            replay.close();
            assertThat(Duration.ofNanos(System.nanoTime() - beforeNs)).isLessThan(Duration.ofSeconds(5));
            assertThat(replay.value(Counter.RECORDS_SPOOLED)).isEqualTo(2_000);
            assertThat(replay.value(Counter.RECORDS_DROPPED)).isZero();
            assertThat(replay.isAddingUp()).isTrue();
        }
    }

    @Test
    void shouldLoseNothingThoughTheCollectorDiesAgainAndAgain() throws Exception {
        try (CollectorStub collector = new CollectorStub()) {
            final ExportRig rig = rig(collector.uri(), 1L << 30);
            for (int life = 0; life < 4; life++) {
                final int before = collector.flowIds().size();
                collector.start();
                export(rig, 10_000);
                workUntil(rig, () -> collector.flowIds().size() > before + 1_000);
                collector.kill();
                export(rig, 2_000);
                workUntil(rig, () -> rig.value(Counter.SESSIONS_BROKEN) == rig.value(Counter.SESSIONS_OPENED));
            }
            collector.start();
            workUntil(rig, () -> collector.flowIds().size() == exported.size());
            rig.close();
            assertThat(collector.flowIds().keySet()).isEqualTo(exported);
            assertThat(rig.value(Counter.RECORDS_SENT)).isEqualTo(48_000);
            final long twice = collector.flowIds().values().stream().mapToLong(count -> count - 1).sum();
            assertThat(twice).isLessThanOrEqualTo(rig.value(Counter.RECORDS_RESENT));
            assertThat(rig.isAddingUp()).isTrue();
        }
    }

    /** The reset is found by a write that waits, so that reading only finds an end, as it does after a farewell. */
    @Test
    void shouldSendAgainWhatADeadCollectorHadNotReadThoughWritesWereWaiting() throws Exception {
        try (CollectorStub collector = new CollectorStub()) {
            final ExportRig rig = rig(collector.uri(), 1L << 30);
            final URI uri = URI.create(collector.uri());
            try (ServerSocket server = new ServerSocket()) {
                server.setReceiveBufferSize(2 << 20);
                server.bind(new InetSocketAddress("127.0.0.1", uri.getPort()));
                workUntil(rig, () -> rig.value(Counter.SESSIONS_OPENED) == 1);
                final Socket unread = server.accept();
                export(rig, 40_000);
                workUntil(rig, () -> rig.value(Counter.RECORDS_RECEIVED) == 40_000 && rig.value(Counter.RECORDS_SENT) > 0);
                workFor(rig, Duration.ofMillis(300));
                unread.setSoLinger(true, 0); // a reset and nothing before it, as the kernel sends for a process that is killed
                unread.close();
            }
            workUntil(rig, () -> rig.value(Counter.SESSIONS_BROKEN) == 1);
            assertThat(rig.value(Counter.RECORDS_SENT)).as("some wait for room").isLessThan(40_000);
            collector.start();
            workUntil(rig, () -> collector.flowIds().size() == 40_000);
            rig.close();
            assertThat(rig.value(Counter.RECORDS_RESENT)).isPositive();
            assertThat(rig.isAddingUp()).isTrue();
        }
    }

    @Test
    void shouldSendNothingTwiceToACollectorThatEndsTheConnection() throws Exception {
        try (CollectorStub collector = new CollectorStub()) {
            final ExportRig rig = rig(collector.uri(), 1L << 30);
            collector.start();
            export(rig, 3_000);
            workUntil(rig, () -> rig.value(Counter.RECORDS_SENT) == 3_000 && collector.flowIds().size() == 3_000);
            collector.endConnection();
            workUntil(rig, () -> rig.value(Counter.SESSIONS_OPENED) == 2);
            export(rig, 1_000);
            workUntil(rig, () -> collector.flowIds().size() == 4_000);
            rig.close();
            assertThat(rig.value(Counter.RECORDS_RESENT)).isZero();
            assertThat(collector.flowIds().values()).allMatch(count -> count == 1);
        }
    }

    @Test
    void shouldForceOutTheOldestAndCountThem() throws Exception {
        try (CollectorStub collector = new CollectorStub()) {
            final ExportRig rig = rig(collector.uri(), 2L << 20);
            export(rig, 40_000);
            workUntil(rig, () -> rig.value(Counter.RECORDS_RECEIVED) == 40_000);
            assertThat(spoolOctets()).isLessThanOrEqualTo((2L << 20) + (64 << 10));
            assertThat(rig.value(Counter.RECORDS_FORCED_OUT)).isPositive();
            collector.start();
            workUntil(rig, () -> collector.flowIds().size() + rig.value(Counter.RECORDS_FORCED_OUT) == 40_000);
            rig.close();
            assertThat(rig.value(Counter.RECORDS_SENT)).isEqualTo(collector.flowIds().size());
            assertThat(rig.isAddingUp()).isTrue();
        }
    }

    @Test
    void shouldTellHowLongTheOldestMessageHasWaited() throws Exception {
        try (CollectorStub collector = new CollectorStub()) {
            final long beforeMs = System.currentTimeMillis();
            final ExportRig rig = rig(collector.uri(), 1L << 30);
            assertThat(rig.value(Gauge.SPOOL_OLDEST_TIME)).isZero();
            export(rig, 1_000);
            workUntil(rig, () -> rig.value(Gauge.SPOOL_OLDEST_TIME) != 0);
            // messages tell their time to the second above
            assertThat(rig.value(Gauge.SPOOL_OLDEST_TIME)).isBetween(beforeMs, System.currentTimeMillis() + 1_000);
            collector.start();
            workUntil(rig, () -> rig.value(Counter.RECORDS_SENT) == 1_000 && rig.value(Gauge.SPOOL_OLDEST_TIME) == 0);
            rig.close();
        }
    }

    @Test
    void shouldSkipAndCountATornEnd() throws Exception {
        try (CollectorStub collector = new CollectorStub()) {
            final ExportRig first = rig(collector.uri(), 1L << 30);
            export(first, 3_000);
            first.close();
            final Path last = segments().get(0);
            final byte[] octets = Files.readAllBytes(last);
            Files.write(last, Arrays.copyOf(octets, octets.length * 2 / 3));
            assertRecovers(collector, first.value(Counter.RECORDS_SPOOLED));
        }
    }

    @Test
    void shouldLeaveOutAndCountWhatNoCollectorCouldRead() throws Exception {
        try (CollectorStub collector = new CollectorStub()) {
            for (int run = 0; run < 3; run++) {
                final ExportRig earlier = rig(collector.uri(), 1L << 30);
                export(earlier, 1_000);
                earlier.close();
            }
            final Path second = segments().get(1);
            final byte[] octets = Files.readAllBytes(second);
            octets[octets.length - lengthOfFrames(second) + JournalFrame.HEADER_LENGTH + 20] ^= 1;
            Files.write(second, octets);
            final ExportRig last = rig(collector.uri(), 1L << 30);
            final long recovered = last.value(Counter.RECORDS_RECOVERED);
            assertThat(recovered).isEqualTo(2_000);
            assertThat(last.value(Counter.SPOOL_ENTRIES_SKIPPED)).isGreaterThan(1);
            export(last, 100);
            collector.start();
            workUntil(last, () -> collector.flowIds().size() == recovered + 100);
            last.close();
            assertThat(last.value(Counter.RECORDS_SENT)).isEqualTo(recovered + 100);
            assertThat(last.value(Counter.RECORDS_SPOOLED)).isZero();
            assertThat(last.isAddingUp()).isTrue();
        }
    }

    /** Octets behind the head of a file, which says where in the journal it begins. */
    private static int lengthOfFrames(final Path segment) throws IOException {
        final SegmentFile file = SegmentFile.open(segment);
        final int length = (int) (file.end() - file.start());
        file.close();
        return length;
    }

    @Test
    void shouldNeverFailOnADamagedSpool() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (CollectorStub collector = new CollectorStub()) {
                final ExportRig first = rig(collector.uri(), 1L << 30);
                export(first, 1_000);
                first.close();
                final List<Path> files = files();
                damage(files.get(random.nextInt(files.size())));
                final ExportRig second = rig(collector.uri(), 1L << 30);
                final long recovered = second.value(Counter.RECORDS_RECOVERED);
                assertThat(recovered).isLessThanOrEqualTo(1_000);
                export(second, 100);
                second.close();
                assertThat(second.value(Counter.RECORDS_SPOOLED)).isEqualTo(recovered + 100);
                assertThat(second.isAddingUp()).isTrue();
                collector.start(); // before the run, which would wait before it tried again
                final ExportRig third = rig(collector.uri(), 1L << 30);
                workUntil(third, () -> third.value(Counter.RECORDS_SENT) == recovered + 100);
                third.close();
                assertThat(third.isAddingUp()).isTrue();
            }
            deleteSpool();
        }
    }

    private void damage(final Path victim) throws IOException {
        final byte[] octets = Files.readAllBytes(victim);
        switch (random.nextInt(4)) {
            case 0 -> Files.write(victim, Arrays.copyOf(octets, random.nextInt(octets.length + 1)));
            case 1 -> Files.writeString(victim.resolveSibling("0000000000000001.spool"), "of somebody else");
            case 2 -> Files.delete(victim);
            default -> {
                for (int edit = random.nextInt(1, 20); edit > 0 && octets.length > 0; edit--) {
                    octets[random.nextInt(octets.length)] = (byte) random.nextInt();
                }
                Files.write(victim, octets);
            }
        }
    }

    @Test
    void shouldKeepForAUdpCollectorThatIsNotThereAndBringItWhenItIsBack() throws Exception {
        final int port = Ports.free();
        final ExportRig rig = rig("udp://127.0.0.1:" + port, 1L << 30);
        export(rig, 1);
        workUntil(rig, () -> rig.value(Counter.PORT_UNREACHABLE) > 0);
        export(rig, 2_000);
        workUntil(rig, () -> rig.value(Counter.RECORDS_RECEIVED) == 2_001);
        final Map<Long, Integer> arrived = new ConcurrentHashMap<>();
        try (DatagramChannel socket = DatagramChannel.open().bind(new InetSocketAddress("127.0.0.1", port))) {
            socket.configureBlocking(false);
            final Map<SocketAddress, Messages> senders = new HashMap<>();
            final ByteBuffer datagram = ByteBuffer.allocate(65_535);
            workUntil(rig, () -> {
                for (SocketAddress from = socket.receive(datagram.clear()); from != null; from = socket.receive(datagram.clear())) {
                    senders.computeIfAbsent(from, key -> new Messages(arrived)).onMessage(datagram.flip());
                }
                return rig.value(Counter.RECORDS_SENT) + rig.value(Counter.RECORDS_DROPPED) == 2_001;
            });
        }
        rig.close();
        assertThat((long) arrived.size()).isEqualTo(rig.value(Counter.RECORDS_SENT)).isGreaterThanOrEqualTo(2_000);
        assertThat(rig.isAddingUp()).isTrue();
    }

    @Test
    void shouldSayWhenADirectoryCannotBeASpool() throws Exception {
        Files.writeString(directory.resolve("spool"), "a file");
        assertThatThrownBy(() -> rig("tcp://127.0.0.1:1", 1L << 30)).hasMessageContaining("cannot use the spool");
    }

    @Test
    void shouldLetOneProcessUseASpool() throws Exception {
        final ExportRig rig = rig("tcp://127.0.0.1:1", 1L << 30);
        assertThatThrownBy(() -> rig("tcp://127.0.0.1:1", 1L << 30)).hasMessageContaining("cannot use the spool").hasMessageContaining("uses it");
        rig.close();
        rig("tcp://127.0.0.1:1", 1L << 30).close();
    }

    private void assertRecovers(final CollectorStub collector, final long spooled) throws Exception {
        final ExportRig second = rig(collector.uri(), 1L << 30);
        final long recovered = second.value(Counter.RECORDS_RECOVERED);
        assertThat(recovered).isBetween(spooled / 2, spooled - 1);
        assertThat(second.value(Counter.SPOOL_ENTRIES_SKIPPED)).isEqualTo(1);
        collector.start();
        workUntil(second, () -> collector.flowIds().size() == recovered);
        second.close();
        assertThat(second.isAddingUp()).isTrue();
    }

    private ExportRig rig(final String uri, final long size) {
        return new ExportRig(uri, Pace.LIVE, spool(size));
    }

    private ExportRig replay(final String uri) {
        return new ExportRig(uri, Pace.REPLAY, spool(1L << 30));
    }

    private SpoolConfig spool(final long size) {
        return new SpoolConfig(Optional.of(directory.resolve("spool")), size, 1L << 30, Duration.ofSeconds(1), 4L << 20);
    }

    private void export(final ExportRig rig, final int flows) {
        for (int i = 0; i < flows; i++) {
            final FlowRecord flow = FlowRecordSamples.random(random);
            exported.add(flow.flowId());
            rig.export(flow);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).filter(file -> !file.endsWith("lock")).sorted().toList();
        }
    }

    private List<Path> segments() throws IOException {
        return files().stream().filter(file -> file.toString().endsWith(".spool")).toList();
    }

    private long spoolOctets() throws IOException {
        long octets = 0;
        for (final Path file : segments()) {
            octets += Files.size(file);
        }
        return octets;
    }

    private void deleteSpool() throws IOException {
        for (final Path file : files()) {
            Files.delete(file);
        }
    }

    private static void workFor(final ExportRig rig, final Duration time) {
        final long startNs = System.nanoTime();
        workUntil(rig, () -> System.nanoTime() - startNs > time.toNanos());
    }

    private static void workUntil(final ExportRig rig, final Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(1)).until(() -> {
            rig.agent.doWork();
            return condition.call();
        });
    }
}
