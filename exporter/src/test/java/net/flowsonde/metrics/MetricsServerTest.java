package net.flowsonde.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.flowsonde.config.ListenAddress;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counter.Scope;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Health;
import net.flowsonde.telemetry.Telemetry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsServerTest {
    private final Telemetry telemetry = new Telemetry();
    private final List<String> complaints = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private boolean isReady;
    private MetricsServer server;

    @BeforeEach
    void start() {
        server = new MetricsServer(new ListenAddress(InetAddress.getLoopbackAddress(), 0), telemetry, new Health() {
            @Override
            public boolean isReady() {
                return isReady;
            }

            @Override
            public List<String> complaints() {
                return complaints;
            }
        }, "1.2.3");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldNameEveryCounterWithItsTypeAndItsDescription() throws Exception {
        for (final Scope scope : Scope.values()) {
            telemetry.register(scope, "one");
        }
        final List<String> lines = get("/metrics").body().lines().toList();
        for (final Counter counter : Counter.values()) {
            final String name = "flowsonde_" + counter.name().toLowerCase(Locale.ROOT)
                + (counter.kind() == Counter.Kind.COUNTER ? "_total" : "");
            assertThat(lines).contains("# HELP " + name + " " + counter.description(),
                "# TYPE " + name + " " + counter.kind().name().toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void shouldTellQueuesAndCollectorsApartAndShowZerosToo() throws Exception {
        telemetry.register(Scope.QUEUE, "eth0/0").add(Counter.FRAMES_CAPTURED, 5);
        telemetry.register(Scope.QUEUE, "eth0/1").add(Counter.FLOWS_ACTIVE, 7);
        telemetry.register(Scope.EXPORT, "export").add(Counter.RECORDS_RECEIVED, 11);
        telemetry.register(Scope.COLLECTOR, "file:///a \"b\"").add(Counter.RECORDS_SENT, 13);
        assertThat(get("/metrics").body().lines()).contains(
            "flowsonde_frames_captured_total{queue=\"eth0/0\"} 5.0", "flowsonde_frames_captured_total{queue=\"eth0/1\"} 0.0",
            "flowsonde_flows_active{queue=\"eth0/1\"} 7.0", "flowsonde_records_received_total 11.0",
            "flowsonde_records_sent_total{collector=\"file:///a \\\"b\\\"\"} 13.0", "flowsonde_build_info{version=\"1.2.3\"} 1");
    }

    @Test
    void shouldJoinACollectorThatCameBack() throws Exception {
        final Counters first = telemetry.register(Scope.COLLECTOR, "udp://192.0.2.1:4739");
        final Counters again = telemetry.register(Scope.COLLECTOR, "udp://192.0.2.1:4739");
        first.add(Counter.MESSAGES_SENT, 2);
        again.add(Counter.MESSAGES_SENT, 3);
        assertThat(get("/metrics").body().lines()).contains("flowsonde_messages_sent_total{collector=\"udp://192.0.2.1:4739\"} 5.0");
    }

    @Test
    void shouldBeHealthyWhenNobodyComplainsAndReadyWhenStarted() throws Exception {
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz")).extracting(HttpResponse::statusCode, HttpResponse::body).containsExactly(503, "not ready\n");
        isReady = true;
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        complaints.add("eth0/0: its thread has ended");
        assertThat(Arrays.asList(get("/healthz"), get("/readyz"))).allSatisfy(answer ->
            assertThat(answer).extracting(HttpResponse::statusCode, HttpResponse::body)
                .containsExactly(503, "eth0/0: its thread has ended\n"));
    }

    @Test
    void shouldAnswerInOpenMetricsWhereThatIsAskedFor() throws Exception {
        final HttpResponse<String> answer = client.send(request("/metrics").header("Accept", "application/openmetrics-text").build(),
            HttpResponse.BodyHandlers.ofString());
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/openmetrics-text");
        assertThat(answer.body()).endsWith("# EOF\n");
    }

    @Test
    void shouldRefuseOtherPagesAndOtherMethods() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/metrics/x").statusCode()).isEqualTo(404);
        assertThat(client.send(request("/metrics").method("POST", HttpRequest.BodyPublishers.ofString("x")).build(),
            HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(405);
        assertThat(client.send(request("/healthz").method("HEAD", HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofString())).extracting(HttpResponse::statusCode, HttpResponse::body).containsExactly(200, "");
    }

    @Test
    void shouldSayWhichAddressCannotBeHad() {
        assertThatThrownBy(() -> new MetricsServer(new ListenAddress(InetAddress.getLoopbackAddress(), server.port()), telemetry, null, ""))
            .isInstanceOf(UncheckedIOException.class)
            .hasMessage("prometheus.listen: cannot listen on 127.0.0.1:" + server.port() + ": Address already in use");
    }

    private HttpResponse<String> get(final String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(final String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }
}
