package net.flowsonde.collector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** An authority and certificates from it, made with openssl. */
final class TestCertificates {
    private static final String[] NEW_KEY = {"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"};

    private final Path directory;

    /** @param directory  where the files go; gets an authority, {@code ca.pem} */
    TestCertificates(final Path directory) {
        this.directory = directory;
        openssl(arguments("req", "-x509", NEW_KEY, "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "30", "-subj", "/CN=test authority"));
    }

    Path authority() {
        return directory.resolve("ca.pem");
    }

    Path certificate(final String name) {
        return directory.resolve(name + ".pem");
    }

    Path key(final String name) {
        return directory.resolve(name + ".key");
    }

    /**
     * Makes a certificate for localhost.
     *
     * @param days      how long it is valid; negative when it has expired
     * @param password  of its key; empty for none
     */
    void make(final String name, final int days, final String password) throws IOException {
        final Path names = Files.writeString(directory.resolve("names.cnf"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
        openssl(arguments("req", "-nodes", NEW_KEY, "-keyout", "plain.key", "-out", name + ".csr", "-subj", "/CN=" + name));
        final String[] protection =
            password.isEmpty() ? new String[] {"-nocrypt"} : new String[] {"-v2", "aes-256-cbc", "-passout", "pass:" + password};
        openssl(arguments("pkcs8", "-topk8", "-in", "plain.key", "-out", name + ".key", protection));
        openssl("x509", "-req", "-in", name + ".csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", Integer.toString(days),
            "-extfile", names.toString(), "-out", name + ".pem");
    }

    private static String[] arguments(final Object... parts) {
        return Arrays.stream(parts)
            .flatMap(part -> part instanceof String[] several ? Arrays.stream(several) : Stream.of((String) part))
            .toArray(String[]::new);
    }

    private void openssl(final String... arguments) {
        final StringBuilder line = new StringBuilder("cd '" + directory + "' && openssl");
        for (final String argument : arguments) {
            line.append(" '").append(argument).append('\'');
        }
        Tools.require("openssl");
        Tools.check(directory, "sh", "-c", line.toString());
    }
}
