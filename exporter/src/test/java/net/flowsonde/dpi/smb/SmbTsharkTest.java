package net.flowsonde.dpi.smb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileAccess.Name;
import net.flowsonde.dpi.FileCorpus;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds what is told of the corpus of captures to what tshark shows, where both are at hand. */
class SmbTsharkTest {
    private static final Path CORPUS = Path.of(System.getProperty("flowsonde.corpus", "../../shared/pcaps"));
    private static final Path OWN = Path.of("src/test/resources/net/flowsonde/dpi/smb/captures");
    private static final int FILE_HEADER = 24;
    private static final int FRAME_HEADER = 16;
    private static final int MAGIC_LITTLE_ENDIAN = 0xA1B2_C3D4;
    /** Names that tshark shows and that are no file access: a DFS referral, a tree (which is told as a share), a check of a directory. */
    private static final Set<String> NO_ACCESS =
        Set.of("granitemania.com", "granitemania.com\\sysvol", "ws01.cylera.lab\\c$", "192.168.122.63\\$ipc", "127.0.0.1\\data");

    @TempDir
    private Path directory;

    @BeforeAll
    static void requireCorpusAndTshark() {
        Assumptions.assumeTrue(Files.isDirectory(CORPUS), "no corpus of captures: set flowsonde.corpus");
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")), "no tshark");
    }

    @Test
    void shouldTellEveryPathThatTsharkShows() throws IOException, InterruptedException {
        final List<String> missing = new ArrayList<>();
        for (final Path file : files()) {
            final Set<String> told = told(file);
            names(file, "(smb2 && smb2.flags.response == 0) || (smb && smb.flags.response == 0)", "smb2.filename", "smb.file", "smb.old_file")
                .stream().filter(name -> !told.contains(name) && !NO_ACCESS.contains(name))
                .forEach(name -> missing.add(file.getFileName() + ": " + name));
        }
        assertThat(missing).isEmpty();
    }

    /**
     * Every path and operation, with its status and user, that tshark shows is told, and nothing else; {@code tshark-differences.txt} says
     * why where it is not so. A line there is {@code FILE < EVENT = COUNT} for what tshark has and {@code FILE > EVENT = COUNT} for what
     * is told.
     */
    @Test
    void shouldTellWhatTsharkShows() throws IOException, InterruptedException {
        final Set<String> differences = new TreeSet<>();
        for (final Path file : files()) {
            final SmbEvents shown = new SmbEvents();
            TsharkPdus.read(file, new SmbOracle(shown)::on);
            final SmbEvents told = new SmbEvents();
            FileCorpus.read(file, SmbAnalyzer::new, number -> true, told::add);
            compare(file.getFileName().toString(), shown.events(), told.events(), differences);
        }
        assertThat(differences).isEqualTo(explained());
    }

    private static void compare(
        final String file, final Map<String, Long> shown, final Map<String, Long> told, final Set<String> differences) {
        shown.forEach((event, count) -> {
            if (!count.equals(told.get(event))) {
                differences.add(file + " < " + event + " = " + count);
            }
        });
        told.forEach((event, count) -> {
            if (!count.equals(shown.get(event))) {
                differences.add(file + " > " + event + " = " + count);
            }
        });
    }

    private static Set<String> explained() throws IOException {
        try (InputStream input = SmbTsharkTest.class.getResourceAsStream("tshark-differences.txt")) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#") && !line.isBlank())
                .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Every name in a CREATE that tshark can read of what is left is told; and after the last hole, reading goes on. */
    @ParameterizedTest
    @ValueSource(longs = 1)
    void shouldNameEveryFileWhoseOpenWasSeenUnderLoss(final long seed) throws IOException, InterruptedException {
        final SplittableRandom random = new SplittableRandom(seed);
        final List<String> missing = new ArrayList<>();
        int names = 0;
        for (final Path file : files()) {
            final Path lossy = directory.resolve(seed + "-" + file.getFileName());
            Files.write(lossy, withLoss(Files.readAllBytes(file), random));
            final Set<String> told = told(lossy);
            for (final String name : names(lossy, "smb2.cmd == 5 && smb2.flags.response == 0", "smb2.filename")) {
                names++;
                if (!told.contains(name)) {
                    missing.add(lossy.getFileName() + ": " + name);
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(names).isGreaterThan(50);
    }

    /** Leaves out two of a hundred frames. */
    private static byte[] withLoss(final byte[] capture, final SplittableRandom random) {
        final ByteBuffer source = ByteBuffer.wrap(capture).order(ByteOrder.LITTLE_ENDIAN);
        if (source.getInt(0) != MAGIC_LITTLE_ENDIAN) {
            source.order(ByteOrder.BIG_ENDIAN);
        }
        final ByteBuffer kept = ByteBuffer.allocate(capture.length).put(capture, 0, FILE_HEADER);
        for (int at = FILE_HEADER; at + FRAME_HEADER <= capture.length; ) {
            final int length = Math.min(FRAME_HEADER + source.getInt(at + 8), capture.length - at);
            if (random.nextInt(100) >= 2) {
                kept.put(capture, at, length);
            }
            at += length;
        }
        return Arrays.copyOf(kept.array(), kept.position());
    }

    private static Set<String> told(final Path file) {
        final Set<String> told = new TreeSet<>();
        FileCorpus.read(file, SmbAnalyzer::new, number -> true, access -> {
            told.add(comparable(access.text(Name.PATH)));
            told.add(comparable(access.text(Name.SECOND_PATH)));
        });
        return told;
    }

    private static Set<String> names(final Path file, final String filter, final String... fields) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of("tshark", "-r", file.toString(), "-Y", filter, "-T", "fields", "-E", "aggregator=|"));
        for (final String field : fields) {
            command.addAll(List.of("-e", field));
        }
        final Process tshark = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        final String output = new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        tshark.waitFor();
        final Set<String> names = new TreeSet<>();
        output.lines().flatMap(line -> Arrays.stream(line.split("[\t|]"))).map(SmbTsharkTest::comparable).filter(name -> !name.isEmpty())
            .forEach(names::add);
        return names;
    }

    /** Without the separator in front, in one case, as much of it as is kept. */
    private static String comparable(final String path) {
        final String bare = path.toLowerCase(Locale.ROOT).replaceAll("^[\\\\/]+|\\\\+$", "");
        return bare.length() > FileAccess.LONGEST_PATH ? bare.substring(0, FileAccess.LONGEST_PATH) : bare;
    }

    /** Those of the corpus, and our own of what the corpus has not. */
    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Stream.concat(Files.list(CORPUS.resolve("smb")), Files.list(OWN))) {
            return files.filter(file -> file.toString().endsWith(".pcap")).sorted().toList();
        }
    }
}
