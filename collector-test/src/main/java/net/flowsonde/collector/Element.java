package net.flowsonde.collector;

/**
 * One information element.
 *
 * @param enterprise  private enterprise number; 0 for IANA's own
 * @param id          number, 1 to 32,767
 * @param name        name as registered, or as the exporter described it
 * @param type        abstract data type
 * @param reversible  whether RFC 5103 lets it appear under the reverse enterprise number
 */
record Element(long enterprise, int id, String name, DataType type, boolean reversible) {
    /** Enterprise number under which IANA's elements speak of the reverse direction (RFC 5103, 6.1). */
    static final long REVERSE_ENTERPRISE = 29_305;

    /** The same measurement of the other direction, named as RFC 5103 names it. */
    Element reversed() {
        return new Element(REVERSE_ENTERPRISE, id, "reverse" + Character.toUpperCase(name.charAt(0)) + name.substring(1), type, false);
    }
}
