package net.flowsonde.ipfix;

import java.util.Arrays;
import java.util.Optional;

/** Abstract data types of information elements (RFC 7012, 3.1) with their codes in informationElementDataType (RFC 5610, 3.1; RFC 6313, 11.1). */
public enum DataType {
    OCTET_ARRAY(0, "octetArray"),
    UNSIGNED8(1, "unsigned8"),
    UNSIGNED16(2, "unsigned16"),
    UNSIGNED32(3, "unsigned32"),
    UNSIGNED64(4, "unsigned64"),
    MAC_ADDRESS(12, "macAddress"),
    STRING(13, "string"),
    DATE_TIME_SECONDS(14, "dateTimeSeconds"),
    DATE_TIME_MILLISECONDS(15, "dateTimeMilliseconds"),
    DATE_TIME_MICROSECONDS(16, "dateTimeMicroseconds"),
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

    boolean isTime() {
        return this == DATE_TIME_SECONDS || this == DATE_TIME_MILLISECONDS || this == DATE_TIME_MICROSECONDS
            || this == DATE_TIME_NANOSECONDS;
    }

    boolean isUnsigned() {
        return this == UNSIGNED8 || this == UNSIGNED16 || this == UNSIGNED32 || this == UNSIGNED64;
    }

    /** Octets of a value unless a template says otherwise; {@link Field#VARIABLE_LENGTH} for texts, octets and lists. */
    int naturalLength() {
        return switch (this) {
            case UNSIGNED8 -> 1;
            case UNSIGNED16 -> 2;
            case UNSIGNED32, DATE_TIME_SECONDS, IPV4_ADDRESS -> 4;
            case MAC_ADDRESS -> 6;
            case UNSIGNED64, DATE_TIME_MILLISECONDS, DATE_TIME_MICROSECONDS, DATE_TIME_NANOSECONDS -> 8;
            case IPV6_ADDRESS -> 16;
            case OCTET_ARRAY, STRING, BASIC_LIST, SUB_TEMPLATE_LIST -> Field.VARIABLE_LENGTH;
        };
    }

    /** The type that IANA spells so; empty when there is none that we write. */
    static Optional<DataType> of(final String label) {
        return Arrays.stream(values()).filter(type -> type.label.equals(label)).findFirst();
    }
}
