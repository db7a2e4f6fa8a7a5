package net.flowsonde.dpi.nfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Dissects every NFS capture of the corpus, where there is one, and compares the file access records with a reviewed baseline, in which
 * {@code #} starts a reviewer's note. {@code -Dflowsonde.refresh=true} writes it anew, without the notes; then read the difference against
 * {@code tshark -r FILE -Y nfs}.
 */
class NfsTraceTest {
    private static final Path CORPUS = Path.of(System.getProperty("flowsonde.corpus", "../../shared/pcaps"), "nfs");
    private static final Path BASELINE = Path.of("src/test/resources/net/flowsonde/dpi/nfs/nfs.baseline");

    @Test
    void shouldTellWhoDidWhatToWhichPath() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(CORPUS), "no corpus of captures: set flowsonde.corpus");
        final List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(CORPUS)) {
            for (final Path file : files.sorted().toList()) {
                found.add("== " + file.getFileName());
                found.addAll(NfsCorpus.of(file).lines);
            }
        }
        if (Boolean.getBoolean("flowsonde.refresh")) {
            Files.createDirectories(BASELINE.getParent());
            Files.write(BASELINE, found);
        }
        assertThat(found).isEqualTo(baseline());
    }

    private static List<String> baseline() throws IOException {
        if (Boolean.getBoolean("flowsonde.refresh")) {
            return Files.readAllLines(BASELINE);
        }
        try (InputStream stream = NfsTraceTest.class.getResourceAsStream("nfs.baseline")) {
            assertThat(stream).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#")).toList();
        }
    }
}
