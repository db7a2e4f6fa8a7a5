package net.flowsonde.collector;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import picocli.CommandLine.Option;

/** The PEM files of a TLS server. */
final class TlsFiles {
    private static final char[] NO_PASSWORD = {};

    @Option(names = "--certificate", paramLabel = "FILE", description = "For tls://: certificate, with those that lead to its authority.")
    private Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "For tls://: private key of the certificate (PKCS#8, no password).")
    private Path key;

    @Option(names = "--trusted-certificates", paramLabel = "FILE",
        description = "For tls://: authorities of senders, which must then show a certificate.")
    private Path trusted;

    /** Whether senders must show a certificate. */
    boolean isClientAsked() {
        return trusted != null;
    }

    /** @throws IOException when a file is missing or is not what it should be, in words for a person */
    SSLContext context() throws IOException {
        if (certificate == null || key == null) {
            throw new IOException("tls:// needs --certificate and --key");
        }
        try {
            final KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            final KeyStore ours = empty();
            ours.setKeyEntry("ours", key(), NO_PASSWORD, certificates(certificate).toArray(Certificate[]::new));
            keys.init(ours, NO_PASSWORD);
            final TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            final KeyStore theirs = empty();
            if (trusted != null) {
                for (final Certificate authority : certificates(trusted)) {
                    theirs.setCertificateEntry("authority " + theirs.size(), authority);
                }
            }
            trust.init(theirs);
            final SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trusted == null ? null : trust.getTrustManagers(), null);
            return context;
        } catch (final GeneralSecurityException | IllegalArgumentException refused) {
            throw new IOException("TLS cannot be set up: " + refused.getMessage(), refused);
        }
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        final KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(final Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }

    private PrivateKey key() throws IOException, GeneralSecurityException {
        final String text = Files.readString(key).replaceAll("-----[^-]+-----", "").replaceAll("\\s", "");
        final PKCS8EncodedKeySpec octets = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text));
        GeneralSecurityException refused = null;
        for (final String algorithm : List.of("EC", "RSA", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(octets);
            } catch (final GeneralSecurityException other) {
                refused = other;
            }
        }
        throw refused;
    }
}
