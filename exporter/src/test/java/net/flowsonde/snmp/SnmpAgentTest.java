package net.flowsonde.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.flowsonde.Ports;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.config.ListenAddress;
import net.flowsonde.config.Secret;
import net.flowsonde.config.SnmpConfig;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.AlertRules;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.helpers.NOPLogger;
import org.snmp4j.PDU;
import org.snmp4j.asn1.BERInputStream;
import org.snmp4j.asn1.BEROutputStream;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.VariableBinding;

/** The agent as a manager sees it, over loopback. */
class SnmpAgentTest {
    private static final OID FRAMES_CAPTURED = new OID("1.3.6.1.4.1.32473.1.1.2.1.6.1");
    private static final long FRAMES = 4_711;
    private static final int MOST_OCTETS_ALLOCATED = 1_400;
    private static final int ROUNDS = 2_000;

    @TempDir
    private Path directory;

    private final Telemetry telemetry = new Telemetry();
    private SnmpAgent agent;

    @BeforeEach
    void openAgent() throws Exception {
        final Counters queue = telemetry.register(Counter.Scope.QUEUE, "eth0/0");
        queue.add(Counter.FRAMES_CAPTURED, FRAMES);
        final Secret secret = new Secret(Secret.Kind.FILE, Files.writeString(directory.resolve("community"), "public\n").toString());
        final SnmpConfig config = new SnmpConfig(true, ListenAddress.parse("127.0.0.1:" + Ports.free()), directory, "", "", List.of(),
            List.of(new SnmpConfig.Community(SnmpConfig.Version.V2C, secret, SnmpConfig.WHOLE_VIEW)), List.of());
        agent = new SnmpAgent(config, ExportConfig.DEFAULT, telemetry, new AlertBus(new AlertRules(Duration.ofSeconds(1), 1, Set.of()), telemetry, NOPLogger.NOP_LOGGER));
    }

    @AfterEach
    void closeAgent() {
        agent.close();
    }

    @Test
    void shouldAnswerOneGetWithoutMuchGarbage() throws Exception {
        try (DatagramSocket manager = new DatagramSocket()) {
            manager.setSoTimeout(10_000);
            final byte[] request = get(FRAMES_CAPTURED);
            ask(manager, request, ROUNDS);
            final long before = allocated();
            final VariableBinding answer = ask(manager, request, ROUNDS);
            final long octets = (allocated() - before) / ROUNDS;

            assertThat(answer.getOid()).isEqualTo(FRAMES_CAPTURED);
            assertThat(answer.getVariable()).isEqualTo(new Counter64(FRAMES));
            assertThat(octets).as("octets allocated for one GET").isLessThan(MOST_OCTETS_ALLOCATED);
        }
    }

    private VariableBinding ask(final DatagramSocket manager, final byte[] request, final int times) throws Exception {
        final DatagramPacket answer = new DatagramPacket(new byte[1_500], 1_500);
        for (int i = 0; i < times; i++) {
            manager.send(new DatagramPacket(request, request.length, agent.address()));
            manager.receive(answer);
        }
        final PDU pdu = new PDU();
        final BERInputStream in = new BERInputStream(ByteBuffer.wrap(answer.getData(), 0, answer.getLength()));
        in.skip(2); // the sequence, shorter than 128 octets
        new Integer32().decodeBER(in);
        new OctetString().decodeBER(in);
        pdu.decodeBER(in);
        return pdu.get(0);
    }

    private static byte[] get(final OID name) throws Exception {
        final PDU pdu = new PDU(PDU.GET, List.of(new VariableBinding(name)));
        pdu.setRequestID(new Integer32(1));
        final Integer32 version = new Integer32(1);
        final OctetString community = new OctetString("public");
        final int length = version.getBERLength() + community.getBERLength() + pdu.getBERLength();
        final BEROutputStream out = new BEROutputStream(ByteBuffer.allocate(length + 2));
        out.write(0x30);
        out.write(length);
        version.encodeBER(out);
        community.encodeBER(out);
        pdu.encodeBER(out);
        return out.getBuffer().array();
    }

    /** Octets that the agent's thread has allocated. */
    private static long allocated() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (final long id : threads.getAllThreadIds()) {
            if (threads.getThreadInfo(id).getThreadName().equals("snmp")) {
                return threads.getThreadAllocatedBytes(id);
            }
        }
        throw new AssertionError("no thread of the agent");
    }
}
