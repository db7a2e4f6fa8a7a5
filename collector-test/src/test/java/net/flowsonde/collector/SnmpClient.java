package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** net-snmp's tools as user of one agent, and the configuration that lets that user in. */
final class SnmpClient {
    static final String AUTHENTICATION_KEY = "an authentication key";
    static final String PRIVACY_KEY = "a privacy key";
    static final String COMMUNITY = "not public";
    private static final Path MIBS = Exporter.ROOT.resolve("mibs");
    /** The modules that ours imports from, as far as it needs them; systems that lack the standard ones can be tested so. */
    private static final Path BASE_MIBS = Exporter.ROOT.resolve("collector-test/src/test/mibs");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path directory;
    private final int port;

    SnmpClient(final Path directory, final int port) {
        this.directory = directory;
        this.port = port;
    }

    /** The section snmp with user monitor; {@code more} goes behind it. */
    Path configuration(final String more) throws IOException {
        final Path authentication = Files.writeString(directory.resolve("authentication.key"), AUTHENTICATION_KEY + "\n");
        final Path privacy = Files.writeString(directory.resolve("privacy.key"), PRIVACY_KEY + "\n");
        Files.writeString(directory.resolve("community"), COMMUNITY + "\n");
        return Files.writeString(directory.resolve("snmp.yaml"), String.join("\n",
            "snmp:", "  enabled: true", "  listen: 127.0.0.1:" + port, "  state-directory: " + directory.resolve("state"),
            "  contact: noc@example.org", "  users:", "    - name: monitor", "      auth-key-file: " + authentication,
            "      priv-key-file: " + privacy, more, ""));
    }

    /** Waits until the agent answers. */
    void awaitAnswer() {
        Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(100)).until(() -> get("1.3.6.1.2.1.1.3.0").exitCode() == 0);
    }

    Tools.Result get(final String... objects) {
        return tool("snmpget", AUTHENTICATION_KEY, "monitor", List.of("-t", "1", "-r", "1"), objects);
    }

    Tools.Result getAs(final String user, final String key, final String... objects) {
        return tool("snmpget", key, user, List.of("-t", "1", "-r", "0"), objects);
    }

    Tools.Result getByCommunity(final String version, final String community, final String object) {
        return Tools.run(directory, "snmpget", "-v", version, "-c", community, "-t", "1", "-r", "0", "-m", "", address(), object);
    }

    /** Every instance below an object, a line each, without our MIB. */
    List<String> walkByNumber(final String object) {
        return succeeded(tool("snmpwalk", AUTHENTICATION_KEY, "monitor", List.of("-m", "", "-On", "-t", "10"), object)).lines();
    }

    /** The same with our MIB. */
    List<String> walk(final String object) {
        return succeeded(tool("snmpwalk", AUTHENTICATION_KEY, "monitor", withMib(), object)).lines();
    }

    /** A table of our MIB, its heading first. */
    Tools.Result table(final String table) {
        final List<String> options = new ArrayList<>(withMib());
        options.addAll(List.of("-Cf", "|", "-Ci"));
        return succeeded(tool("snmptable", AUTHENTICATION_KEY, "monitor", options, "FLOWSONDE-MIB::" + table));
    }

    /** The number that an object shows. */
    long number(final String object) {
        final List<String> options = new ArrayList<>(withMib());
        options.add("-Oqv");
        return Long.parseLong(succeeded(tool("snmpget", AUTHENTICATION_KEY, "monitor", options, "FLOWSONDE-MIB::" + object)).out().strip());
    }

    static List<String> withMib() {
        return List.of("-M", MIBS + ":" + BASE_MIBS, "-m", "FLOWSONDE-MIB", "-t", "10");
    }

    static Path mib() {
        return MIBS.resolve("FLOWSONDE-MIB.txt");
    }

    static Path baseMibs() {
        return BASE_MIBS;
    }

    private Tools.Result tool(
        final String tool, final String key, final String user, final List<String> options, final String... objects) {
        final List<String> command = new ArrayList<>(List.of(tool, "-v", "3", "-l", "authPriv", "-u", user, "-a", "SHA-256", "-A", key,
            "-x", "AES", "-X", PRIVACY_KEY));
        command.addAll(options);
        command.add(address());
        command.addAll(List.of(objects));
        return Tools.run(directory, command.toArray(String[]::new));
    }

    private static Tools.Result succeeded(final Tools.Result result) {
        assertThat(result.exitCode()).as(result.err() + result.out()).isZero();
        return result;
    }

    private String address() {
        return "udp:127.0.0.1:" + port;
    }
}
