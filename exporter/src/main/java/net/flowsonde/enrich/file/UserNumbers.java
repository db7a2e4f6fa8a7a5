package net.flowsonde.enrich.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import net.flowsonde.config.PasswordFile;
import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileAccess.Name;
import net.flowsonde.dpi.FileAuthentication;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Puts names in place of the numbers of users that NFS tells (AUTH_SYS), where a file has them. Owned by the export thread. */
final class UserNumbers {
    private static final long NUMBER = 0xFFFF_FFFFL;

    private final MutableDirectBuffer octets = new UnsafeBuffer(new byte[FileAccess.MAX_LENGTH]);
    private final FileAccess named = new FileAccess();
    private final Counters counters;
    private Map<Long, String> names = Map.of();
    private Path file;
    private FileTime modified;

    UserNumbers(final Counters counters) {
        this.counters = counters;
    }

    /**
     * Reads the file, or forgets all names where there is none.
     *
     * @throws IllegalArgumentException if the file cannot be read
     */
    void load(final Optional<Path> wanted) {
        try {
            modified = wanted.isPresent() ? Files.getLastModifiedTime(wanted.get()) : null;
            names = wanted.isPresent() ? PasswordFile.read(wanted.get()) : Map.of();
            file = wanted.orElse(null);
        } catch (final IOException unreadable) {
            throw new IllegalArgumentException("files.user-numbers-file: " + wanted.get() + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /** Reads the file again if it has changed. While it cannot be read, the names from before stay. */
    void refresh() {
        try {
            if (file != null && !Files.getLastModifiedTime(file).equals(modified)) {
                modified = Files.getLastModifiedTime(file);
                names = PasswordFile.read(file);
            }
        } catch (final IOException unreadable) {
            counters.increment(Counter.FILE_USER_NUMBERS_UNREADABLE);
        }
    }

    /** The access with the user's name, valid until the next call; the access itself where the name is not known. */
    FileAccess named(final FileAccess access) {
        if (names.isEmpty() || access.authentication() != FileAuthentication.AUTH_SYS.code()) {
            return access;
        }
        final String name = names.get(access.sessionId() & NUMBER);
        if (name == null) {
            return access;
        }
        access.copyTo(octets, (field, text) -> field == Name.USER ? name : text);
        return named.wrap(octets, 0);
    }
}
