package net.flowsonde.collector;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real key server of Kerberos (MIT) in a network namespace, with a user and a file server whose keys it has written to files. */
final class KeyServer implements AutoCloseable {
    static final String REALM = "LAB.EXAMPLE";
    /** The file server, as clients call it. */
    static final String HOST = "files.lab.example";

    private final NetworkNamespace namespace;
    private final Path directory;
    private final Process process;

    /** @param user  who gets tickets */
    KeyServer(final NetworkNamespace namespace, final Path parent, final String user) throws IOException {
        this.namespace = namespace;
        directory = Files.createTempDirectory(parent, "kerberos");
        Files.write(directory.resolve("krb5.conf"), List.of("[libdefaults]", "default_realm = " + REALM, "dns_lookup_kdc = false",
            "dns_lookup_realm = false", "dns_canonicalize_hostname = false", "rdns = false", "[realms]",
            REALM + " = {", "kdc = 127.0.0.1", "}", "[domain_realm]", ".lab.example = " + REALM));
        // Samba takes no authorization data from a server that is not its own
        Files.write(directory.resolve("kdc.conf"), List.of("[kdcdefaults]", "kdc_ports = 88", "kdc_tcp_ports = 88", "[realms]", REALM + " = {",
            "database_name = " + directory.resolve("principal"), "key_stash_file = " + directory.resolve("stash"),
            "acl_file = " + directory.resolve("acl"), "disable_pac = true", "}"));
        exec("kdb5_util", "create", "-r", REALM, "-s", "-P", "master");
        for (final String principal : List.of(user, "cifs/" + HOST)) {
            exec("kadmin.local", "-q", "addprinc -randkey " + principal);
        }
        exec("kadmin.local", "-q", "ktadd -k " + serverKeys() + " cifs/" + HOST);
        exec("kadmin.local", "-q", "ktadd -k " + directory.resolve("user.keytab") + " " + user);
        final List<String> command = new ArrayList<>(namespace.prefix());
        command.addAll(List.of(inEnvironment("krb5kdc", "-n")));
        process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(directory.resolve("kdc.out").toFile()).start();
        await().atMost(Duration.ofSeconds(30)).until(() -> logOn(user).exitCode() == 0);
    }

    /** The keys of the file server. */
    Path serverKeys() {
        return directory.resolve("server.keytab");
    }

    /** Gets the ticket by which the user gets others, anew. */
    Tools.Result logOn(final String user) {
        return run("kinit", "-k", "-t", directory.resolve("user.keytab").toString(), user);
    }

    /** Runs a program with the tickets of the user. */
    Tools.Result run(final String... command) {
        return namespace.run(inEnvironment(command));
    }

    private void exec(final String... command) {
        namespace.exec(inEnvironment(command));
    }

    private String[] inEnvironment(final String... command) {
        return Stream.concat(
            Stream.of("env", "KRB5_CONFIG=" + directory.resolve("krb5.conf"), "KRB5_KDC_PROFILE=" + directory.resolve("kdc.conf"),
                "KRB5CCNAME=" + directory.resolve("tickets"), Tools.require(command[0])),
            Stream.of(command).skip(1)).toArray(String[]::new);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(30, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
