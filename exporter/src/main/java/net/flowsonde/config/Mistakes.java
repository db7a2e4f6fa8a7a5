package net.flowsonde.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** What is wrong with one configuration file: a line for each mistake, with its place. */
final class Mistakes {
    private static final int MOST = 100;
    private static final int QUOTE_LENGTH = 60;
    private static final int NEAR = 3;

    private record Mistake(int line, String text) {
    }

    private final String file;
    private final List<Mistake> all = new ArrayList<>();

    Mistakes(final String file) {
        this.file = file;
    }

    /** Notes a mistake of the value (or key) at {@code node}. */
    void add(final String path, final String complaint, final Node node) {
        final int line = node.getStartMark().map(Mark::getLine).orElse(0) + 1;
        all.add(new Mistake(line, path + ": " + complaint + place(line)));
    }

    /** Notes a mistake of the file as a whole, or where the YAML itself breaks off. */
    void add(final String complaint, final Optional<Mark> mark) {
        final int line = mark.map(Mark::getLine).orElse(-1) + 1;
        all.add(new Mistake(line, complaint + place(line)));
    }

    void throwIfAny() throws ConfigException {
        if (!all.isEmpty()) {
            all.sort(Comparator.comparingInt(Mistake::line));
            final List<String> lines = new ArrayList<>(all.stream().limit(MOST).map(Mistake::text).toList());
            if (all.size() > MOST) {
                lines.add("and " + (all.size() - MOST) + " more mistakes (" + file + ")");
            }
            throw new ConfigException(lines);
        }
    }

    /** What was written, shortened, and safe for a terminal. */
    static String quote(final String text) {
        final String printable = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
        if (printable.isEmpty()) {
            return "\"\"";
        }
        return printable.length() <= QUOTE_LENGTH ? printable : printable.substring(0, QUOTE_LENGTH) + "…";
    }

    /** Which known word the operator may have meant, or nothing when none is near. */
    static String suggestion(final String word, final Collection<String> known) {
        if (word.length() > QUOTE_LENGTH) {
            return "";
        }
        return known.stream()
            .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
            .filter(candidate -> distance(word, candidate) <= Math.min(NEAR, candidate.length() / 2))
            .map(candidate -> "; did you mean " + candidate + "?")
            .orElse("");
    }

    /** Edits (insert, delete, replace) that turn one word into the other. */
    private static int distance(final String from, final String to) {
        final int[] row = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            row[column] = column;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int column = 1; column <= to.length(); column++) {
                final int replaced = diagonal + (from.charAt(i - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[to.length()];
    }

    /** Where a value stands, for a complaint that comes later. */
    String place(final String path, final Node node) {
        return path + place(node.getStartMark().map(Mark::getLine).orElse(0) + 1);
    }

    private String place(final int line) {
        return line > 0 ? " (" + file + ":" + line + ")" : " (" + file + ")";
    }
}
