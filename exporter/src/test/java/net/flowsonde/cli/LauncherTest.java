package net.flowsonde.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a process, in an installation that has a jar (which points at the classes under test) and no source. */
@EnabledOnOs(OS.LINUX)
class LauncherTest {
    private static final Path LAUNCHER = Path.of("bin", "flowsonde").toAbsolutePath();

    @TempDir
    private Path directory;

    private Path launcher;

    @BeforeEach
    void install() throws IOException {
        launcher = directory.resolve("flowsonde/bin/flowsonde");
        Files.createDirectories(launcher.getParent());
        Files.copy(LAUNCHER, launcher);
        final Path target = Files.createDirectories(directory.resolve("flowsonde/target"));
        final Manifest manifest = new Manifest();
        final Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, "net.flowsonde.cli.Flowsonde");
        attributes.put(Attributes.Name.CLASS_PATH, Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toUri().toString()).collect(Collectors.joining(" ")));
        attributes.putValue("Add-Opens", "java.base/jdk.internal.misc");
        try (OutputStream out = Files.newOutputStream(target.resolve("flowsonde.jar"))) {
            new JarOutputStream(out, manifest).close();
        }
        Files.createFile(target.resolve("flowsonde-" + System.getProperty("java.version") + ".jsa"));
    }

    @Test
    void shouldStartFromAnotherDirectoryAndThroughASymbolicLink() throws Exception {
        final Path elsewhere = Files.createDirectories(directory.resolve("a directory/bin"));
        final Path link = Files.createSymbolicLink(elsewhere.resolve("flowsonde"), launcher);
        final Process process = start(elsewhere, link.toString(), "--help");
        assertThat(new String(process.getInputStream().readAllBytes())).startsWith("Usage: flowsonde");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void shouldPassOnTheExitCode() throws Exception {
        final Process process = start(directory, launcher.toString(), "check", "--config", "nowhere.yaml");
        assertThat(new String(process.getErrorStream().readAllBytes())).isEqualTo("flowsonde: nowhere.yaml: there is no such file\n");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    @Test
    void shouldKeepArgumentsWhole() throws Exception {
        final Process process = start(directory, launcher.toString(), "check", "--config", "no where $HOME *.yaml");
        assertThat(new String(process.getErrorStream().readAllBytes())).contains("no where $HOME *.yaml: there is no such file");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    @Test
    void shouldDrainOnSigterm() throws Exception {
        final Path capture = TinyCapture.write(directory.resolve("tiny.pcap"), 3);
        final Path log = directory.resolve("err");
        final Process process =
            new ProcessBuilder(launcher.toString(), "replay", "-").redirectErrorStream(true).redirectOutput(log.toFile()).start();
        process.getOutputStream().write(Files.readAllBytes(capture));
        process.getOutputStream().flush();
        await().atMost(Duration.ofSeconds(30)).until(() -> isCatchingSigterm(process));
        process.toHandle().destroy(); // Process.destroy would close standard input too
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        final List<String> lines = Files.readAllLines(log);
        assertThat(lines).contains("flowsonde: stopped by a signal before the end").anyMatch(line -> line.matches("sums +add up"));
        assertThat(process.exitValue()).isEqualTo(1);
    }

    /** The thread that waits for a signal's work is only there once the replay runs. */
    private static boolean isCatchingSigterm(final Process process) throws IOException {
        final Path tasks = Path.of("/proc", Long.toString(process.pid()), "task");
        try (var threads = Files.list(tasks)) {
            for (final Path thread : threads.toList()) {
                if (Files.readString(thread.resolve("comm")).startsWith("export")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Process start(final Path workingDirectory, final String... command) throws IOException {
        return new ProcessBuilder(command).directory(workingDirectory.toFile()).start();
    }
}
