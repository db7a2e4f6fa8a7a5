package net.flowsonde.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.flowsonde.config.ListenAddress;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counter.Scope;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.DnsServerRow;
import net.flowsonde.telemetry.FileServerRow;
import net.flowsonde.telemetry.Gauge;
import net.flowsonde.telemetry.Health;
import net.flowsonde.telemetry.Snapshot;
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
    void shouldShowGaugesWithTimesInSeconds() throws Exception {
        final Counters queue = telemetry.register(Scope.QUEUE, "eth0/0");
        queue.set(Gauge.RING_CAPACITY, 64);
        queue.measure(Gauge.RING_OCTETS, () -> 7);
        telemetry.register(Scope.COLLECTOR, "udp://192.0.2.1:4739").set(Gauge.LAST_TEMPLATE_TIME, 1_700_000_000_500L);
        assertThat(get("/metrics").body().lines()).contains(
            "# TYPE flowsonde_ring_octets gauge", "flowsonde_ring_capacity{queue=\"eth0/0\"} 64.0", "flowsonde_ring_octets{queue=\"eth0/0\"} 7.0",
            "flowsonde_last_template_timestamp_seconds{collector=\"udp://192.0.2.1:4739\"} 1.7000000005E9");
    }

    @Test
    void shouldShowHowConnectionsEndedAndWhichServersThereAre() throws Exception {
        fillTables();
        assertThat(get("/metrics").body().lines()).contains(
            "flowsonde_teardowns_total{impact=\"impact 1\",reason=\"reason 5\"} 2.0",
            "flowsonde_dns_server_answers_total{server=\"192.0.2.53\"} 90.0", "flowsonde_dns_server_response_seconds{server=\"192.0.2.53\"} 0.002",
            "flowsonde_dns_server_allowed{server=\"192.0.2.53\"} 0.0",
            "flowsonde_file_server_operations_total{protocol=\"SMB 3.1.1\",server=\"192.0.2.45\"} 40.0");
    }

    @Test
    void shouldDocumentExactlyTheNamesThatThereAre() throws Exception {
        for (final Scope scope : Scope.values()) {
            telemetry.register(scope, "one");
        }
        fillTables();
        final Set<String> shown = get("/metrics").body().lines().filter(line -> line.startsWith("# TYPE flowsonde_"))
            .map(line -> line.split(" ")[2]).filter(name -> !name.equals("flowsonde_build_info")).collect(Collectors.toSet());
        assertThat(MetricNames.all()).extracting(MetricNames.Name::name).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(shown);
    }

    @Test
    void shouldBoundTheRowsOfTables() throws Exception {
        telemetry.dnsServers().publish(IntStream.range(0, 5_000).mapToObj(i -> dnsServer(address(i))).toList());
        assertThat(get("/metrics").body().lines().filter(line -> line.startsWith("flowsonde_dns_server_answers_total{")))
            .hasSize(Snapshot.MOST_ROWS);
    }

    private void fillTables() {
        telemetry.teardowns().name(code -> "reason " + code, code -> "impact " + code);
        telemetry.teardowns().increment(5, 1);
        telemetry.teardowns().increment(5, 1);
        telemetry.dnsServers().publish(List.of(dnsServer("192.0.2.53")));
        telemetry.fileServers().publish(List.of(
            new FileServerRow(inetAddress("192.0.2.45"), "SMB 3.1.1", 1, 2, 3, 4, 5, 40, 6, 7, 8)));
    }

    private static InetAddress inetAddress(final String text) {
        try {
            return InetAddress.getByName(text);
        } catch (final UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String address(final int number) {
        return "10.0." + number / 256 + "." + number % 256;
    }

    private static DnsServerRow dnsServer(final String address) {
        return new DnsServerRow(
            inetAddress(address), 1, 2_000_000_000, 3, 100, 90, 80, 5, 4, 1, 0, 2_000_000, true, false, 1, false);
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
