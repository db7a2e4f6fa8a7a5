package net.flowsonde.flow;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Two network namespaces joined by a veth pair, one process in each, and tcpdump at the client's end. The server has addresses of its
 * own on its loopback; {@code 10.9.8.0/24} disappears at the server, {@code 10.9.9.0/24} is answered by ICMP.
 */
final class TcpLab implements AutoCloseable {
    static final String SERVER = "10.9.1.1";
    static final String SILENT = "10.9.8.1";
    static final String UNREACHABLE = "10.9.9.1";

    final Peer client;
    final Peer server;

    private final String clientSpace = "tcp-c" + ProcessHandle.current().pid();
    private final String serverSpace = "tcp-s" + ProcessHandle.current().pid();
    private final List<Process> processes = new ArrayList<>();

    TcpLab() throws IOException {
        try {
            build();
            client = new Peer(clientSpace);
            server = new Peer(serverSpace);
        } catch (final IOException exception) {
            close();
            throw exception;
        }
    }

    /** What the lab needs and is not there; null when everything is. */
    static String missing() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return "root";
        }
        for (final String tool : List.of("ip", "tcpdump")) {
            if (!isInstalled(tool)) {
                return tool;
            }
        }
        try {
            run("ip", "netns", "list");
            return null;
        } catch (final IOException exception) {
            return "network namespaces";
        }
    }

    private static boolean isInstalled(final String tool) {
        for (final String directory : (System.getenv("PATH") + ":/usr/sbin:/sbin").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(directory, tool))) {
                return true;
            }
        }
        return false;
    }

    private void build() throws IOException {
        run("ip", "netns", "add", clientSpace);
        run("ip", "netns", "add", serverSpace);
        run("ip", "-n", clientSpace, "link", "add", "lab0", "type", "veth", "peer", "name", "lab0", "netns", serverSpace);
        for (final String space : List.of(clientSpace, serverSpace)) {
            run("ip", "-n", space, "link", "set", "lo", "up");
            run("ip", "-n", space, "addr", "add", (space.equals(clientSpace) ? "10.9.0.1" : "10.9.0.2") + "/24", "dev", "lab0");
            run("ip", "-n", space, "link", "set", "lab0", "up");
            // the rule of local addresses behind ours, so that arrivals can be made to disappear
            run("ip", "-n", space, "rule", "add", "pref", "100", "lookup", "local");
            run("ip", "-n", space, "rule", "del", "pref", "0");
        }
        run("ip", "-n", serverSpace, "addr", "add", SERVER + "/32", "dev", "lo");
        run("ip", "-n", serverSpace, "route", "add", "blackhole", "10.9.8.0/24");
        run("ip", "-n", serverSpace, "route", "add", "unreachable", "10.9.9.0/24");
        run("ip", "netns", "exec", serverSpace, "sysctl", "-q", "-w", "net.ipv4.ip_forward=1");
        run("ip", "-n", clientSpace, "route", "add", "10.9.0.0/16", "via", "10.9.0.2");
    }

    /** What comes to the client disappears behind the capture. */
    void deafen(final boolean isClient, final boolean isDeaf) throws IOException {
        run("ip", "-n", isClient ? clientSpace : serverSpace, "rule", isDeaf ? "add" : "del", "pref", "50", "iif", "lab0", "blackhole");
    }

    /** What the server sends disappears before it reaches the wire. */
    void mute(final boolean isMute) throws IOException {
        run("ip", "-n", serverSpace, "route", isMute ? "add" : "del", "blackhole", "10.9.0.1/32");
    }

    /** Captures what passes the client's end, from before the return of this call on. */
    void capture(final Path file) throws IOException {
        final Process tcpdump = start(true, "ip", "netns", "exec", clientSpace, "tcpdump", "-i", "lab0", "-U", "--immediate-mode",
            "-Z", "root", "-w", file.toString(), "tcp or icmp");
        final BufferedReader messages = tcpdump.inputReader(StandardCharsets.US_ASCII);
        for (String line = messages.readLine(); line != null; line = messages.readLine()) {
            if (line.contains("listening on")) {
                return;
            }
        }
        throw new IOException("tcpdump did not start");
    }

    private Process start(final boolean isErrorMerged, final String... command) throws IOException {
        final ProcessBuilder builder = new ProcessBuilder(command);
        final Process process = (isErrorMerged ? builder.redirectErrorStream(true)
            : builder.redirectError(ProcessBuilder.Redirect.INHERIT)).start();
        processes.add(process);
        return process;
    }

    private static void run(final String... command) throws IOException {
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output.strip());
            }
        } catch (final InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IOException(exception);
        }
    }

    @Override
    public void close() throws IOException {
        processes.forEach(Process::destroy);
        for (final Process process : processes) {
            process.onExit().join();
        }
        for (final String space : List.of(clientSpace, serverSpace)) {
            if (Files.exists(Path.of("/run/netns", space))) {
                run("ip", "netns", "del", space);
            }
        }
    }

    /** The process in one namespace. */
    final class Peer {
        private final Process process;
        private final BufferedReader answers;

        Peer(final String space) throws IOException {
            final String classes = TcpLabPeer.class.getProtectionDomain().getCodeSource().getLocation().getPath();
            process = start(false, "ip", "netns", "exec", space, System.getProperty("java.home") + "/bin/java", "-Xmx64m",
                "-XX:TieredStopAtLevel=1", "-cp", classes, TcpLabPeer.class.getName());
            answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        }

        /** Does the commands one after the other; each must succeed. */
        void does(final String... commands) throws IOException {
            for (final String command : commands) {
                final String answer = tries(command);
                if (!"ok".equals(answer)) {
                    throw new IOException(command + ": " + answer);
                }
            }
        }

        /** Does one command and says how it went. */
        String tries(final String command) throws IOException {
            process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
            return answers.readLine();
        }
    }
}
