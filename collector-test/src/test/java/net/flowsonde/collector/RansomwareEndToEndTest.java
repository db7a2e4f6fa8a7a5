package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged exporter watches a real Samba server: what imitates an encryptor is caught while it is at work, and a backup, an archive
 * unpacked, a checkout and documents saved are not. Needs root.
 */
@Timeout(180)
class RansomwareEndToEndTest {
    private static final int FILES = 30;
    private static final Duration CAUGHT_WITHIN = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final Random random = new Random(4);

    @BeforeEach
    void require() {
        Tools.requireRoot();
        List.of("ip", "sysctl", "smbd", "smbclient", "smbpasswd").forEach(Tools::require);
    }

    @Test
    void shouldCatchAnEncryptorAndNobodyElse() throws Exception {
        final Path json = directory.resolve("records.json");
        try (NetworkNamespace namespace = new NetworkNamespace(directory, "files");
            SambaServer server = new SambaServer(namespace, directory, List.of("alice", "mallory"));
            Exporter exporter = Exporter.startIn(
                namespace, directory, "run", "--interface", "lo", "--queues", "2", "--collector", "json://" + json)) {
            exporter.awaitError("capturing on");
            fill(server);

            work(server);
            encrypt(server);
            await().atMost(CAUGHT_WITHIN).until(() -> exporter.err().contains("alert mass-rename"));
            exporter.terminate();

            exporter.assertSuccess();
            final List<String> alerts = exporter.err().lines().filter(line -> line.contains("alert ")).toList();
            assertThat(alerts).as("only the encryptor").allMatch(line -> line.contains("mallory"));
            assertThat(alerts).anyMatch(line -> line.contains("alert mass-rename: mallory of 127.0.0.1"))
                .anyMatch(line -> line.contains("alert read-then-overwrite: "))
                .anyMatch(line -> line.contains("alert ransomware-score: "));
        }
        final List<String> records = Files.readAllLines(json);
        assertThat(records.stream().filter(record -> record.contains("\"recordType\":\"alert\"")).toList())
            .anyMatch(record -> record.contains("mass-rename"));
        final List<String> activities = records.stream().filter(record -> record.contains("\"recordType\":\"fileActivity\"")).toList();
        assertThat(activities).anyMatch(record -> record.contains("\"userName\":\"alice\"") && record.contains("\"ransomwareScore\":0}"))
            .anyMatch(record -> record.contains("\"userName\":\"mallory\"") && !record.contains("\"filesRenamedToOneEnding\":0,"));
    }

    private void fill(final SambaServer server) throws Exception {
        for (int i = 0; i < FILES; i++) {
            final Path folder = Files.createDirectories(server.share().resolve("folder" + i % 5));
            Files.write(folder.resolve("report" + i + ".docx"), octets(8_000 + i));
        }
        Files.write(server.local("small"), octets(700));
        Files.write(server.local("document"), octets(9_000));
    }

    /** A day at the office: a backup, an archive unpacked, a checkout, documents saved. */
    private void work(final SambaServer server) {
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

    private static String each(final IntFunction<String> commands) {
        return IntStream.range(0, FILES).mapToObj(commands).collect(Collectors.joining("; "));
    }

    private byte[] octets(final int length) {
        final byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }
}
