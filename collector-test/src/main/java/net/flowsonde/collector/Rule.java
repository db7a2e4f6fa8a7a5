package net.flowsonde.collector;

/** The rules that a message must keep, each with its source. */
enum Rule {
    MESSAGE_VERSION("RFC 7011, 3.1: the version is 10"),
    MESSAGE_LENGTH("RFC 7011, 3.1: the length covers header and sets, and no more octets than there are"),
    MESSAGE_SIZE("RFC 7011, 10.3.3: a message over UDP fits the path MTU"),
    EXPORT_TIME("RFC 7011, 3.1: the export time is when the message leaves, so it is set and never runs backwards"),
    SEQUENCE("RFC 7011, 3.1: the sequence number counts the data records sent before"),
    SET_ID("RFC 7011, 3.3.2: a set is 2, 3, or a template's number from 256 up"),
    SET_LENGTH("RFC 7011, 3.3.2: a set covers its header and ends in its message"),
    SET_EMPTY("RFC 7011, 3.3.1: a set holds at least one record"),
    PADDING("RFC 7011, 3.3.1: padding is zero octets, fewer than any record, at most 7 for alignment"),
    TEMPLATE_ID("RFC 7011, 3.4.1: templates are numbered from 256 to 65,535"),
    TEMPLATE_LENGTH("RFC 7011, 3.4.1: a template's field specifiers end in its set"),
    TEMPLATE_CHANGED("RFC 7011, 8: a template's number is not given to another one while it is in use"),
    SCOPE_COUNT("RFC 7011, 3.4.2.2: an options template has at least one scope field and no more than fields"),
    WITHDRAWAL("RFC 7011, 8.1: only templates that are there are withdrawn, and none over UDP"),
    FIELD_ID("RFC 7011, 3.2: an element has a number, an enterprise's element has an enterprise"),
    FIELD_LENGTH("RFC 7011, 6: a field's length is legal for its abstract data type"),
    UNKNOWN_ELEMENT("RFC 7012 and RFC 5610: an element is IANA's, its reverse, or described in the session before its data"),
    NOT_REVERSIBLE("RFC 5103, 6.1: only reversible elements are reversed"),
    BIFLOW_DIRECTION("RFC 5103, 6.3: biflowDirection is 0 to 3"),
    DATA_WITHOUT_TEMPLATE("RFC 7011, 9: a template comes before its data"),
    RECORD_LENGTH("RFC 7011, 3.4.3: a record ends in its set"),
    STRING_VALUE("RFC 7011, 6.1.6: a string is UTF-8"),
    BOOLEAN_VALUE("RFC 7011, 6.1.5: a boolean is 1 or 2"),
    TIME_VALUE("RFC 7011, 6.1.9: below a microsecond the fraction of dateTimeMicroseconds is 0"),
    TIME_ORDER("RFC 7012, 5.8: a flow starts before it ends, and ends before it is exported"),
    UP_TIME("RFC 3954, 5.1: the times of a flow lie before the uptime of its message"),
    ELEMENT_DESCRIPTION("RFC 5610, 3: a description has its scopes, a name, known codes, and does not change");

    private final String text;

    Rule(final String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
