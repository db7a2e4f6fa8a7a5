package net.flowsonde.collector;

import java.util.HashMap;
import java.util.Map;

/** State of one observation domain in one transport session. */
final class Domain {
    /** Expected sequence number while none can be known: a UDP session that was joined late, or records that could not be counted. */
    static final long UNKNOWN_SEQUENCE = -1;

    private final long id;
    private final Map<Integer, Template> templates = new HashMap<>();
    private long expectedSequence;
    private long exportSeconds;

    Domain(final long id, final long expectedSequence) {
        this.id = id;
        this.expectedSequence = expectedSequence;
    }

    long id() {
        return id;
    }

    Map<Integer, Template> templates() {
        return templates;
    }

    long expectedSequence() {
        return expectedSequence;
    }

    void expectedSequence(final long sequence) {
        expectedSequence = sequence == UNKNOWN_SEQUENCE ? sequence : sequence & 0xFFFF_FFFFL;
    }

    /** Latest export time so far; 0 while there was none. */
    long exportSeconds() {
        return exportSeconds;
    }

    void exportSeconds(final long seconds) {
        exportSeconds = seconds;
    }
}
