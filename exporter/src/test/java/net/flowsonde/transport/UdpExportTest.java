package net.flowsonde.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import net.flowsonde.flow.FlowRecordSamples;
import net.flowsonde.ipfix.ExportAgent.Pace;
import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UdpExportTest {
    private static final int PLAIN_RECEIVE_BUFFER = 212_992;

    @Test
    void shouldNotOverrunALocalCollectorInAReplay() throws Exception {
        final int flows = Integer.getInteger("flowsonde.test.flows", 10_000);
        try (DatagramChannel socket = listen()) {
            final Messages messages = new Messages();
            final Set<SocketAddress> senders = new HashSet<>();
            final Thread collector = collect(socket, messages, senders);
            final ExportRig rig = new ExportRig("udp://127.0.0.1:" + port(socket), Pace.REPLAY);
            final SplittableRandom random = new SplittableRandom(3);
            for (int i = 0; i < flows; i++) {
                rig.export(FlowRecordSamples.random(random));
            }
            rig.close();
            assertThat(rig.value(Counter.RECORDS_SENT)).isEqualTo(flows);
            await().atMost(Duration.ofSeconds(10)).until(() -> messages.messages() == rig.value(Counter.MESSAGES_SENT));
            socket.close();
            collector.join();
            assertThat(messages.flows()).isEqualTo(flows);
            assertThat(senders).hasSize(1);
            assertThat(rig.isAddingUp()).isTrue();
        }
    }

    @Test
    void shouldCountPortUnreachableAndGoOn() throws Exception {
        final int port;
        try (DatagramChannel reserved = listen()) {
            port = port(reserved);
        }
        final ExportRig rig = new ExportRig("udp://127.0.0.1:" + port, Pace.LIVE);
        await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(2)).until(() -> {
            rig.export(FlowRecordSamples.tcp());
            rig.agent.doWork();
            return rig.value(Counter.PORT_UNREACHABLE) > 0;
        });
        rig.close();
        assertThat(rig.isAddingUp()).isTrue();
    }

    @Test
    void shouldSendToAnIpv6Address() throws Exception {
        try (DatagramChannel socket = DatagramChannel.open().bind(new InetSocketAddress("::1", 0))) {
            final Messages messages = new Messages();
            collect(socket, messages, new HashSet<>());
            final ExportRig rig = new ExportRig("udp://[::1]:" + port(socket), Pace.REPLAY);
            rig.export(FlowRecordSamples.tcp());
            rig.close();
            await().atMost(Duration.ofSeconds(10)).until(() -> messages.flows() == 1);
        }
    }

    private static DatagramChannel listen() throws IOException {
        final DatagramChannel socket = DatagramChannel.open();
        socket.setOption(StandardSocketOptions.SO_RCVBUF, PLAIN_RECEIVE_BUFFER / 2);
        return socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
    }

    private static int port(final DatagramChannel socket) throws IOException {
        return ((InetSocketAddress) socket.getLocalAddress()).getPort();
    }

    private static Thread collect(final DatagramChannel socket, final Messages messages, final Set<SocketAddress> senders) {
        final Thread thread = new Thread(() -> {
            final ByteBuffer message = ByteBuffer.allocate(65_535);
            try {
                while (true) {
                    senders.add(socket.receive(message.clear()));
                    messages.onMessage(message.flip());
                }
            } catch (final ClosedChannelException end) {
                // the test is done
            } catch (final IOException failure) {
                throw new AssertionError(failure);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
