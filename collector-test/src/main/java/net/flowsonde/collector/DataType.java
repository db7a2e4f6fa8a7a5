package net.flowsonde.collector;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Abstract data types with their numbers (RFC 5610, 3.1; RFC 6313) and the lengths that a template may give them (RFC 7011, 6). */
enum DataType {
    OCTET_ARRAY(0, "octetArray", Kind.OCTETS, 1, Field.VARIABLE_LENGTH),
    UNSIGNED8(1, "unsigned8", Kind.UNSIGNED, 1, 1),
    UNSIGNED16(2, "unsigned16", Kind.UNSIGNED, 1, 2),
    UNSIGNED32(3, "unsigned32", Kind.UNSIGNED, 1, 4),
    UNSIGNED64(4, "unsigned64", Kind.UNSIGNED, 1, 8),
    SIGNED8(5, "signed8", Kind.SIGNED, 1, 1),
    SIGNED16(6, "signed16", Kind.SIGNED, 1, 2),
    SIGNED32(7, "signed32", Kind.SIGNED, 1, 4),
    SIGNED64(8, "signed64", Kind.SIGNED, 1, 8),
    FLOAT32(9, "float32", Kind.FLOAT, 4, 4),
    FLOAT64(10, "float64", Kind.FLOAT, 4, 8),
    BOOLEAN(11, "boolean", Kind.BOOLEAN, 1, 1),
    MAC_ADDRESS(12, "macAddress", Kind.MAC, 6, 6),
    STRING(13, "string", Kind.STRING, 1, Field.VARIABLE_LENGTH),
    DATE_TIME_SECONDS(14, "dateTimeSeconds", Kind.TIME, 4, 4),
    DATE_TIME_MILLISECONDS(15, "dateTimeMilliseconds", Kind.TIME, 8, 8),
    DATE_TIME_MICROSECONDS(16, "dateTimeMicroseconds", Kind.TIME, 8, 8),
    DATE_TIME_NANOSECONDS(17, "dateTimeNanoseconds", Kind.TIME, 8, 8),
    IPV4_ADDRESS(18, "ipv4Address", Kind.ADDRESS, 4, 4),
    IPV6_ADDRESS(19, "ipv6Address", Kind.ADDRESS, 16, 16),
    BASIC_LIST(20, "basicList", Kind.OCTETS, 5, Field.VARIABLE_LENGTH),
    SUB_TEMPLATE_LIST(21, "subTemplateList", Kind.OCTETS, 3, Field.VARIABLE_LENGTH),
    SUB_TEMPLATE_MULTI_LIST(22, "subTemplateMultiList", Kind.OCTETS, 1, Field.VARIABLE_LENGTH),
    UNSIGNED256(23, "unsigned256", Kind.OCTETS, 1, 32);

    /** How a value is read and shown. */
    enum Kind { OCTETS, UNSIGNED, SIGNED, FLOAT, BOOLEAN, MAC, STRING, TIME, ADDRESS }

    private static final Map<String, DataType> BY_NAME =
        Stream.of(values()).collect(Collectors.toMap(type -> type.label, Function.identity()));

    private final int code;
    private final String label;
    private final Kind kind;
    private final int shortest;
    private final int longest;

    DataType(final int code, final String label, final Kind kind, final int shortest, final int longest) {
        this.code = code;
        this.label = label;
        this.kind = kind;
        this.shortest = shortest;
        this.longest = longest;
    }

    /** Number in informationElementDataType (339). */
    int code() {
        return code;
    }

    String label() {
        return label;
    }

    Kind kind() {
        return kind;
    }

    /** Whether a template may give this type that length: exact, variable, or reduced for numbers only (RFC 7011, 6.2). */
    boolean isLegalLength(final int length) {
        if (length < shortest || length > longest) {
            return false;
        }
        return kind != Kind.FLOAT || length == shortest || length == longest;
    }

    /** The type of that name in IANA's table; fails on a name that is none, since the table is ours. */
    static DataType named(final String name) {
        final DataType type = BY_NAME.get(name);
        if (type == null) {
            throw new IllegalArgumentException("no such abstract data type: " + name);
        }
        return type;
    }

    /** The type of a number, or null when it is not assigned. */
    static DataType ofCode(final long code) {
        return code >= 0 && code < values().length ? values()[(int) code] : null;
    }
}
