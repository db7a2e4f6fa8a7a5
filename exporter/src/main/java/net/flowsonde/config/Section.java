package net.flowsonde.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One map of the configuration file while it is read: each key is asked for once, with its default and its bounds, and {@link #close}
 * reports what nobody asked for. Every mistake is noted and reading goes on with the default, so that all of them are reported.
 */
final class Section implements AutoCloseable {
    private static final int MOST_ENTRIES = 256;
    private static final int MOST_PATH_LENGTH = 1_024;

    private final String path;
    private final Node self;
    private final Mistakes mistakes;
    private final Schema schema;
    private final Map<String, ScalarNode> keys = new LinkedHashMap<>();
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final List<String> asked = new ArrayList<>();

    /** Told of each key that is asked for. */
    interface Schema {
        void onKey(String path, String defaultValue, String bounds);
    }

    /** @param node the map; null when the file does not have it */
    Section(final String path, final Node node, final Mistakes mistakes, final Schema schema) {
        this.path = path;
        self = node;
        this.mistakes = mistakes;
        this.schema = schema;
        if (node instanceof MappingNode map) {
            map.getValue().forEach(this::take);
        } else if (isGiven(node)) {
            mistakes.add(path.isEmpty() ? "the file" : path, "is not a map of keys", node);
        }
    }

    Section section(final String key) {
        return new Section(pathOf(key), ask(key), mistakes, schema);
    }

    int count(final String key, final int otherwise, final long least, final long most) {
        return (int) count(key, (long) otherwise, least, most);
    }

    long count(final String key, final long otherwise, final long least, final long most) {
        return number(key, otherwise, least, most, Quantity::count, Quantity::formatCount);
    }

    long size(final String key, final long otherwise, final long least, final long most) {
        return number(key, otherwise, least, most, Quantity::size, Quantity::formatSize);
    }

    Duration duration(final String key, final Duration otherwise, final Duration least, final Duration most) {
        return number(key, otherwise, least, most, Quantity::duration, Quantity::format);
    }

    boolean flag(final String key, final boolean otherwise) {
        return choice(key, otherwise, List.of(true, false), value -> Boolean.toString(value));
    }

    <E extends Enum<E>> E choice(final String key, final E otherwise) {
        return choice(key, otherwise, List.of(otherwise.getDeclaringClass().getEnumConstants()), Section::nameOf);
    }

    /** A value out of a list, spelled by {@code name}. */
    <T> T choice(final String key, final T otherwise, final List<T> choices, final Function<T, String> name) {
        final String names = choices.stream().map(name).collect(Collectors.joining(", "));
        return scalar(key, otherwise, name, names, text -> choices.stream().filter(choice -> name.apply(choice).equals(text))
            .findFirst().orElseThrow(() -> new IllegalArgumentException("is none of " + names)));
    }

    String text(final String key, final String otherwise, final int mostLength) {
        return scalar(key, otherwise, Function.identity(), "at most " + Quantity.formatCount(mostLength) + " characters", text -> {
            if (text.length() > mostLength) {
                throw new IllegalArgumentException("is longer than " + Quantity.formatCount(mostLength) + " characters");
            }
            return text;
        });
    }

    /** The absolute path of a file or directory; empty where there may be none. */
    String path(final String key, final String otherwise) {
        return scalar(key, otherwise, Function.identity(), "an absolute path, or empty", text -> {
            if (!text.isEmpty() && (!text.startsWith("/") || text.length() > MOST_PATH_LENGTH || text.indexOf('\0') >= 0)) {
                throw new IllegalArgumentException("is not an absolute path of at most " + MOST_PATH_LENGTH + " characters");
            }
            return text;
        });
    }

    /** An address and port of this machine. */
    ListenAddress listen(final String key, final ListenAddress otherwise) {
        return scalar(key, otherwise, ListenAddress::toString, "an address and a port", ListenAddress::parse);
    }

    /** Whether the file says anything of {@code key}. */
    boolean has(final String key) {
        return isGiven(ask(key));
    }

    /** A list whose entries are checked by {@code parser}; one entry may stand alone. */
    <T> List<T> list(final String key, final String bounds, final EntryParser<T> parser) {
        schema.onKey(pathOf(key), "[]", bounds);
        final Node node = ask(key);
        final List<Node> entries =
            node instanceof SequenceNode sequence ? sequence.getValue() : Stream.ofNullable(node).filter(Section::isGiven).toList();
        if (entries.size() > MOST_ENTRIES) {
            mistakes.add(pathOf(key), "has more than " + MOST_ENTRIES + " entries", node);
            return List.of();
        }
        final List<T> parsed = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            parser.parse(pathOf(key) + "[" + i + "]", entries.get(i), parsed);
        }
        return parsed;
    }

    /** Reads one entry of a list into {@code parsed}, or notes why not. */
    interface EntryParser<T> {
        void parse(String path, Node entry, List<T> parsed);
    }

    /** The text of a value that is not a list or a map, or null after noting that it is one. */
    static String scalarText(final String path, final Node node, final Mistakes mistakes) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        mistakes.add(path, "is a list or a map where one value is wanted", node);
        return null;
    }

    /** Notes that {@code key} of this section has a value that breaks a rule which one key's bounds cannot say. */
    void refuse(final String key, final String complaint) {
        final Node node = values.get(key);
        mistakes.add(pathOf(key), Mistakes.quote(((ScalarNode) node).getValue()) + " " + complaint, node);
    }

    /** Notes that what stands under {@code key}, which need not be one value, breaks a rule. */
    void complain(final String key, final String complaint) {
        mistakes.add(pathOf(key), complaint, keys.get(key));
    }

    /** The value of a key that has no default; empty after noting that it is missing. */
    Optional<Node> required(final String key) {
        final Node value = ask(key);
        if (!isGiven(value)) {
            mistakes.add(path, "lacks the key " + key, self);
            return Optional.empty();
        }
        return Optional.of(value);
    }

    @Override
    public void close() {
        keys.forEach((key, node) -> {
            if (!asked.contains(key)) {
                mistakes.add(pathOf(Mistakes.quote(key)), "is not a key of this version" + Mistakes.suggestion(key, asked), node);
            }
        });
    }

    private <T extends Comparable<T>> T number(
        final String key, final T otherwise, final T least, final T most, final Function<String, T> parser,
        final Function<T, String> format) {
        return scalar(key, otherwise, format, format.apply(least) + " to " + format.apply(most), text -> {
            final T value = parser.apply(text);
            if (value.compareTo(least) < 0) {
                throw new IllegalArgumentException("is below " + format.apply(least));
            }
            if (value.compareTo(most) > 0) {
                throw new IllegalArgumentException("is above " + format.apply(most));
            }
            return value;
        });
    }

    private <T> T scalar(
        final String key, final T otherwise, final Function<T, String> format, final String bounds, final Function<String, T> parser) {
        schema.onKey(pathOf(key), format.apply(otherwise), bounds);
        final Node node = ask(key);
        final String text = isGiven(node) ? scalarText(pathOf(key), node, mistakes) : null;
        if (text == null) {
            return otherwise;
        }
        try {
            return parser.apply(text);
        } catch (final IllegalArgumentException refused) {
            mistakes.add(pathOf(key), Mistakes.quote(text) + " " + refused.getMessage(), node);
            return otherwise;
        }
    }

    private void take(final NodeTuple tuple) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            mistakes.add(path.isEmpty() ? "the file" : path, "has a key that is not a word", tuple.getKeyNode());
        } else if (keys.putIfAbsent(key.getValue(), key) != null) {
            mistakes.add(pathOf(Mistakes.quote(key.getValue())), "is given twice", key);
        } else {
            values.put(key.getValue(), tuple.getValueNode());
        }
    }

    private Node ask(final String key) {
        asked.add(key);
        return values.get(key);
    }

    private String pathOf(final String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static boolean isGiven(final Node node) {
        return node != null && !Tag.NULL.equals(node.getTag());
    }

    private static String nameOf(final Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
