package net.flowsonde.ipfix;

/**
 * An information element as it is exported (RFC 7012, 2).
 *
 * @param enterpriseNumber  {@link #IANA}, {@link #IANA_REVERSE} or the private enterprise number of our own elements
 * @param id                1 to 32,767, without the enterprise bit
 * @param name              lowerCamelCase, the key of JSON lines too
 * @param type              abstract data type
 * @param semantics         what may be done with values
 * @param units             unit of a number
 * @param rangeBegin        smallest value; 0 with {@code rangeEnd} 0 when the type's own range holds
 * @param rangeEnd          largest value
 * @param description       what it means, for documentation and informationElementDescription (340)
 */
public record Element(
    long enterpriseNumber, int id, String name, DataType type, Semantics semantics, Units units, long rangeBegin, long rangeEnd,
    String description) {

    /** Enterprise number of IANA's elements; such elements carry none on the wire. */
    public static final long IANA = 0;
    /** Enterprise number of the reverse direction of IANA's elements (RFC 5103, 6.1). */
    public static final long IANA_REVERSE = 29_305;
    /** Set in the id of our own elements for the reverse direction, as other enterprises do since RFC 5103, 6.2 leaves it to them. */
    public static final int REVERSE_BIT = 0x4000;

    /** The same for the packets of the reverse direction. */
    public Element reverse() {
        return new Element(
            enterpriseNumber == IANA ? IANA_REVERSE : enterpriseNumber, enterpriseNumber == IANA ? id : id | REVERSE_BIT,
            "reverse" + Character.toUpperCase(name.charAt(0)) + name.substring(1), type, semantics, units, rangeBegin, rangeEnd,
            "Server to client: " + description);
    }

    /** Of this enterprise. */
    public boolean isOf(final long enterprise) {
        return enterpriseNumber == enterprise;
    }

    /** Of the packets of the reverse direction. */
    boolean isReverse() {
        return enterpriseNumber == IANA_REVERSE || enterpriseNumber != IANA && (id & REVERSE_BIT) != 0;
    }
}
