package net.flowsonde.collector;

/** What carries the messages; the rules for templates and sequence numbers depend on it. */
enum Transport {
    UDP,
    TCP,
    FILE;

    /** Whether messages may be lost, so that templates are repeated and never withdrawn (RFC 7011, 8.4). */
    boolean isLossy() {
        return this == UDP;
    }
}
