package net.flowsonde.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.flowsonde.config.FlowsondeConfig;
import net.flowsonde.service.ControlReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadTest {
    private static final String OLD_STAYS = "nothing was changed: the old configuration stays in force";

    @TempDir
    private Path directory;

    private String yaml = "";
    private final List<String> applied = new ArrayList<>();
    private final Reload reload = new Reload(this::read, FlowsondeConfig.DEFAULT)
        .with("collectors"::equals, wanted -> {
            if (wanted.collectors().size() > 1) {
                throw new ReloadRefusedException("collectors: too many");
            }
            applied.add("collectors");
        })
        .with(key -> key.startsWith("log."), wanted -> applied.add("log " + wanted.log().level()));

    @Test
    void shouldSayThatNothingHasChanged() {
        assertThat(reload.run()).isEqualTo(ControlReply.done(List.of("nothing has changed")));
        assertThat(applied).isEmpty();
    }

    @Test
    void shouldApplyWhatCanBeAppliedOnceAndNameWhatNeedsARestartEachTime() {
        yaml = "export: {observation-domain: 2}\nlog: {level: info}";
        assertThat(reload.run()).isEqualTo(ControlReply.done(List.of(
            "export.observation-domain: 1 -> 2: needs a restart", "log.level: warn -> info: applied")));
        assertThat(reload.run()).isEqualTo(ControlReply.done(List.of("export.observation-domain: 1 -> 2: needs a restart")));
        assertThat(applied).containsExactly("log INFO");
    }

    @Test
    void shouldKeepTheOldConfigurationWhenTheNewOneHasMistakes() {
        yaml = "log: {level: info}\nflow: {cache-size: 7}\nlogs: {}";
        assertThat(reload.run()).isEqualTo(ControlReply.refused(List.of(
            "flow.cache-size: 7 is below 1024 (" + file() + ":2)",
            "logs: is not a key of this version; did you mean log? (" + file() + ":3)", OLD_STAYS)));
        assertThat(applied).isEmpty();
        yaml = "log: {level: info}";
        assertThat(reload.run().isDone()).isTrue();
        assertThat(applied).containsExactly("log INFO");
    }

    @Test
    void shouldApplyNothingBehindAPartThatRefuses() {
        yaml = "collectors: ['udp://a:1', 'udp://b:1']\nlog: {level: info}";
        assertThat(reload.run()).isEqualTo(ControlReply.refused(List.of("collectors: too many", OLD_STAYS)));
        assertThat(applied).isEmpty();
    }

    @Test
    void shouldTakeUpOtherContentBehindTheSamePath() throws IOException {
        final Path numbers = Files.writeString(directory.resolve("passwd"), "anna:x:1000:100::/:\n");
        final Path key = Files.writeString(directory.resolve("mask.key"), "0123456789abcdef");
        final Path certificate = Files.writeString(directory.resolve("client.pem"), "first");
        yaml = "files: {user-numbers-file: %s, mask-key-file: %s}\ncollectors: [{uri: 'tls://a:1', tls: {trusted-certificates: %s}}]"
            .formatted(numbers, key, certificate);
        final Reload watching = new Reload(this::read, read())
            .with("files.user-numbers-file"::equals, wanted -> applied.add("numbers")).with("collectors"::equals, wanted -> applied.add("collectors"));
        assertThat(watching.run()).isEqualTo(ControlReply.done(List.of("nothing has changed")));
        Files.writeString(numbers, "bert:x:1000:100::/:\n");
        Files.writeString(key, "fedcba9876543210");
        Files.writeString(certificate, "other");
        final String needsRestart = "files.mask-key-file: " + key + " holds something else: needs a restart";
        assertThat(watching.run()).isEqualTo(ControlReply.done(List.of(
            "files.user-numbers-file: " + numbers + " holds something else: applied", needsRestart,
            "collectors: " + certificate + " holds something else: read again within seconds, without a reload too")));
        assertThat(applied).containsExactly("numbers");
        assertThat(watching.run()).isEqualTo(ControlReply.done(List.of(needsRestart)));
        assertThat(applied).containsExactly("numbers");
    }

    @Test
    void shouldTakeUpOtherSecretsBehindTheSamePaths() throws IOException {
        final Path auth = Files.writeString(directory.resolve("auth"), "first-password");
        final Path priv = Files.writeString(directory.resolve("priv"), "first-password");
        final Path community = Files.writeString(directory.resolve("community"), "first");
        yaml = """
            snmp:
              enabled: true
              users: [{name: monitor, auth-key-file: %s, priv-key-file: %s}]
              communities: [{community-file: %s}]
            """.formatted(auth, priv, community);
        final Reload watching = new Reload(this::read, read()).with(key -> key.startsWith("snmp."), wanted -> applied.add("snmp"));
        Files.writeString(priv, "other-password");
        Files.writeString(community, "other");
        assertThat(watching.run()).isEqualTo(ControlReply.done(List.of(
            "snmp.users: " + priv + " holds something else: applied", "snmp.communities: " + community + " holds something else: applied")));
        assertThat(applied).containsExactly("snmp");
        assertThat(watching.run()).isEqualTo(ControlReply.done(List.of("nothing has changed")));
    }

    private Path file() {
        return directory.resolve("flowsonde.yaml");
    }

    private FlowsondeConfig read() {
        try {
            return ConfigOptions.readFile(Files.writeString(file(), yaml));
        } catch (final IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
