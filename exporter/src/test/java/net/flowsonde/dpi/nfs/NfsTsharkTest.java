package net.flowsonde.dpi.nfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.flowsonde.config.NfsLimits;
import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileAccess.Name;
import net.flowsonde.dpi.FileCorpus;
import net.flowsonde.dpi.FileOperation;
import net.flowsonde.dpi.FileProtocol;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every path and operation, with its status and user, that tshark shows of the corpus is told, and nothing else;
 * {@code tshark-differences.txt} says why where it is not so. A line there is {@code FILE < EVENT = COUNT} for what tshark has and
 * {@code FILE > EVENT = COUNT} for what is told.
 */
class NfsTsharkTest {
    private static final Path CORPUS = Path.of(System.getProperty("flowsonde.corpus", "../../shared/pcaps"), "nfs");
    private static final int HANDLES = 1 << 12;
    private static final Map<FileOperation, String> OPERATIONS = Map.of(
        FileOperation.MOUNT, "mnt", FileOperation.UNMOUNT, "umnt", FileOperation.SET_ATTRIBUTES, "setattr", FileOperation.TRUNCATE, "setattr",
        FileOperation.DELETE, "remove", FileOperation.LIST, "readdir");

    @BeforeAll
    static void requireCorpusAndTshark() {
        Assumptions.assumeTrue(Files.isDirectory(CORPUS), "no corpus of captures: set flowsonde.corpus");
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")), "no tshark");
    }

    @Test
    void shouldTellWhatTsharkShows() throws IOException, InterruptedException {
        final Set<String> differences = new TreeSet<>();
        for (final Path file : files()) {
            final Map<String, Long> shown = TsharkRpc.events(file);
            final Map<String, Long> told = told(file);
            assertThat(shown).as(file.toString()).isNotEmpty();
            shown.forEach((event, count) -> {
                if (!count.equals(told.get(event))) {
                    differences.add(file.getFileName() + " < " + event + " = " + count);
                }
            });
            told.forEach((event, count) -> {
                if (!count.equals(shown.get(event))) {
                    differences.add(file.getFileName() + " > " + event + " = " + count);
                }
            });
        }
        assertThat(differences).isEqualTo(explained());
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.sorted().toList();
        }
    }

    private static Map<String, Long> told(final Path file) {
        final Map<String, Long> events = new TreeMap<>();
        FileCorpus.read(file, (ring, counters) -> new NfsAnalyzer(new HandleNames(HANDLES), new NfsPeers(1), NfsLimits.DEFAULT, ring, counters), number -> true,
            access -> add(access, events));
        return events;
    }

    private static void add(final FileAccess access, final Map<String, Long> events) {
        final FileOperation operation = FileOperation.of(access.operation());
        final boolean isVersion4 = access.protocol() >= FileProtocol.NFS4_0.code();
        final String user = access.status() + " " + access.text(Name.USER) + '@' + access.text(Name.WORKSTATION);
        final String path = isVersion4 ? lastName(access) : fullPath(access, access.text(Name.PATH));
        if (isVersion4) {
            events.merge("open [" + path + "] " + user, 1L, Long::sum);
        } else if (operation != FileOperation.READ && operation != FileOperation.WRITE) {
            final boolean isLink = operation == FileOperation.SYMLINK || operation == FileOperation.READLINK;
            final String second = access.text(Name.SECOND_PATH);
            events.merge(OPERATIONS.getOrDefault(operation, operation.text()) + " [" + path
                + (second.isEmpty() ? "" : " to " + (isLink ? second : fullPath(access, second))) + "] " + user, 1L, Long::sum);
        }
        if (operation != FileOperation.LIST && access.readOctets() > 0) {
            events.merge("read [" + path + "] " + user, access.readOctets(), Long::sum);
        }
        if (access.writeOctets() > 0) {
            events.merge("write [" + path + "] " + user, access.writeOctets(), Long::sum);
        }
    }

    private static String fullPath(final FileAccess access, final String path) {
        return access.text(Name.SHARE) + (path.equals("/") ? "" : path);
    }

    private static String lastName(final FileAccess access) {
        final String path = access.text(Name.PATH);
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static Set<String> explained() throws IOException {
        try (InputStream input = NfsTsharkTest.class.getResourceAsStream("tshark-differences.txt")) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#") && !line.isBlank())
                .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
