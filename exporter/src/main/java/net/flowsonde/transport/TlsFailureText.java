package net.flowsonde.transport;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Why TLS was refused, in the words of an operator. */
final class TlsFailureText {
    private static final int DEEPEST = 8;

    private TlsFailureText() {
    }

    /** Whether TLS itself is what failed. */
    static boolean isOfTls(final Throwable failure) {
        return find(failure, SSLException.class) != null || find(failure, CertificateException.class) != null;
    }

    static String of(final Throwable failure) {
        if (find(failure, CertificateExpiredException.class) != null) {
            return "the collector's certificate has expired";
        }
        if (find(failure, CertificateNotYetValidException.class) != null) {
            return "the collector's certificate is not valid yet";
        }
        final Throwable path = find(failure, CertPathValidatorException.class);
        final String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (path != null || text.contains("unable to find valid certification path")) {
            return "the collector's certificate is not from an authority that we trust";
        }
        if (text.contains("no subject alternative") || text.contains("no name matching")) {
            return "the collector's certificate has another name";
        }
        if (text.contains("not an ssl/tls record")) {
            return "the collector does not speak TLS there";
        }
        if (text.contains("received fatal alert")) {
            return "the collector refused us: " + text.substring(text.indexOf("alert:") + "alert:".length()).strip().replace('_', ' ');
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage().lines().findFirst().orElse("");
    }

    private static Throwable find(final Throwable failure, final Class<? extends Throwable> kind) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (kind.isInstance(cause)) {
                return cause;
            }
            cause = cause.getCause();
        }
        return null;
    }
}
