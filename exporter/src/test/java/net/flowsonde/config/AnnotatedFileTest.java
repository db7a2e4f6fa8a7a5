package net.flowsonde.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The annotated file that ships with Flowsonde says what the reader does. */
class AnnotatedFileTest {
    private static final Path FILE = Path.of("..", "config", "flowsonde.yaml");
    private static final Optional<CollectorGroup> HASH = Optional.of(new CollectorGroup(1, CollectorGroup.Mode.HASH));
    private static final Optional<CollectorGroup> FAILOVER = Optional.of(new CollectorGroup(2, CollectorGroup.Mode.FAILOVER));
    private static final String COLLECTOR = "collectors[0].";
    /** First line of the commented collector in the file. */
    private static final String EXAMPLE = "#   - uri:";

    @Test
    void shouldShipAFileThatHoldsTheDefaults() throws Exception {
        assertThat(ConfigReader.read(FILE)).isEqualTo(FlowsondeConfig.DEFAULT);
    }

    @Test
    void shouldAnnotateEveryKeyWithDefaultAndBounds() throws Exception {
        final Map<String, String> schema = new LinkedHashMap<>();
        ConfigReader.read("test", new byte[0], (path, defaultValue, bounds) ->
            schema.put(path, "Default: " + (defaultValue.isEmpty() ? "\"\"" : defaultValue) + ". Bounds: " + bounds + "."));
        assertThat(annotations(Files.readAllLines(FILE))).isEqualTo(schema);
    }

    @Test
    void shouldAnnotateEveryKeyOfACollector() throws Exception {
        final String example = example(FILE);
        final Map<String, String> schema = new LinkedHashMap<>();
        ConfigReader.read("test", example.getBytes(StandardCharsets.UTF_8), (path, defaultValue, bounds) -> {
            if (path.startsWith(COLLECTOR)) {
                schema.put(path.substring(COLLECTOR.length()),
                    "Default: " + (defaultValue.isEmpty() ? "\"\"" : defaultValue) + ". Bounds: " + bounds + ".");
            }
        });
        assertThat(annotations(example.lines().skip(2).map(line -> line.substring(4)).toList())).isEqualTo(schema);
    }

    /** The commented collector of the file with one hash less, as a file of its own. */
    private static String example(final Path file) throws IOException {
        return "collectors:\n" + Files.readAllLines(file).stream().dropWhile(line -> !line.startsWith(EXAMPLE))
            .takeWhile(line -> line.startsWith("#   ")).map(line -> line.substring(2) + "\n").collect(Collectors.joining());
    }

    @Test
    void shouldPrintAConfigurationThatReadsBackToTheSame() throws Exception {
        final SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 200; round++) {
            final FlowsondeConfig config = randomConfig(random);
            assertThat(ConfigReader.read("test", ConfigWriter.write(config).getBytes(StandardCharsets.UTF_8), (path, value, bounds) -> { }))
                .isEqualTo(config);
        }
    }

    /** The last comment line before each key that has a value, by the key's whole path. */
    private static Map<String, String> annotations(final List<String> lines) {
        final Map<String, String> found = new LinkedHashMap<>();
        final List<String> path = new ArrayList<>();
        String comment = "";
        for (final String line : lines) {
            final String text = line.strip();
            if (text.startsWith("#")) {
                comment = text.substring(1).strip();
            } else if (!text.isEmpty()) {
                final int depth = (line.length() - line.stripLeading().length()) / 2;
                path.subList(depth, path.size()).clear();
                path.add(text.substring(0, text.indexOf(':')));
                if (!text.endsWith(":")) {
                    found.put(String.join(".", path), comment);
                }
            }
        }
        return found;
    }

    private static FlowsondeConfig randomConfig(final SplittableRandom random) {
        final FlowConfig.Timeouts timeouts = new FlowConfig.Timeouts(millis(random), millis(random));
        return new FlowsondeConfig(
            new CaptureConfig(List.of("eth0", "a\"b\\c:\u00e9"), CaptureConfig.Backend.PCAP, random.nextInt(1, 65), "not port 22 # \t'",
                random.nextInt(96, 524_288), random.nextLong(1 << 20, 4L << 30), random.nextBoolean(), random.nextBoolean()),
            new FlowConfig(random.nextInt(1_024, 16_777_216), timeouts, FlowConfig.Timeouts.DEFAULT, timeouts, timeouts, millis(random),
                random.nextBoolean(), random.nextBoolean(), random.nextInt(1, 17), random.nextInt(16, 1_048_576)),
            new TcpConfig(millis(random), millis(random), random.nextInt(1, 256), millis(random), Duration.ofSeconds(3), 0),
            new DpiConfig(random.nextInt(1_024, 1_048_576), random.nextLong(1 << 20, 4L << 30), random.nextBoolean(),
                random.nextBoolean(), Duration.ofSeconds(9), random.nextInt(1_024, 4_194_305), List.of("dns.example", "2001:db8::53"),
                random.nextBoolean(), new NfsLimits(random.nextInt(1_024, 4_194_305), random.nextInt(64, 1_048_577), 67),
                new SmbLimits(random.nextInt(64, 1_048_577), 65, random.nextInt(64, 4_194_305), 66), random.nextBoolean(),
                random.nextInt(1_024, 1_048_577)),
            new DnsConfig(List.of(NetworkPrefix.parse("192.0.2.53"), NetworkPrefix.parse("2001:db8::/32")), List.of("example.com"),
                List.of("example.net"), random.nextInt(1_024, 16_777_217), random.nextInt(16, 1_048_577), millis(random), 1, 2,
                random.nextInt(2, 1_000_001), random.nextInt(2, 1_001), random.nextInt(1, 101)),
            new FilesConfig(random.nextInt(0, 1_000), random.nextInt(16, 65_537), millis(random), Optional.empty(), Optional.empty(), List.of("paths", "shares"), List.of("finance/a b.docx", "xyz*"),
                random.nextInt(2_001), random.nextInt(2_001), 0, 2_000, random.nextInt(2_001), 300, 1, 2, random.nextInt(1_001)),
            new ExportConfig(random.nextLong(0x1_0000_0000L), 32_473, "native", 1_200, millis(random), 7, millis(random)),
            List.of(CollectorConfig.parse("udp://192.0.2.1:1"),
                new CollectorConfig(URI.create("udp://192.0.2.1:2"), new ExportOverrides(
                    Optional.of("native"), Optional.of(600), Optional.of(millis(random)), Optional.of(7), Optional.of(millis(random))),
                    TlsConfig.DEFAULT, Optional.empty()),
                new CollectorConfig(URI.create("tls://192.0.2.1:3"), ExportOverrides.NONE,
                    new TlsConfig("/c", "/k", "", "VARIABLE", "/t", TlsConfig.Version.TLS_1_3, "name"), HASH),
                new CollectorConfig(URI.create("tcp://192.0.2.1:3"), ExportOverrides.NONE, TlsConfig.DEFAULT, HASH),
                new CollectorConfig(URI.create("tcp://192.0.2.1:4"), ExportOverrides.NONE, TlsConfig.DEFAULT, FAILOVER),
                new CollectorConfig(URI.create("tcp://192.0.2.1:5"), ExportOverrides.NONE, TlsConfig.DEFAULT, FAILOVER),
                CollectorConfig.parse("file:///tmp/a%20b"), CollectorConfig.parse("json:-")),
            new SpoolConfig(Optional.of(Path.of("/var/lib/a b")), random.nextLong(1 << 20, 1L << 40), random.nextLong(64 << 10, 4L << 30),
                Duration.ZERO, random.nextLong(64 << 20)),
            new AlertsConfig(millis(random), random.nextInt(1, 100_001), List.of("dns-tunnel", "mass-rename")),
            new HealthConfig(Duration.ofMillis(random.nextLong(100, 3_600_000)), random.nextLong(1, 1_000), random.nextInt(1, 100), millis(random)),
            randomSnmp(random),
            new PrometheusConfig(random.nextBoolean(), ListenAddress.parse("[2001:db8:0:0:0:0:0:1]:" + random.nextInt(1, 65_536))),
            new ServiceConfig("/tmp/run \"x\"", "nobody"),
            new LogConfig(LogConfig.Level.TRACE, LogConfig.Format.JSON, millis(random)));
    }

    /** Not enabled, so that no secret has to be there. */
    private static SnmpConfig randomSnmp(final SplittableRandom random) {
        final Secret file = new Secret(Secret.Kind.FILE, "/etc/a \"key\"");
        return new SnmpConfig(
            false, ListenAddress.parse("[0:0:0:0:0:0:0:1]:" + random.nextInt(1, 65_536)), Path.of("/var/lib/a b"), "me \u00e9", "here",
            List.of(
                new SnmpConfig.User("a", SnmpConfig.Level.AUTH_PRIV, SnmpConfig.Authentication.SHA_512, file,
                    SnmpConfig.Privacy.AES_256, new Secret(Secret.Kind.ENV, "KEY"), List.of("1.3.6.1.2.1", "1.3.6.1.4.1")),
                new SnmpConfig.User("b", SnmpConfig.Level.AUTH_NO_PRIV, SnmpConfig.Authentication.SHA_256, file,
                    SnmpConfig.Privacy.AES_128, null, SnmpConfig.WHOLE_VIEW)),
            List.of(new SnmpConfig.Community(SnmpConfig.Version.V1, file, SnmpConfig.WHOLE_VIEW)),
            List.of(
                new SnmpConfig.Target("2001:db8::5", random.nextInt(1, 65_536), SnmpConfig.Notification.INFORM, "b", null,
                    Duration.ofSeconds(3), 4),
                new SnmpConfig.Target("192.0.2.5", 162, SnmpConfig.Notification.TRAP, "", file, Duration.ofSeconds(1), 0)));
    }

    private static Duration millis(final SplittableRandom random) {
        return Duration.ofMillis(random.nextLong(1_000, 86_400_000));
    }
}
