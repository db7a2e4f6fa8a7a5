package net.flowsonde.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.flowsonde.config.FlowsondeConfig;
import net.flowsonde.service.ControlReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every key of the annotated file with values that break its bounds, and what one key's bounds cannot say: {@code check}, {@code run},
 * {@code replay} and a reload refuse each by key, value, bound and line, and a reload leaves what runs alone.
 */
class BadConfigurationTest {
    private static final Path ANNOTATED = Path.of("..", "config", "flowsonde.yaml");
    private static final Pattern ANNOTATION = Pattern.compile("Default: .*\\. Bounds: (.*)\\.");
    /** First line of the commented collector, whose keys are those of each entry of the list. */
    private static final String COLLECTOR = "#   - uri:";
    private static final String[] LIST_NONSENSE = {"[[]]", "[{a: b}]"};

    @TempDir
    private Path directory;

    /** One key with one bad value: the lines of a file, the number of the line that is wrong, and what must be said about it. */
    private record Mistake(String key, String value, String bound, String yaml, int line) {
        @Override
        public String toString() {
            return key + ": " + (value.length() > 40 ? value.substring(0, 40) + "…" : value);
        }
    }

    // ---- every key of the annotated file, by its bounds

    private static Stream<Mistake> everyKeyWithEveryKindOfBadValue() throws IOException {
        final List<String> lines = Files.readAllLines(ANNOTATED);
        final List<String> collector = lines.stream().dropWhile(line -> !line.startsWith(COLLECTOR)).takeWhile(line -> line.startsWith("#   "))
            .skip(1).map(line -> line.substring(6)).toList();
        return Stream.concat(mistakes(lines, ""), mistakes(collector, "collectors[0]."));
    }

    private static Stream<Mistake> mistakes(final List<String> lines, final String prefix) {
        final List<Mistake> mistakes = new ArrayList<>();
        final List<String> path = new ArrayList<>();
        String bounds = "";
        for (final String line : lines) {
            final String text = line.strip();
            final Matcher annotation = ANNOTATION.matcher(text);
            if (annotation.find()) {
                bounds = annotation.group(1);
            } else if (!text.isEmpty() && !text.startsWith("#")) {
                final int depth = (line.length() - line.stripLeading().length()) / 2;
                path.subList(depth, path.size()).clear();
                path.add(text.substring(0, text.indexOf(':')));
                if (!text.endsWith(":")) {
                    mistakes.addAll(mistakes(List.copyOf(path), bounds, prefix));
                }
            }
        }
        return mistakes.stream();
    }

    private static List<Mistake> mistakes(final List<String> path, final String bounds, final String prefix) {
        final List<Mistake> mistakes = new ArrayList<>();
        final Matcher range = Pattern.compile("(\\S+) to (\\S+)").matcher(bounds);
        if (range.matches()) {
            mistakes.add(mistake(path, prefix, beyond(range.group(2), 1), "is above " + range.group(2)));
            if (!range.group(1).startsWith("0")) {
                mistakes.add(mistake(path, prefix, beyond(range.group(1), -1), "is below " + range.group(1)));
            }
            mistakes.add(mistake(path, prefix, "nonsense", "is not "));
            mistakes.add(mistake(path, prefix, "[1, 2]", "is a list or a map where one value is wanted"));
        } else if (bounds.startsWith("a list of ")) {
            for (final String value : LIST_NONSENSE) {
                mistakes.add(new Mistake(prefix + String.join(".", path), "", "", yaml(path, prefix, value), lineOf(path, prefix)));
            }
        } else {
            final String value = badText(bounds);
            mistakes.add(mistake(path, prefix, value, bounds.contains(", ") && !bounds.contains("path") ? "is none of " + bounds : "is "));
            mistakes.add(mistake(path, prefix, "{a: b}", "is a list or a map where one value is wanted"));
        }
        return mistakes;
    }

    private static String badText(final String bounds) {
        final Matcher length = Pattern.compile("at most ([\\d_]+) characters").matcher(bounds);
        return length.matches() ? "x".repeat(Integer.parseInt(length.group(1).replace("_", "")) + 1)
            : bounds.equals("an address and a port") ? "localhost" : bounds.startsWith("an absolute path") ? "not/absolute" : "nonsense";
    }

    /** A number of the same unit just outside. */
    private static String beyond(final String bound, final long step) {
        final Matcher number = Pattern.compile("([\\d_]+)(.*)").matcher(bound);
        assertThat(number.matches()).as(bound).isTrue();
        return Long.parseLong(number.group(1).replace("_", "")) + step + number.group(2);
    }

    private static Mistake mistake(final List<String> path, final String prefix, final String value, final String bound) {
        final boolean isNode = value.startsWith("[") || value.startsWith("{");
        return new Mistake(prefix + String.join(".", path), isNode ? "" : value, bound, yaml(path, prefix, value), lineOf(path, prefix));
    }

    /** A key a line; before it a comment, so that no line number is right by chance. */
    private static String yaml(final List<String> path, final String prefix, final String value) {
        final StringBuilder yaml = new StringBuilder("# a comment\n");
        if (!prefix.isEmpty()) {
            yaml.append("collectors:\n  - uri: tls://192.0.2.1\n");
        }
        String indent = prefix.isEmpty() ? "" : "    ";
        for (int i = 0; i < path.size() - 1; i++) {
            yaml.append(indent).append(path.get(i)).append(":\n");
            indent += "  ";
        }
        return yaml.append(indent).append(path.get(path.size() - 1)).append(": ").append(value).append('\n').toString();
    }

    private static int lineOf(final List<String> path, final String prefix) {
        return 1 + path.size() + (prefix.isEmpty() ? 0 : 2);
    }

    @Test
    void shouldKnowEveryKeyOfTheAnnotatedFile() throws IOException {
        final long keys = Files.readAllLines(ANNOTATED).stream().filter(line -> ANNOTATION.matcher(line).find()).count();
        assertThat(everyKeyWithEveryKindOfBadValue().map(Mistake::key).distinct().count()).isEqualTo(keys).isGreaterThan(100);
    }

    @ParameterizedTest
    @MethodSource("everyKeyWithEveryKindOfBadValue")
    void shouldRefuseAValueOutOfBoundsEverywhereByKeyValueBoundAndLine(final Mistake mistake) throws IOException {
        final Path file = Files.writeString(directory.resolve("bad.yaml"), mistake.yaml());
        final String shown = mistake.value().length() > 60 ? mistake.value().substring(0, 60) : mistake.value();
        assertThat(refusals(file)).isNotEmpty().allSatisfy(line -> assertThat(line)
            .startsWith(mistake.key()).contains(shown).contains(mistake.bound()).endsWith("(" + file + ":" + mistake.line() + ")"));
    }

    // ---- what the bounds of one key cannot say

    private static Stream<Mistake> everyOtherKindOfMistake() {
        return Stream.of(
            of("capture.filter", "not prot 7", "does not compile", "capture:\n  filter: not prot 7", 2),
            of("capture.interfaces[1]", "eth0", "is given twice", "capture:\n  interfaces:\n    - eth0\n    - eth0", 4),
            of("capture.interfaces[0]", "", "is not the name of an interface", "capture:\n  interfaces: [' ']", 2),
            of("dpi.encrypted-resolvers[0]", "a b", "is neither an address nor a host's name", "dpi:\n  encrypted-resolvers: [a b]", 2),
            of("dns.allowed-servers[0]", "192.0.2.53/33", "", "dns:\n  allowed-servers: [192.0.2.53/33]", 2),
            of("dns.internal-domains[0]", "a b", "is no domain", "dns:\n  internal-domains: [a b]", 2),
            of("dns.tunnel-exempt[0]", "x y", "is no domain", "dns:\n  tunnel-exempt: [x y]", 2),
            of("files.user-numbers-file", "/nowhere/passwd", "cannot be read", "files:\n  user-numbers-file: /nowhere/passwd", 2),
            of("files.unmasked[0]", "share", "is nothing that is masked", "files:\n  unmasked: [share]", 2),
            of("files.mask-key-file", "/nowhere/key", "cannot be read", "files:\n  mask-key-file: /nowhere/key", 2),
            of("files.canaries[0]", "x", "characters", "files:\n  canaries: [x]", 2),
            of("export.enterprise-number", "9", "would read as", "export:\n  enterprise-number: 9", 2),
            of("export.profiles[0].base", "none", "is none of", "export:\n  profiles:\n    - name: mine\n      base: none", 4),
            of("collectors[0]", "gopher://192.0.2.1", "", "collectors:\n  - gopher://192.0.2.1", 2),
            of("collectors[0]", "udp://192.0.2.1:70000", "", "collectors: ['udp://192.0.2.1:70000']", 1),
            of("collectors[1]", "udp://192.0.2.1", "is given twice", "collectors:\n  - udp://192.0.2.1\n  - udp://192.0.2.1", 3),
            of("collectors[0].hash", "", "has one collector only", "collectors:\n  - hash: [tcp://192.0.2.3]", 2),
            of("collectors[0].tls", "", "tls://", "collectors:\n  - uri: tcp://192.0.2.1\n    tls:\n      minimum-version: tls1.3", 3),
            of("alerts.disabled[0]", "dns-tunel", "did you mean dns-tunnel", "alerts:\n  disabled: [dns-tunel]", 2),
            of("snmp.enabled", "", "", "snmp:\n  enabled: true", 2),
            of("snmp.users[0]", "", "auth-key-file", "snmp:\n  enabled: true\n  users:\n    - name: monitor\n      level: auth-no-priv", 4),
            of("snmp.users[0].level", "low", "is none of", "snmp:\n  users:\n    - name: monitor\n      level: low\n      auth-key-file: /k\n      priv-key-file: /k", 4),
            of("snmp.communities[0].version", "v3", "is none of", "snmp:\n  communities:\n    - version: v3\n      community-file: /k", 3),
            of("snmp.targets[0]", "nobody", "is none of snmp.users", "snmp:\n  targets:\n    - address: 192.0.2.5\n      user: nobody", 4),
            of("flow.idle-timout", "", "did you mean idle-timeout", "flow:\n  idle-timout: 3s", 2),
            of("floww", "", "did you mean flow", "floww: {}", 1),
            of("flow.cache-size", "", "is given twice", "flow:\n  cache-size: 2000\n  cache-size: 3000", 3),
            of("flow", "", "", "flow: 7", 1),
            of("is not YAML", "", "", "flow:\n  cache-size: [\nlog: {}", 4));
    }

    private static Mistake of(final String key, final String value, final String bound, final String yaml, final int line) {
        return new Mistake(key, value, bound, yaml + "\n", line);
    }

    @ParameterizedTest
    @MethodSource("everyOtherKindOfMistake")
    void shouldRefuseEveryOtherKindOfMistakeEverywhereByKeyValueAndLine(final Mistake mistake) throws IOException {
        final Path file = Files.writeString(directory.resolve("bad.yaml"), mistake.yaml());
        assertThat(refusals(file)).singleElement().asString()
            .startsWith(mistake.key()).contains(mistake.value()).contains(mistake.bound()).endsWith("(" + file + ":" + mistake.line() + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "run --interface lo --collector udp://192.0.2.1", "replay ../exporter/demo/demo.pcap"})
    void shouldRefuseAFileThatIsNotThere(final String command) {
        final List<String> lines = execute(command, directory.resolve("none.yaml"));
        assertThat(lines).containsExactly("flowsonde: " + directory.resolve("none.yaml") + ": there is no such file");
    }

    /** The lines of the refusal, after having seen that every way to take up the file refuses it with the same. */
    private List<String> refusals(final Path file) {
        final List<String> lines = execute("check", file).stream().map(line -> line.replaceFirst("^flowsonde: ", "")).toList();
        for (final String command : List.of("run --interface lo --collector udp://192.0.2.1", "replay ../exporter/demo/demo.pcap")) {
            assertThat(execute(command, file)).as(command).isEqualTo(lines.stream().map(line -> "flowsonde: " + line).toList());
        }
        final List<String> touched = new ArrayList<>();
        final ControlReply reply = new Reload(() -> ConfigOptions.readFile(file), FlowsondeConfig.DEFAULT)
            .with(key -> true, wanted -> touched.add("applied")).telling(wanted -> touched.add("told")).run();
        final List<String> told = new ArrayList<>(lines);
        told.add("nothing was changed: the old configuration stays in force");
        assertThat(reply).isEqualTo(ControlReply.refused(told));
        assertThat(touched).as("what runs is left alone").isEmpty();
        return lines;
    }

    /** What a command that must fail by wrong usage says. */
    private static List<String> execute(final String command, final Path config) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.addAll(List.of("--config", config.toString()));
        final int exitCode = Flowsonde.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
        assertThat(exitCode).as("exit code of %s, which said %s%s", command, out, err).isEqualTo(Flowsonde.WRONG_USAGE);
        assertThat(out.toString()).isEmpty();
        return err.toString().lines().toList();
    }
}
