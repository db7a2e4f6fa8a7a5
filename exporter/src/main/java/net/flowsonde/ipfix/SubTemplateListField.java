package net.flowsonde.ipfix;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.agrona.MutableDirectBuffer;

/**
 * Any number of records of one template inside a record (RFC 6313, 4.5.2).
 * <pre>
 *  +---------------+-------------------------------+
 *  | Semantic (1)  |        Template id (2)        |  then records
 *  +---------------+-------------------------------+
 * </pre>
 *
 * @param <R>  kind of record
 * @param <E>  kind of entry
 */
final class SubTemplateListField<R, E> extends VariableField<R> {
    private static final int HEADER_LENGTH = 3;

    private final ListSemantic semantic;
    private final RecordTemplate<E> template;
    private final Entries<R, E> entries;

    SubTemplateListField(
        final Element element, final int capacity, final IntPredicate applies, final ListSemantic semantic,
        final RecordTemplate<E> template, final Entries<R, E> entries) {
        super(element, capacity, applies);
        this.semantic = semantic;
        this.template = template;
        this.entries = entries;
    }

    /** The template of the entries, which a collector must know before a record with this field. */
    RecordTemplate<E> template() {
        return template;
    }

    @Override
    Field<R> as(final Target target, final IntPredicate applies) {
        return new SubTemplateListField<>(target.element(), capacity(), applies, semantic, template, entries);
    }

    @Override
    Stream<Element> elements() {
        return Stream.concat(super.elements(), template.fields().stream().flatMap(Field::elements));
    }

    @Override
    int valueLength(final R record) {
        int length = HEADER_LENGTH;
        for (int i = 0; i < entries.count(record); i++) {
            length += template.lengthOf(entries.entry(record, i));
        }
        return length;
    }

    @Override
    int writeValue(final R record, final MutableDirectBuffer buffer, final int offset, final int most) {
        buffer.putByte(offset, (byte) semantic.code());
        buffer.putShort(offset + 1, (short) template.id(), BIG_ENDIAN);
        int limit = offset + HEADER_LENGTH;
        for (int i = 0; i < entries.count(record); i++) {
            final E entry = entries.entry(record, i);
            if (template.lengthOf(entry) > offset + most - limit) {
                break;
            }
            limit = template.write(entry, buffer, limit);
        }
        return limit;
    }

    @Override
    int leastLength() {
        return HEADER_LENGTH;
    }

    @Override
    void writeJson(final R record, final JsonWriter json) {
        if (entries.count(record) == 0) {
            return;
        }
        json.beginArray(element().name());
        for (int i = 0; i < entries.count(record); i++) {
            json.beginObject();
            template.writeJson(entries.entry(record, i), json);
            json.endObject();
        }
        json.endArray();
    }
}
