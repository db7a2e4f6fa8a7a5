package net.flowsonde.enrich.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hides users and paths behind keyed hashes (HMAC-SHA-256, its first 64 bits), each name and each component of a path by itself, so that
 * what is equal stays equal and who has the key can look a name up. The one place where that is done; without a key everything stays as it
 * is. Owned by the export thread.
 */
public final class FileMask {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEPT_OCTETS = 8;

    /** What Flowsonde writes where it does not know a name. */
    private static final Pattern OUR_OWN = Pattern.compile("<(fh:[0-9a-f]{8}|unknown [a-z]+( [0-9a-f]+)?)>");

    private final Mac mac;

    /** @param key  none for no masking */
    public FileMask(final Optional<byte[]> key) {
        mac = key.map(FileMask::mac).orElse(null);
    }

    private static Mac mac(final byte[] key) {
        try {
            final Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (final GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public boolean isOn() {
        return mac != null;
    }

    /** A user, a domain, a workstation. */
    public String name(final String name) {
        return !isOn() || name.isEmpty() ? name : hash(name);
    }

    /** A number that a user or a path could be known by; 0 stays. */
    public long number(final long number) {
        return !isOn() || number == 0 ? number
            : ByteBuffer.wrap(mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(number).array())).getLong();
    }

    /** A path: its separators and what Flowsonde itself wrote in angle brackets stay. */
    public String path(final String path) {
        if (!isOn()) {
            return path;
        }
        final StringBuilder masked = new StringBuilder();
        int start = 0;
        for (int i = 0; i <= path.length(); i++) {
            if (i == path.length() || path.charAt(i) == '/' || path.charAt(i) == '\\') {
                final String component = path.substring(start, i);
                masked.append(OUR_OWN.matcher(component).matches() ? component : name(component));
                if (i < path.length()) {
                    masked.append(path.charAt(i));
                }
                start = i + 1;
            }
        }
        return masked.toString();
    }

    private String hash(final String text) {
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), 0, KEPT_OCTETS);
    }
}
