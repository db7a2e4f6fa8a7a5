package net.flowsonde.enrich.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The endings of names that a share has known for long enough, with those that everybody knows. An ending that is new stays news for ten
 * minutes, so that whoever brings it can be seen to.
 */
final class ShareExtensions {
    private static final long NEWS_NS = TimeUnit.MINUTES.toNanos(10);
    private static final int MOST_EXTENSIONS = 4_096;
    private static final Set<String> COMMON = common();

    private final Map<String, Long> firstSeen = new HashMap<>();
    private long nowNs;

    private static Set<String> common() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
            ShareExtensions.class.getResourceAsStream("common-extensions.txt"), StandardCharsets.US_ASCII))) {
            return lines.lines().filter(line -> !line.startsWith("#")).flatMap(line -> Arrays.stream(line.split(" ")))
                .filter(word -> !word.isEmpty()).collect(Collectors.toUnmodifiableSet());
        } catch (final IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A file was seen: its ending gets known. */
    void learn(final FilePath path, final long timeNs) {
        nowNs = Math.max(nowNs, timeNs);
        final String extension = path.extension();
        if (!extension.isEmpty() && !COMMON.contains(extension) && firstSeen.size() < MOST_EXTENSIONS) {
            firstSeen.putIfAbsent(extension, timeNs);
        }
    }

    boolean isKnown(final String extension) {
        final Long first = firstSeen.get(extension);
        return COMMON.contains(extension) || first != null && nowNs - first >= NEWS_NS;
    }
}
