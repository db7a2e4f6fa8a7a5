package net.flowsonde.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "| flowsonde: which command?",
        "fly | flowsonde: there is no command fly; there are: demo, run, replay, check, reload, top, interfaces, elements, counters, "
            + "collector-files, mib",
        "reload --runtime-directory /nowhere --pid x | flowsonde: Invalid value for option '--pid': 'x' is not a long",
        "top --interval 0 | flowsonde: --interval 0 is outside of 1 to 3600",
        "run --fly | flowsonde: Unknown option: '--fly'",
        "run | flowsonde: no interface to capture on: give --interface or capture.interfaces in the configuration",
        "run --interface lo | flowsonde: nowhere to export to: give --collector or collectors in the configuration",
        "run --interface lo --queues 65 | flowsonde: --queues 65 is outside of 1 to 64",
        "run --interface lo --queues two | flowsonde: Invalid value for option '--queues': 'two' is not an int",
        "run --config /nowhere.yaml | flowsonde: /nowhere.yaml: there is no such file",
        "replay | flowsonde: Missing required parameter: 'FILE'",
        "replay - - | flowsonde: standard input can be read once only",
        "replay x.pcap --collector sctp://a | flowsonde: --collector sctp://a has none of the schemes udp, tcp, tls, file and json, as in "
            + "udp://192.0.2.1:4739 or file:///var/lib/flows.ipfix",
        "replay x.pcap --profile v4 | flowsonde: --profile v4 is none of native, nfdump, pmacct, goflow2, telegraf, logstash, "
            + "ipfixcol2, silk, wireshark, nsel-v9, v9, v5",
        "check | flowsonde: Missing required option: '--config=FILE'",
        "elements --profile v4 | flowsonde: --profile v4 is none of native, nfdump, pmacct, goflow2, telegraf, logstash, "
            + "ipfixcol2, silk, wireshark, nsel-v9, v9, v5",
        "elements --format xml | flowsonde: Invalid value for option '--format': expected one of [TABLE, CSV, JSON] (case-insensitive) "
            + "but was 'xml'",
    })
    void shouldRefuseWrongUsageInOneLineWithExitCodeTwo(final String arguments, final String complaint) {
        assertThat(execute(arguments == null ? "" : arguments)).isEqualTo(2);
        assertThat(err.toString().lines().findFirst()).contains(complaint);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "demo", "run", "replay", "check", "reload", "top", "interfaces", "elements"})
    void shouldExplainEveryCommand(final String command) {
        assertThat(execute(command + " --help")).isZero();
        assertThat(out.toString()).startsWith("Usage: flowsonde").contains("--help");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "replay"})
    void shouldKeepEachUriOfTheHelpOnOneLine(final String command) {
        assertThat(execute(command + " --help")).isZero();
        assertThat(out.toString().lines()).anyMatch(line -> line.contains("json:- (standard output)"));
    }

    @Test
    void shouldSayItsVersion() {
        assertThat(execute("--version")).isZero();
        assertThat(out.toString()).startsWith("flowsonde ");
    }

    @Test
    void shouldPrintAnEffectiveConfigurationThatReadsBackToTheSame() throws IOException {
        final Path file = Files.writeString(directory.resolve("a.yaml"), "flow: {idle-timeout: 90s}\ncollectors: [udp://192.0.2.1]\n");
        assertThat(execute("check --config " + file)).isZero();
        final String effective = out.toString();
        assertThat(effective).contains("    idle-timeout: 90s\n").contains("  - \"udp://192.0.2.1:4739\"\n");
        Files.writeString(file, effective);
        assertThat(execute("check --config " + file)).isZero();
        assertThat(out.toString()).isEqualTo(effective + effective);
    }

    @Test
    void shouldRefuseWhatACollectorIsKnownToChokeOn() throws IOException {
        final Path file = Files.writeString(directory.resolve("a.yaml"), """
            export:
              profiles:
                - name: ours
                  base: nfdump
                  flows: biflow
                  add: [reverseTcpControlBits]
                - name: theirs
                  base: pmacct
                  rename: [tcpControlBits=0:6/2, noSuchField=1:2]
            collectors: [{uri: udp://192.0.2.1, profile: ours}]
            """);
        assertThat(execute("check --config " + file)).isEqualTo(2);
        assertThat(err.toString().lines()).containsExactly(
            "flowsonde: export.profiles[0]: reverseTcpControlBits (29305:6, 2 octets): nfcapd takes other elements of enterprise 29305 for "
                + "those of the forward direction, and overwrites them (" + file + ":3)",
            "flowsonde: export.profiles[1].rename[1]: noSuchField=1:2 is no field of flow records; flowsonde elements lists them ("
                + file + ":9)");
        Files.writeString(file, "collectors: [{uri: tcp://192.0.2.1, profile: nfdump}]");
        assertThat(execute("check --config " + file)).isEqualTo(2);
        assertThat(err.toString()).endsWith(
            "flowsonde: collector tcp://192.0.2.1:4739 with profile nfdump: tcp: nfcapd listens on UDP only\n");
    }

    @Test
    void shouldNameEveryMistakeOfAConfiguration() throws IOException {
        final Path file = Files.writeString(directory.resolve("a.yaml"), "flow:\n  active-timeout: 0s\nfoo: 1\n");
        assertThat(execute("check --config " + file)).isEqualTo(2);
        assertThat(err.toString().lines()).containsExactly(
            "flowsonde: flow.active-timeout: 0s is below 1s (" + file + ":2)",
            "flowsonde: foo: is not a key of this version; did you mean flow? (" + file + ":3)");
    }

    @Test
    void shouldReplayIntoATable() throws IOException {
        final Path capture = TinyCapture.write(directory.resolve("tiny.pcap"), 3);
        assertThat(execute("replay " + capture)).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString().lines()).anyMatch(line -> line.contains("192.0.2.1       192.0.2.2:53/udp dns"))
            .anyMatch(line -> line.startsWith("1 flows (1 UDP); 3 packets, 96 octets"))
            .anyMatch(line -> line.matches("read +3 frames, 138 octets"))
            .anyMatch(line -> line.matches("sums +add up"));
    }

    @Test
    void shouldReplaySeveralFilesAsOneStream() throws IOException {
        final Path capture = TinyCapture.write(directory.resolve("tiny.pcap"), 3);
        final Path later = TinyCapture.write(directory.resolve("later.pcap"), 2, 1_000);
        assertThat(execute("replay " + capture + " " + later + " " + capture)).isZero();
        assertThat(out.toString().lines()).anyMatch(line -> line.startsWith("3 flows (3 UDP); 8 packets"))
            .anyMatch(line -> line.matches("sums +add up"));
    }

    @Test
    void shouldExportWhatAFileThatIsCutShortHeldAndFail() throws IOException {
        final Path capture = TinyCapture.write(directory.resolve("tiny.pcap"), 3);
        final byte[] octets = Files.readAllBytes(capture);
        Files.write(capture, Arrays.copyOf(octets, octets.length - 5));
        final Path output = directory.resolve("out.ipfix");
        assertThat(execute("replay " + capture + " --output " + output)).isEqualTo(1);
        assertThat(err.toString().lines().findFirst().orElseThrow()).startsWith("flowsonde: ").contains("tiny.pcap");
        assertThat(err.toString().lines()).anyMatch(line -> line.matches("read +2 frames, 92 octets"))
            .anyMatch(line -> line.matches("sums +add up"));
        assertThat(output).isNotEmptyFile();
    }

    @Test
    void shouldFailInOneLineForAMissingFile() {
        assertThat(execute("replay " + directory.resolve("missing.pcap"))).isEqualTo(1);
        assertThat(err.toString().lines()).singleElement().asString().startsWith("flowsonde: ").contains("missing.pcap");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldFailWhenACollectorWasNotThere() throws IOException {
        final Path capture = TinyCapture.write(directory.resolve("tiny.pcap"), 1);
        assertThat(execute("replay " + capture + " --collector file:///dev/full")).isEqualTo(1);
        assertThat(err.toString().lines()).contains("flowsonde: 1 of 1 records did not reach file:///dev/full")
            .anyMatch(line -> line.matches("sums +add up"));
    }

    @Test
    void shouldFailInOneLineForAnOutputThatCannotBeWritten() throws IOException {
        final Path capture = TinyCapture.write(directory.resolve("tiny.pcap"), 1);
        assertThat(execute("replay " + capture + " --output " + directory.resolve("missing/out.ipfix"))).isEqualTo(1);
        assertThat(err.toString().lines()).singleElement().asString().startsWith("flowsonde: ").contains("missing/out.ipfix");
    }

    @Test
    void shouldRefuseAFilterThatDoesNotCompileByKeyValueAndLine() throws IOException {
        final Path file = Files.writeString(directory.resolve("a.yaml"), "capture:\n  filter: udp orr tcp\n");
        assertThat(execute("check --config " + file)).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString()
            .startsWith("flowsonde: capture.filter: udp orr tcp does not compile: ").endsWith(" (" + file + ":2)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reload", "top --once"})
    void shouldSayThatNoInstanceRuns(final String command) {
        assertThat(execute(command + " --runtime-directory " + directory)).isEqualTo(1);
        assertThat(err.toString().lines()).containsExactly("flowsonde: no running instance is found in " + directory
            + "; is it yours to control, and is its service.runtime-directory another?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "csv", "json"})
    void shouldListElementsInEveryFormat(final String format) {
        assertThat(execute("elements --format " + format)).isZero();
        assertThat(out.toString()).contains("octetDeltaCount").contains("tcpTeardownReason");
    }

    @Test
    void shouldListInterfaces() {
        assertThat(execute("interfaces")).isZero();
        assertThat(out.toString().lines().findFirst().orElseThrow()).matches(" *index +name .*");
    }

    private int execute(final String arguments) {
        final List<String> words = List.of(arguments.strip().split(" +"));
        return Flowsonde.execute(
            new PrintWriter(out, true), new PrintWriter(err, true), words.stream().filter(word -> !word.isEmpty()).toArray(String[]::new));
    }
}
