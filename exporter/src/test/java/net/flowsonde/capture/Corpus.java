package net.flowsonde.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The public captures beside the checkout, where they are; the system property {@code flowsonde.corpus} names another place. */
final class Corpus {
    private Corpus() {
    }

    /** Every capture, or the test is skipped by name. */
    static List<Path> files() {
        final Path directory = Path.of(System.getProperty("flowsonde.corpus", "../../shared/pcaps"));
        Assumptions.assumeTrue(Files.isDirectory(directory), "no corpus of captures at " + directory);
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().matches(".*\\.(pcap|cap|pcapng|ntar)")).sorted().toList();
        } catch (final IOException exception) {
            throw new AssertionError(exception);
        }
    }
}
