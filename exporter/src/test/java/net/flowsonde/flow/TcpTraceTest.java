package net.flowsonde.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Meters every file of the corpus of captures, where there is one, and compares the TCP records with reviewed baselines. In a baseline,
 * {@code == file} starts a file, {@code # text} is a reviewer's note on the file and stays with it. To write them anew:
 * <pre>mvn -pl exporter test -Dtest=TcpTraceTest -Dflowsonde.corpus=DIR -Dflowsonde.refresh=true</pre>
 * then read the difference line by line against {@code tshark -r FILE}.
 */
class TcpTraceTest {
    private static final Path CORPUS = Path.of(System.getProperty("flowsonde.corpus", "../../shared/pcaps"));
    private static final Path BASELINES = Path.of("src/test/resources/net/flowsonde/flow");
    private static final String HEADING = "== ";

    @BeforeAll
    static void requireCorpus() {
        Assumptions.assumeTrue(Files.isDirectory(CORPUS), "no corpus of captures: set flowsonde.corpus");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "web", "dns", "encap", "nfs", "smb", "sql"})
    void shouldExplainTheEndOfEveryConnection(final String folder) throws IOException {
        final String baseline = baseline(folder);
        final StringBuilder text = new StringBuilder();
        for (final Path file : files(folder)) {
            final List<String> lines = TcpCorpus.lines(file);
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

    private static List<Path> files(final String folder) throws IOException {
        try (Stream<Path> files = Files.list(CORPUS.resolve(folder))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String name(final String folder) {
        return "tcp-" + folder + ".baseline";
    }

    private static String baseline(final String folder) throws IOException {
        try (InputStream input = TcpTraceTest.class.getResourceAsStream(name(folder))) {
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
