package net.flowsonde.collector;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** IANA's elements, from this module's own table, by number. */
final class ElementTable {
    private static final String RESOURCE = "iana-elements.csv";
    private static final int IDS = 1 << 15;
    private static final ElementTable IANA = load();

    private final Element[] elements = new Element[IDS];
    private final Element[] reversed = new Element[IDS];

    private ElementTable() {
    }

    static ElementTable iana() {
        return IANA;
    }

    /** The element with that number, or null when IANA has none. */
    Element find(final int id) {
        return elements[id];
    }

    /** The reverse of that element, or null when IANA has none; whether it may be reversed is asked of {@link #find}. */
    Element findReverse(final int id) {
        return reversed[id];
    }

    private void add(final String line) {
        final String[] columns = line.split(",");
        final int id = Integer.parseInt(columns[0]);
        final Element element = new Element(0, id, columns[1], DataType.named(columns[2]), "yes".equals(columns[3]));
        elements[id] = element;
        reversed[id] = element.reversed();
    }

    private static ElementTable load() {
        final ElementTable table = new ElementTable();
        try (BufferedReader reader = new BufferedReader(
            new InputStreamReader(ElementTable.class.getResourceAsStream(RESOURCE), StandardCharsets.UTF_8))) {
            reader.lines().filter(line -> !line.startsWith("#")).forEach(table::add);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }
}
