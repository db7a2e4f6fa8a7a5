package net.flowsonde.collector;

import java.util.HashMap;
import java.util.Map;

/** What is known of one transport session: its domains with their templates, and the elements that it described. */
final class Session {
    private final String name;
    private final Transport transport;
    private final Map<Long, Domain> domains = new HashMap<>();
    private final DescribedElements described = new DescribedElements();
    private long messages;

    Session(final String name, final Transport transport) {
        this.name = name;
        this.transport = transport;
    }

    String name() {
        return name;
    }

    Transport transport() {
        return transport;
    }

    DescribedElements described() {
        return described;
    }

    Domain domain(final long id) {
        return domains.computeIfAbsent(id, key -> new Domain(key, transport.isLossy() ? Domain.UNKNOWN_SEQUENCE : 0));
    }

    /** Messages so far, the one in hand included. */
    long messages() {
        return messages;
    }

    void countMessage() {
        messages++;
    }
}
