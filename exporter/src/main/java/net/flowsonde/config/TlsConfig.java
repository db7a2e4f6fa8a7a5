package net.flowsonde.config;

import java.util.Optional;

/**
 * How a collector is spoken to by TLS. Secrets are never here, only where they are.
 *
 * @param certificate             PEM file with our certificate and those that lead to its authority; empty: we show none
 * @param key                     PEM file (PKCS#8) with its private key
 * @param keyPasswordFile         file whose first line is the password of the key; empty: none
 * @param keyPasswordEnvironment  name of an environment variable with the password of the key; empty: none
 * @param trustedCertificates     PEM file with the authorities that we trust; empty: those of the Java runtime
 * @param minimumVersion          least version of TLS
 * @param serverName              name that the collector's certificate must have; empty: the host of its URI
 */
public record TlsConfig(
    String certificate, String key, String keyPasswordFile, String keyPasswordEnvironment, String trustedCertificates,
    Version minimumVersion, String serverName) {

    /** Versions of the protocol. */
    public enum Version {
        TLS_1_2, TLS_1_3
    }

    public static final TlsConfig DEFAULT = new TlsConfig("", "", "", "", "", Version.TLS_1_2, "");

    /** Where a key is, the certificate is too, and where the password comes from is said once; empty when all is well. */
    Optional<String> complaint() {
        if (certificate.isEmpty() != key.isEmpty()) {
            return Optional.of("has one of certificate and key, and needs the other");
        }
        if (!keyPasswordFile.isEmpty() && !keyPasswordEnvironment.isEmpty()) {
            return Optional.of("has key-password-file and key-password-environment, of which one is enough");
        }
        return Optional.empty();
    }
}
