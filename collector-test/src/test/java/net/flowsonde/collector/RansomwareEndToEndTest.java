package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packaged exporter watches a real Samba server and a real NFS server: what imitates an encryptor is caught while it is at work, over
 * either, and a backup, an archive unpacked, a checkout and documents saved are not. What went over SMB is kept, and read again with holes.
 * Needs root.
 */
@Timeout(120)
class RansomwareEndToEndTest {
    private static final int FILES = 30;
    private static final Duration CAUGHT_WITHIN = Duration.ofSeconds(60);
    private static final int CLERK = 1_000;
    private static final int ENCRYPTOR_3 = 1_003;
    private static final int ENCRYPTOR_4 = 1_004;
    private static final int WIPER_3 = 1_005;
    private static final int WIPER_4 = 1_006;
    /** More than {@code files.destructions}. */
    private static final int WIPED = 510;
    private static final Random RANDOM = new Random(4);

    @TempDir
    private static Path directory;

    private static Path capture;
    private static List<String> alerts;
    private static List<String> records;

    @BeforeAll
    @Timeout(180)
    static void play() throws Exception {
        Tools.requireRoot();
        List.of("ip", "sysctl", "smbd", "smbclient", "smbpasswd", "ganesha.nfsd", "rpcbind", "nfs-cp", "python3", "tcpdump", "tshark")
            .forEach(Tools::require);
        final Path json = directory.resolve("records.json");
        capture = directory.resolve("smb.pcap");
        try (NetworkNamespace namespace = new NetworkNamespace(directory, "files");
            SambaServer server = new SambaServer(namespace, directory, List.of("alice", "mallory"));
            NfsServer nfs = NfsServer.start(namespace, directory);
            Exporter exporter = Exporter.startIn(
                namespace, directory, "run", "--interface", "lo", "--queues", "2", "--collector", "json://" + json)) {
            exporter.awaitError("capturing on");
            fill(server.share());
            fill(nfs.export());
            Files.write(server.local("small"), octets(700));
            Files.write(server.local("document"), octets(9_000));

            try (FrameCapture smb = new FrameCapture(namespace, "lo", "tcp port 445", capture)) {
                work(server);
                encrypt(server);
            }
            work(namespace, server, nfs.url(3, CLERK));
            work(namespace, server, nfs.url(4, CLERK));
            encrypt(namespace, server, nfs.url(3, ENCRYPTOR_3), "docx", "docx.x3crypt");
            encrypt(namespace, server, nfs.url(4, ENCRYPTOR_4), "docx.x3crypt", "docx.x3crypt.x4crypt");
            wipe(namespace, nfs, WIPER_3, 3);
            wipe(namespace, nfs, WIPER_4, 4);
            for (final String encryptor : List.of("mallory", "1003", "1004")) {
                await().atMost(CAUGHT_WITHIN).until(() -> exporter.err().contains("alert mass-rename: " + encryptor + " of 127.0.0.1"));
            }
            exporter.terminate();

            exporter.assertSuccess();
            alerts = exporter.err().lines().filter(line -> line.contains("alert ")).toList();
        }
        records = Files.readAllLines(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mallory", "1003", "1004"})
    void shouldCatchAnEncryptor(final String encryptor) {
        assertThat(alerts).anyMatch(line -> line.contains("alert mass-rename: " + encryptor + " of 127.0.0.1"))
            .anyMatch(line -> line.contains("alert ransomware-score: " + encryptor));
        assertThat(records.stream().filter(record -> record.contains("\"recordType\":\"alert\"")).toList())
            .anyMatch(record -> record.contains("mass-rename") && record.contains(encryptor));
        assertThat(activities()).anyMatch(
            record -> record.contains("\"userName\":\"" + encryptor + "\"") && !record.contains("\"filesRenamedToOneEnding\":0,"));
    }

    /** The client of NFS 4 does not ask for sizes: that it read whole files is known by where they ended. */
    @ParameterizedTest
    @ValueSource(strings = {"mallory", "1003", "1004"})
    void shouldSeeFilesReadAndOverwritten(final String encryptor) {
        assertThat(alerts).anyMatch(line -> line.contains("alert read-then-overwrite: " + encryptor));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1005", "1006"})
    void shouldCatchAWiperThatEmptiesFiles(final String wiper) {
        assertThat(alerts).anyMatch(line -> line.contains("alert destruction-burst: " + wiper + " of 127.0.0.1"));
    }

    @Test
    void shouldNotMindADayAtTheOffice() {
        assertThat(alerts).as("only the culprits").allMatch(line -> line.matches(".* (mallory|100[3-6]) of .*"));
        for (final String clerk : List.of("alice", "1000")) {
            assertThat(activities()).anyMatch(
                record -> record.contains("\"userName\":\"" + clerk + "\"") && record.contains("\"ransomwareScore\":0}"));
        }
    }

    private static List<String> activities() {
        return records.stream().filter(record -> record.contains("\"recordType\":\"fileActivity\"")).toList();
    }

    /** Of what went over SMB two of a hundred frames are lost: every open that is still there is told, and so is what follows each hole. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void shouldNameEveryFileWhoseOpenWasSeenUnderLoss(final long seed) throws Exception {
        final Path json = directory.resolve("lossy-" + seed + ".json");
        final Path copy = directory.resolve("lossy-" + seed + ".pcap");
        final LossyCapture lossy = new LossyCapture(capture, copy, seed);
        assertThat(lossy.lost()).isGreaterThan(50);
        Exporter.run(directory, "replay", copy, "--collector", "json://" + json).assertSuccess();
        final List<Told> told = Files.readAllLines(json).stream().filter(record -> record.contains("\"filePath\":")).map(Told::of).toList();
        int opens = 0;
        for (final String line : Tools.check(directory, "tshark", "-r", capture.toString(), "-Y",
            "smb2.cmd == 5 && smb2.flags.response == 0 && smb2.filename", "-T", "fields", "-E", "separator=|", "-e", "frame.number", "-e",
            "frame.time_epoch", "-e", "smb2.filename").lines()) {
            final String[] open = line.split("\\|", 3);
            if (open.length == 3 && !open[2].isEmpty() && !lossy.isLost(Integer.parseInt(open[0]))) {
                opens++;
                assertThat(told).as(line).anyMatch(record -> record.isOf(open[2], open[1]));
            }
        }
        assertThat(opens).isGreaterThan(300);
    }

    /** What a record is about: path and second path as JSON has them, and from when to when. */
    private record Told(String path, String secondPath, Instant start, Instant end) {
        static Told of(final String record) {
            return new Told(field(record, "filePath"), field(record, "fileSecondPath"), Instant.parse(field(record, "flowStartNanoseconds")),
                Instant.parse(field(record, "flowEndNanoseconds")));
        }

        private static String field(final String record, final String name) {
            final Matcher matcher = Pattern.compile("\"" + name + "\":\"((?:[^\"\\\\]|\\\\.)*)").matcher(record);
            return matcher.find() ? matcher.group(1).replace("\\\\", "\\") : "";
        }

        /** Of this name, and of this time or of the second after it. */
        boolean isOf(final String name, final String epoch) {
            final BigDecimal seconds = new BigDecimal(epoch);
            final Instant time = Instant.ofEpochSecond(seconds.longValue(), seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
            return (path.equals(name) || secondPath.equals(name)) && !end.isBefore(time) && !start.isAfter(time.plusSeconds(1));
        }
    }

    private static void fill(final Path share) throws IOException {
        for (int i = 0; i < FILES; i++) {
            final Path folder = Files.createDirectories(share.resolve("folder" + i % 5));
            final Path report = Files.write(folder.resolve("report" + i + ".docx"), octets(8_000 + i));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
            Files.setPosixFilePermissions(report, PosixFilePermissions.fromString("rw-rw-rw-"));
        }
    }

    /** A day at the office: a backup, an archive unpacked, a checkout, documents saved. */
    private static void work(final SambaServer server) {
        final String backup = each(i -> "get folder" + i % 5 + "\\report" + i + ".docx copy");
        final String unpacking = each(i -> "mkdir module" + i + "; put small module" + i + "\\LICENSE; put small module" + i + "\\main.c");
        final String checkout = each(i -> "del module" + i + "\\main.c; put document module" + i + "\\main.c")
            + "; put small index.lock; rename index.lock index";
        final String saving = each(i -> "get folder" + i % 5 + "\\report" + i + ".docx copy; put document ~WRD" + i + ".tmp; rename folder" + i % 5
            + "\\report" + i + ".docx ~WRL" + i + ".tmp; rename ~WRD" + i + ".tmp folder" + i % 5 + "\\report" + i + ".docx; del ~WRL" + i + ".tmp");
        for (final String commands : List.of("recurse ON; ls", backup, unpacking, checkout, saving)) {
            assertThat(server.client("alice", commands).exitCode()).isZero();
        }
    }

    /** Reads every file, writes as many other octets over it, and renames it. */
    private static void encrypt(final SambaServer server) {
        assertThat(server.client("mallory", each(i -> {
            final String path = "folder" + i % 5 + "\\report" + i + ".docx";
            return "get " + path + " loot; put loot " + path + "; rename " + path + " " + path + ".l0cked";
        })).exitCode()).isZero();
    }

    /** The same over NFS, in a directory of its own, which is left as it was. */
    private static void work(final NetworkNamespace namespace, final SambaServer local, final String url) throws Exception {
        final String small = local.local("small").toString();
        final String document = local.local("document").toString();
        final String copy = local.local("copy").toString();
        nfs(namespace, url, "list / , list /folder0 , list /folder1");
        nfs(namespace, url, eachNfs(i -> "get /folder" + i % 5 + "/report" + i + ".docx " + copy));
        nfs(namespace, url, "mkdir /project , " + eachNfs(i -> "mkdir /project/m" + i + " , put " + small + " /project/m" + i + "/LICENSE , put "
            + small + " /project/m" + i + "/main.c"));
        nfs(namespace, url, eachNfs(i -> "delete /project/m" + i + "/main.c , put " + document + " /project/m" + i + "/main.c")
            + " , put " + small + " /project/index.lock , rename /project/index.lock /project/index");
        nfs(namespace, url, eachNfs(i -> "put " + document + " /project/letter" + i + ".docx"));
        nfs(namespace, url, eachNfs(i -> "get /project/letter" + i + ".docx " + copy + " , put " + document + " /project/~WRD" + i
            + ".tmp , rename /project/letter" + i + ".docx /project/~WRL" + i + ".tmp , rename /project/~WRD" + i + ".tmp /project/letter" + i
            + ".docx , delete /project/~WRL" + i + ".tmp"));
        nfs(namespace, url, "rename /project /done" + url.replaceAll(".*version=(\\d).*", "$1"));
    }

    private static void encrypt(final NetworkNamespace namespace, final SambaServer local, final String url, final String ending,
        final String newEnding)
        throws IOException {
        final String loot = local.local("loot").toString();
        nfs(namespace, url, eachNfs(i -> {
            final String file = "/folder" + i % 5 + "/report" + i + ".";
            return "get " + file + ending + " " + loot + " , overwrite " + loot + " " + file + ending + " , rename " + file + ending + " " + file
                + newEnding;
        }));
    }

    /** Empties files that nobody has used so far; the client's library empties only what is its user's own. */
    private static void wipe(final NetworkNamespace namespace, final NfsServer server, final int user, final int version) throws IOException {
        final Path folder = Files.createDirectories(server.export().resolve("data" + version));
        Files.setAttribute(folder, "unix:uid", user);
        for (int i = 0; i < WIPED; i++) {
            Files.setAttribute(Files.write(folder.resolve("f" + i), new byte[] {1}), "unix:uid", user);
        }
        nfs(namespace, server.url(version, user), IntStream.range(0, WIPED).mapToObj(i -> "truncate /data" + version + "/f" + i + " 0")
            .collect(Collectors.joining(" , ")));
    }

    private static String eachNfs(final IntFunction<String> actions) {
        return IntStream.range(0, FILES).mapToObj(actions).collect(Collectors.joining(" , "));
    }

    private static void nfs(final NetworkNamespace namespace, final String url, final String actions) throws IOException {
        final Path client = directory.resolve("client.py");
        if (!Files.exists(client)) {
            Files.write(client, RansomwareEndToEndTest.class.getResourceAsStream("nfs-client.py").readAllBytes());
        }
        final List<String> command = new ArrayList<>(List.of("python3", client.toString(), url));
        command.addAll(List.of(actions.split(" ")));
        namespace.exec(command.toArray(String[]::new));
    }

    private static String each(final IntFunction<String> commands) {
        return IntStream.range(0, FILES).mapToObj(commands).collect(Collectors.joining("; "));
    }

    private static byte[] octets(final int length) {
        final byte[] octets = new byte[length];
        RANDOM.nextBytes(octets);
        return octets;
    }
}
