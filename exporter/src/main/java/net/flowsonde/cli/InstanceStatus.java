package net.flowsonde.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a running instance said of itself: a {@link StatusReport} read back. Lines of another version that mean nothing here are skipped. */
final class InstanceStatus {
    private static final int VALUE_FIELDS = 5;

    private final Map<String, String> facts = new LinkedHashMap<>();
    private final Map<String, Map<String, Map<String, Long>>> values = new LinkedHashMap<>();

    InstanceStatus(final List<String> lines) {
        for (final String line : lines) {
            final String[] fields = line.split("\t", -1);
            if (fields.length == VALUE_FIELDS) {
                values.computeIfAbsent(fields[1], scope -> new LinkedHashMap<>())
                    .computeIfAbsent(fields[2], name -> new LinkedHashMap<>()).merge(fields[3], number(fields[4]), Long::sum);
            } else if (fields.length == 2) {
                facts.put(fields[0], fields[1]);
            }
        }
    }

    private static long number(final String text) {
        try {
            return Long.parseLong(text);
        } catch (final NumberFormatException notOurs) {
            return 0;
        }
    }

    /** A fact, or an empty string. */
    String fact(final String name) {
        return facts.getOrDefault(name, "");
    }

    /** A fact that is a number, or 0. */
    long number(final Enum<?> scope, final String thing, final Enum<?> value) {
        return values.getOrDefault(scope.name(), Map.of()).getOrDefault(thing, Map.of()).getOrDefault(value.name(), 0L);
    }

    long time() {
        return number(fact("time"));
    }

    long started() {
        return number(fact("started"));
    }

    /** The queues, collectors … that count. */
    Set<String> things(final Enum<?> scope) {
        return values.getOrDefault(scope.name(), Map.of()).keySet();
    }

    /** The sum of a value over all things of its scope. */
    long total(final Enum<?> scope, final Enum<?> value) {
        return things(scope).stream().mapToLong(thing -> number(scope, thing, value)).sum();
    }
}
