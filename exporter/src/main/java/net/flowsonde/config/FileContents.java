package net.flowsonde.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What stands in the files that a configuration names, as digests: so that new content behind an old path is noticed. */
public final class FileContents {
    /**
     * A file.
     *
     * @param key        of the configuration, that names it or whose entries do
     * @param path       where it is
     * @param isWatched  whether its user looks after it anyway
     */
    public record Named(String key, Path path, boolean isWatched) {
    }

    private final Map<Named, String> digests = new LinkedHashMap<>();

    private FileContents() {
    }

    /** As the files are now; one that cannot be read is left out: who needs it complains. */
    public static FileContents of(final FlowsondeConfig config) {
        final FileContents contents = new FileContents();
        final SnmpConfig snmp = config.snmp();
        contents.addSecrets("snmp.users", snmp.users().stream().flatMap(user -> Stream.of(user.authenticationKey(), user.privacyKey())));
        contents.addSecrets("snmp.communities", snmp.communities().stream().map(SnmpConfig.Community::community));
        contents.addSecrets("snmp.targets", snmp.targets().stream().map(SnmpConfig.Target::community));
        config.files().userNumbersFile().ifPresent(path -> contents.add("files.user-numbers-file", path, false));
        config.files().maskKeyFile().ifPresent(path -> contents.add("files.mask-key-file", path, false));
        config.collectors().stream().map(CollectorConfig::tls)
            .flatMap(tls -> Stream.of(tls.certificate(), tls.key(), tls.keyPasswordFile(), tls.trustedCertificates()))
            .filter(path -> !path.isEmpty()).forEach(path -> contents.add("collectors", Path.of(path), true));
        return contents;
    }

    private void addSecrets(final String key, final Stream<Secret> secrets) {
        secrets.filter(secret -> secret != null && secret.kind() == Secret.Kind.FILE)
            .forEach(secret -> add(key, Path.of(secret.place()), false));
    }

    private void add(final String key, final Path path, final boolean isWatched) {
        try {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            digests.put(new Named(key, path, isWatched), HexFormat.of().formatHex(digest.digest()));
        } catch (final IOException unreadable) {
            digests.remove(new Named(key, path, isWatched));
        } catch (final NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }

    /** The files of both that hold something else in the later one. */
    public List<Named> changedIn(final FileContents later) {
        return digests.keySet().stream()
            .filter(file -> later.digests.containsKey(file) && !later.digests.get(file).equals(digests.get(file))).toList();
    }

    /** Takes over what the later one says, but of these files. */
    public void follow(final FileContents later, final List<Named> except) {
        final Map<Named, String> kept = new LinkedHashMap<>(digests);
        kept.keySet().retainAll(except);
        digests.clear();
        digests.putAll(later.digests);
        digests.putAll(kept);
    }
}
