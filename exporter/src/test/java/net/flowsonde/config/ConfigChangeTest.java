package net.flowsonde.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigChangeTest {
    @Test
    void shouldSeeNoChangeWhereThereIsNone() throws Exception {
        assertThat(ConfigChange.between(config("collectors: [{uri: 'udp://a:1', mtu: 900}, tcp://b:2]"),
            config("collectors:\n- {mtu: 900, uri: 'udp://a:1'}\n- tcp://b:2"))).isEmpty();
    }

    @Test
    void shouldNameKeysByTheirWholePathWithBothValues() throws Exception {
        assertThat(ConfigChange.between(config(""), config("flow: {udp: {idle-timeout: 3s}}\nlog: {level: info}"))).containsExactly(
            new ConfigChange("flow.udp.idle-timeout", "15s", "3s"), new ConfigChange("log.level", "warn", "info"));
    }

    @Test
    void shouldTakeAListAsOneValue() throws Exception {
        assertThat(ConfigChange.between(config("capture: {interfaces: [a]}"), config("capture: {interfaces: [a, b]}\ncollectors: [udp://x:1]")))
            .extracting(ConfigChange::key).containsExactly("capture.interfaces", "collectors");
        assertThat(ConfigChange.between(config("collectors: [{uri: 'udp://x:1', mtu: 900}]"), config("collectors: [udp://x:1]")))
            .extracting(ConfigChange::key).containsExactly("collectors");
    }

    @Test
    void shouldKnowEveryKeyOfTheFile() throws Exception {
        final Set<String> keys = new LinkedHashSet<>();
        final FlowsondeConfig config = ConfigReader.read("test", new byte[0], (path, defaultValue, bounds) -> keys.add(path));
        keys.removeAll(Set.of("flow.active-timeout", "flow.idle-timeout")); // printed for each protocol
        assertThat(ConfigChange.valuesOf(config).keySet()).containsAll(keys);
    }

    private static FlowsondeConfig config(final String yaml) throws ConfigException {
        return ConfigReader.read("test", yaml.getBytes(StandardCharsets.UTF_8), (path, defaultValue, bounds) -> { });
    }
}
