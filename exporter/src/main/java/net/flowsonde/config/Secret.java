package net.flowsonde.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where a password, key or community stands: never in the configuration itself, so that this can be shown around.
 *
 * @param kind   what kind of place
 * @param place  the path of a file, or the name of an environment variable
 */
public record Secret(Kind kind, String place) {
    /** Kinds of places; their names end the keys that name the place. */
    public enum Kind { FILE, ENV }

    private static final int MOST_OCTETS = 4_096;

    /**
     * The secret itself, without the line's end that editors put behind it.
     *
     * @throws IllegalArgumentException with why it cannot be had, to be read after the place
     */
    public String read() {
        final String text = kind == Kind.ENV ? System.getenv(place) : fileText();
        if (text == null) {
            throw new IllegalArgumentException("is not set in the environment");
        }
        final String secret = text.stripTrailing();
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("holds nothing");
        }
        return secret;
    }

    private String fileText() {
        try {
            final Path file = Path.of(place);
            if (Files.size(file) > MOST_OCTETS) {
                throw new IllegalArgumentException("holds more than a secret: above " + MOST_OCTETS + " octets");
            }
            return Files.readString(file);
        } catch (final NoSuchFileException missing) {
            throw new IllegalArgumentException("is no file that there is", missing);
        } catch (final IOException unreadable) {
            throw new IllegalArgumentException("cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }
}
