package net.flowsonde.collector;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Real name servers and a real web server in one network namespace, clients in another: dnsmasq at {@link #ALLOWED} and, with other
 * answers, at {@link #ROGUE}, nginx at {@link #WEB}. Everything goes over the interface {@link NetworkNamespace#RECEIVER} of the servers.
 * Needs root.
 */
final class NameLab implements AutoCloseable {
    static final String ALLOWED = "10.77.0.53";
    static final String ROGUE = "10.77.0.66";
    static final String WEB = "10.77.0.80";
    static final String ANNA = "10.77.0.101";
    static final String BRUNO = "10.77.0.102";

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Path directory;
    private final NetworkNamespace servers;
    private final NetworkNamespace clients;
    private final List<Process> processes = new ArrayList<>();

    NameLab(final Path directory) throws IOException {
        List.of("dnsmasq", "dig", "nginx", "curl", "sysctl").forEach(Tools::require);
        this.directory = directory;
        servers = new NetworkNamespace(directory, "names");
        clients = new NetworkNamespace(directory, "askers");
        try {
            plug();
            serveNames(ALLOWED, "--host-record=web.example.com," + WEB, "--cname=www.example.com,web.example.com",
                "--host-record=shop.example.com," + WEB);
            serveNames(ROGUE, "--host-record=bank.example.com," + ROGUE);
            servePages();
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).until(this::isReady);
        } catch (final AssertionError | RuntimeException | IOException e) {
            close();
            throw e;
        }
    }

    private void plug() {
        clients.exec("ip", "link", "delete", NetworkNamespace.SENDER);
        servers.exec("ip", "link", "set", NetworkNamespace.SENDER, "netns", clients.name());
        clients.exec("ip", "link", "set", NetworkNamespace.SENDER, "up");
        List.of(ANNA, BRUNO).forEach(address -> clients.exec("ip", "address", "add", address + "/24", "dev", NetworkNamespace.SENDER));
        List.of(ALLOWED, ROGUE, WEB).forEach(address -> servers.exec("ip", "address", "add", address + "/24", "dev", NetworkNamespace.RECEIVER));
    }

    /** A name server at an address that the servers' interface has. */
    void serveNames(final String address, final String... names) throws IOException {
        final List<String> command = new ArrayList<>(List.of("dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--pid-file", "--user=root",
            "--no-resolv", "--no-hosts", "--bind-interfaces", "--listen-address=" + address, "--local=/example.com/"));
        command.addAll(List.of(names));
        start(servers, command);
    }

    private void servePages() throws IOException {
        final Path pages = Files.createDirectories(directory.resolve("pages"));
        Files.writeString(pages.resolve("index.html"), "<!doctype html><title>Example</title><p>Welcome to example.com.\n");
        final Path config = Files.writeString(directory.resolve("nginx.conf"), """
            user root;
            daemon off;
            worker_processes 1;
            pid DIRECTORY/nginx.pid;
            error_log DIRECTORY/nginx.log;
            events { }
            http {
                access_log off;
                client_body_temp_path DIRECTORY;
                server { listen ADDRESS:80; root DIRECTORY/pages; }
            }
            """.replace("DIRECTORY", directory.toString()).replace("ADDRESS", WEB));
        start(servers, List.of("nginx", "-c", config.toString(), "-e", directory.resolve("nginx.log").toString()));
    }

    /** Runs a command until the lab is closed. */
    void start(final NetworkNamespace where, final List<String> command) throws IOException {
        final List<String> inside = new ArrayList<>(where.prefix());
        inside.add(Tools.require(command.get(0)));
        inside.addAll(command.subList(1, command.size()));
        processes.add(new ProcessBuilder(inside).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("servers.log").toFile()))
            .redirectInput(new File("/dev/null")).start());
    }

    private boolean isReady() {
        return ask(ANNA, ALLOWED, "web.example.com").equals(WEB) && ask(ANNA, ROGUE, "bank.example.com").equals(ROGUE)
            && clients.run("curl", "--silent", "--fail", "http://" + WEB + "/").exitCode() == 0;
    }

    /** Where the servers are, and the exporter. */
    NetworkNamespace servers() {
        return servers;
    }

    NetworkNamespace clients() {
        return clients;
    }

    /** What a client is told about a name: the last line that dig prints. */
    String ask(final String client, final String server, final String name) {
        final List<String> lines = clients.run("dig", "+short", "+tries=1", "+time=2", "-b", client, "@" + server, name).lines();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    /** A client asks the allowed server for a name and gets the page there. */
    void browse(final String client, final String name) {
        fetch(client, name, ask(client, ALLOWED, name));
    }

    /** A client that knows the address of a name already gets the page there. */
    void fetch(final String client, final String name, final String address) {
        clients.exec("curl", "--silent", "--fail", "--output", "/dev/null", "--interface", client, "--resolve", name + ":80:" + address,
            "http://" + name + "/");
    }

    @Override
    public void close() {
        processes.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        });
        clients.close();
        servers.close();
    }
}
