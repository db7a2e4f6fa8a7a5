package net.flowsonde.capture;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;

/** A network namespace with one end of a veth pair, the other end here for capturing. Needs root. */
final class LiveLab implements AutoCloseable {
    private static final long PROCESS = ProcessHandle.current().pid(); // several checkouts may be tested side by side
    /** The end to capture on. */
    static final String INTERFACE = "cap" + PROCESS + "a";
    private static final String PEER = "cap" + PROCESS + "b";
    private static final String NAMESPACE = "capture-" + PROCESS;

    LiveLab() {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root, for network namespaces");
        for (final String tool : new String[] {"ip", "tcpreplay"}) {
            Assumptions.assumeTrue(has(tool), "needs " + tool);
        }
        close();
        run("ip", "netns", "add", NAMESPACE);
        connect();
    }

    static boolean has(final String tool) {
        return Arrays.stream((System.getenv("PATH") + ":/usr/sbin:/sbin").split(File.pathSeparator))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
    }

    /** Makes the pair, up at both ends and silent by itself. */
    void connect() {
        run("ip", "link", "add", INTERFACE, "type", "veth", "peer", "name", PEER, "netns", NAMESPACE);
        silence();
        inside("sysctl", "-qw", "net.ipv6.conf." + PEER + ".disable_ipv6=1");
        inside("ip", "link", "set", PEER, "up");
        up();
    }

    private static void silence() {
        try {
            Files.writeString(Path.of("/proc/sys/net/ipv6/conf", INTERFACE, "disable_ipv6"), "1");
        } catch (final IOException exception) {
            throw new AssertionError(exception);
        }
    }

    /** Gives both ends an address, answers this one's; frames of this end may then stand for {@code segmentLimit} octets. */
    InetAddress address(final int segmentLimit) throws IOException {
        final String network = String.format("fd00:%x:%x", PROCESS >>> 16, PROCESS & 0xFFFF);
        Files.writeString(Path.of("/proc/sys/net/ipv6/conf", INTERFACE, "disable_ipv6"), "0");
        inside("sysctl", "-qw", "net.ipv6.conf." + PEER + ".disable_ipv6=0");
        inside("sysctl", "-qw", "net.ipv4.tcp_rmem=4096 16777216 33554432"); // a segment is at most half the window
        run("ip", "link", "set", INTERFACE, "gso_max_size", Integer.toString(segmentLimit));
        run("ip", "addr", "add", network + "::1/64", "dev", INTERFACE, "nodad");
        inside("ip", "addr", "add", network + "::2/64", "dev", PEER, "nodad");
        return InetAddress.getByName(network + "::1");
    }

    void disconnect() {
        run("ip", "link", "del", INTERFACE);
    }

    void down() {
        run("ip", "link", "set", INTERFACE, "down");
    }

    void up() {
        run("ip", "link", "set", INTERFACE, "up");
    }

    /** The frames arrive at the captured end. */
    void replayIn(final Path file) {
        inside("tcpreplay", "-q", "-t", "-i", PEER, file.toString());
    }

    /** The frames leave by the captured end. */
    void replayOut(final Path file) {
        run("tcpreplay", "-q", "-t", "-i", INTERFACE, file.toString());
    }

    void inside(final String... command) {
        final String[] whole = new String[command.length + 4];
        System.arraycopy(new String[] {"ip", "netns", "exec", NAMESPACE}, 0, whole, 0, 4);
        System.arraycopy(command, 0, whole, 4, command.length);
        run(whole);
    }

    static void run(final String... command) {
        try {
            final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + output);
            }
        } catch (final IOException | InterruptedException exception) {
            throw new AssertionError(exception);
        }
    }

    @Override
    public void close() {
        try {
            new ProcessBuilder("ip", "link", "del", INTERFACE).start().waitFor();
            new ProcessBuilder("ip", "netns", "del", NAMESPACE).start().waitFor();
        } catch (final IOException | InterruptedException exception) {
            throw new AssertionError(exception);
        }
    }
}
