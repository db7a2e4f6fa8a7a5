package net.flowsonde.collector;

/**
 * One field specifier of a template (RFC 7011, 3.2).
 *
 * @param enterprise  private enterprise number; 0 for IANA's own
 * @param id          element number without the enterprise bit
 * @param length      octets, or {@link #VARIABLE_LENGTH}
 */
record Field(long enterprise, int id, int length) {
    /** Length that says each value brings its own (RFC 7011, 7). */
    static final int VARIABLE_LENGTH = 65_535;

    boolean isVariable() {
        return length == VARIABLE_LENGTH;
    }

    /** Fewest octets of a value in a record: an empty variable-length value still has its length octet. */
    int shortestValue() {
        return isVariable() ? 1 : length;
    }

    boolean isReverse() {
        return enterprise == Element.REVERSE_ENTERPRISE;
    }

    @Override
    public String toString() {
        return enterprise == 0 ? "element " + id : "element " + enterprise + ":" + id;
    }
}
