package net.flowsonde.ipfix;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.agrona.MutableDirectBuffer;

/**
 * Any number of values of one element (RFC 6313, 4.5.1).
 * <pre>
 *  +---------------+-+-------------------------------+---------------+
 *  | Semantic (1)  |E|    Information Element id     | Length (2)    |  enterprise number where E is set, then values
 *  +---------------+-+-------------------------------+---------------+
 * </pre>
 *
 * @param <R>  kind of record
 * @param <E>  kind of entry
 */
final class BasicListField<R, E> extends VariableField<R> {
    private final ListSemantic semantic;
    private final Field<E> value;
    private final Entries<R, E> entries;

    BasicListField(
        final Element element, final int capacity, final IntPredicate applies, final ListSemantic semantic, final Field<E> value,
        final Entries<R, E> entries) {
        super(element, capacity, applies);
        this.semantic = semantic;
        this.value = value;
        this.entries = entries;
    }

    @Override
    Field<R> as(final Target target, final IntPredicate applies) {
        return new BasicListField<>(target.element(), capacity(), applies, semantic, value, entries);
    }

    @Override
    Stream<Element> elements() {
        return Stream.concat(super.elements(), value.elements());
    }

    @Override
    int valueLength(final R record) {
        int length = headerLength();
        for (int i = 0; i < entries.count(record); i++) {
            length += RecordTemplate.lengthOf(value, entries.entry(record, i));
        }
        return length;
    }

    @Override
    int writeValue(final R record, final MutableDirectBuffer buffer, final int offset, final int most) {
        buffer.putByte(offset, (byte) semantic.code());
        int limit = Template.writeFieldSpecifier(value.element(), value.length(), buffer, offset + 1);
        for (int i = 0; i < entries.count(record); i++) {
            final E entry = entries.entry(record, i);
            if (RecordTemplate.lengthOf(value, entry) > offset + most - limit) {
                break;
            }
            limit = value.write(entry, buffer, limit);
        }
        return limit;
    }

    @Override
    int leastLength() {
        return headerLength();
    }

    @Override
    void writeJson(final R record, final JsonWriter json) {
        if (entries.count(record) == 0) {
            return;
        }
        json.beginArray(element().name());
        for (int i = 0; i < entries.count(record); i++) {
            value.writeJson(entries.entry(record, i), json);
        }
        json.endArray();
    }

    private int headerLength() {
        return 1 + Template.fieldSpecifierLength(value.element());
    }
}
