package net.flowsonde.collector;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Counts every breach; keeps and reports the first ones of each rule, so that a bad exporter cannot fill memory or the terminal. */
final class Breaches {
    private static final long KEPT_OF_A_RULE = 20;

    private final Map<Rule, Long> counts = new EnumMap<>(Rule.class);
    private final List<Breach> kept = new ArrayList<>();
    private final Consumer<Breach> reporter;
    private long total;

    /** @param reporter  told of each breach that is kept */
    Breaches(final Consumer<Breach> reporter) {
        this.reporter = reporter;
    }

    void add(final Session session, final int offset, final Rule rule, final String detail) {
        total++;
        if (counts.merge(rule, 1L, Long::sum) <= KEPT_OF_A_RULE) {
            final Breach breach = new Breach(session.name(), session.messages(), offset, rule, detail);
            kept.add(breach);
            reporter.accept(breach);
        }
    }

    long total() {
        return total;
    }

    /** How often each rule was broken. */
    Map<Rule, Long> counts() {
        return counts;
    }

    List<Breach> kept() {
        return kept;
    }
}
