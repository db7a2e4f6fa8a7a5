package net.flowsonde.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The names of users by their numbers, from a file like {@code /etc/passwd}: a line a user, {@code name:password:number:...}. Comments,
 * empty lines and the marks of directory services ({@code +}, {@code -}) are passed over; of several names the first counts.
 */
public final class PasswordFile {
    /** Most users. */
    public static final int MOST_USERS = 65_536;
    /** Largest file. */
    static final long MOST_OCTETS = 16L << 20;

    private static final int NUMBER_FIELD = 2;
    private static final long HIGHEST_NUMBER = 0xFFFF_FFFFL;

    private PasswordFile() {
    }

    /** @throws IOException if the file cannot be read, is too large, or has a line that is none of it, which the message tells */
    public static Map<Long, String> read(final Path file) throws IOException {
        if (Files.size(file) > MOST_OCTETS) {
            throw new IOException("has more than " + MOST_OCTETS + " octets");
        }
        final Map<Long, String> names = new HashMap<>();
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank() && "#+-".indexOf(line.charAt(0)) < 0) {
                    add(line, number, names);
                }
            }
        }
        return Map.copyOf(names);
    }

    private static void add(final String line, final int number, final Map<Long, String> names) throws IOException {
        final String[] fields = line.split(":", -1);
        if (fields.length <= NUMBER_FIELD || fields[0].isEmpty() || !fields[NUMBER_FIELD].matches("[0-9]{1,10}")
            || Long.parseLong(fields[NUMBER_FIELD]) > HIGHEST_NUMBER) {
            throw new IOException("has a line " + number + " that is not name:password:number:...");
        }
        if (names.size() == MOST_USERS) {
            throw new IOException("has more than " + MOST_USERS + " users");
        }
        names.putIfAbsent(Long.parseLong(fields[NUMBER_FIELD]), fields[0]);
    }
}
