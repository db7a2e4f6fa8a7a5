package net.flowsonde.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.flowsonde.config.ListenAddress;
import net.flowsonde.telemetry.Health;
import net.flowsonde.telemetry.Telemetry;

/**
 * Answers {@code /metrics}, {@code /healthz} and {@code /readyz}. Reads the registry when asked; a scrape costs the packet path nothing but
 * its cache lines. A client that is slow to ask or to read loses its connection, and holds up no more than one of a few threads until then.
 */
public final class MetricsServer implements AutoCloseable {
    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final int THREADS = 2;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;

    private static final String SLOWEST_SECONDS = "10";

    private final RegistrySnapshots registry;
    private final ProcessSnapshots process;
    private final Health health;
    private final ExpositionFormats formats = ExpositionFormats.init();
    private final ExecutorService threads;
    private final HttpServer server;

    /** @throws UncheckedIOException when the address cannot be had, with a line for the operator */
    public MetricsServer(final ListenAddress listen, final Telemetry telemetry, final Health health, final String version) {
        registry = new RegistrySnapshots(telemetry);
        process = new ProcessSnapshots(version);
        this.health = health;
        server = bind(listen);
        threads = Executors.newFixedThreadPool(THREADS, task -> {
            final Thread thread = new Thread(task, "metrics");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, NOT_FOUND, "there are /metrics, /healthz and /readyz\n"));
        handle("/metrics", this::metrics);
        handle("/healthz", exchange -> answerHealth(exchange, true));
        handle("/readyz", exchange -> answerHealth(exchange, health.isReady()));
        server.start();
    }

    private static HttpServer bind(final ListenAddress listen) {
        // read once, when the first server of the process is made
        System.setProperty("sun.net.httpserver.maxReqTime", SLOWEST_SECONDS);
        System.setProperty("sun.net.httpserver.maxRspTime", SLOWEST_SECONDS);
        try {
            return HttpServer.create(listen.socketAddress(), 0);
        } catch (final IOException refused) {
            throw new UncheckedIOException("prometheus.listen: cannot listen on " + listen + ": " + refused.getMessage(), refused);
        }
    }

    /** A context answers for every path that it begins. */
    private void handle(final String path, final HttpHandler handler) {
        server.createContext(path, exchange -> {
            if (!exchange.getRequestURI().getPath().equals(path)) {
                answer(exchange, NOT_FOUND, "there is no such page\n");
            } else if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                answer(exchange, METHOD_NOT_ALLOWED, "only GET and HEAD\n");
            } else {
                handler.handle(exchange);
            }
        });
    }

    private void metrics(final HttpExchange exchange) throws IOException {
        final List<MetricSnapshot> snapshots = new ArrayList<>(registry.now());
        snapshots.addAll(process.now());
        final ExpositionFormatWriter writer = formats.findWriter(exchange.getRequestHeaders().getFirst("Accept"));
        final ByteArrayOutputStream text = new ByteArrayOutputStream();
        writer.write(text, new MetricSnapshots(snapshots));
        answer(exchange, OK, writer.getContentType(), text.toByteArray());
    }

    private void answerHealth(final HttpExchange exchange, final boolean isReady) throws IOException {
        final List<String> complaints = health.complaints();
        final boolean isWell = complaints.isEmpty() && isReady;
        final String text = isWell ? "ok" : complaints.isEmpty() ? "not ready" : String.join("\n", complaints);
        answer(exchange, isWell ? OK : UNAVAILABLE, text + "\n");
    }

    private static void answer(final HttpExchange exchange, final int status, final String text) throws IOException {
        answer(exchange, status, PLAIN, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(final HttpExchange exchange, final int status, final String type, final byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        final boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, isHead ? -1 : body.length);
        if (!isHead) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
        exchange.close();
    }

    /** The port that is listened on. */
    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
