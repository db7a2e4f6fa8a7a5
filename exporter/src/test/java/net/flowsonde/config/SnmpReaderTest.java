package net.flowsonde.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnmpReaderTest {
    @TempDir
    private Path directory;

    private Path key;

    @BeforeEach
    void writeKey() throws Exception {
        key = Files.writeString(directory.resolve("key"), "long enough\n");
    }

    @Test
    void shouldReadAUserAndItsTarget() throws Exception {
        final SnmpConfig config = read("users:", "  - name: monitor", "    auth-key-file: " + key, "    priv-key-file: " + key,
            "targets:", "  - address: \"[2001:db8::5]:1162\"", "    user: monitor", "    type: inform").snmp();

        assertThat(config.users()).singleElement().satisfies(user -> {
            assertThat(user.level()).isEqualTo(SnmpConfig.Level.AUTH_PRIV);
            assertThat(user.authentication()).isEqualTo(SnmpConfig.Authentication.SHA_256);
            assertThat(user.authenticationKey().read()).isEqualTo("long enough");
            assertThat(user.view()).isEqualTo(SnmpConfig.WHOLE_VIEW);
        });
        assertThat(config.targets()).singleElement().satisfies(target -> {
            assertThat(target.host()).isEqualTo("2001:db8::5");
            assertThat(target.port()).isEqualTo(1_162);
        });
    }

    @Test
    void shouldRefuseAnAgentThatNobodyCouldAsk() {
        assertThat(mistakes("users: []")).singleElement().asString().contains("snmp.enabled", "test:2");
    }

    @Test
    void shouldRefuseAUserWithoutKeys() {
        assertThat(mistakes("users:", "  - name: monitor")).hasSize(2)
            .anyMatch(line -> line.contains("auth-key-file")).anyMatch(line -> line.contains("priv-key-file"))
            .allMatch(line -> line.contains("snmp.users[0]") && line.contains("test:4"));
    }

    @Test
    void shouldRefuseAKeyThatIsMissingOrShort() throws Exception {
        Files.writeString(directory.resolve("short"), "seven 7\n");
        assertThat(mistakes("users:", "  - name: monitor", "    auth-key-file: " + directory.resolve("none"),
            "    priv-key-file: " + directory.resolve("short"))).hasSize(2)
            .anyMatch(line -> line.contains("auth-key") && line.contains("no file"))
            .anyMatch(line -> line.contains("priv-key") && line.contains("fewer than 8"));
    }

    @Test
    void shouldNotLookForSecretsOfAnAgentThatIsOff() throws Exception {
        final String text = "snmp:\n  users:\n    - name: monitor\n      auth-key-env: NOT_SET\n      priv-key-env: NOT_SET\n";
        assertThat(ConfigReader.read("test", text.getBytes(StandardCharsets.UTF_8), (path, value, bounds) -> { }).snmp().isEnabled()).isFalse();
    }

    @Test
    void shouldRefuseTargetsThatContradictThemselves() {
        final String user = "  - name: monitor\n      auth-key-file: " + key + "\n      priv-key-file: " + key;
        assertThat(mistakes("users:", user, "targets:", "  - address: 192.0.2.5", "    user: nobody",
            "  - address: 192.0.2.5:99999", "    user: monitor", "  - address: 192.0.2.5")).hasSize(3)
            .anyMatch(line -> line.contains("nobody is none of snmp.users"))
            .anyMatch(line -> line.contains("snmp.targets[1]") && line.contains("192.0.2.5:162"))
            .anyMatch(line -> line.contains("snmp.targets[2]") && line.contains("community-file"));
    }

    @Test
    void shouldRefuseAViewThatIsNoSubtree() {
        assertThat(mistakes("communities:", "  - community-file: " + key, "    view: [everything]")).singleElement().asString()
            .contains("everything is not an object identifier");
    }

    private static List<String> mistakes(final String... lines) {
        return catchThrowableOfType(ConfigException.class, () -> read(lines)).mistakes();
    }

    private static FlowsondeConfig read(final String... lines) throws ConfigException {
        final String text = "snmp:\n  enabled: true\n  " + String.join("\n  ", lines) + "\n";
        return ConfigReader.read("test", text.getBytes(StandardCharsets.UTF_8), (path, value, bounds) -> { });
    }
}
