package net.flowsonde.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import net.flowsonde.Ports;
import net.flowsonde.config.SpoolConfig;
import net.flowsonde.flow.FlowRecordSamples;
import net.flowsonde.ipfix.ExportAgent.Pace;
import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TcpExportTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void shouldDeliverEverythingInAReplayToASlowCollector() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
            final Messages messages = new Messages();
            final Thread collector = collect(server, messages);
            final ExportRig rig = new ExportRig("tcp://127.0.0.1:" + server.getLocalPort(), Pace.REPLAY);
            final SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < 50_000; i++) {
                rig.export(FlowRecordSamples.random(random));
            }
            rig.close();
            collector.join();
            assertThat(messages.flows()).isEqualTo(50_000);
            assertThat(rig.value(Counter.RECORDS_SENT)).isEqualTo(50_000);
            assertThat(rig.value(Counter.MESSAGES_SENT)).isEqualTo(messages.messages());
            assertThat(rig.isAddingUp()).isTrue();
        }
    }

    @Test
    void shouldConnectAgainWithTemplatesAndANewSequence() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
            final ExportRig rig = new ExportRig("tcp://127.0.0.1:" + server.getLocalPort(), Pace.LIVE);
            try (Socket first = accept(server, rig)) {
                workUntil(rig, () -> rig.value(Counter.SESSIONS_OPENED) == 1);
                first.setSoLinger(true, 0);
            }
            workUntil(rig, () -> rig.value(Counter.SESSIONS_BROKEN) == 1);
            rig.export(FlowRecordSamples.tcp());
            final Messages messages = new Messages();
            final Thread collector = collect(server, messages);
            workUntil(rig, () -> rig.value(Counter.SESSIONS_OPENED) == 2);
            rig.export(FlowRecordSamples.tcp());
            rig.close();
            collector.join();
            assertThat(messages.flows()).isEqualTo(2);
            assertThat(rig.isAddingUp()).isTrue();
        }
    }

    @Test
    void shouldSendAgainWhatMayNotHaveBeenReadFromMemoryToo() throws Exception {
        try (CollectorStub collector = new CollectorStub()) {
            collector.start();
            final ExportRig rig = new ExportRig(collector.uri(), Pace.LIVE);
            final SplittableRandom random = new SplittableRandom(4);
            for (int round = 1; round <= 5; round++) {
                final int flows = 10_000 * round;
                for (int i = 0; i < 10_000; i++) {
                    rig.export(FlowRecordSamples.random(random));
                }
                workUntil(rig, () -> collector.flowIds().size() == flows && rig.value(Counter.RECORDS_SENT) == flows);
            }
            assertThat(rig.value(Counter.OCTETS_SENT)).as("more than is sent again").isGreaterThan(SpoolConfig.DEFAULT.resendWindow() + (1 << 20));
            collector.kill();
            collector.start();
            workUntil(rig, () -> rig.value(Counter.RECORDS_RESENT) > 0);
            rig.export(FlowRecordSamples.tcp());
            workUntil(rig, () -> collector.flowIds().size() == 50_001);
            rig.close();
            final long twice = collector.flowIds().values().stream().filter(count -> count == 2).count();
            assertThat(twice).isEqualTo(rig.value(Counter.RECORDS_RESENT)).isBetween(1L, 49_999L);
            assertThat(rig.isAddingUp()).isTrue();
        }
    }

    @Test
    void shouldCountWhatTheMemoryDoesNotHold() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
            server.setReceiveBufferSize(8_192);
            final ExportRig rig = new ExportRig("tcp://127.0.0.1:" + server.getLocalPort(), Pace.LIVE);
            try (Socket unread = accept(server, rig)) {
                workUntil(rig, () -> rig.value(Counter.SESSIONS_OPENED) == 1);
                final SplittableRandom random = new SplittableRandom(2);
                for (int i = 0; i < 90_000; i++) {
                    rig.export(FlowRecordSamples.random(random));
                }
                workUntil(rig, () -> rig.value(Counter.RECORDS_RECEIVED) == 90_000 && rig.value(Counter.RECORDS_FORCED_OUT) > 0);
                unread.setSoLinger(true, 0);
            }
            workUntil(rig, () -> rig.value(Counter.SESSIONS_BROKEN) == 1);
            server.close();
            rig.close();
            assertThat(rig.value(Counter.RECORDS_LOST)).isPositive();
            assertThat(rig.isAddingUp()).isTrue();
        }
    }

    @Test
    void shouldNotWaitForACollectorThatReadsTenKilobytesASecond() throws Exception {
        try (ServerSocket server = new ServerSocket()) {
            server.setReceiveBufferSize(8_192);
            server.bind(new InetSocketAddress(LOOPBACK, 0));
            final ExportRig rig = new ExportRig("tcp://127.0.0.1:" + server.getLocalPort(), Pace.LIVE);
            try (Socket slow = accept(server, rig)) {
                workUntil(rig, () -> rig.value(Counter.SESSIONS_OPENED) == 1);
                final SplittableRandom random = new SplittableRandom(6);
                final long startNs = System.nanoTime();
                long longestNs = 0;
                long read = 0;
                for (int i = 0; i < 120_000; i++) {
                    rig.export(FlowRecordSamples.random(random));
                    final long beforeNs = System.nanoTime();
                    rig.agent.doWork();
                    longestNs = Math.max(longestNs, System.nanoTime() - beforeNs);
                    if ((System.nanoTime() - startNs) / 100_000 > read && slow.getInputStream().available() > 0) {
                        read += slow.getInputStream().read(new byte[1_000]);
                    }
                }
                workUntil(rig, () -> rig.value(Counter.RECORDS_RECEIVED) == 120_000);
                assertThat(Duration.ofNanos(longestNs)).as("the longest turn of the export thread").isLessThan(Duration.ofSeconds(2));
                assertThat(rig.value(Counter.RECORDS_FORCED_OUT)).as("what 8 MiB did not hold").isPositive();
                slow.setSoLinger(true, 0);
            }
            rig.close();
            assertThat(rig.isAddingUp()).isTrue();
        }
    }

    @Test
    void shouldKeepTryingACollectorThatIsAway() throws Exception {
        final int port = Ports.free();
        final ExportRig rig = new ExportRig("tcp://127.0.0.1:" + port, Pace.LIVE);
        workUntil(rig, () -> rig.value(Counter.CONNECT_FAILURES) >= 2);
        try (ServerSocket server = new ServerSocket(port, 1, LOOPBACK)) {
            final Messages messages = new Messages();
            final Thread collector = collect(server, messages);
            workUntil(rig, () -> rig.value(Counter.SESSIONS_OPENED) == 1);
            rig.export(FlowRecordSamples.tcp());
            rig.close();
            collector.join();
            assertThat(messages.flows()).isEqualTo(1);
        }
    }

    @Test
    void shouldTryAHostAgainThatDoesNotResolve() {
        final ExportRig rig = new ExportRig("tcp://collector.invalid:4739", Pace.LIVE);
        workUntil(rig, () -> rig.value(Counter.CONNECT_FAILURES) >= 2);
        rig.close();
        assertThat(rig.value(Counter.SESSIONS_OPENED)).isZero();
    }

    private static Socket accept(final ServerSocket server, final ExportRig rig) throws IOException {
        rig.agent.doWork();
        return server.accept();
    }

    private static Thread collect(final ServerSocket server, final Messages messages) {
        final Thread thread = new Thread(() -> {
            try (Socket socket = server.accept()) {
                assertThat(messages.readAll(socket.getInputStream())).isTrue();
            } catch (final IOException failure) {
                throw new AssertionError(failure);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void workUntil(final ExportRig rig, final Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(2)).until(() -> {
            rig.agent.doWork();
            return condition.call();
        });
    }
}
