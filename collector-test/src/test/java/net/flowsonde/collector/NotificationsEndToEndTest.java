package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real snmptrapd hears of what goes wrong: once by each of trap and inform, versions 2c and 3. */
@Timeout(180)
class NotificationsEndToEndTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String ENGINE = "80007ed9050102030405060708";
    private static final int WAYS = 4;

    @TempDir
    private Path directory;

    private SnmpClient client;
    private int trapPort;
    private Path received;

    @BeforeEach
    void require() throws Exception {
        List.of("snmptrapd", "snmpget").forEach(Tools::require);
        client = new SnmpClient(directory, Ports.free());
        trapPort = Ports.free();
        received = directory.resolve("notifications.log");
        // an engine that has run before, so that the receiver of traps can be told of it beforehand
        Files.createDirectories(directory.resolve("state"));
        Files.writeString(directory.resolve("state").resolve("engine"), ENGINE + " 3\n");
    }

    @Test
    void shouldTellOnceByEveryWayThatACollectorIsDownAndUpAgain() throws Exception {
        final int collectorPort = Ports.free();
        final String address = "tcp://127.0.0.1:" + collectorPort;
        final Process receiver = receive();
        try (Exporter exporter = Exporter.start(directory, "replay", "-", "--config", configuration(), "--collector", address)) {
            awaitNotifications("flowsondeCollectorDown", WAYS);
            try (CollectorProcess collector = new CollectorProcess(directory, List.of(), address, "--summary")) {
                awaitNotifications("flowsondeCollectorUp", WAYS);
                Traffic.generate(directory.resolve("traffic.pcap"), 1_000, 100);
                exporter.input().write(Files.readAllBytes(directory.resolve("traffic.pcap")));
                exporter.input().close();
                exporter.awaitEnd();
                assertThat(exporter.err()).contains("alert collector-down: " + address, "alert collector-up: " + address)
                    .contains(2 * WAYS + " SNMP notifications sent");
            }
        } finally {
            receiver.destroy();
            receiver.waitFor();
        }
        for (final String kind : List.of("flowsondeCollectorDown", "flowsondeCollectorUp")) {
            assertThat(notifications(kind)).hasSize(WAYS).allMatch(text -> text.contains("flowsondeAlertSubject.0 = STRING: " + address));
        }
    }

    @Test
    void shouldTellOnceThatAnInterfaceIsNoLongerCaptured() throws Exception {
        Tools.requireRoot();
        Tools.require("sysctl");
        try (NetworkNamespace namespace = new NetworkNamespace(directory, "notify")) {
            final Process receiver = receive(namespace.prefix());
            try (Exporter exporter = Exporter.startIn(namespace, directory, "run", "--config", configuration(), "--queues", "2",
                "--interface", NetworkNamespace.RECEIVER, "--collector", directory.resolve("flows.ipfix").toUri().toString())) {
                exporter.awaitError("capturing on");
                namespace.exec("ip", "link", "set", NetworkNamespace.RECEIVER, "down");
                awaitNotifications("flowsondeCaptureStopped", WAYS);
                exporter.terminate();
                assertThat(exporter.err()).contains("alert capture-stopped: " + NetworkNamespace.RECEIVER);
            } finally {
                receiver.destroy();
                receiver.waitFor();
            }
        }
        assertThat(notifications("flowsondeCaptureStopped")).hasSize(WAYS)
            .allMatch(text -> text.contains("flowsondeAlertSubject.0 = STRING: " + NetworkNamespace.RECEIVER));
    }

    @Test
    void shouldTellOnceOfADnsServerThatIsNotAllowed() throws Exception {
        final Path capture = Exporter.ROOT.resolve("exporter/demo/demo.pcap");
        final Path configuration = configuration();
        Files.writeString(configuration, Files.readString(configuration) + "dns:\n  allowed-servers: [203.0.113.53]\n");
        final Process receiver = receive();
        try (Exporter exporter = Exporter.run(
            directory, "replay", capture, "--config", configuration, "--output", directory.resolve("flows.ipfix"))) {
            assertThat(exporter.err()).contains("alert rogue-dns-server: ");
        } finally {
            receiver.destroy();
            receiver.waitFor();
        }
        final List<String> rogues = notifications("flowsondeRogueDnsServer");
        final Map<String, Long> ways = rogues.stream().map(NotificationsEndToEndTest::subject)
            .collect(Collectors.groupingBy(subject -> subject, Collectors.counting()));
        assertThat(ways).isNotEmpty().allSatisfy((server, times) -> assertThat(times).as(server).isEqualTo(WAYS));
        assertThat(rogues).allMatch(text -> text.contains("flowsondeAlertServerAddressType.0 = INTEGER: ipv4(1)"));
    }

    @Test
    void shouldTellOnceOfATunnelOfAFullCacheAndOfACertificateThatExpiresSoon() throws Exception {
        Tools.require("openssl");
        final TestCertificates certificates = new TestCertificates(Files.createDirectory(directory.resolve("pki")));
        certificates.make("server", 3, "");
        final Path tunnel = directory.resolve("tunnel.pcap");
        Tools.check(directory, "bash", Exporter.ROOT.resolve("collector-test/bin/generate-lookups").toString(), "--output", tunnel.toString(),
            "--count", "600", "--tunnel", "t.example.com");
        final Traffic traffic = Traffic.generate(directory.resolve("traffic.pcap"), 20_000, 5_000);
        final Process receiver = receive();
        try (CollectorProcess collector = new CollectorProcess(directory, List.of(), "tls://127.0.0.1:0", "--summary", "--certificate",
            certificates.certificate("server").toString(), "--key", certificates.key("server").toString())) {
            final Path configuration = configuration("", "flow: {cache-size: 1024}", "collectors:", "  - uri: " + collector.address(),
                "    tls: {trusted-certificates: " + certificates.authority() + "}", "  - json://" + records());
            try (Exporter exporter = Exporter.start(directory, "replay", traffic.capture(), tunnel, "-", "--config", configuration)) {
                awaitNotifications("flowsondeCertificateExpiry", WAYS); // the session may take longer than the files
                Files.copy(traffic.capture(), exporter.input());
                exporter.input().close();
                exporter.awaitEnd();
                exporter.assertSuccess();
                assertToldOnce(exporter, "dns-tunnel", "flowsondeDnsTunnel", "10.16.0.8 example.com");
                assertToldOnce(exporter, "cache-emergency", "flowsondeCacheEmergency", "files");
                assertToldOnce(exporter, "certificate-expiry", "flowsondeCertificateExpiry", collector.address());
            }
        } finally {
            receiver.destroy();
            receiver.waitFor();
        }
    }

    /** The exporter is held for a while, so that the kernel finds no room; its collector is never there. */
    @Test
    void shouldTellOnceOfDropsAndOfASpoolThatFillsAndIsFull() throws Exception {
        Tools.requireRoot();
        List.of("ip", "sysctl", "tcpreplay", "kill").forEach(Tools::require);
        final Traffic traffic = Traffic.generate(directory.resolve("traffic.pcap"), 60_000, 20_000);
        final String away = "tcp://127.0.0.1:" + Ports.free();
        try (NetworkNamespace namespace = new NetworkNamespace(directory, "drops")) {
            final Process receiver = receive(namespace.prefix());
            final Path configuration = configuration("  drops: 10\n  spool-filling: 30", "flow: {idle-timeout: 1s}", "tcp: {linger: 100ms}",
                "spool: {directory: " + directory.resolve("spool") + ", size: 1MiB}",
                "capture: {interfaces: [" + NetworkNamespace.RECEIVER + "], buffer-size: 1MiB}",
                "collectors: ['" + away + "', 'json://" + records() + "']");
            try (Exporter exporter = Exporter.startIn(namespace, directory, "run", "--config", configuration)) {
                exporter.awaitError("capturing on");
                exporter.signal("STOP");
                replay(namespace, traffic);
                exporter.signal("CONT");
                awaitNotifications("flowsondeDrops", WAYS);
                replay(namespace, traffic);
                awaitNotifications("flowsondeSpoolFilling", WAYS);
                awaitNotifications("flowsondeSpoolFull", WAYS);
                exporter.terminate();
                assertToldOnce(exporter, "drops", "flowsondeDrops", NetworkNamespace.RECEIVER + "/0");
                assertToldOnce(exporter, "spool-filling", "flowsondeSpoolFilling", away);
                assertToldOnce(exporter, "spool-full", "flowsondeSpoolFull", away);
            } finally {
                receiver.destroy();
                receiver.waitFor();
            }
        }
    }

    private static void replay(final NetworkNamespace namespace, final Traffic traffic) {
        namespace.exec("tcpreplay", "-q", "-i", NetworkNamespace.SENDER, "--pps", "25000", traffic.capture().toString());
    }

    @Test
    void shouldTellOnceOfWhatLooksLikeRansomware() throws Exception {
        Tools.requireRoot();
        List.of("ip", "sysctl", "smbd", "smbclient", "smbpasswd").forEach(Tools::require);
        try (NetworkNamespace namespace = new NetworkNamespace(directory, "ransom");
            SambaServer server = new SambaServer(namespace, directory, List.of("mallory"))) {
            final Process receiver = receive(namespace.prefix());
            try (Exporter exporter = Exporter.startIn(namespace, directory, "run", "--config", configuration(), "--interface", "lo",
                "--collector", "json://" + records())) {
                exporter.awaitError("capturing on");
                final StringBuilder commands = new StringBuilder();
                for (int i = 0; i < 30; i++) {
                    Files.writeString(server.share().resolve("report" + i + ".docx"), "text ".repeat(2_000 + i));
                    commands.append("get report%1$d.docx loot; put loot report%1$d.docx; rename report%1$d.docx report%1$d.docx.l0cked; ".formatted(i));
                }
                assertThat(server.client("mallory", commands.toString()).exitCode()).isZero();
                awaitNotifications("flowsondeRansomwareScore", WAYS);
                exporter.terminate();
                assertToldOnce(exporter, "ransomware-score", "flowsondeRansomwareScore", "127.0.0.1 mallory ");
            } finally {
                receiver.destroy();
                receiver.waitFor();
            }
        }
    }

    private Path records() {
        return directory.resolve("records.json");
    }

    /** Once by each way, with the thing in its subject; once in the log; as one alert record. */
    private void assertToldOnce(final Exporter exporter, final String kind, final String notification, final String subject) throws Exception {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> assertThat(notifications(notification))
            .as("%s, after %s", notification, exporter.err()).filteredOn(text -> subject(text).startsWith(subject)).hasSize(WAYS)
            .allMatch(text -> text.contains("flowsondeAlertText.0 = STRING: ")));
        final Map<String, Long> ways = notifications(notification).stream()
            .collect(Collectors.groupingBy(NotificationsEndToEndTest::subject, Collectors.counting()));
        assertThat(ways.values()).as("by every way once").containsOnly((long) WAYS);
        assertThat(exporter.err().lines().filter(line -> line.contains("alert " + kind + ": "))).as(exporter.err()).hasSize(ways.size());
        assertThat(Files.readAllLines(records()).stream()
            .filter(line -> line.contains("\"recordType\":\"alert\"") && line.contains("\"" + kind + "\""))).hasSize(ways.size());
    }

    private static String subject(final String notification) {
        return notification.replaceAll(".*flowsondeAlertSubject.0 = STRING: ([^\t]*)\t.*", "$1");
    }

    private Path configuration() throws Exception {
        return configuration("");
    }

    /**
     * @param health    more of the section {@code health}
     * @param sections  more sections
     */
    private Path configuration(final String health, final String... sections) throws Exception {
        // an inform that a busy machine confirms late would be sent again, and so be received twice
        final List<String> lines = new ArrayList<>(List.of("  targets:"));
        for (final String type : List.of("trap", "inform")) {
            for (final String who : List.of("user: monitor", "community-file: " + directory.resolve("community"))) {
                lines.addAll(List.of("    - address: 127.0.0.1:" + trapPort, "      type: " + type, "      timeout: 20s", "      " + who));
            }
        }
        lines.addAll(List.of("health:", "  check-interval: 200ms", health));
        lines.addAll(List.of(sections));
        return client.configuration(String.join("\n", lines));
    }

    private Process receive() throws Exception {
        return receive(List.of());
    }

    private Process receive(final List<String> prefix) throws Exception {
        final String keys = " SHA-256 \"" + SnmpClient.AUTHENTICATION_KEY + "\" AES \"" + SnmpClient.PRIVACY_KEY + "\"";
        final Path configuration = Files.writeString(directory.resolve("snmptrapd.conf"), String.join("\n",
            "authUser log monitor priv", "authCommunity log \"" + SnmpClient.COMMUNITY + "\"",
            "createUser -e 0x" + ENGINE + " monitor" + keys, "createUser monitor" + keys, ""));
        final List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(Tools.require("snmptrapd"), "-f", "-n", "-C", "-c", configuration.toString(), "-Lf", received.toString()));
        command.addAll(SnmpClient.withMib().subList(0, 4));
        command.add("udp:127.0.0.1:" + trapPort);
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(directory.resolve("snmptrapd.out").toFile());
        builder.environment().put("SNMP_PERSISTENT_DIR", directory.resolve("snmptrapd").toString());
        final Process process = builder.start();
        await().atMost(LIMIT).until(() -> Files.exists(received) && Files.readString(received).contains("NET-SNMP version"));
        return process;
    }

    private void awaitNotifications(final String kind, final int count) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> assertThat(notifications(kind)).hasSize(count));
    }

    private List<String> notifications(final String kind) throws Exception {
        return Pattern.compile("\n").splitAsStream(new String(Files.readAllBytes(received), StandardCharsets.UTF_8))
            .filter(line -> line.contains("OID: FLOWSONDE-MIB::" + kind + "\t")).toList();
    }
}
