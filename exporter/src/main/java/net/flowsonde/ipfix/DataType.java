package net.flowsonde.ipfix;

/** Abstract data types of information elements (RFC 7012, 3.1) with their codes in informationElementDataType (RFC 5610, 3.1; RFC 6313, 11.1). */
public enum DataType {
    OCTET_ARRAY(0, "octetArray"),
    UNSIGNED8(1, "unsigned8"),
    UNSIGNED16(2, "unsigned16"),
    UNSIGNED32(3, "unsigned32"),
    UNSIGNED64(4, "unsigned64"),
    MAC_ADDRESS(12, "macAddress"),
    STRING(13, "string"),
    DATE_TIME_NANOSECONDS(17, "dateTimeNanoseconds"),
    IPV4_ADDRESS(18, "ipv4Address"),
    IPV6_ADDRESS(19, "ipv6Address"),
    BASIC_LIST(20, "basicList"),
    SUB_TEMPLATE_LIST(21, "subTemplateList");

    private final int code;
    private final String label;

    DataType(final int code, final String label) {
        this.code = code;
        this.label = label;
    }

    /** Value of informationElementDataType (339). */
    public int code() {
        return code;
    }

    /** IANA's spelling. */
    public String label() {
        return label;
    }
}
