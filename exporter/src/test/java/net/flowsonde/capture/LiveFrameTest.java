package net.flowsonde.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.flowsonde.config.CaptureConfig;
import net.flowsonde.config.CaptureConfig.Backend;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is known of single live frames: segmentation offload; and that they make no garbage. */
final class LiveFrameTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int BIG_SEGMENT = 400_000;
    private static final int SNAP_LENGTH = 524_288;
    private static final int SENT = 64 << 20;

    @TempDir
    private Path directory;
    private final Counters counters = new Telemetry().register(Counter.Scope.QUEUE, "live");

    private PacketSource open(final Backend backend, final String filter) {
        final CaptureConfig config =
            new CaptureConfig(List.of(LiveLab.INTERFACE), backend, 1, filter, SNAP_LENGTH, 32 << 20, true, true);
        return PacketSources.live(config, LiveLab.INTERFACE, List.of(counters), new LiveFilter(config, new OwnTraffic())).get(0);
    }

    /** Sums up the frames of one direction of a TCP connection that this host sends. */
    private static final class SegmentCounter implements PacketHandler {
        private int longest;
        private int largestSegment;
        private long coalesced;
        private long wrong;

        @Override
        public void onPacket(final CapturedFrame frame) {
            if (!frame.isOutgoing() || frame.gsoSize() == 0) {
                return;
            }
            coalesced++;
            longest = Math.max(longest, frame.capturedLength());
            largestSegment = Math.max(largestSegment, frame.gsoSize());
            final boolean isPlausible = frame.gsoHeaderLength() >= 74 && frame.wireLength() >= frame.gsoSize() + 74;
            wrong += isPlausible ? 0 : 1;
        }

        @Override
        public int onTime(final long nowNs) {
            return 0;
        }

        @Override
        public void onClose() {
            // nothing is held
        }
    }

    /** A filter "tcp" would not do: libpcap's does not look behind the hop-by-hop header that Linux gives to frames above 64 KiB. */
    @Test
    void shouldKeepBigTcpFramesWholeWithTheirSegmentSize() throws IOException, InterruptedException {
        try (LiveLab lab = new LiveLab(); ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(lab.address(BIG_SEGMENT), 0));
            final SegmentCounter handler = new SegmentCounter();
            final CaptureAgent agent = new CaptureAgent("live", open(Backend.RING, "ip6"), handler);
            final Thread queue = new Thread(agent, "queue");
            queue.start();
            final Thread sender = new Thread(() -> send(server), "sender");
            sender.start();
            final InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();
            lab.inside("bash", "-c", "cat < /dev/tcp/" + address.getAddress().getHostAddress().replaceFirst("%.*", "")
                + '/' + address.getPort() + " | wc -c | grep -qx " + SENT);
            sender.join(LIMIT.toMillis());
            agent.stop();
            queue.join(LIMIT.toMillis());
            assertThat(agent.failure()).isEmpty();
            assertThat(handler.coalesced).isEqualTo(counters.value(Counter.FRAMES_OFFLOADED)).isPositive();
            assertThat(handler.longest).isGreaterThan(70_000);
            assertThat(handler.largestSegment).isBetween(1_300, 1_440);
            assertThat(handler.wrong).isZero();
            assertThat(counters.value(Counter.FRAMES_TRUNCATED)).isZero();
            assertThat(counters.value(Counter.OCTETS_CAPTURED) + counters.value(Counter.KERNEL_DROPS) * BIG_SEGMENT).isGreaterThan(SENT);
        }
    }

    /** In large writes: Java's streams cut theirs to 64 KiB. */
    private static void send(final ServerSocketChannel server) {
        try (SocketChannel socket = server.accept()) {
            final ByteBuffer block = ByteBuffer.allocateDirect(1 << 20);
            for (long sent = 0; sent < SENT; sent += socket.write(block)) {
                block.limit((int) Math.min(block.capacity(), SENT - sent)).position(0);
            }
        } catch (final IOException exception) {
            throw new AssertionError(exception);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Backend.class, names = {"RING", "PCAP"})
    void shouldAllocateNothingPerFrameOnceWarm(final Backend backend) throws IOException, InterruptedException {
        final int frames = 400 * LabTraffic.FRAMES_PER_FLOW;
        final Path traffic = Files.write(directory.resolve("traffic.pcap"), LabTraffic.of(400));
        try (LiveLab lab = new LiveLab()) {
            final CaptureAgent agent = new CaptureAgent("live", open(backend, "ip or ip6 or not ip"), new FrameChecker());
            final Thread queue = new Thread(agent, "queue");
            queue.start();
            for (int round = 1; round <= 2; round++) {
                final int expected = round * frames;
                lab.replayIn(traffic);
                await().atMost(LIMIT).until(() -> counters.value(Counter.FRAMES_CAPTURED) == expected);
            }
            final long before = Garbage.of(queue);
            lab.replayIn(traffic);
            await().atMost(LIMIT).until(() -> counters.value(Counter.FRAMES_CAPTURED) == 3 * frames);
            assertThat(Garbage.of(queue) - before).isLessThan(frames);
            agent.stop();
            queue.join(LIMIT.toMillis());
            assertThat(agent.failure()).isEmpty();
        }
    }
}
