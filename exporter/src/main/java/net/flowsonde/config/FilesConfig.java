package net.flowsonde.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of file accesses. Thresholds are of one user of one client on one share; 0 for no alert.
 *
 * @param recordsPerMinute  most file access records of one client in a minute; what is beyond is told in its activity records only
 * @param actors            most users of clients on shares that are watched at one time
 * @param userInference     how long after (and before) a user was seen on a client other flows of that client get the name; 0 never
 * @param userNumbersFile   a file like {@code /etc/passwd} that names the users whose numbers NFS tells; none for numbers
 * @param maskKeyFile       a file with the key by which users, paths and shares are masked; none for no masking
 * @param unmasked          what stays readable though there is a key, out of {@link #MASKED}
 * @param canaries          paths that nobody should touch; a final {@code *} stands for anything
 * @param overwrites        S1, files read whole and overwritten in a minute
 * @param replacements      S2, files replaced by new ones with another ending in a minute
 * @param renames           S3, files renamed to one unknown ending in a minute
 * @param newExtensions     S4, files that got endings unknown on the share in a minute
 * @param sameFile          S5, directories in which the same new file appeared in ten minutes
 * @param walk              S6, directories listed in a minute
 * @param destructions      S8, files deleted or emptied in a minute
 * @param denials           S8, accesses denied in a minute
 * @param score             points, out of the signals together
 */
public record FilesConfig(
    int recordsPerMinute, int actors, Duration userInference, Optional<Path> userNumbersFile, Optional<Path> maskKeyFile,
    List<String> unmasked, List<String> canaries, int overwrites, int replacements, int renames, int newExtensions, int sameFile, int walk, int destructions, int denials, int score) {

    /** Least octets of the key that masks. */
    public static final int SHORTEST_KEY = 16;
    /** Users with their domains and workstations; paths below a share; shares and exports. */
    public static final List<String> MASKED = List.of("users", "paths", "shares");
    /** Most canaries. */
    public static final int MOST_CANARIES = 100;
    /** Highest threshold: what is remembered of an actor reaches no farther. */
    public static final int MOST_COUNTED = 2_000;

    public static final FilesConfig DEFAULT = new FilesConfig(
        60_000, 4_096, Duration.ofMinutes(10), Optional.empty(), Optional.empty(), List.of(), List.of(), 20, 20, 20, 20, 10, 0, 500, 50, 60);

    public FilesConfig {
        unmasked = List.copyOf(unmasked);
        canaries = List.copyOf(canaries);
    }
}
