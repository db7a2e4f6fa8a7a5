package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of the packaged exporter as its users start it, with what it printed. */
final class Exporter implements AutoCloseable {
    /** Where the checkout lies. */
    static final Path ROOT = Path.of(System.getProperty("basedir", ".")).toAbsolutePath().getParent();
    private static final Path LAUNCHER = ROOT.resolve("exporter/bin/flowsonde");
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Process process;
    private final Path out;
    private final Path err;

    private Exporter(final Path directory, final List<String> command) throws IOException {
        out = Files.createTempFile(directory, "exporter", ".out");
        err = Files.createTempFile(directory, "exporter", ".err");
        process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    }

    /** Starts {@code flowsonde} with these arguments; its input is a pipe that {@link #input} writes to. */
    static Exporter start(final Path directory, final Object... arguments) throws IOException {
        return new Exporter(directory, command(List.of(), arguments));
    }

    /** Starts it in a network namespace. */
    static Exporter startIn(final NetworkNamespace namespace, final Path directory, final Object... arguments) throws IOException {
        return new Exporter(directory, command(namespace.prefix(), arguments));
    }

    /** Runs it to its end. */
    static Exporter run(final Path directory, final Object... arguments) throws IOException {
        final Exporter exporter = start(directory, arguments);
        exporter.input().close();
        exporter.awaitEnd();
        return exporter;
    }

    private static List<String> command(final List<String> prefix, final Object... arguments) {
        final List<String> command = new ArrayList<>(prefix);
        command.add(LAUNCHER.toString());
        for (final Object argument : arguments) {
            command.add(argument instanceof File file ? file.getPath() : argument.toString());
        }
        return command;
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    void awaitEnd() {
        try {
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).as("the exporter ends; so far it said: %s", err()).isTrue();
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Waits until it has printed a text to standard error, and fails at once when it ended before that. */
    void awaitError(final String text) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> err().contains(text) || !process.isAlive());
        assertThat(err()).contains(text);
    }

    /** Asks it to stop, as a service manager does, and waits until it has. */
    void terminate() {
        process.destroy();
        awaitEnd();
    }

    /** Sends it another signal. */
    void signal(final String name) {
        Tools.check(out.getParent(), "kill", "-" + name, Long.toString(process.pid()));
    }

    /** Ends it on the spot, with SIGKILL. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitCode() {
        return process.exitValue();
    }

    String out() {
        return read(out);
    }

    String err() {
        return read(err);
    }

    /** The number that a line of the account begins with, after its label; the sum of all such lines. */
    long account(final String label) {
        final Matcher matcher = Pattern.compile("(?m)^" + label + " +([\\d,]+) ").matcher(out() + err());
        long sum = 0;
        boolean isFound = false;
        while (matcher.find()) {
            sum += Long.parseLong(matcher.group(1).replace(",", ""));
            isFound = true;
        }
        assertThat(isFound).as("a line \"%s\" in %s", label, out() + err()).isTrue();
        return sum;
    }

    /** Packets in the records that were sent. */
    long packets() {
        final Matcher matcher = Pattern.compile("(?m)^exported +[\\d,]+ records with ([\\d,]+) packets").matcher(out() + err());
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1).replace(",", ""));
    }

    /** That it ended well and its sums add up. */
    void assertSuccess() {
        assertThat(err()).doesNotContain("Exception", "DO NOT add up");
        assertThat(out() + err()).contains("add up");
        assertThat(exitCode()).as("exit code after: %s", err()).isZero();
    }

    private static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
