package net.flowsonde.collector;

import static net.flowsonde.collector.JsonRecord.field;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged exporter watches, live and with two queues, a user who gets tickets of a real key server and shows one to a real Samba server:
 * who it is stands only in what the key server says. Needs root.
 */
@Timeout(120)
class KerberosEndToEndTest {
    private static final String USER = "anna";
    private static final int LENGTH = 30_000;

    @TempDir
    private Path directory;

    @BeforeEach
    void require() {
        Tools.requireRoot();
        List.of("ip", "sysctl", "smbd", "smbclient", "smbpasswd", "krb5kdc", "kdb5_util", "kadmin.local", "kinit").forEach(Tools::require);
    }

    @Test
    void shouldTellWhoShowsATicketThatTheKeyServerGave() throws Exception {
        final List<String> records = watch("");
        assertThat(records).isNotEmpty().allSatisfy(record -> {
            assertThat(field(record, "userName")).isEqualTo(USER);
            assertThat(field(record, "fileUserDomain")).isEqualTo(KeyServer.REALM);
            assertThat(field(record, "fileAuthenticationName")).isEqualTo("KERBEROS");
        });
    }

    /** Who the user is cannot be told without the key server, but that it was Kerberos, and of which realm. */
    @Test
    void shouldTellTheRealmWhereTheKeyServerIsNotSeen() throws Exception {
        final List<String> records = watch("port 445");
        assertThat(records).isNotEmpty().allSatisfy(record -> {
            assertThat(field(record, "userName")).isEmpty();
            assertThat(field(record, "fileUserDomain")).isEqualTo(KeyServer.REALM);
            assertThat(field(record, "fileAuthenticationName")).isEqualTo("KERBEROS");
        });
    }

    /** Records of what the user did once the exporter was there: one file, put and got. */
    private List<String> watch(final String filter) throws Exception {
        final Path json = directory.resolve("records.json");
        final Path users = Files.writeString(directory.resolve("users"), "games = " + USER + " TEST\\" + USER + " " + KeyServer.REALM + "\\" + USER + "\n");
        try (NetworkNamespace namespace = new NetworkNamespace(directory, "krb");
            KeyServer keys = new KeyServer(namespace, directory, USER);
            SambaServer server = new SambaServer(namespace, directory, List.of(USER), "realm = " + KeyServer.REALM,
                "kerberos method = dedicated keytab", "dedicated keytab file = " + keys.serverKeys(), "username map = " + users);
            Exporter exporter = Exporter.startIn(namespace, directory, "run", "--interface", "lo", "--queues", "2", "--filter", filter,
                "--collector", "json://" + json)) {
            exporter.awaitError("capturing on");
            Files.write(server.local("big.bin"), new byte[LENGTH]);
            assertThat(keys.logOn(USER).exitCode()).isZero();
            final Tools.Result result = keys.run("smbclient", "-s", server.local("smb.conf").toString(), "//" + KeyServer.HOST + "/"
                + SambaServer.SHARE, "-I", "127.0.0.1", "--use-kerberos=required", "-c",
                "lcd " + server.local("") + "; put big.bin put.bin; get put.bin got.bin");
            assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
            exporter.terminate();
            exporter.assertSuccess();
        }
        final List<String> records = Files.readAllLines(json).stream().filter(record -> field(record, "recordType").equals("file")).toList();
        assertThat(records.stream().map(record -> field(record, "fileOperationName") + " " + field(record, "fileResultName") + " "
            + field(record, "filePath") + " " + field(record, "fileReadOctets") + "/" + field(record, "fileWriteOctets"))).contains(
            "LOGON OK  0/0", "CREATE OK put.bin 0/" + LENGTH, "READ OK put.bin " + LENGTH + "/0");
        return records;
    }
}
