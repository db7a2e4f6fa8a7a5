package net.flowsonde.dpi.nfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import net.flowsonde.config.NfsLimits;
import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileAccess.Name;
import net.flowsonde.dpi.FileCorpus;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two of a hundred frames are left out of {@code lab.pcap}, in which a client (libnfs) puts, gets, renames and deletes files on an
 * NFS-Ganesha over versions 3 and 4.0, and which has the first 400 octets of each frame. Held to what tshark reads in what is left.
 */
class NfsLossTest {
    private static final int HANDLES = 1 << 12;
    private static final int FILE_HEADER = 24;
    private static final int FRAME_HEADER = 16;
    private static final int CAPTURED_LENGTH = 8;
    /** Calls of version 3 that look a name up or change one; of version 4, every one. */
    private static final String CALLS_WITH_NAMES =
        "nfs && rpc.msgtyp == 0 && (rpc.programversion == 4 || rpc.procedure in {3, 8, 9, 12, 13, 14})";

    @TempDir
    private Path directory;

    private final Set<String> told = new TreeSet<>();
    private final List<FileAccess> withGap = new ArrayList<>();
    private int accesses;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldNameEveryFileWhoseLookupOrOpenWasSeenAndGoOnAfterEachHole(final long seed) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")), "no tshark");
        final Set<Integer> lost = lost(new SplittableRandom(seed));
        final Path left = directory.resolve("left.pcap");
        Files.write(left, without(lost));
        final Counters counters = FileCorpus.read(left, (ring, count) -> new NfsAnalyzer(new HandleNames(HANDLES), new NfsPeers(1), NfsLimits.DEFAULT, ring, count),
            number -> true, this::add);

        assertThat(told).containsAll(names(left));
        assertThat(counters.value(Counter.NFS_CALLS)).as("every call that is left is read").isEqualTo(
            shown(left, "nfs && rpc.msgtyp == 0 || mount && rpc.msgtyp == 0 || portmap && rpc.msgtyp == 0", "frame.number").size());
        assertThat(counters.value(Counter.NFS_MESSAGES_MALFORMED)).isZero();
        assertThat(counters.value(Counter.DPI_GAPS)).isPositive();
        assertThat(counters.value(Counter.NFS_STREAM_LOSSES)).isPositive();
        assertThat(withGap).isNotEmpty().hasSizeLessThan(accesses);
    }

    private void add(final FileAccess access) {
        accesses++;
        told.addAll(Arrays.asList((access.text(Name.PATH) + '/' + access.text(Name.SECOND_PATH)).split("/")));
        if (access.hasFlag(FileAccess.FLAG_GAP)) {
            withGap.add(access);
        }
    }

    /** Names in calls; of a call that only looks a file up, where its reply is left. */
    private static Set<String> names(final Path file) throws IOException, InterruptedException {
        final Set<String> answered = new HashSet<>(shown(file, "nfs && rpc.msgtyp == 1", "rpc.xid"));
        final Set<String> names = new TreeSet<>();
        for (final String line : shown(file, CALLS_WITH_NAMES, "rpc.xid", "rpc.procedure", "nfs.name", "nfs.pathname.component")) {
            final String[] fields = (line + "\t.").split("\t");
            if (!fields[1].equals("3") && !isLookup(fields) || answered.contains(fields[0])) {
                names.addAll(Arrays.asList((fields[2] + '|' + fields[3]).split("\\|")));
            }
        }
        names.remove("");
        return names;
    }

    /** A compound of version 4 that does nothing but look up has one name; those that open or change have two. */
    private static boolean isLookup(final String[] fields) {
        return fields[1].equals("1") && !fields[3].contains("|");
    }

    private static Set<Integer> lost(final SplittableRandom random) {
        final Set<Integer> lost = new HashSet<>();
        for (int number = 0; number < 2_000; number++) {
            if (random.nextInt(100) < 2) {
                lost.add(number);
            }
        }
        return lost;
    }

    private static byte[] without(final Set<Integer> lost) throws IOException, URISyntaxException {
        final byte[] capture = Files.readAllBytes(Path.of(NfsLossTest.class.getResource("lab.pcap").toURI()));
        final ByteBuffer source = ByteBuffer.wrap(capture).order(ByteOrder.LITTLE_ENDIAN);
        final ByteBuffer kept = ByteBuffer.allocate(capture.length).put(capture, 0, FILE_HEADER);
        int number = 0;
        for (int at = FILE_HEADER; at < capture.length; number++) {
            final int length = FRAME_HEADER + source.getInt(at + CAPTURED_LENGTH);
            if (!lost.contains(number)) {
                kept.put(capture, at, length);
            }
            at += length;
        }
        return Arrays.copyOf(kept.array(), kept.position());
    }

    private static List<String> shown(final Path file, final String filter, final String... fields) throws IOException, InterruptedException {
        final List<String> command =
            new ArrayList<>(List.of("tshark", "-r", file.toString(), "-Y", filter, "-T", "fields", "-E", "aggregator=|"));
        for (final String field : fields) {
            command.addAll(List.of("-e", field));
        }
        final Process tshark = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        final List<String> lines = new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        tshark.waitFor();
        return lines;
    }
}
