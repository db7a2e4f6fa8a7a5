package net.flowsonde.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.config.ListenAddress;
import net.flowsonde.config.Secret;
import net.flowsonde.config.SnmpConfig;
import net.flowsonde.config.SnmpConfig.Version;
import net.flowsonde.telemetry.Alert;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.AlertKind;
import net.flowsonde.telemetry.AlertRules;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Telemetry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.helpers.NOPLogger;
import org.snmp4j.PDU;
import org.snmp4j.asn1.BER;
import org.snmp4j.asn1.BERInputStream;
import org.snmp4j.asn1.BEROutputStream;
import org.snmp4j.smi.Counter32;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/**
 * That what is answered directly is answered as the library's command processor would. The way to it is a request with an error index,
 * which means nothing in a request, but is unusual.
 */
class GetResponderTest {
    private static final OID MESSAGES = new OID("1.3.6.1.2.1.11.1.0");
    private static final OID BAD_COMMUNITIES = new OID("1.3.6.1.2.1.11.4.0");
    private static final OID DESCRIPTION = new OID("1.3.6.1.2.1.1.1.0");
    private static final OID SERVICES = new OID("1.3.6.1.2.1.1.7.0");
    private static final OID COUNTERS = new OID("1.3.6.1.4.1.32473.1.1.11");
    private static final int VERSION_1 = 0;
    private static final int VERSION_2 = 1;

    @TempDir
    private Path directory;

    private final Telemetry telemetry = new Telemetry();
    private final DatagramSocket manager = socket();
    private final AlertBus alerts = new AlertBus(new AlertRules(Duration.ofSeconds(1), 60, Set.of()), telemetry, NOPLogger.NOP_LOGGER);
    private SnmpConfig config;
    private SnmpAgent agent;
    private boolean isUnusual;

    private static DatagramSocket socket() {
        try {
            final DatagramSocket made = new DatagramSocket();
            made.setSoTimeout(10_000);
            return made;
        } catch (final IOException refused) {
            throw new AssertionError(refused);
        }
    }

    @BeforeEach
    void openAgent() throws Exception {
        for (int i = 0; i < 3; i++) {
            telemetry.register(Counter.Scope.QUEUE, "eth0/" + i).add(Counter.FRAMES_CAPTURED, 1L << 20 * i);
        }
        config = new SnmpConfig(true, ListenAddress.parse("127.0.0.1:" + freePort()), directory, "somebody", "", List.of(),
            List.of(community(Version.V2C, "public", SnmpConfig.WHOLE_VIEW), community(Version.V2C, "little", List.of("1.3.6.1.2.1.1.7")),
                community(Version.V1, "old", SnmpConfig.WHOLE_VIEW)),
            List.of(new SnmpConfig.Target("127.0.0.1", manager.getLocalPort(), SnmpConfig.Notification.TRAP, "", secret("told"), Duration.ofSeconds(1), 0)));
        agent = new SnmpAgent(config, ExportConfig.DEFAULT, telemetry, alerts);
    }

    private SnmpConfig.Community community(final Version version, final String name, final List<String> view) throws IOException {
        return new SnmpConfig.Community(version, secret(name), view);
    }

    private Secret secret(final String name) throws IOException {
        return new Secret(Secret.Kind.FILE, Files.writeString(directory.resolve(name), name + "\n").toString());
    }

    private static int freePort() throws IOException {
        try (DatagramSocket free = new DatagramSocket()) {
            return free.getLocalPort();
        }
    }

    @AfterEach
    void closeAgent() {
        agent.close();
        manager.close();
    }

    @Test
    void shouldAnswerForEveryObjectWhatTheLibraryAnswers() throws Exception {
        final List<OID> all = walk();
        assertThat(all).hasSizeGreaterThan(1_000);
        for (final OID oid : all) {
            haveSameAnswer("public", oid);
            haveSameAnswer("little", oid);
        }
    }

    @Test
    void shouldAnswerForManyObjectsTogetherWhatTheLibraryAnswers() throws Exception {
        final List<OID> counters = walk().stream().filter(oid -> oid.startsWith(COUNTERS)).toList();
        for (final int together : new int[] {2, 100, 500}) { // the last is more than is answered directly
            assertThat(haveSameAnswer("public", counters.subList(0, together).toArray(OID[]::new))).isTrue();
            assertThat(haveSameAnswer("little", counters.subList(0, together).toArray(OID[]::new))).isTrue();
        }
    }

    @Test
    void shouldAnswerForWhatIsNotThereWhatTheLibraryAnswers() throws Exception {
        for (final OID oid : walk()) {
            assertThat(haveSameAnswer("public", Oids.below(oid, 1))).isTrue();
            assertThat(haveSameAnswer("public", oid.trim())).isTrue();
        }
        for (final String oid : List.of("0.0", "1.3", "1.3.6.1.2.1.1", "1.3.6.1.2.1.1.9", "1.3.6.1.2.1.2.2.1", "1.3.6.1.2.1.2.2.1.1",
            "1.3.6.1.4.1", "1.3.6.1.4.1.4294967295", "1.3.6.1.4.1.32473.1.1.2.1.6.4", "1.3.6.1.4.1.32473.1.1.2.1.99.1", "2.999.1")) {
            assertThat(haveSameAnswer("public", new OID(oid))).as(oid).isTrue();
        }
    }

    @Test
    void shouldTellWhatIsMissingFromWhatMayNotBeSeen() throws Exception {
        assertThat(values(ask(VERSION_2, "little", DESCRIPTION, SERVICES, Oids.below(SERVICES, 0))))
            .containsExactly(Null.noSuchObject, new Integer32(72), Null.noSuchInstance);
    }

    @Test
    void shouldAnswerOnlyWhoIsKnownInThatVersion() throws Exception {
        assertThat(ask(VERSION_2, "old", DESCRIPTION).getErrorStatus()).isEqualTo(PDU.authorizationError);
        assertThat(ask(VERSION_1, "public", DESCRIPTION).getErrorStatus()).isEqualTo(PDU.genErr);
        assertThat(ask(VERSION_1, "old", SERVICES).get(0).getVariable()).isEqualTo(new Integer32(72));
        send(VERSION_2, "unknown", DESCRIPTION);
        assertThat(values(ask(VERSION_2, "public", BAD_COMMUNITIES))).containsExactly(new Counter32(1));
    }

    @Test
    void shouldCountEachMessageOnce() throws Exception {
        final long before = values(ask(VERSION_2, "public", MESSAGES)).get(0).toLong();
        ask(VERSION_2, "public", DESCRIPTION);
        isUnusual = true;
        ask(VERSION_2, "public", DESCRIPTION);
        isUnusual = false;
        assertThat(values(ask(VERSION_2, "public", MESSAGES)).get(0).toLong()).isEqualTo(before + 3);
    }

    @Test
    void shouldTakeUpCommunitiesThatAreOthersBehindTheSamePaths() throws Exception {
        Files.writeString(directory.resolve("little"), "renamed");
        Files.writeString(directory.resolve("told"), "told otherwise");
        agent.reconfigure(config);
        assertThat(values(ask(VERSION_2, "renamed", SERVICES))).containsExactly(new Integer32(72));
        send(VERSION_2, "little", SERVICES);
        assertThat(values(ask(VERSION_2, "public", BAD_COMMUNITIES))).containsExactly(new Counter32(1));
        alerts.raise(Alert.of(AlertKind.COLLECTOR_DOWN, 1, "somebody", "is not there"));
        assertThat(new String(receive(), StandardCharsets.ISO_8859_1)).contains("told otherwise");
    }

    private List<OID> walk() throws IOException {
        final List<OID> all = new ArrayList<>();
        OID last = new OID("1.3");
        while (true) {
            final PDU request = new PDU(PDU.GETNEXT, List.of(new VariableBinding(last)));
            request.setRequestID(new Integer32(all.size()));
            send(message(VERSION_2, "public", request));
            final VariableBinding next = pdu(receive()).get(0);
            if (next.getVariable().isException()) {
                return all;
            }
            last = next.getOid();
            all.add(last);
        }
    }

    /** Whether the answer did not change meanwhile; if it did, only the types are compared. */
    private boolean haveSameAnswer(final String community, final OID... oids) throws IOException {
        final byte[] first = asked(community, oids);
        isUnusual = true;
        final byte[] processors = asked(community, oids);
        isUnusual = false;
        final boolean isUnchanged = Arrays.equals(first, asked(community, oids));
        if (isUnchanged) {
            assertThat(first).as("%s", List.of(oids)).isEqualTo(processors);
        } else {
            assertThat(types(first)).as("%s", List.of(oids)).isEqualTo(types(processors));
        }
        return isUnchanged;
    }

    private static List<String> types(final byte[] message) throws IOException {
        return values(pdu(message)).stream().map(Variable::getSyntaxString).toList();
    }

    private static List<Variable> values(final PDU pdu) {
        return pdu.getVariableBindings().stream().map(binding -> (Variable) binding.getVariable()).toList();
    }

    private PDU ask(final int version, final String community, final OID... oids) throws IOException {
        send(version, community, oids);
        return pdu(receive());
    }

    private byte[] asked(final String community, final OID... oids) throws IOException {
        send(VERSION_2, community, oids);
        return receive();
    }

    private void send(final int version, final String community, final OID... oids) throws IOException {
        final PDU request = new PDU(PDU.GET, Arrays.stream(oids).map(VariableBinding::new).toList());
        request.setRequestID(new Integer32(-77_777));
        request.setErrorIndex(isUnusual ? 1 : 0);
        send(message(version, community, request));
    }

    private void send(final byte[] message) throws IOException {
        manager.send(new DatagramPacket(message, message.length, agent.address()));
    }

    private byte[] receive() throws IOException {
        final DatagramPacket answer = new DatagramPacket(new byte[65_535], 65_535);
        manager.receive(answer);
        return Arrays.copyOf(answer.getData(), answer.getLength());
    }

    private static byte[] message(final int version, final String community, final PDU pdu) throws IOException {
        final Integer32 number = new Integer32(version);
        final OctetString name = new OctetString(community);
        final int length = number.getBERLength() + name.getBERLength() + pdu.getBERLength();
        final BEROutputStream out = new BEROutputStream(ByteBuffer.allocate(1 + BER.getBERLengthOfLength(length) + length));
        BER.encodeHeader(out, BER.SEQUENCE, length);
        number.encodeBER(out);
        name.encodeBER(out);
        pdu.encodeBER(out);
        return out.getBuffer().array();
    }

    private static PDU pdu(final byte[] message) throws IOException {
        final BERInputStream in = new BERInputStream(ByteBuffer.wrap(message));
        BER.decodeHeader(in, new BER.MutableByte());
        new Integer32().decodeBER(in);
        new OctetString().decodeBER(in);
        final PDU pdu = new PDU();
        pdu.decodeBER(in);
        return pdu;
    }
}
