package net.flowsonde.ipfix;

/** What may be done with a value (RFC 7012, 3.2), with the codes of informationElementSemantics (RFC 5610, 3.2; RFC 6313, 11.3). */
public enum Semantics {
    DEFAULT(0, "default"),
    QUANTITY(1, "quantity"),
    TOTAL_COUNTER(2, "totalCounter"),
    DELTA_COUNTER(3, "deltaCounter"),
    IDENTIFIER(4, "identifier"),
    FLAGS(5, "flags"),
    LIST(6, "list");

    private final int code;
    private final String label;

    Semantics(final int code, final String label) {
        this.code = code;
        this.label = label;
    }

    /** Value of informationElementSemantics (344). */
    public int code() {
        return code;
    }

    /** IANA's spelling. */
    public String label() {
        return label;
    }
}
