package net.flowsonde.ipfix;

/** How the values of a list relate to the record (RFC 6313, 4.4). */
enum ListSemantic {
    ALL_OF(0x03),
    ORDERED(0x04);

    private final int code;

    ListSemantic(final int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
