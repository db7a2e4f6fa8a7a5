package net.flowsonde.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One key whose value differs.
 *
 * @param key     its whole path: {@code flow.tcp.idle-timeout}
 * @param before  as {@link ConfigWriter} prints it; a list in one line
 * @param after   likewise
 */
public record ConfigChange(String key, String before, String after) {
    private static final String INDENT = "  ";

    /** What differs, in the order of the file. */
    public static List<ConfigChange> between(final FlowsondeConfig before, final FlowsondeConfig after) {
        return between(valuesOf(before), valuesOf(after));
    }

    /** What differs between two results of {@link #valuesOf}. */
    public static List<ConfigChange> between(final Map<String, String> before, final Map<String, String> after) {
        final Set<String> keys = new LinkedHashSet<>(before.keySet());
        keys.addAll(after.keySet());
        return keys.stream().filter(key -> !before.getOrDefault(key, "").equals(after.getOrDefault(key, "")))
            .map(key -> new ConfigChange(key, before.getOrDefault(key, ""), after.getOrDefault(key, ""))).toList();
    }

    /** Every key with its value. */
    public static Map<String, String> valuesOf(final FlowsondeConfig config) {
        final Map<String, List<String>> values = new LinkedHashMap<>();
        final List<String> path = new ArrayList<>();
        int listDepth = Integer.MAX_VALUE;
        for (final String line : ConfigWriter.write(config).lines().toList()) {
            final String text = line.strip();
            final int depth = (line.length() - line.stripLeading().length()) / INDENT.length();
            final boolean isEntry = text.startsWith("- ");
            if (isEntry || depth > listDepth) {
                listDepth = Math.min(listDepth, depth);
                values.computeIfAbsent(String.join(".", path), key -> new ArrayList<>()).add(isEntry ? text.substring(2) : text);
                continue;
            }
            listDepth = Integer.MAX_VALUE;
            path.subList(depth, path.size()).clear();
            path.add(text.substring(0, text.indexOf(':')));
            if (!text.endsWith(":")) {
                values.computeIfAbsent(String.join(".", path), key -> new ArrayList<>()).add(text.substring(text.indexOf(':') + 2));
            }
        }
        return values.entrySet().stream().collect(Collectors.toMap(
            Map.Entry::getKey, entry -> String.join(", ", entry.getValue()), (first, second) -> first, LinkedHashMap::new));
    }
}
