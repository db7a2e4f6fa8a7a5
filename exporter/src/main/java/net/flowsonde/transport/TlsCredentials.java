package net.flowsonde.transport;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import net.flowsonde.config.TlsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificates, keys and trust of one collector, read again when their files change. What cannot be read then leaves the old ones in force,
 * as a file may be half written. Read by the event loop, looked after by the export thread.
 */
final class TlsCredentials {
    private static final Logger LOG = LoggerFactory.getLogger(TlsCredentials.class);
    private static final long CHECK_INTERVAL_NS = TimeUnit.SECONDS.toNanos(5);

    private final String name;
    private final TlsConfig config;
    private List<Object> state;
    private long checkedNs = System.nanoTime();
    private volatile SslContext context;
    private volatile long expiryMs;

    /** @throws UncheckedIOException when they cannot be used, with a line for the operator */
    TlsCredentials(final String name, final TlsConfig config) {
        this.name = name;
        this.config = config;
        state = state();
        try {
            load();
        } catch (final IOException refused) {
            throw new UncheckedIOException(name + ": " + refused.getMessage(), refused);
        }
    }

    SslContext context() {
        return context;
    }

    /** When the first of our own certificates and of those that we trust expires, milliseconds since 1970; 0 when there are none. */
    long expiryMs() {
        return expiryMs;
    }

    /** Reads the files again if they have changed; answers whether other ones are in force now. */
    boolean isReloaded(final long nowNs) {
        if (nowNs - checkedNs < CHECK_INTERVAL_NS) {
            return false;
        }
        checkedNs = nowNs;
        final List<Object> now = state();
        if (now.equals(state)) {
            return false;
        }
        state = now;
        try {
            load();
            LOG.info("{}: certificates were read again", name);
            return true;
        } catch (final IOException refused) {
            LOG.warn("{}: {}; the certificates read before stay in force", name, refused.getMessage());
            return false;
        }
    }

    /** What tells a file from the same one before it was changed. */
    private List<Object> state() {
        final List<Object> states = new ArrayList<>();
        files().forEach(file -> {
            try {
                states.add(Files.getLastModifiedTime(file));
                states.add(Files.size(file));
            } catch (final IOException missing) {
                states.add(file);
            }
        });
        return states;
    }

    private Stream<Path> files() {
        return Stream.of(config.certificate(), config.key(), config.keyPasswordFile(), config.trustedCertificates())
            .filter(path -> !path.isEmpty()).map(Path::of);
    }

    private void load() throws IOException {
        final String[] protocols = config.minimumVersion() == TlsConfig.Version.TLS_1_3
            ? new String[] {"TLSv1.3"} : new String[] {"TLSv1.3", "TLSv1.2"};
        final SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK).protocols(protocols);
        final List<X509Certificate> known = new ArrayList<>();
        if (!config.trustedCertificates().isEmpty()) {
            final List<X509Certificate> trusted = certificates("trusted-certificates", config.trustedCertificates());
            builder.trustManager(trusted.toArray(X509Certificate[]::new));
            known.addAll(trusted);
        }
        if (!config.certificate().isEmpty()) {
            known.addAll(certificates("certificate", config.certificate()));
            useKey(builder);
        }
        try {
            context = builder.build();
        } catch (final SSLException refused) {
            throw new IOException("tls cannot be set up: " + refused.getMessage(), refused);
        }
        expiryMs = known.stream().mapToLong(certificate -> certificate.getNotAfter().getTime()).min().orElse(0);
    }

    private void useKey(final SslContextBuilder builder) throws IOException {
        if (!Files.isReadable(Path.of(config.key()))) {
            throw new IOException("tls.key " + config.key() + " cannot be read");
        }
        final String password = password();
        try {
            builder.keyManager(new File(config.certificate()), new File(config.key()), password);
        } catch (final IllegalArgumentException refused) {
            throw new IOException("tls.key " + config.key() + " is no private key in PEM form (PKCS#8)"
                + (password == null ? "" : ", or its password is wrong, or it is not protected with AES, as openssl pkcs8 -topk8 -v2 aes256 does"),
                refused);
        }
    }

    private String password() throws IOException {
        if (!config.keyPasswordFile().isEmpty()) {
            try (Stream<String> lines = Files.lines(Path.of(config.keyPasswordFile()))) {
                return lines.findFirst().orElse("");
            } catch (final IOException | UncheckedIOException unreadable) {
                throw new IOException("tls.key-password-file " + config.keyPasswordFile() + " cannot be read", unreadable);
            }
        }
        if (config.keyPasswordEnvironment().isEmpty()) {
            return null;
        }
        final String password = System.getenv(config.keyPasswordEnvironment());
        if (password == null) {
            throw new IOException("tls.key-password-environment " + config.keyPasswordEnvironment() + " is not set");
        }
        return password;
    }

    private static List<X509Certificate> certificates(final String key, final String path) throws IOException {
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            final List<X509Certificate> certificates = new ArrayList<>();
            for (final Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                certificates.add((X509Certificate) certificate);
            }
            if (certificates.isEmpty()) {
                throw new IOException("tls." + key + " " + path + " holds no certificate in PEM form");
            }
            return certificates;
        } catch (final NoSuchFileException missing) {
            throw new IOException("tls." + key + " " + path + ": there is no such file", missing);
        } catch (final GeneralSecurityException refused) {
            throw new IOException("tls." + key + " " + path + " holds no certificate in PEM form", refused);
        }
    }
}
