package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The collector as a process of its own, by its launcher, for namespaces and for being killed. Prints sums as JSON when it stops. */
final class CollectorProcess implements AutoCloseable {
    private static final Path LAUNCHER = Exporter.ROOT.resolve("collector-test/bin/collector");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Process process;
    private final Path out;
    private final Path err;

    CollectorProcess(final Path directory, final List<String> prefix, final String... arguments) throws IOException {
        out = Files.createTempFile(directory, "collector", ".out");
        err = Files.createTempFile(directory, "collector", ".err");
        final List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(LAUNCHER.toString(), "listen", "--json"));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> err().matches("(?s).*listening on \\S+\\R.*") || !process.isAlive());
        assertThat(err()).contains("listening on");
    }

    /** Where it listens. */
    String address() throws IOException {
        final Matcher matcher = Pattern.compile("listening on (\\S+)").matcher(err());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    /** Stops it by the signal that a service manager sends; everything that has arrived is decoded and printed. */
    void terminate() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    /** Has it stand still; its kernel goes on to receive. */
    void halt() throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("sh", "-c", "kill -STOP " + process.pid()).start().waitFor()).isZero();
    }

    /** Ends it on the spot, with SIGKILL: what it had received and not read is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    int exitCode() {
        return process.exitValue();
    }

    String out() throws IOException {
        return Files.readString(out);
    }

    String err() throws IOException {
        return Files.readString(err);
    }

    /** A number of the sums. */
    long sum(final String name) throws IOException {
        final Matcher matcher = Pattern.compile("\"" + name + "\":(\\d+)").matcher(out());
        assertThat(matcher.find()).as("%s in %s", name, out()).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
