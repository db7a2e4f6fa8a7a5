package net.flowsonde.enrich.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.flowsonde.config.FilesConfig;

/**
 * Hides users, paths and shares behind keyed hashes (HMAC-SHA-256, its first 64 bits), each name and each component of a path by itself, so
 * that what is equal stays equal and who has the key can look a name up. The one place where that is done; without a key everything stays
 * as it is. Owned by the export thread.
 */
public final class FileMask {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEPT_OCTETS = 8;

    /** What Flowsonde writes where it does not know a name. */
    private static final Pattern OUR_OWN = Pattern.compile("<(fh:[0-9a-f]{8}|unknown [a-z]+( [0-9a-f]+)?)>");

    private final Mac mac;
    private boolean masksUsers;
    private boolean masksPaths;
    private boolean masksShares;

    /**
     * @param key       none for no masking
     * @param unmasked  what stays as it is all the same, out of {@link FilesConfig#MASKED}
     */
    public FileMask(final Optional<byte[]> key, final List<String> unmasked) {
        mac = key.map(FileMask::mac).orElse(null);
        unmasked(unmasked);
    }

    /** Something else stays as it is from now on. */
    void unmasked(final List<String> names) {
        masksUsers = isOn() && !names.contains("users");
        masksPaths = isOn() && !names.contains("paths");
        masksShares = isOn() && !names.contains("shares");
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
        return masksUsers ? hash(name) : name;
    }

    /** A number that a user is known by; 0 stays. */
    long userNumber(final long number) {
        return masksUsers ? hash(number) : number;
    }

    /** A number that a path could be known by; 0 stays. */
    long pathNumber(final long number) {
        return masksPaths ? hash(number) : number;
    }

    /** A path below a share: its separators and what Flowsonde itself wrote in angle brackets stay. */
    public String path(final String path) {
        return masksPaths ? components(path) : path;
    }

    /** A share or an export, like a path. */
    public String share(final String share) {
        return masksShares ? components(share) : share;
    }

    private String components(final String path) {
        final StringBuilder masked = new StringBuilder();
        int start = 0;
        for (int i = 0; i <= path.length(); i++) {
            if (i == path.length() || path.charAt(i) == '/' || path.charAt(i) == '\\') {
                final String component = path.substring(start, i);
                masked.append(OUR_OWN.matcher(component).matches() ? component : hash(component));
                if (i < path.length()) {
                    masked.append(path.charAt(i));
                }
                start = i + 1;
            }
        }
        return masked.toString();
    }

    private long hash(final long number) {
        return number == 0 ? 0 : ByteBuffer.wrap(mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(number).array())).getLong();
    }

    private String hash(final String text) {
        return text.isEmpty() ? text : HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), 0, KEPT_OCTETS);
    }
}
