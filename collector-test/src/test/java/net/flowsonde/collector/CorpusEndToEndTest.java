package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/**
 * Public captures of odd and hostile traffic, where they are present: beside the checkout, or where FLOWSONDE_CORPUS says. The exporter
 * must take all of them, and the collector must find nothing wrong with what comes out.
 */
@Timeout(180)
class CorpusEndToEndTest {
    @TempDir
    private Path directory;

    /** One of the public captures; ends the test, as skipped, where there are none. */
    static Path capture(final String name) {
        return corpus().resolve(name);
    }

    private static Path corpus() {
        final String configured = System.getenv("FLOWSONDE_CORPUS");
        final Path corpus = configured != null ? Path.of(configured) : Exporter.ROOT.resolveSibling("shared").resolve("pcaps");
        if (!Files.isDirectory(corpus)) {
            throw new TestAbortedException("no captures in " + corpus.getFileName() + "; FLOWSONDE_CORPUS may say where they are");
        }
        return corpus;
    }

    private static List<Path> captures() throws IOException {
        try (Stream<Path> files = Files.walk(corpus())) {
            return files.filter(file -> file.toString().matches(".*\\.(pcap|pcapng|cap)")).sorted().toList();
        }
    }

    @Test
    void shouldExportEveryCaptureWithoutBreach() throws Exception {
        final List<Path> captures = captures();
        final Path file = directory.resolve("corpus.ipfix");
        final List<Object> arguments = new ArrayList<>(List.of("replay"));
        arguments.addAll(captures);
        arguments.addAll(List.of("--output", file));
        try (Exporter exporter = Exporter.run(directory, arguments.toArray())) {
            assertThat(exporter.err()).doesNotContain("\tat ", "Exception", "DO NOT add up");
            assertThat(exporter.exitCode()).isBetween(0, 1);
            assertThat(exporter.account("read")).isEqualTo(frames(captures));
        }
        final Collected collected = Collected.read(file);

        assertThat(collected.breaches()).isEmpty();
        assertThat(collected.summary().total().records()).isGreaterThan(captures.size());
    }

    /** Of ordinary traffic and odd ways to carry it; what is in the other folders was made to be suspicious. */
    @Test
    void shouldRaiseNoAlertOnCapturesOfTheWebAndOfTunnelsByDefault() throws Exception {
        final List<Object> arguments = new ArrayList<>(List.of("replay"));
        captures().stream().filter(file -> file.getParent().endsWith("web") || file.getParent().endsWith("encap")).forEach(arguments::add);
        arguments.addAll(List.of("--report", "dns"));
        try (Exporter exporter = Exporter.run(directory, arguments.toArray())) {
            assertThat(exporter.exitCode()).isBetween(0, 1);
            assertThat(exporter.out()).contains("DNS transactions of").doesNotContain(" alert ");
        }
    }

    /** Frames of all captures as Wireshark counts them. */
    private long frames(final List<Path> captures) {
        final List<String> command = new ArrayList<>(List.of("capinfos", "-rTMc"));
        captures.forEach(capture -> command.add(capture.toString()));
        return Tools.run(directory, command.toArray(String[]::new)).lines().stream()
            .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf('\t') + 1))).sum();
    }
}
