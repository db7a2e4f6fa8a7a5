package net.flowsonde.collector;

import static net.flowsonde.collector.JsonRecord.field;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The packaged exporter watches, live and with two queues, what two users do on a real Samba server: every action is told once, with the
 * right user, share, path, octets and result. Needs root.
 */
@Timeout(120)
class SmbEndToEndTest {
    private static final int LENGTH = 300_000;
    private static final String FIXED = "six\nof";
    /** What smbclient does on its own: it connects, and lists a directory where a name may have wild cards. */
    private static final String BY_THE_WAY = "(MOUNT|UNMOUNT|OPEN|LIST) OK .*";

    @TempDir
    private Path directory;

    @BeforeEach
    void require() {
        Tools.requireRoot();
        List.of("ip", "sysctl", "smbd", "smbclient", "smbpasswd").forEach(Tools::require);
    }

    /** An action as it is told, with nothing that differs from run to run. */
    private static String told(final String record) {
        return field(record, "fileOperationName") + " " + field(record, "fileResultName") + " " + field(record, "userName") + " "
            + field(record, "fileShare").replaceAll(".*\\\\", "").toLowerCase(Locale.ROOT) + " " + field(record, "filePath") + " "
            + field(record, "fileSecondPath") + " " + field(record, "fileReadOctets") + "/" + field(record, "fileWriteOctets");
    }

    @ParameterizedTest
    @CsvSource({"NT1, SMB1", "SMB2_10, SMB2_1", "SMB3_11, SMB3_1_1"})
    void shouldTellEveryActionOnce(final String dialect, final String protocol) throws Exception {
        final List<String> records = watch(server -> act(server, dialect));
        assertThat(records).allMatch(record -> field(record, "fileProtocolName").equals(protocol));
        final List<String> actions = records.stream().map(SmbEndToEndTest::told).filter(action -> !action.matches(BY_THE_WAY)).toList();
        assertThat(actions).containsExactlyInAnyOrder(
            "LOGON OK anna    0/0",
            "MKDIR OK anna data dir  0/0",
            "CREATE OK anna data dir\\big.bin  0/" + LENGTH,
            "RENAME OK anna data dir\\big.bin dir\\moved.bin 0/0",
            "READ OK anna data dir\\moved.bin  " + LENGTH + "/0",
            "DELETE OK anna data dir\\moved.bin  0/0",
            "RMDIR OK anna data dir  0/0",
            "LOGON OK bob    0/0",
            "CREATE OK bob data bob.bin  0/" + LENGTH,
            "DELETE OK bob data bob.bin  0/0",
            "LOGON DENIED bob    0/0",
            "LOGON OK bob    0/0",
            "WRITE DENIED bob readonly no.bin  0/0",
            "READ OK bob readonly fixed.txt  " + FIXED.length() + "/0",
            "DELETE DENIED bob readonly fixed.txt  0/0",
            "OPEN NOT_FOUND bob readonly gone.txt  0/0");
        assertThat(records.stream().map(SmbEndToEndTest::told)).contains(
            "LIST OK anna data dir  0/0", "MOUNT OK anna data   0/0", "MOUNT OK bob readonly   0/0");
    }

    private void act(final SambaServer server, final String dialect) {
        final String[] options = {"-m", dialect};
        assertThat(server.client("anna", "mkdir dir; put big.bin dir\\big.bin; rename dir\\big.bin dir\\moved.bin; get dir\\moved.bin got.bin; "
            + "rm dir\\moved.bin; ls dir\\*; rmdir dir", options).exitCode()).isZero();
        server.client("bob", "put big.bin bob.bin; rm bob.bin", options);
        server.clientOf(SambaServer.SHARE, "bob%wrong", "ls", options);
        server.clientOf("readonly", "bob%" + SambaServer.PASSWORD,
            "put big.bin no.bin; get fixed.txt got.txt; rm fixed.txt; get gone.txt no.txt", options);
    }

    @Test
    void shouldTellOfCopiesAndLinksThatTheServerMakesAndOfWhatIsEncrypted() throws Exception {
        final List<String> records = watch(server -> {
            server.client("anna", "put big.bin a.bin; scopy a.bin b.bin; hardlink a.bin c.bin", "-m", "SMB3_11");
            server.client("bob", "get a.bin got.bin", "-m", "SMB3_11", "--client-protection=encrypt");
        });
        final List<String> actions = records.stream().map(SmbEndToEndTest::told).toList();
        assertThat(actions).containsOnlyOnce(
            "CREATE OK anna data a.bin  0/" + LENGTH, "COPY OK anna data a.bin b.bin 0/" + LENGTH, "LINK OK anna data a.bin c.bin 0/0");
        final List<String> encrypted = records.stream().filter(record -> field(record, "fileOperationName").equals("ENCRYPTED")).toList();
        assertThat(encrypted).isNotEmpty().allMatch(record -> field(record, "userName").equals("bob"));
        assertThat(encrypted.stream().mapToLong(record -> Long.parseLong(field(record, "fileReadOctets"))).sum()).isGreaterThan(LENGTH);
        assertThat(actions).noneMatch(action -> action.matches("READ .*"));
    }

    private interface Scenario {
        void play(SambaServer server);
    }

    /** The file records of what was done on a server that only this test uses. */
    private List<String> watch(final Scenario scenario) throws Exception {
        final Path json = directory.resolve("records.json");
        final Path readonly = Files.createDirectory(directory.resolve("readonly"));
        Files.writeString(readonly.resolve("fixed.txt"), FIXED);
        try (NetworkNamespace namespace = new NetworkNamespace(directory, "smb");
            SambaServer server = new SambaServer(namespace, directory, List.of("anna", "bob"), "[readonly]", "path = " + readonly,
                "read only = yes", "force user = root");
            Exporter exporter = Exporter.startIn(
                namespace, directory, "run", "--interface", "lo", "--queues", "2", "--collector", "json://" + json)) {
            exporter.awaitError("capturing on");
            Files.write(server.local("big.bin"), new byte[LENGTH]);
            scenario.play(server);
            exporter.terminate();
            exporter.assertSuccess();
        }
        final List<String> records = new ArrayList<>(Files.readAllLines(json));
        records.removeIf(record -> !field(record, "recordType").equals("file"));
        return records;
    }
}
