package net.flowsonde.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# nothing\n", "---\n", "flow:\n", "flow: {}\ncollectors:\n", "~"})
    void shouldReadAnAlmostEmptyFileAsDefaults(final String yaml) throws ConfigException {
        assertThat(read(yaml)).isEqualTo(FlowsondeConfig.DEFAULT);
    }

    @Test
    void shouldReadEveryKindOfValue() throws ConfigException {
        final FlowsondeConfig config = read("""
            capture:
              interfaces: [eth0, eth1]
              backend: ring
              filter: "not port 22"
              buffer-size: 1 GiB
              promiscuous: false
            flow:
              cache-size: 2_000_000
              idle-timeout: 500s
              udp: {idle-timeout: 5s}
            tcp:
              idle: 250ms
            collectors:
              - udp://192.0.2.1
              - uri: tcp://[2001:db8::1]:9995
              - json:-
            log:
              level: info
            """);
        assertThat(config.capture().interfaces()).containsExactly("eth0", "eth1");
        assertThat(config.capture().backend()).isEqualTo(CaptureConfig.Backend.RING);
        assertThat(config.capture().filter()).isEqualTo("not port 22");
        assertThat(config.capture().bufferSize()).isEqualTo(1L << 30);
        assertThat(config.capture().promiscuous()).isFalse();
        assertThat(config.flow().cacheSize()).isEqualTo(2_000_000);
        assertThat(config.flow().tcp().idle()).isEqualTo(Duration.ofSeconds(500));
        assertThat(config.flow().udp()).isEqualTo(new FlowConfig.Timeouts(Duration.ofSeconds(60), Duration.ofSeconds(5)));
        assertThat(config.tcp().idle()).isEqualTo(Duration.ofMillis(250));
        assertThat(config.collectors()).extracting(collector -> collector.uri().toString())
            .containsExactly("udp://192.0.2.1:4739", "tcp://[2001:db8::1]:9995", "json:-");
        assertThat(config.log().level()).isEqualTo(LogConfig.Level.INFO);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "flow: {active-timeout: 0s} | flow.active-timeout: 0s is below 1s (test.yaml:1)",
        "flow: {active-timeout: 1w} | flow.active-timeout: 1w is not a duration, such as 500ms, 15s, 1m or 1h (test.yaml:1)",
        "flow: {active-timeout: 15} | flow.active-timeout: 15 is not a duration, such as 500ms, 15s, 1m or 1h (test.yaml:1)",
        "flow: {active-timeout: 99999999999999d} | flow.active-timeout: 99999999999999d is above 1d (test.yaml:1)",
        "flow: {cache-size: 16_777_217} | flow.cache-size: 16_777_217 is above 16_777_216 (test.yaml:1)",
        "flow: {cache-size: many} | flow.cache-size: many is not a whole number (test.yaml:1)",
        "flow: {cache-size: 1.5} | flow.cache-size: 1.5 is not a whole number (test.yaml:1)",
        "flow: {cache-size: [1]} | flow.cache-size: is a list or a map where one value is wanted (test.yaml:1)",
        "flow: {key-vlan: yes} | flow.key-vlan: yes is none of true, false (test.yaml:1)",
        "flow: 3 | flow: is not a map of keys (test.yaml:1)",
        "3 | the file: is not a map of keys (test.yaml:1)",
        "flow: {[1]: 3} | flow: has a key that is not a word (test.yaml:1)",
        "capture: {backend: dpdk} | capture.backend: dpdk is none of auto, ring, pcap (test.yaml:1)",
        "capture: {buffer-size: 5MB} | capture.buffer-size: 5MB is not a size, such as 65536, 64MiB or 1GiB (test.yaml:1)",
        "capture: {buffer-size: 5GiB} | capture.buffer-size: 5GiB is above 4GiB (test.yaml:1)",
        "capture: {interfaces: [a, a]} | capture.interfaces[1]: a is given twice (test.yaml:1)",
        "alerts: {cool-down: 0s} | alerts.cool-down: 0s is below 1s (test.yaml:1)",
        "alerts: {disabled: [dns-tunel]} | alerts.disabled[0]: dns-tunel is no kind of alert; did you mean dns-tunnel? (test.yaml:1)",
        "dns: {allowed-servers: [localhost]} | dns.allowed-servers[0]: localhost is no IP address, such as 192.0.2.53, 198.51.100.0/24 "
            + "or 2001:db8::53 (test.yaml:1)",
        "dns: {allowed-servers: [192.0.2.1/33]} | dns.allowed-servers[0]: 192.0.2.1/33 has a prefix length outside of 0 to 32 (test.yaml:1)",
        "dns: {allowed-servers: [192.0.2.1/24]} | dns.allowed-servers[0]: 192.0.2.1/24 has bits beyond its prefix length (test.yaml:1)",
        "dns: {internal-domains: ['a b']} | dns.internal-domains[0]: a b is no domain, such as example.com (test.yaml:1)",
        "flwo: {} | flwo: is not a key of this version; did you mean flow? (test.yaml:1)",
        "flow: {actve-timeout: 1s} | flow.actve-timeout: is not a key of this version; did you mean active-timeout? (test.yaml:1)",
        "flow: {colour: red} | flow.colour: is not a key of this version (test.yaml:1)",
        "collectors: [sctp://a:1] | collectors[0]: sctp://a:1 has none of the schemes udp, tcp, tls, file and json, as in "
            + "udp://192.0.2.1:4739 or file:///var/lib/flows.ipfix (test.yaml:1)",
        "collectors: [{uri: tcp://a:1, tls: {}}] | collectors[0].tls: is for tls:// only, and this collector is tcp://a:1 (test.yaml:1)",
        "collectors: [{uri: tls://a:1, tls: {key: /k}}] | collectors[0].tls: has one of certificate and key, and needs the other (test.yaml:1)",
        "collectors: [{uri: tls://a:1, tls: {minimum-version: tls1.1}}] | collectors[0].tls.minimum-version: tls1.1 is none of tls1.2, tls1.3 "
            + "(test.yaml:1)",
        "collectors: [{hash: [udp://a:1]}] | collectors[0].hash: has one collector only, and needs two (test.yaml:1)",
        "collectors: [{hash: [udp://a:1, udp://b:x]}] | collectors[0].hash[1]: udp://b:x names no host, as in udp://192.0.2.1:4739 (test.yaml:1)",
        "collectors: [{failover: [udp://a:1, udp://b:1]}, udp://a:1] | collectors[1]: udp://a:1 is given twice (test.yaml:1)",
        "collectors: ['udp://:1'] | collectors[0]: udp://:1 names no host, as in udp://192.0.2.1:4739 (test.yaml:1)",
        "collectors: ['udp://a:0'] | collectors[0]: udp://a:0 has a port outside of 1 to 65535 (test.yaml:1)",
        "collectors: ['udp://a:70000'] | collectors[0]: udp://a:70000 has a port outside of 1 to 65535 (test.yaml:1)",
        "collectors: ['udp://a:1/b'] | collectors[0]: udp://a:1/b has something after host and port (test.yaml:1)",
        "collectors: ['file://a/b'] | collectors[0]: file://a/b needs the absolute path of a file, as in "
            + "file:///var/lib/flowsonde/flows (test.yaml:1)",
        "collectors: [{}] | collectors[0]: lacks the key uri (test.yaml:1)",
        "collectors: [{url: a}] | collectors[0]: lacks the key uri (test.yaml:1)",
        "collectors: [udp://a:1, udp://a:1] | collectors[1]: udp://a:1 is given twice (test.yaml:1)",
        "collectors: [{uri: udp://a:1, mtu: 511}] | collectors[0].mtu: 511 is below 512 (test.yaml:1)",
        "collectors: [{uri: udp://a:1, template-refresh: 2d}] | collectors[0].template-refresh: 2d is above 1d (test.yaml:1)",
        "collectors: [{uri: udp://a:1, template-reload: 3}] | collectors[0].template-reload: is not a key of this version (test.yaml:1)",
        "collectors: [udp://a:1, {uri: udp://a:1}] | collectors[1].uri: udp://a:1 is given twice (test.yaml:1)",
        "a: *b | is not YAML: found undefined alias b (test.yaml:1)",
        "export: {enterprise-number: 32473, mtu: 511} | export.mtu: 511 is below 512 (test.yaml:1)",
    })
    void shouldNameKeyValueBoundAndLine(final String yaml, final String complaint) {
        assertThat(mistakesOf(yaml).get(0)).isEqualTo(complaint);
    }

    @Test
    void shouldReadGroups() throws ConfigException {
        final List<CollectorConfig> collectors = read("""
            collectors:
              - udp://192.0.2.1
              - hash:
                  - tls://192.0.2.2
                  - {uri: tls://192.0.2.3, tls: {certificate: /c, key: /k}}
              - failover: [tcp://192.0.2.4, tcp://192.0.2.5]
            """).collectors();
        assertThat(collectors).extracting(CollectorConfig::group).containsExactly(
            Optional.empty(), Optional.of(new CollectorGroup(1, CollectorGroup.Mode.HASH)),
            Optional.of(new CollectorGroup(1, CollectorGroup.Mode.HASH)), Optional.of(new CollectorGroup(2, CollectorGroup.Mode.FAILOVER)),
            Optional.of(new CollectorGroup(2, CollectorGroup.Mode.FAILOVER)));
        assertThat(collectors.get(1).uri()).hasToString("tls://192.0.2.2:4740");
        assertThat(collectors.get(2).tls().key()).isEqualTo("/k");
    }

    @Test
    void shouldLetACollectorOverrideWhatAllGet() throws ConfigException {
        final FlowsondeConfig config = read("""
            collectors:
              - udp://192.0.2.1
              - uri: tcp://192.0.2.2
                profile: native
                mtu: 600
                template-packets: 9
            export:
              mtu: 1000
              template-refresh: 7s
            """);
        assertThat(config.collectors().get(0).overrides().over(config.export())).isEqualTo(config.export());
        assertThat(config.collectors().get(1).overrides().over(config.export())).isEqualTo(new ExportConfig(
            1, 32_473, "native", 600, Duration.ofSeconds(7), 9, ExportConfig.DEFAULT.statisticsInterval()));
    }

    @ParameterizedTest
    @ValueSource(longs = {65_536, 9, 65_545, 637, 6_871, 29_305, 7 * 65_536 + 637})
    void shouldRefuseEnterpriseNumbersThatCollectorsMistake(final long number) {
        assertThat(mistakesOf("export:\n  enterprise-number: " + number)).singleElement().asString()
            .startsWith("export.enterprise-number: " + number + " would read as ").endsWith(" (test.yaml:2)");
    }

    @Test
    void shouldReportAllMistakesInTheOrderOfTheFile() {
        assertThat(mistakesOf("""
            log:
              level: loud
            flow:
              cache-size: 1
              cache-size: 2
              nonsense: 3
            tcp:
              linger: 6m
            """)).containsExactly(
            "log.level: loud is none of error, warn, info, debug, trace (test.yaml:2)",
            "flow.cache-size: 1 is below 1024 (test.yaml:4)",
            "flow.cache-size: is given twice (test.yaml:5)",
            "flow.nonsense: is not a key of this version (test.yaml:6)",
            "tcp.linger: 6m is above 5m (test.yaml:8)");
    }

    @Test
    void shouldStopAtTheFirstLineThatIsNotYaml() {
        assertThat(mistakesOf("flow:\n  cache-size: [\nlog: {}\n")).singleElement().asString()
            .startsWith("is not YAML: ").endsWith(" (test.yaml:4)");
    }

    @Test
    void shouldKeepHostileTextOffTheTerminal() {
        assertThat(mistakesOf("flow: {cache-size: \"\\e[31m" + "x".repeat(500) + "\"}")).singleElement().asString()
            .startsWith("flow.cache-size: ?[31mxxx").hasSizeLessThan(200).doesNotContain("\u001b");
    }

    @Test
    void shouldBoundNesting() {
        assertThat(mistakesOf("flow: " + "[".repeat(100_000))).containsExactly("is nested deeper than 16 levels (test.yaml:1)");
    }

    @Test
    void shouldNotExpandNestedAliases() {
        final StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [").append(("*a" + (i - 1) + ",").repeat(10)).append("]\n");
        }
        assertThat(mistakesOf(bomb.toString())).isNotEmpty();
    }

    @Test
    void shouldRefuseALargeFile() {
        assertThat(mistakesOf("#" + "x".repeat(ConfigReader.MOST_OCTETS))).containsExactly("the file is larger than 1MiB (test.yaml)");
    }

    @Test
    void shouldRefuseWhatIsNotUtf8() {
        final ConfigException refused = catchThrowableOfType(ConfigException.class, () -> ConfigReader.read(
            "test.yaml", new byte[] {'a', ':', ' ', (byte) 0xC3, '('}, (path, defaultValue, bounds) -> { }));
        assertThat(refused.mistakes()).containsExactly("the file is not UTF-8 text (test.yaml)");
    }

    @Test
    void shouldNameAMissingFile() {
        final ConfigException refused =
            catchThrowableOfType(ConfigException.class, () -> ConfigReader.read(Path.of("/nowhere/flowsonde.yaml")));
        assertThat(refused.mistakes()).containsExactly("/nowhere/flowsonde.yaml: there is no such file");
    }

    @Test
    void shouldLimitTheNumberOfCollectors() {
        final StringBuilder yaml = new StringBuilder("collectors:\n");
        for (int i = 0; i < 257; i++) {
            yaml.append("  - udp://192.0.2.1:").append(1 + i).append('\n');
        }
        assertThat(mistakesOf(yaml.toString())).containsExactly("collectors: has more than 256 entries (test.yaml:2)");
    }

    @Test
    void shouldNeverThrowAnythingElseOnHostileText() {
        final SplittableRandom random = new SplittableRandom(20);
        final String seed = ConfigWriter.write(FlowsondeConfig.DEFAULT);
        final String alphabet = "[]{}:,&*!|>'\"%@`-# \n\t0as\u0000\u00e9";
        for (int round = 0; round < 3_000; round++) {
            final StringBuilder mutated = new StringBuilder(seed);
            for (int edits = random.nextInt(1, 8); edits > 0; edits--) {
                final char replacement = alphabet.charAt(random.nextInt(alphabet.length()));
                mutated.setCharAt(random.nextInt(mutated.length()), replacement);
            }
            try {
                assertThat(read(mutated.toString())).isNotNull();
            } catch (final ConfigException refused) {
                assertThat(refused.mistakes()).isNotEmpty().allMatch(line -> line.contains("(test.yaml"));
            }
        }
    }

    private static FlowsondeConfig read(final String yaml) throws ConfigException {
        return ConfigReader.read("test.yaml", yaml.getBytes(StandardCharsets.UTF_8), (path, defaultValue, bounds) -> { });
    }

    private static List<String> mistakesOf(final String yaml) {
        final ConfigException refused = catchThrowableOfType(ConfigException.class, () -> read(yaml));
        assertThat(refused).as("complaint about %.60s", yaml).isNotNull();
        return refused.mistakes();
    }
}
