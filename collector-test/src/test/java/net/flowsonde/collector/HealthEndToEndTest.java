package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    @Test
    void shouldBeReadyWhileItWorksUnwellWhileAThreadIsStuckAndNotReadyAfterTheEnd() throws Exception {
        final Traffic traffic = Traffic.generate(directory.resolve("traffic.pcap"), 2_000, 200);
        final byte[] capture = Files.readAllBytes(traffic.capture());
        final int port = SnmpEndToEndTest.freePort();
        base = "http://127.0.0.1:" + port;
        final Path config = Files.writeString(
            directory.resolve("health.yaml"), "prometheus: {enabled: true, listen: '127.0.0.1:" + port + "'}\n");
        try (Exporter exporter = Exporter.start(directory, "replay", "-", "--stay", "--config", config, "--output", directory.resolve("out.ipfix"))) {
            exporter.input().write(capture, 0, capture.length / 2);
            exporter.input().flush();
            await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(answer("/readyz")).isEqualTo("200 ok\n"));
            assertThat(answer("/healthz")).isEqualTo("200 ok\n");

            await().atMost(STUCK).untilAsserted(() ->
                assertThat(answer("/healthz")).startsWith("503 ").contains("its thread has not moved for "));
            assertThat(answer("/readyz")).startsWith("503 ");

            exporter.input().write(capture, capture.length / 2, capture.length - capture.length / 2);
            exporter.input().close();
            exporter.awaitError("add up");
            assertThat(answer("/healthz")).as("ended because it should").isEqualTo("200 ok\n");
            assertThat(answer("/readyz")).isEqualTo("503 not ready\n");
            assertThat(exporter.account("read")).isEqualTo(traffic.totals().packets());
        }
    }

    private String answer(final String page) throws IOException, InterruptedException {
        final HttpResponse<String> response =
            client.send(HttpRequest.newBuilder(URI.create(base + page)).build(), HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }
}
