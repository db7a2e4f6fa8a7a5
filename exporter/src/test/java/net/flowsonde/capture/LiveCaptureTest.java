package net.flowsonde.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import net.flowsonde.config.CaptureConfig;
import net.flowsonde.config.CaptureConfig.Backend;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Captures on a veth pair what tcpreplay sends from a network namespace. */
final class LiveCaptureTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int FLOWS = 200;
    private static final int SENT = FLOWS * LabTraffic.FRAMES_PER_FLOW;

    @TempDir
    private Path directory;
    private LiveLab lab;
    private Path traffic;
    private int snapLength = 65_535;
    private final Telemetry telemetry = new Telemetry();
    private final OwnTraffic ownTraffic = new OwnTraffic();
    private final List<FlowCounter> handlers = new ArrayList<>();
    private final List<CaptureAgent> agents = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /** Counts the frames of each numbered flow, IPv4 and IPv6 apart. */
    private static final class FlowCounter implements PacketHandler {
        private final Map<String, Integer> flows = new HashMap<>();
        private final AtomicLong times = new AtomicLong();
        private long newestNs;
        private long outgoing;
        private long stripped;
        private int longest;
        private boolean isClosed;

        @Override
        public void onPacket(final CapturedFrame frame) {
            final int kind = frame.buffer().getByte(frame.offset() + 7);
            final int flow = frame.buffer().getInt(frame.offset() + 8, ByteOrder.BIG_ENDIAN);
            flows.merge((LabTraffic.isIpv6(kind) ? "6:" : "4:") + flow, 1, Integer::sum);
            longest = Math.max(longest, frame.capturedLength());
            outgoing += frame.isOutgoing() ? 1 : 0;
            stripped += frame.vlanTci() == CapturedFrame.NO_VLAN ? 0 : 1;
        }

        @Override
        public int onTime(final long nowNs) {
            assertThat(nowNs).isGreaterThanOrEqualTo(newestNs);
            newestNs = nowNs;
            times.incrementAndGet();
            return 0;
        }

        @Override
        public void onClose() {
            isClosed = true;
        }
    }

    @BeforeEach
    void connect() throws IOException {
        lab = new LiveLab();
        traffic = Files.write(directory.resolve("traffic.pcap"), LabTraffic.of(FLOWS));
    }

    @AfterEach
    void disconnect() throws InterruptedException {
        if (lab != null) {
            stop();
            lab.close();
        }
    }

    private void start(final Backend backend, final int queues, final String filter) {
        start(backend, queues, filter, LiveLab.INTERFACE);
    }

    private void start(final Backend backend, final int queues, final String filter, final String interfaceName) {
        final List<Counters> counters = new ArrayList<>();
        for (int queue = 0; queue < queues; queue++) {
            counters.add(telemetry.register(Counter.Scope.QUEUE, interfaceName + '/' + queue));
        }
        final CaptureConfig config = new CaptureConfig(List.of(interfaceName), backend, queues, filter, snapLength, 8 << 20, true, true);
        for (final PacketSource source : PacketSources.live(config, interfaceName, counters, new LiveFilter(config, ownTraffic))) {
            final FlowCounter handler = new FlowCounter();
            final CaptureAgent agent = new CaptureAgent(interfaceName, source, handler);
            final Thread thread = new Thread(agent, "queue");
            handlers.add(handler);
            agents.add(agent);
            threads.add(thread);
            thread.start();
        }
    }

    private void stop() throws InterruptedException {
        agents.forEach(CaptureAgent::stop);
        for (final Thread thread : threads) {
            thread.join(LIMIT.toMillis());
        }
        assertThat(agents).allMatch(CaptureAgent::isDone).allMatch(agent -> agent.failure().isEmpty());
        assertThat(handlers).allMatch(handler -> handler.isClosed);
    }

    private void awaitCaptured(final long frames) {
        await().atMost(LIMIT).until(() -> telemetry.total(Counter.FRAMES_CAPTURED) >= frames);
    }

    /** Every queue has polled an idle link several times. */
    private void awaitIdle() {
        for (final FlowCounter handler : handlers) {
            final long before = handler.times.get();
            await().atMost(LIMIT).until(() -> handler.times.get() >= before + 4);
        }
    }

    private int handled() {
        return handlers.stream().flatMap(handler -> handler.flows.values().stream()).mapToInt(Integer::intValue).sum();
    }

    @ParameterizedTest
    @CsvSource({"RING, 1", "RING, 2", "RING, 3", "PCAP, 1", "PCAP, 2", "AUTO, 2"})
    void shouldKeepEveryFlowInOneQueueAndLoseNothingAroundIdleGaps(final Backend backend, final int queues) throws InterruptedException {
        start(backend, queues, "");
        awaitIdle();
        lab.replayIn(traffic);
        awaitCaptured(SENT);
        awaitIdle();
        lab.replayIn(traffic);
        awaitCaptured(2 * SENT);
        stop();
        assertThat(telemetry.total(Counter.FRAMES_CAPTURED)).isEqualTo(2 * SENT);
        assertThat(telemetry.total(Counter.KERNEL_DROPS)).isZero();
        assertThat(telemetry.total(Counter.FRAMES_BEFORE_START)).isZero();
        assertThat(handled()).isEqualTo(2 * SENT);
        final Map<String, Integer> all = new HashMap<>();
        handlers.forEach(handler -> handler.flows.forEach((flow, frames) -> assertThat(all.put(flow, frames)).as(flow).isNull()));
        assertThat(all).hasSize(2 * FLOWS);
        all.forEach((flow, frames) -> assertThat(frames).as(flow).isEqualTo(flow.startsWith("4") ? 24 : 8));
        assertThat(handlers).allMatch(handler -> handler.flows.size() > FLOWS / queues);
        final long vlans = handlers.stream().mapToLong(handler -> handler.stripped).sum();
        assertThat(vlans).isEqualTo(backend == Backend.PCAP ? 0 : 2L * 2 * FLOWS);
    }

    @ParameterizedTest
    @CsvSource({"RING, 2", "PCAP, 2"})
    void shouldKeepFramesThatThisHostSendsWithThoseItReceives(final Backend backend, final int queues) throws InterruptedException {
        start(backend, queues, "");
        lab.replayOut(traffic);
        lab.replayIn(traffic);
        awaitCaptured(2 * SENT);
        stop();
        final Map<String, Integer> all = new HashMap<>();
        handlers.forEach(handler -> handler.flows.forEach((flow, frames) -> assertThat(all.put(flow, frames)).as(flow).isNull()));
        assertThat(handled()).isEqualTo(2 * SENT);
        if (backend == Backend.RING) {
            assertThat(handlers.stream().mapToLong(handler -> handler.outgoing).sum()).isEqualTo(SENT);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Backend.class, names = {"RING", "PCAP"})
    void shouldDrainWhatTheKernelHoldsWhenStopped(final Backend backend) throws InterruptedException {
        start(backend, 1, "");
        lab.replayIn(traffic);
        await().atMost(LIMIT).until(() -> Long.parseLong(
            Files.readString(Path.of("/sys/class/net", LiveLab.INTERFACE, "statistics/rx_packets")).trim()) >= SENT);
        stop();
        assertThat(handled()).isEqualTo(SENT);
    }

    @ParameterizedTest
    @EnumSource(value = Backend.class, names = {"RING", "PCAP"})
    void shouldFilterInTheKernelAndCutToTheSnapLength(final Backend backend) throws InterruptedException {
        snapLength = 96;
        start(backend, 1, "ip6 and udp");
        lab.replayIn(traffic);
        awaitCaptured(FLOWS);
        awaitIdle();
        stop();
        assertThat(handled()).isEqualTo(2 * FLOWS); // the fragment of kind 13 is one too: libpcap looks into the fragment header
        assertThat(telemetry.total(Counter.FRAMES_TRUNCATED)).isEqualTo(2 * FLOWS);
        assertThat(handlers.get(0).longest).isEqualTo(96);
    }

    @ParameterizedTest
    @EnumSource(value = Backend.class, names = {"RING", "PCAP"})
    void shouldStopOnASilentLink(final Backend backend) throws InterruptedException {
        start(backend, 2, "");
        stop();
        assertThat(handled()).isZero();
    }

    @ParameterizedTest
    @EnumSource(value = Backend.class, names = {"RING", "PCAP"})
    void shouldSurviveAnInterfaceThatGoesDownAndUp(final Backend backend) {
        start(backend, 2, "");
        lab.replayIn(traffic);
        awaitCaptured(SENT);
        lab.down();
        await().atMost(LIMIT).until(() -> telemetry.total(Counter.CAPTURE_ERRORS) >= 2);
        final long errors = telemetry.total(Counter.CAPTURE_ERRORS);
        awaitIdle();
        assertThat(telemetry.total(Counter.CAPTURE_ERRORS)).as("no spinning on an error").isEqualTo(errors);
        lab.up();
        await().atMost(LIMIT).until(() -> Files.readString(Path.of("/sys/class/net", LiveLab.INTERFACE, "carrier")).startsWith("1"));
        lab.replayIn(traffic);
        awaitCaptured(2 * SENT);
    }

    @ParameterizedTest
    @EnumSource(value = Backend.class, names = {"RING", "PCAP"})
    void shouldOpenAnInterfaceAgainThatIsMadeAgain(final Backend backend) {
        start(backend, 2, "");
        lab.disconnect();
        lab.connect();
        await().atMost(LIMIT).until(() -> {
            lab.replayIn(traffic);
            return telemetry.all().stream().allMatch(counters -> counters.value(Counter.FRAMES_CAPTURED) > 0);
        });
    }

    @ParameterizedTest
    @EnumSource(value = Backend.class, names = {"RING", "PCAP"})
    void shouldLeaveOutOwnTrafficAsItChanges(final Backend backend) throws IOException {
        start(backend, 1, "ip and udp port 2000");
        final int passing = 4; // kinds 0, 1, 2 and 6: whole or first fragments, untagged once the kernel has taken the outer tag
        assertThat(capturedOfOneReplay()).isEqualTo(passing * FLOWS);
        final OwnTraffic.Conversation conversation =
            OwnTraffic.Conversation.withCollector(17, InetAddress.getByName("10.0.0.1"), new InetSocketAddress("192.168.0.7", 2_000));
        ownTraffic.add(conversation);
        await().atMost(LIMIT).until(() -> capturedOfOneReplay() == passing * (FLOWS - 1));
        ownTraffic.remove(conversation);
        await().atMost(LIMIT).until(() -> capturedOfOneReplay() == passing * FLOWS);
    }

    private long capturedOfOneReplay() {
        final long before = telemetry.total(Counter.FRAMES_CAPTURED);
        lab.replayIn(traffic);
        awaitIdle();
        return telemetry.total(Counter.FRAMES_CAPTURED) - before;
    }

    @ParameterizedTest
    @EnumSource(value = Backend.class, names = {"RING", "PCAP"})
    void shouldMeterEachFrameOfTheLoopbackOnce(final Backend backend) throws IOException, InterruptedException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            start(backend, 1, "udp dst port " + socket.getLocalPort(), "lo");
            for (int i = 0; i < 10; i++) {
                socket.send(new DatagramPacket(new byte[100], 100, socket.getLocalSocketAddress()));
            }
        }
        awaitCaptured(10);
        awaitIdle();
        stop();
        assertThat(handled()).isEqualTo(10);
        assertThat(telemetry.total(Counter.FRAMES_CAPTURED)).isEqualTo(10);
        assertThat(telemetry.total(Counter.FRAMES_LOOPBACK_COPIES)).isEqualTo(backend == Backend.RING ? 10 : 0);
    }

    @Test
    void shouldSayInOneLineWhatIsWrong() {
        assertThatThrownBy(() -> start(Backend.AUTO, 1, "", "capture9")).isInstanceOf(CaptureException.class)
            .hasMessageContaining("there is no interface capture9; there are: ").hasMessageContaining("lo").hasMessageContaining(LiveLab.INTERFACE);
        assertThatThrownBy(() -> start(Backend.RING, 1, "tcp prt 1")).isInstanceOf(CaptureException.class).hasMessageContaining("tcp prt 1");
        assertThatThrownBy(() -> start(Backend.PCAP, 1, "tcp prt 1")).isInstanceOf(CaptureException.class).hasMessageContaining("tcp prt 1");
        lab.down();
        assertThatThrownBy(() -> start(Backend.PCAP, 1, "")).isInstanceOf(CaptureException.class).hasMessageContaining(LiveLab.INTERFACE + " is down");
    }
}
