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
