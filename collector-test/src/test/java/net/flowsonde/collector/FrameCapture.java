package net.flowsonde.collector;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** tcpdump in a network namespace: writes what an interface sees, from when it is made until it is closed. */
final class FrameCapture implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Process process;

    FrameCapture(final NetworkNamespace namespace, final String interfaceName, final String filter, final Path file) throws IOException {
        final Path err = Path.of(file + ".err");
        final List<String> command = new ArrayList<>(namespace.prefix());
        command.addAll(List.of(Tools.require("tcpdump"), "-i", interfaceName, "-s", "0", "-B", "65536", "-Z", "root", "-w", file.toString(),
            filter));
        process = new ProcessBuilder(command).redirectError(err.toFile()).start();
        await().atMost(LIMIT).until(() -> Files.readString(err).contains("listening on") || !process.isAlive());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
