package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a reload applies beside the filter and the collectors, what it says of each key that needs a restart, and what it refuses. */
@Timeout(120)
class ReloadOfEverythingEndToEndTest {
    private static final String UP_TIME = "1.3.6.1.2.1.1.3.0";
    private static final String ENGINE_BOOTS = "1.3.6.1.6.3.10.2.1.2.0";
    private static final String NEW_KEY = "another authentication key";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** Keys that need a restart, with other values than the defaults. */
    private static final Map<String, List<String>> RESTART = restart();

    @TempDir
    private Path directory;

    private static Map<String, List<String>> restart() {
        final Map<String, List<String>> keys = new LinkedHashMap<>();
        keys.put("capture", List.of("backend: pcap", "snap-length: 128", "buffer-size: 2MiB", "promiscuous: false", "exclude-own: false"));
        keys.put("flow", List.of("cache-size: 2000", "key-vlan: false", "key-tunnel: false", "nesting-limit: 3", "fragment-table: 17"));
        keys.put("dpi", List.of("flows: 2000", "reassembly-memory: 2MiB", "smb: false", "dns: false", "dns-timeout: 3s", "dns-pending: 2000",
            "encrypted-resolvers: [dns.example]", "nfs: false", "nfs-handles: 2000"));
        keys.put("export", List.of("observation-domain: 7", "enterprise-number: 1234", "mtu: 900", "template-refresh: 9s",
            "template-packets: 9", "statistics-interval: 9s"));
        keys.put("spool", List.of("size: 2MiB", "rate: 1MiB", "sync: 3s", "resend-window: 1MiB"));
        return Collections.unmodifiableMap(keys);
    }

    @BeforeEach
    void require() {
        Tools.requireRoot();
        List.of("ip", "sysctl", "snmpget", "snmptrapd", "curl", "tcpreplay").forEach(Tools::require);
    }

    @Test
    void shouldApplyUsersTargetsPortsListsAndThresholdsAndNameEveryKeyThatNeedsARestart() throws Exception {
        try (NetworkNamespace namespace = new NetworkNamespace(directory, "everything");
            Exporter exporter = Exporter.startIn(namespace, directory, "run", "--config", configure(user("monitor", SnmpClient.AUTHENTICATION_KEY)))) {
            exporter.awaitError("capturing on");
            assertThat(get(namespace, "monitor", SnmpClient.AUTHENTICATION_KEY, 1161, UP_TIME)).isZero();
            final String boots = namespace.exec(command("monitor", SnmpClient.AUTHENTICATION_KEY, 1161, "-Oqv", ENGINE_BOOTS)).out();

            configure(user("watcher", NEW_KEY), "prometheus: {enabled: true, listen: '127.0.0.1:9470'}",
                "dns: {allowed-servers: [203.0.113.53], tunnel-score: 50, names-limit: 5000, names-per-client: 50, stale-names: 1h}",
                "files: {renames: 7, canaries: [bait.docx], records-per-minute: 50, user-inference: 1m}",
                "health: {check-interval: 200ms, drops: 5, spool-filling: 50, certificate-expiry: 7d}", "alerts: {cool-down: 1m}",
                "log: {level: info}");
            assertThat(reload(0)).anyMatch(line -> line.startsWith("snmp.users: ")).anyMatch(line -> line.startsWith("snmp.targets: "))
                .contains("prometheus.enabled: false -> true: applied", "dns.allowed-servers: [] -> \"203.0.113.53\": applied",
                    "files.renames: 20 -> 7: applied", "health.drops: 1000 -> 5: applied")
                .hasSize(19).allMatch(line -> line.endsWith(": applied"));
            assertThat(get(namespace, "monitor", SnmpClient.AUTHENTICATION_KEY, 1161, UP_TIME)).as("who is no user any more").isNotZero();
            assertThat(get(namespace, "watcher", NEW_KEY, 1161, UP_TIME)).isZero();
            assertThat(namespace.exec(command("watcher", NEW_KEY, 1161, "-Oqv", ENGINE_BOOTS)).out()).as("the same engine").isEqualTo(boots);
            assertThat(namespace.exec("curl", "-s", "http://127.0.0.1:9470/readyz").out()).isEqualTo("ok\n");
            assertNewTargetIsTold(namespace, exporter);
            assertPortsCanMoveAndAreRefusedWhereTheyAreTaken(namespace);
            assertRestartIsAskedForKeyByKey(exporter);
        }
    }

    /** The demo's DNS server is not in the list that the reload brought. */
    private void assertNewTargetIsTold(final NetworkNamespace namespace, final Exporter exporter) throws Exception {
        final Path received = directory.resolve("notifications.log");
        final List<String> command = new ArrayList<>(namespace.prefix());
        final Path configuration = Files.writeString(directory.resolve("snmptrapd.conf"), "authCommunity log \"" + SnmpClient.COMMUNITY + "\"\n");
        command.addAll(List.of(Tools.require("snmptrapd"), "-f", "-n", "-C", "-c", configuration.toString(), "-Lf", received.toString()));
        command.addAll(SnmpClient.withMib().subList(0, 4));
        command.add("udp:127.0.0.1:1162");
        final Process receiver = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(directory.resolve("out").toFile()).start();
        try {
            await().atMost(LIMIT).until(() -> Files.exists(received) && Files.readString(received).contains("NET-SNMP version"));
            namespace.exec("tcpreplay", "-q", "--topspeed", "-i", NetworkNamespace.SENDER, Exporter.ROOT.resolve("exporter/demo/demo.pcap").toString());
            exporter.awaitError("alert rogue-dns-server: ");
            await().atMost(LIMIT).until(() -> Files.readString(received).contains("flowsondeRogueDnsServer"));
        } finally {
            receiver.destroy();
            receiver.waitFor();
        }
    }

    private void assertPortsCanMoveAndAreRefusedWhereTheyAreTaken(final NetworkNamespace namespace) throws Exception {
        final Path config = directory.resolve("everything.yaml");
        final String before = Files.readString(config);
        Files.writeString(config, before.replace("127.0.0.1:1161", "127.0.0.1:1163"));
        assertThat(reload(0)).containsExactly("snmp.listen: \"127.0.0.1:1161\" -> \"127.0.0.1:1163\": applied");
        assertThat(get(namespace, "watcher", NEW_KEY, 1163, UP_TIME)).isZero();
        assertThat(get(namespace, "watcher", NEW_KEY, 1161, UP_TIME)).isNotZero();
        Files.writeString(config, before.replace("127.0.0.1:1161", "192.0.2.77:1161"));
        assertThat(reload(2)).anyMatch(line -> line.contains("SNMP cannot listen on udp 192.0.2.77:1161"))
            .contains("flowsonde: nothing was changed: the old configuration stays in force");
        assertThat(get(namespace, "watcher", NEW_KEY, 1163, UP_TIME)).isZero();
        Files.writeString(config, before.replace("127.0.0.1:1161", "127.0.0.1:1163").replace("127.0.0.1:9470", "192.0.2.77:9470"));
        assertThat(reload(2)).anyMatch(line -> line.contains("prometheus.listen: cannot listen on 192.0.2.77:9470"));
        assertThat(namespace.exec("curl", "-s", "http://127.0.0.1:9470/readyz").out()).isEqualTo("ok\n");
        Files.writeString(config, before.replace("127.0.0.1:1161", "127.0.0.1:1163"));
        assertThat(reload(0)).containsExactly("nothing has changed");
    }

    private void assertRestartIsAskedForKeyByKey(final Exporter exporter) throws Exception {
        final Path config = directory.resolve("everything.yaml");
        final StringBuilder yaml = new StringBuilder(Files.readString(config).replace("capture: {interfaces: [" + NetworkNamespace.RECEIVER + "]}", ""));
        RESTART.forEach((section, keys) -> yaml.append(section).append(":\n").append("capture".equals(section)
            ? "  interfaces: [" + NetworkNamespace.RECEIVER + "]\n" : "").append("  ").append(String.join("\n  ", keys)).append('\n'));
        Files.writeString(config, yaml);
        final List<String> lines = reload(0);
        RESTART.forEach((section, keys) -> keys.forEach(key -> assertThat(lines)
            .filteredOn(line -> line.startsWith(section + "." + key.substring(0, key.indexOf(':')) + ": ")).singleElement().asString()
            .contains(" -> ").endsWith(": needs a restart")));
        assertThat(lines).hasSize(RESTART.values().stream().mapToInt(List::size).sum());
        exporter.terminate();
        exporter.assertSuccess();
    }

    private String user(final String name, final String key) throws IOException {
        final Path authentication = Files.writeString(directory.resolve(name + ".key"), key + "\n");
        final Path privacy = Files.writeString(directory.resolve("privacy.key"), SnmpClient.PRIVACY_KEY + "\n");
        Files.writeString(directory.resolve("community"), SnmpClient.COMMUNITY + "\n");
        return String.join("\n", "snmp:", "  enabled: true", "  listen: 127.0.0.1:1161", "  state-directory: " + directory.resolve("state"),
            "  users:", "    - {name: " + name + ", auth-key-file: " + authentication + ", priv-key-file: " + privacy + "}",
            "monitor".equals(name) ? "" : "  targets: [{address: '127.0.0.1:1162', community-file: " + directory.resolve("community") + "}]");
    }

    private Path configure(final String... sections) throws IOException {
        return Files.writeString(directory.resolve("everything.yaml"), String.join("\n",
            "capture: {interfaces: [" + NetworkNamespace.RECEIVER + "]}", "collectors: ['" + directory.resolve("flows.ipfix").toUri() + "']",
            "service: {runtime-directory: " + directory.resolve("run") + "}", String.join("\n", sections), ""));
    }

    private List<String> reload(final int exitCode) throws IOException {
        final Exporter reload = Exporter.run(directory, "reload", "--runtime-directory", directory.resolve("run"));
        assertThat(reload.exitCode()).as("exit code after: %s%s", reload.err(), reload.out()).isEqualTo(exitCode);
        return (reload.out() + reload.err()).lines().toList();
    }

    private static int get(final NetworkNamespace namespace, final String user, final String key, final int port, final String object) {
        return namespace.run(command(user, key, port, object)).exitCode();
    }

    private static String[] command(final String user, final String key, final int port, final String... objects) {
        final List<String> command = new ArrayList<>(List.of("snmpget", "-v", "3", "-l", "authPriv", "-u", user, "-a", "SHA-256", "-A", key,
            "-x", "AES", "-X", SnmpClient.PRIVACY_KEY, "-t", "1", "-r", "1", "udp:127.0.0.1:" + port));
        for (final String object : objects) {
            command.add(object.startsWith("-") ? command.size() - 1 : command.size(), object);
        }
        return command.toArray(String[]::new);
    }
}
