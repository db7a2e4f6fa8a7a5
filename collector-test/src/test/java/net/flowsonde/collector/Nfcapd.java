package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** nfdump's collector, which keeps what it is sent in a directory that nfdump reads. */
final class Nfcapd implements AutoCloseable {
    private final Path directory;
    private final Path log;
    private final int port;
    private final Process process;

    private Nfcapd(final Path directory, final Path log, final int port, final Process process) {
        this.directory = directory;
        this.log = log;
        this.port = port;
        this.process = process;
    }

    /** Starts it and waits until it listens. */
    static Nfcapd start(final Path scratch) throws IOException {
        Tools.require("nfdump");
        final Path directory = Files.createTempDirectory(scratch, "nfcapd");
        final Path log = directory.resolveSibling(directory.getFileName() + ".log");
        final int port = Ports.free();
        final Process process = new ProcessBuilder(Tools.require("nfcapd"), "-w", directory.toString(), "-b", "127.0.0.1", "-p",
            Integer.toString(port), "-t", "3600", "-B", "4000000").redirectErrorStream(true).redirectOutput(log.toFile()).start();
        await().atMost(Duration.ofSeconds(10)).until(() -> Ports.isTaken(port));
        return new Nfcapd(directory, log, port, process);
    }

    /** Where it listens. */
    String address() {
        return "udp://127.0.0.1:" + port;
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** Stops it and lists what it has kept: the columns of nfdump's format, one list a line. */
    List<List<String>> list(final String format) throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        final int columns = format.split("\\|").length;
        return Tools.check(directory.getParent(), "nfdump", "-R", directory.toString(), "-q", "-N", "-6", "-o", "fmt:" + format).lines().stream()
            .map(line -> List.of(line.strip().split("\\s*\\|\\s*", -1))).filter(line -> line.size() == columns).toList();
    }

    /** Stops it and prints all of what it has kept. */
    String raw() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return Tools.check(directory.getParent(), "nfdump", "-R", directory.toString(), "-q", "-o", "raw").out();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
