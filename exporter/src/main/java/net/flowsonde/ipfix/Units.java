package net.flowsonde.ipfix;

/** Units of information elements with the codes of informationElementUnits (RFC 5610, 3.3 and IANA's registry). */
public enum Units {
    NONE(0, ""),
    OCTETS(2, "octets"),
    PACKETS(3, "packets"),
    FLOWS(4, "flows"),
    SECONDS(5, "seconds"),
    MILLISECONDS(6, "milliseconds"),
    MICROSECONDS(7, "microseconds"),
    NANOSECONDS(8, "nanoseconds"),
    MESSAGES(10, "messages"),
    HOPS(11, "hops"),
    ENTRIES(12, "entries"),
    FRAMES(13, "frames");

    private final int code;
    private final String label;

    Units(final int code, final String label) {
        this.code = code;
        this.label = label;
    }

    /** Value of informationElementUnits (345). */
    public int code() {
        return code;
    }

    /** IANA's spelling; empty for none. */
    public String label() {
        return label;
    }
}
