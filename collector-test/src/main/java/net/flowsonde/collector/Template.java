package net.flowsonde.collector;

import java.util.List;

/** A template or options template of one observation domain in one transport session (RFC 7011, 3.4.1 and 3.4.2). */
final class Template {
    private final long domain;
    private final int id;
    private final int scopeCount;
    private final List<Field> fields;
    private final int shortestRecord;
    private final Element[] elements;
    private int[] checkedFields = {};
    private int[] timePairs = {};
    private boolean isResolved;
    private long seenSeconds;

    Template(final long domain, final int id, final int scopeCount, final List<Field> fields) {
        this.domain = domain;
        this.id = id;
        this.scopeCount = scopeCount;
        this.fields = List.copyOf(fields);
        this.shortestRecord = fields.stream().mapToInt(Field::shortestValue).sum();
        this.elements = new Element[fields.size()];
    }

    long domain() {
        return domain;
    }

    int id() {
        return id;
    }

    /** Leading fields that say what an options record is about; 0 for a template of data. */
    int scopeCount() {
        return scopeCount;
    }

    boolean isOptions() {
        return scopeCount > 0;
    }

    List<Field> fields() {
        return fields;
    }

    int fieldCount() {
        return elements.length;
    }

    Field field(final int index) {
        return fields.get(index);
    }

    int shortestRecord() {
        return shortestRecord;
    }

    /** What the field is, or null while nothing has described it. */
    Element element(final int index) {
        return elements[index];
    }

    void element(final int index, final Element element) {
        elements[index] = element;
    }

    /** Whether every element was looked up after the session had its chance to describe them. */
    boolean isResolved() {
        return isResolved;
    }

    void markResolved() {
        isResolved = true;
        checkedFields = ValueChecks.fieldsToCheck(this);
        timePairs = ValueChecks.pairsOf(this);
    }

    /** Indices of the fields of which some values are wrong by themselves. */
    int[] checkedFields() {
        return checkedFields;
    }

    /** Indices of start and end of a flow, two by two. */
    int[] timePairs() {
        return timePairs;
    }

    /** Export time of the message that brought it last. */
    long seenSeconds() {
        return seenSeconds;
    }

    void seenSeconds(final long exportSeconds) {
        seenSeconds = exportSeconds;
    }

    /** Index of an element's first field, or -1. */
    int indexOf(final long enterprise, final int elementId) {
        for (int i = 0; i < fields.size(); i++) {
            final Field field = fields.get(i);
            if (field.id() == elementId && field.enterprise() == enterprise) {
                return i;
            }
        }
        return -1;
    }

    /** Whether both describe the same record, number included. */
    boolean isSameAs(final Template other) {
        return id == other.id && scopeCount == other.scopeCount && fields.equals(other.fields);
    }
}
