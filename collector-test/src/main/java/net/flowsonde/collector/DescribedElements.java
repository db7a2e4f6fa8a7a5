package net.flowsonde.collector;

import java.util.HashMap;
import java.util.Map;

/** Enterprise elements that a session described by RFC 5610 options records. */
final class DescribedElements {
    private final Map<Long, Element> byKey = new HashMap<>();
    private final Map<String, Element> byName = new HashMap<>();

    Element find(final long enterprise, final int id) {
        return byKey.get(key(enterprise, id));
    }

    /** The element that has that name, or null. */
    Element named(final String name) {
        return byName.get(name);
    }

    void add(final Element element) {
        byKey.put(key(element.enterprise(), element.id()), element);
        byName.put(element.name(), element);
    }

    int size() {
        return byKey.size();
    }

    private static long key(final long enterprise, final int id) {
        return enterprise << 16 | id;
    }
}
