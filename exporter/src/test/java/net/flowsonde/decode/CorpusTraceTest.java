package net.flowsonde.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Decodes every file of the corpus of captures, where there is one, and compares with the baselines of this package's resources: for
 * each file the count of frames by verdict and, for the encapsulations, every flow key. {@code -Dflowsonde.refresh=true} writes the
 * baselines anew.
 */
class CorpusTraceTest {
    private static final Path CORPUS = Path.of(System.getProperty("flowsonde.corpus", "../../shared/pcaps"));
    private static final String KEYS_FOLDER = "encap";
    private static final Path RESOURCES = Path.of("src/test/resources/net/flowsonde/decode");

    @TestFactory
    Stream<DynamicTest> shouldDecodeTheCorpusAsItsBaselinesSay() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(CORPUS), "no corpus of captures: set flowsonde.corpus");
        final List<Path> folders;
        try (Stream<Path> list = Files.list(CORPUS)) {
            folders = list.filter(Files::isDirectory).sorted().toList();
        }
        return folders.stream().map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
    }

    private static void check(final Path folder) throws IOException {
        final String name = folder.getFileName().toString();
        final List<String> found = new ArrayList<>();
        for (final Path file : captures(folder)) {
            found.add("== " + file.getFileName());
            decode(file, name.equals(KEYS_FOLDER)).forEach((line, count) -> found.add(count + " " + line));
        }
        if (Boolean.getBoolean("flowsonde.refresh")) {
            Files.createDirectories(RESOURCES);
            Files.write(RESOURCES.resolve(name + ".baseline"), found);
        }
        assertThat(found).isEqualTo(baseline(name));
    }

    private static List<Path> captures(final Path folder) throws IOException {
        try (Stream<Path> list = Files.walk(folder)) {
            return list.filter(file -> file.toString().matches(".*\\.(pcap|pcapng|cap)")).sorted().toList();
        }
    }

    private static List<String> baseline(final String name) throws IOException {
        final Path refreshed = RESOURCES.resolve(name + ".baseline");
        if (Boolean.getBoolean("flowsonde.refresh")) {
            return Files.readAllLines(refreshed);
        }
        try (InputStream stream = CorpusTraceTest.class.getResourceAsStream(name + ".baseline")) {
            assertThat(stream).as("baseline of folder %s", name).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#")).toList();
        }
    }

    private static Map<String, Integer> decode(final Path file, final boolean isKeyed) throws IOException {
        final Map<String, Integer> counts = new TreeMap<>();
        final PacketDecoder decoder = new PacketDecoder(8);
        final PacketLayout layout = new PacketLayout();
        new TraceFile(file).forEach((buffer, offset, limit, wireLength, linkType) -> {
            final Verdict verdict = decoder.decode(buffer, offset, limit, wireLength, linkType, layout);
            LayoutInvariants.check(layout, verdict, offset, limit, wireLength);
            final String key = isKeyed && verdict.isFlow() ? " " + LayoutText.key(layout) : "";
            counts.merge(verdict + key, 1, Integer::sum);
        });
        return counts;
    }
}
