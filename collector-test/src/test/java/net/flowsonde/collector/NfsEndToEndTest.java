package net.flowsonde.collector;

import static net.flowsonde.collector.JsonRecord.field;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged exporter watches, live and with two queues, what two users do on a real NFS server: every action is told once, with the
 * right user, export, path, octets and result. Needs root.
 */
@Timeout(180)
class NfsEndToEndTest {
    private static final int LENGTH = 300_000;
    private static final int OWNER = 1_000;
    private static final int STRANGER = 1_001;

    @TempDir
    private Path directory;

    private Path client;
    private Path trunking;
    private Path big;

    @BeforeEach
    void require() throws Exception {
        Tools.requireRoot();
        List.of("ip", "sysctl", "ganesha.nfsd", "rpcbind", "nfs-cp", "nfs-cat", "nfs-ls", "python3").forEach(Tools::require);
        client = resource("nfs-client.py");
        trunking = resource("nfs41-client.py");
        final SplittableRandom random = new SplittableRandom(5);
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            text.append((char) random.nextInt('a', 'z'));
        }
        big = Files.writeString(directory.resolve("big"), text);
    }

    private Path resource(final String name) throws IOException {
        return Files.write(directory.resolve(name), NfsEndToEndTest.class.getResourceAsStream(name).readAllBytes());
    }

    @Test
    void shouldTellEveryActionOfVersion3Once() throws Exception {
        final List<String> actions = new ArrayList<>();
        final String export = watch("NFS3", actions, (namespace, server) -> {
            act(namespace, server, 3);
            namespace.exec("nfs-cp", big.toString(), server.url(3, OWNER, "copy"));
            namespace.exec("nfs-cat", server.url(3, OWNER, "copy"));
            namespace.exec("nfs-ls", server.url(3, OWNER));
        });
        final List<String> expected = changes("1000 " + export + " ", "1001 " + export + " ", "ACCESS");
        expected.addAll(List.of("CREATE OK 1000 " + export + " /d/a  0/" + LENGTH, "READ OK 1000 " + export + " /d/a  " + LENGTH + "/0",
            "LIST OK 1000 " + export + " /d  0/0", "CREATE OK 1000 " + export + " /copy  0/" + LENGTH, "TRUNCATE OK 1000 " + export + " /copy  0/0",
            "READ OK 1000 " + export + " /copy  " + LENGTH + "/0", "LIST OK 1000 " + export + " /  0/0"));
        assertThat(actions.stream().filter(action -> !action.startsWith("MOUNT "))).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(actions).contains("MOUNT OK 1000 " + export + " /  0/0", "MOUNT OK 1001 " + export + " /  0/0");
    }

    @Test
    void shouldTellEveryActionOfVersion4Once() throws Exception {
        final List<String> actions = new ArrayList<>();
        watch("NFS4_0", actions, (namespace, server) -> {
            act(namespace, server, 4);
            namespace.exec("nfs-cat", server.url(4, OWNER, "copy"));
            namespace.exec("nfs-ls", server.url(4, OWNER));
        });
        final List<String> expected = changes("1000  /share", "1001  /share", "OPEN");
        expected.addAll(List.of("CREATE OK 1000  /share/d/a  0/" + LENGTH, "READ OK 1000  /share/d/a  " + LENGTH + "/0",
            // the client asks before it makes a file, and opens one to set its size
            "ACCESS DENIED 1001  /share/d  0/0", "OPEN OK 1000  /share/d/b  0/0",
            "LIST OK 1000  /share/d  0/0", "READ OK 1000  /share/copy  " + LENGTH + "/0", "LIST OK 1000  /share  0/0"));
        assertThat(actions).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** A client whose connections take turns, so that both queues see parts of every file, and which comes back over new connections. */
    @Test
    void shouldTellEveryActionOverTheConnectionsOfASessionOnce() throws Exception {
        final List<String> actions = new ArrayList<>();
        watch("NFS4_1", actions, (namespace, server) -> act((user, what) -> trunked(namespace, server, user, what), " , reconnect"));
        final List<String> expected = changes("1000 /share ", "1001 /share ", "OPEN");
        expected.addAll(List.of("CREATE OK 1000 /share /d/a  0/" + LENGTH, "READ OK 1000 /share /d/a  " + LENGTH + "/0",
            "LIST OK 1000 /share /d  0/0"));
        assertThat(actions).containsExactlyInAnyOrderElementsOf(expected);
    }

    private void trunked(final NetworkNamespace namespace, final NfsServer server, final int user, final String actions) {
        final List<String> command = new ArrayList<>(List.of("python3", trunking.toString(), server.url(4, user), "6"));
        command.addAll(Arrays.asList(actions.split(" ")));
        namespace.exec(command.toArray(String[]::new));
    }

    /** The client of version 4.1 is the gateway, which keeps files open and lists directories to find files. */
    @Test
    void shouldTellEveryActionOfVersion41Once() throws Exception {
        final List<String> actions = new ArrayList<>();
        watch("NFS4_1", actions, (namespace, server) -> {
            try (NfsServer gateway = NfsServer.startGateway(namespace, directory)) {
                act(namespace, gateway, 3);
            }
        });
        final List<String> expected = changes("1000  /share", "1001  /share", "ACCESS");
        expected.removeIf(action -> action.startsWith("ACCESS"));
        expected.add("CREATE OK 1000  /share/d/a  " + LENGTH + "/" + LENGTH);
        // a file with two names may be told by either, and the gateway looks up both
        assertThat(actions.stream().filter(action -> !action.startsWith("LIST OK "))
            .map(action -> action.replace("TRUNCATE OK 1000  /share/d/l", "TRUNCATE OK 1000  /share/d/b")))
            .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(actions).contains("LIST OK 1000  /share/d  0/0");
    }

    /** What differs from version to version only by how export and user are told, and by what the refusal of a read is. */
    private static List<String> changes(final String owner, final String stranger, final String refused) {
        return new ArrayList<>(List.of("MKDIR OK " + owner + "/d  0/0", "RENAME OK " + owner + "/d/a " + second(owner) + "/d/b 0/0",
            "SYMLINK OK " + owner + "/d/s b 0/0", "LINK OK " + owner + "/d/b " + second(owner) + "/d/l 0/0",
            "TRUNCATE OK " + owner + "/d/b  0/0", "CREATE DENIED " + stranger + "/d/c  0/0",
            refused + " DENIED " + stranger + "/d/b  0/0", "DELETE OK " + owner + "/d/b  0/0", "DELETE OK " + owner + "/d/s  0/0",
            "DELETE OK " + owner + "/d/l  0/0", "RMDIR OK " + owner + "/d  0/0"));
    }

    /** The beginning of a second path: it is told without the export. */
    private static String second(final String owner) {
        return owner.endsWith(" ") ? "" : owner.substring(owner.lastIndexOf(' ') + 1);
    }

    private void act(final NetworkNamespace namespace, final NfsServer server, final int version) {
        act((user, actions) -> run(namespace, server.url(version, user), actions), "");
    }

    /** @param between  more to do while nothing is open */
    private void act(final BiConsumer<Integer, String> client, final String between) {
        final Path got = directory.resolve("got");
        client.accept(OWNER, "mkdir /d , put " + big + " /d/a" + between + " , get /d/a " + got
            + " , rename /d/a /d/b , symlink b /d/s , link /d/b /d/l , list /d");
        assertThat(got).hasSameBinaryContentAs(big);
        client.accept(STRANGER, "! put " + big + " /d/c , ! get /d/b " + got);
        client.accept(OWNER, "truncate /d/b 10 , delete /d/b , delete /d/s , delete /d/l , rmdir /d");
    }

    private void run(final NetworkNamespace namespace, final String url, final String actions) {
        final List<String> command = new ArrayList<>(List.of("python3", client.toString(), url));
        command.addAll(Arrays.asList(actions.split(" ")));
        namespace.exec(command.toArray(String[]::new));
    }

    private interface Scenario {
        void play(NetworkNamespace namespace, NfsServer server) throws Exception;
    }

    /** Collects what is told of what was done on a server that only this test uses; where the export of the server lies. */
    private String watch(final String protocol, final List<String> actions, final Scenario scenario) throws Exception {
        final Path json = directory.resolve("records.json");
        final String export;
        try (NetworkNamespace namespace = new NetworkNamespace(directory, "nfs");
            NfsServer server = NfsServer.start(namespace, directory);
            Exporter exporter = Exporter.startIn(namespace, directory, "run", "--interface", "lo", "--queues", "2", "--filter",
                NfsServer.withoutGateway(), "--collector", "json://" + json)) {
            export = server.export().toString();
            Files.copy(big, server.export().resolve("copy"));
            if (protocol.equals("NFS3")) {
                Files.delete(server.export().resolve("copy"));
            }
            exporter.awaitError("capturing on");
            scenario.play(namespace, server);
            exporter.terminate();
            exporter.assertSuccess();
        }
        for (final String record : Files.readAllLines(json)) {
            if (field(record, "recordType").equals("file")) {
                assertThat(field(record, "fileProtocolName")).as(record).isEqualTo(protocol);
                actions.add(told(record));
            }
        }
        return export;
    }

    /** An action as it is told, with nothing that differs from run to run. */
    private static String told(final String record) {
        return String.join(" ", field(record, "fileOperationName"), field(record, "fileResultName"), field(record, "userName"),
            field(record, "fileShare"), field(record, "filePath"), field(record, "fileSecondPath"),
            field(record, "fileReadOctets") + "/" + field(record, "fileWriteOctets"));
    }
}
