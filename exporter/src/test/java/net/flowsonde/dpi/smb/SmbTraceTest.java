package net.flowsonde.dpi.smb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.flowsonde.dpi.FileCorpus;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Runs every capture of SMB in the corpus, where there is one, and compares the file accesses with a reviewed baseline. In it,
 * {@code == file} starts a file, {@code # text} is a reviewer's note on the file and stays with it. To write it anew:
 * <pre>mvn -pl exporter test -Dtest=SmbTraceTest -Dflowsonde.corpus=DIR -Dflowsonde.refresh=true</pre>
 * then read the difference line by line against {@code tshark -r FILE -Y 'smb || smb2'}.
 */
class SmbTraceTest {
    private static final Path CORPUS = Path.of(System.getProperty("flowsonde.corpus", "../../shared/pcaps"));
    private static final Path BASELINE = Path.of("src/test/resources/net/flowsonde/dpi/smb/smb.baseline");
    private static final String HEADING = "== ";

    @Test
    void shouldTellEveryFileAccessOfTheCorpus() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(CORPUS), "no corpus of captures: set flowsonde.corpus");
        final String baseline = baseline();
        final StringBuilder text = new StringBuilder();
        for (final Path file : files()) {
            final List<String> lines = FileCorpus.lines(file, SmbAnalyzer::new);
            final String heading = HEADING + file.getFileName() + "\n";
            text.append(heading).append(notes(baseline, heading));
            lines.forEach(line -> text.append(line).append('\n'));
        }
        if (Boolean.getBoolean("flowsonde.refresh")) {
            Files.createDirectories(BASELINE.getParent());
            Files.writeString(BASELINE, text);
        } else {
            assertThat(text.toString()).isEqualTo(baseline);
        }
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS.resolve("smb"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String baseline() throws IOException {
        try (InputStream input = SmbTraceTest.class.getResourceAsStream("smb.baseline")) {
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
