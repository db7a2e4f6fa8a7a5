package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** Programs that tests call. One that is missing fails the test where CI=true, and skips it by name elsewhere. */
final class Tools {
    private static final boolean IS_CI = "true".equals(System.getenv("CI"));
    private static final List<String> MORE_DIRECTORIES = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");
    private static final long LIMIT_SECONDS = 120;

    private Tools() {
    }

    /** What a program printed, and its exit code. */
    record Result(int exitCode, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    /** The program's path; ends the test when there is none. */
    static String require(final String name) {
        final String path = find(name);
        if (path == null && IS_CI) {
            fail(name + " is not installed");
        }
        if (path == null) {
            throw new TestAbortedException(name + " is not installed");
        }
        return path;
    }

    /** Ends the test, as skipped, for a user who may not make network namespaces or capture. */
    static void requireRoot() {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new TestAbortedException("needs root");
        }
    }

    static Result run(final Path directory, final String... command) {
        try {
            final Path out = Files.createTempFile(directory, "tool", ".out");
            final Path err = Files.createTempFile(directory, "tool", ".err");
            final List<String> resolved = new ArrayList<>(List.of(command));
            resolved.set(0, require(command[0]));
            final Process process = new ProcessBuilder(resolved).redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile()).redirectError(err.toFile()).start();
            try {
                if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    fail(String.join(" ", command) + " did not end");
                }
            } finally {
                process.destroyForcibly();
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a program that must succeed. */
    static Result check(final Path directory, final String... command) {
        final Result result = run(directory, command);
        if (result.exitCode() != 0) {
            fail(String.join(" ", command) + " ended with " + result.exitCode() + ": " + result.err() + result.out());
        }
        return result;
    }

    private static String find(final String name) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(File.pathSeparator)), MORE_DIRECTORIES.stream())
            .map(directory -> Path.of(directory, name)).filter(Files::isExecutable).map(Path::toString).findFirst().orElse(null);
    }
}
