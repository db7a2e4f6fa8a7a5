package net.flowsonde.collector;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real NFS-Ganesha in a network namespace: either a server with one directory, known to rpcbind, or a gateway that offers what another
 * server has, which it reaches by NFS 4.1.
 */
final class NfsServer implements AutoCloseable {
    /** The export as version 4 names it. */
    static final String PSEUDO = "/share";

    /** A gateway refuses an origin on the loopback network. */
    private static final String ORIGIN = "10.77.0.1";
    private static final int NFS_PORT = 2_049;
    private static final int MOUNT_PORT = 20_048;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path directory;
    private final Path log;
    private final int shift;
    private final Process process;

    private NfsServer(
        final NetworkNamespace namespace, final Path parent, final int shift, final boolean hasPortMapper, final String settings)
        throws IOException {
        this.shift = shift;
        directory = Files.createTempDirectory(parent, "ganesha");
        log = directory.resolve("log");
        Files.createDirectory(directory.resolve("state"));
        Files.setPosixFilePermissions(Files.createDirectory(directory.resolve("export")), PosixFilePermissions.fromString("rwxrwxrwx"));
        final Path configuration = Files.writeString(directory.resolve("ganesha.conf"), configuration(settings));
        // a /run of the test, so that the socket of the port mapper there is the test's own
        final String script = "mount --bind " + Files.createDirectories(parent.resolve("run")) + " /run; " + (hasPortMapper ? Tools.require("rpcbind") + " -w -f & " : "")
            + "exec " + Tools.require("ganesha.nfsd") + " -F -f " + configuration + " -L " + log + " -p " + directory.resolve("pid");
        final List<String> command = new ArrayList<>(namespace.prefix());
        command.addAll(List.of(Tools.require("sh"), "-c", script));
        process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(directory.resolve("out").toFile()).start();
        await().atMost(LIMIT).until(() -> Files.exists(log) && Files.readString(log).contains("NFS SERVER INITIALIZED"));
    }

    /** A server with a directory of its own. */
    static NfsServer start(final NetworkNamespace namespace, final Path parent) throws IOException {
        return new NfsServer(namespace, parent, 0, true, "");
    }

    /** A gateway to the server in the same namespace, at ports of its own. */
    static NfsServer startGateway(final NetworkNamespace namespace, final Path parent) throws IOException {
        namespace.exec("ip", "addr", "add", ORIGIN + "/32", "dev", "lo");
        final NfsServer gateway = new NfsServer(namespace, parent, 1, false, ORIGIN);
        await().atMost(LIMIT).until(() -> namespace.run("nfs-ls", gateway.url(3, 0)).exitCode() == 0);
        return gateway;
    }

    private String configuration(final String origin) {
        final String files = origin.isEmpty() ? "Path = " + export() + "; FSAL { Name = VFS; }"
            : "Path = " + PSEUDO + "; FSAL { Name = PROXY_V4; Srv_Addr = " + origin + "; }";
        return String.join("\n",
            "NFS_CORE_PARAM { Protocols = " + (origin.isEmpty() ? "3, 4" : "3") + "; NFS_Port = " + (NFS_PORT + shift) + "; MNT_Port = "
                + (MOUNT_PORT + shift) + "; Enable_NLM = false; Enable_RQUOTA = false; }",
            "NFSv4 { Graceless = true; RecoveryRoot = \"" + directory.resolve("state") + "\"; RecoveryBackend = fs; }",
            "EXPORT_DEFAULTS { Access_Type = RW; Squash = No_Root_Squash; SecType = sys; Transports = TCP, UDP; }",
            "EXPORT { Export_Id = " + (shift + 1) + "; Pseudo = " + PSEUDO + "; " + files + " }",
            "LOG { Default_Log_Level = EVENT; }");
    }

    /** The directory that it offers. */
    Path export() {
        return directory.resolve("export");
    }

    /** How libnfs names it in a version of the protocol, for a user whose group has the same number. */
    String url(final int version, final int user) {
        final String path = version == 4 || shift > 0 ? PSEUDO : export().toString();
        final String ports = shift == 0 ? "" : "&nfsport=" + (NFS_PORT + shift) + "&mountport=" + (MOUNT_PORT + shift);
        return "nfs://127.0.0.1" + path + "?version=" + version + "&uid=" + user + "&gid=" + user + ports;
    }

    /** The same of one file. */
    String url(final int version, final int user, final String file) {
        return url(version, user).replace("?", "/" + file + "?");
    }

    /** Leaves out of a capture what clients and a gateway say to each other. */
    static String withoutGateway() {
        return "not port " + (NFS_PORT + 1) + " and not port " + (MOUNT_PORT + 1);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
