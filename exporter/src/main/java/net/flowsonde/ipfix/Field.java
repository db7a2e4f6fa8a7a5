package net.flowsonde.ipfix;

import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.agrona.MutableDirectBuffer;

/**
 * One row of {@link RecordElements}: an element, when it applies, how many octets it takes and how it comes out of a record.
 *
 * @param <R>  kind of record
 */
abstract class Field<R> {
    /** Field length that announces a length with each value (RFC 7011, 7). */
    static final int VARIABLE_LENGTH = 0xFFFF;

    private final Element element;
    private final int length;
    private final IntPredicate applies;

    /**
     * @param length   octets, or {@link #VARIABLE_LENGTH}
     * @param applies  asked with a shape of the record's kind
     */
    Field(final Element element, final int length, final IntPredicate applies) {
        this.element = element;
        this.length = length;
        this.applies = applies;
    }

    final Element element() {
        return element;
    }

    final int length() {
        return length;
    }

    /** Most octets of a value in a record, its length prefix included. */
    int maxLength() {
        return length;
    }

    final boolean appliesTo(final int shape) {
        return applies.test(shape);
    }

    /** The element, and those of the values inside where it is a list. */
    Stream<Element> elements() {
        return Stream.of(element);
    }

    final IntPredicate applies() {
        return applies;
    }

    /** The same value under another element, in the form that its type asks for. */
    final Field<R> as(final Target target) {
        return as(target, applies);
    }

    /** The same value under another element, for other shapes. */
    abstract Field<R> as(Target target, IntPredicate applies);

    /** Writes the value at {@code offset} and answers where it ends. */
    abstract int write(R record, MutableDirectBuffer buffer, int offset);

    /** Writes name and value as a member of a JSON object; nothing when there is no value to tell. */
    abstract void writeJson(R record, JsonWriter json);
}
