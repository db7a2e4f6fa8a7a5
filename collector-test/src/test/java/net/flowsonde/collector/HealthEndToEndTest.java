package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged exporter answers at /healthz and /readyz from its start over a thread that is stuck to its end. */
@Timeout(120)
class HealthEndToEndTest {
    /** A thread that has not moved for 20 s is told of. */
    private static final Duration STUCK = Duration.ofSeconds(40);
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private String base;

    /** The file that is exported to is a pipe that nobody reads for a while, which holds up the export thread. */
    @Test
    void shouldBeReadyWhileItWorksUnwellWhileAThreadIsStuckAndNotReadyAfterTheEnd() throws Exception {
        final Traffic traffic = Traffic.generate(directory.resolve("traffic.pcap"), 20_000, 2_000);
        final Path pipe = directory.resolve("pipe");
        Tools.check(directory, "mkfifo", pipe.toString());
        final int port = Ports.free();
        base = "http://127.0.0.1:" + port;
        final Path config = Files.writeString(
            directory.resolve("health.yaml"), "prometheus: {enabled: true, listen: '127.0.0.1:" + port + "'}\n");
        try (RandomAccessFile reader = new RandomAccessFile(pipe.toFile(), "rw");
            Exporter exporter = Exporter.start(directory, "replay", "-", "--stay", "--config", config, "--collector", "json://" + pipe)) {
            await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(answer("/readyz")).isEqualTo("200 ok\n"));
            assertThat(answer("/healthz")).isEqualTo("200 ok\n");

            Files.copy(traffic.capture(), exporter.input());
            exporter.input().flush();
            await().atMost(STUCK).untilAsserted(() ->
                assertThat(answer("/healthz")).startsWith("503 export: its thread has not moved for "));
            assertThat(answer("/readyz")).startsWith("503 ");

            final CompletableFuture<Long> read = CompletableFuture.supplyAsync(() -> drain(reader));
            await().atMost(SOON).untilAsserted(() -> assertThat(answer("/healthz")).isEqualTo("200 ok\n"));
            exporter.input().close();
            exporter.awaitError("add up");
            assertThat(answer("/healthz")).as("ended because it should").isEqualTo("200 ok\n");
            assertThat(answer("/readyz")).isEqualTo("503 not ready\n");
            assertThat(exporter.account("exported")).isEqualTo(traffic.flows().size());
            assertThat(read).isNotDone();
        }
    }

    private static long drain(final RandomAccessFile reader) {
        final byte[] octets = new byte[1 << 16];
        long total = 0;
        try {
            for (int length = reader.read(octets); length > 0; length = reader.read(octets)) {
                total += length;
            }
        } catch (final IOException closed) {
            return total;
        }
        return total;
    }

    private String answer(final String page) throws IOException, InterruptedException {
        final HttpResponse<String> response =
            client.send(HttpRequest.newBuilder(URI.create(base + page)).build(), HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }
}
