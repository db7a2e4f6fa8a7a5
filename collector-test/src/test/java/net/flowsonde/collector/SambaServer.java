package net.flowsonde.collector;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real Samba server in a network namespace, with one share and users whose password is {@link #PASSWORD}. */
final class SambaServer implements AutoCloseable {
    static final String PASSWORD = "secret";
    static final String SHARE = "data";

    private final NetworkNamespace namespace;
    private final Path directory;
    private final Path configuration;
    private final Process process;

    /**
     * @param namespace  where it listens on every address
     * @param users      names that clients use; each stands for an account that the system has anyway
     * @param more       lines for the global section
     */
    SambaServer(final NetworkNamespace namespace, final Path parent, final List<String> users, final String... more) throws IOException {
        this.namespace = namespace;
        directory = Files.createTempDirectory(parent, "samba");
        for (final String name : List.of("private", "state", SHARE)) {
            Files.createDirectory(directory.resolve(name));
        }
        configuration = directory.resolve("smb.conf");
        Files.write(configuration, configuration(more));
        final List<String> accounts = List.of("games", "news", "irc", "lp");
        final List<String> map = new ArrayList<>();
        for (int i = 0; i < users.size(); i++) {
            map.add(accounts.get(i) + " = " + users.get(i));
            addUser(accounts.get(i));
        }
        Files.write(directory.resolve("users"), map);
        final List<String> command = new ArrayList<>(namespace.prefix());
        command.addAll(List.of(Tools.require("smbd"), "-F", "-s", configuration.toString()));
        process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(directory.resolve("smbd.out").toFile()).start();
        await().atMost(Duration.ofSeconds(30)).until(() -> client(users.get(0), "quit").exitCode() == 0);
    }

    private List<String> configuration(final String... more) {
        final List<String> lines = new ArrayList<>(List.of("[global]", "workgroup = TEST", "security = user", "smb ports = 445",
            "server min protocol = NT1", "client min protocol = NT1", "disable spoolss = yes", "load printers = no", "log level = 0",
            "passdb backend = tdbsam:" + directory.resolve("private/passdb.tdb"), "private dir = " + directory.resolve("private"),
            "username map = " + directory.resolve("users"), "log file = " + directory.resolve("log")));
        for (final String kind : List.of("lock directory", "state directory", "cache directory", "pid directory", "ncalrpc dir")) {
            lines.add(kind + " = " + directory.resolve("state"));
        }
        lines.addAll(List.of(more));
        lines.addAll(List.of("[" + SHARE + "]", "path = " + share(), "read only = no", "force user = root"));
        return lines;
    }

    private void addUser(final String account) throws IOException {
        final Process smbpasswd = new ProcessBuilder(
            Tools.require("smbpasswd"), "-c", configuration.toString(), "-a", "-s", account).redirectErrorStream(true)
            .redirectOutput(directory.resolve("smbpasswd.out").toFile()).start();
        smbpasswd.getOutputStream().write((PASSWORD + "\n" + PASSWORD + "\n").getBytes(StandardCharsets.US_ASCII));
        smbpasswd.getOutputStream().close();
        try {
            if (!smbpasswd.waitFor(30, TimeUnit.SECONDS) || smbpasswd.exitValue() != 0) {
                throw new IllegalStateException(Files.readString(directory.resolve("smbpasswd.out")));
            }
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where the files of the share lie. */
    Path share() {
        return directory.resolve(SHARE);
    }

    /** Runs commands of smbclient in one session; options may follow. */
    Tools.Result client(final String user, final String commands, final String... options) {
        return clientOf(SHARE, user + "%" + PASSWORD, commands, options);
    }

    /** The same on another share, with a name and a password that need not be right. */
    Tools.Result clientOf(final String share, final String credentials, final String commands, final String... options) {
        final List<String> command = new ArrayList<>(List.of("smbclient", "-s", configuration.toString(), "//127.0.0.1/" + share, "-U",
            credentials, "-c", "lcd " + directory + "; " + commands));
        command.addAll(List.of(options));
        return namespace.run(command.toArray(String[]::new));
    }

    /** A file beside the share, for a client to put, or where it gets one. */
    Path local(final String name) {
        return directory.resolve(name);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            process.waitFor(30, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
