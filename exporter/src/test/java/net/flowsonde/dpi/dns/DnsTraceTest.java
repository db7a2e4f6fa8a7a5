package net.flowsonde.dpi.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Dissects every file of the corpus of captures, where there is one, and compares the transactions with reviewed baselines, and the
 * messages with what tshark reads. In a baseline, {@code == file} starts a file and {@code # text} is a reviewer's note on the file and
 * stays with it; {@code - line} is a message that tshark alone reads, {@code + line} one that we alone read. To write them anew:
 * <pre>mvn -pl exporter test -Dtest=DnsTraceTest -Dflowsonde.corpus=DIR -Dflowsonde.refresh=true</pre>
 * then read the difference line by line, and say in a note why tshark reads something else.
 */
class DnsTraceTest {
    private static final Path CORPUS = Path.of(System.getProperty("flowsonde.corpus", "../../shared/pcaps"));
    private static final Path BASELINES = Path.of("src/test/resources/net/flowsonde/dpi/dns");
    private static final String HEADING = "== ";
    /** To start tshark takes a second, so in the other folders it is asked only about files in which we read something. */
    private static final String OWN_FOLDER = "dns";

    @BeforeAll
    static void requireCorpus() {
        assumeTrue(Files.isDirectory(CORPUS), "no corpus of captures: set flowsonde.corpus");
        assumeTrue(TsharkOracle.program().isPresent(), "tshark is not installed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dns", "tcp", "web", "encap", "nfs", "smb", "sql"})
    void shouldReadWhatTsharkReads(final String folder) throws IOException, InterruptedException {
        final String baseline = baseline(folder);
        final StringBuilder text = new StringBuilder();
        for (final Path file : files(folder)) {
            final List<String> lines = lines(file);
            if (!lines.isEmpty()) {
                final String heading = HEADING + file.getFileName() + "\n";
                text.append(heading).append(notes(baseline, heading));
                lines.forEach(line -> text.append(line).append('\n'));
            }
        }
        if (Boolean.getBoolean("flowsonde.refresh")) {
            Files.createDirectories(BASELINES);
            Files.writeString(BASELINES.resolve(name(folder)), text);
        } else {
            assertThat(text.toString()).isEqualTo(baseline);
        }
    }

    private static List<String> lines(final Path file) throws IOException, InterruptedException {
        final DnsCorpus corpus = DnsCorpus.of(file);
        if (corpus.lines().isEmpty() && !file.getParent().endsWith(OWN_FOLDER)) {
            return List.of();
        }
        final List<String> lines = new ArrayList<>(corpus.lines());
        final List<String> ours = new ArrayList<>(corpus.messages());
        for (final String message : TsharkOracle.messages(file)) {
            if (!ours.remove(message)) {
                lines.add("- " + message);
            }
        }
        ours.forEach(message -> lines.add("+ " + message));
        return lines;
    }

    private static List<Path> files(final String folder) throws IOException {
        try (Stream<Path> files = Files.list(CORPUS.resolve(folder))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String name(final String folder) {
        return "dns-" + folder + ".baseline";
    }

    private static String baseline(final String folder) throws IOException {
        try (InputStream input = DnsTraceTest.class.getResourceAsStream(name(folder))) {
            return input == null ? "" : new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String notes(final String baseline, final String heading) {
        final int start = baseline.indexOf(heading);
        if (start < 0) {
            return "";
        }
        final StringBuilder notes = new StringBuilder();
        baseline.substring(start + heading.length()).lines().takeWhile(line -> line.startsWith("#"))
            .forEach(line -> notes.append(line).append('\n'));
        return notes.toString();
    }
}
