package net.flowsonde.ipfix;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;

/**
 * The one list of what a kind of record holds: templates, record writer, JSON lines, the {@code elements} command and the RFC 5610 records
 * are all derived from its rows. A record that has other fields in some cases, such as an address of either IP version, has a shape for
 * each: a small number that a row asks whether it applies, and that chooses the template.
 *
 * @param <R>  kind of record
 */
abstract class RecordElements<R> {
    /** Applies to every shape. */
    static final IntPredicate ALWAYS = shape -> true;

    private static final int NO_DIRECTION = 0;

    private final RecordKind kind;
    private final Function<R, DirectBuffer> buffer;
    private final List<Field<R>> rows = new ArrayList<>();

    /** @param buffer  where the addresses and texts of a record lie */
    RecordElements(final RecordKind kind, final Function<R, DirectBuffer> buffer) {
        this.kind = kind;
        this.buffer = buffer;
    }

    /** The same kind of record. */
    RecordElements(final RecordElements<R> other) {
        this(other.kind, other.buffer);
    }

    final RecordKind kind() {
        return kind;
    }

    /** The shape of a record; below {@link #shapes()}. */
    int shapeOf(final R record) {
        return 0;
    }

    /** Exclusive end of the shapes. */
    int shapes() {
        return 1;
    }

    /** Whether the template of a shape is announced before any record needs it. */
    boolean isOrdinary(final int shape) {
        return true;
    }

    /** For ever the same for the same shape. */
    int templateId(final int shape) {
        return kind.firstTemplateId() + shape;
    }

    /** Every row, in the order of a record. */
    List<Field<R>> all() {
        return rows;
    }

    /** Every row, in an order for a person. */
    List<Field<R>> allReadable() {
        return rows;
    }

    /** Rows that only profiles have, those which name them. */
    List<Field<R>> derived() {
        return List.of();
    }

    /** Every row that a profile can name. */
    final Stream<Field<?>> named() {
        return Stream.concat(all().stream(), derived().stream());
    }

    /** The rows that apply to a shape, in the order of a record. */
    final List<Field<R>> of(final int shape) {
        return all().stream().filter(field -> field.appliesTo(shape)).toList();
    }

    /** The rows that apply to a shape, in an order for a person. */
    final List<Field<R>> readable(final int shape) {
        return allReadable().stream().filter(field -> field.appliesTo(shape)).toList();
    }

    final RecordTemplate<R> template(final int shape) {
        return new RecordTemplate<>(templateId(shape), of(shape), readable(shape));
    }

    /** Every element of this kind of record, those inside of lists included. */
    final Stream<Element> elements() {
        return allReadable().stream().flatMap(Field::elements);
    }

    final void add(final Field<R> row) {
        rows.add(row);
    }

    /** @param length  1, 2, 3, 4 or 8 octets */
    final void number(final Element element, final int length, final IntPredicate applies, final ToLongFunction<R> value) {
        number(element, length, applies, value, null);
    }

    /** A number of one octet that stands for a name. */
    final void code(final Element element, final IntPredicate applies, final ToLongFunction<R> value, final IntFunction<String> names) {
        number(element, 1, applies, value, names);
    }

    /** @param names  what values or bits mean, beside the number in JSON lines; null for none */
    final void number(
        final Element element, final int length, final IntPredicate applies, final ToLongFunction<R> value,
        final IntFunction<String> names) {
        add(new NumberField<>(element, length, applies, (record, direction) -> value.applyAsLong(record), NO_DIRECTION, names));
    }

    /** An address of 4, 6 or 16 octets in network order. */
    final void octets(final Element element, final int length, final IntPredicate applies, final ToIntFunction<R> source) {
        add(new OctetsField<>(element, length, applies, buffer, source));
    }

    /**
     * A text in the buffer of the record.
     *
     * @param capacity  most octets
     */
    final void text(
        final Element element, final int capacity, final IntPredicate applies, final ToIntFunction<R> offset,
        final ToIntFunction<R> length) {
        text(element, capacity, applies, buffer, offset, length);
    }

    /** A text in another buffer than that of the record. */
    final void text(
        final Element element, final int capacity, final IntPredicate applies, final Function<R, DirectBuffer> buffer,
        final ToIntFunction<R> offset, final ToIntFunction<R> length) {
        add(new TextField<>(element, capacity, applies, buffer, offset, length));
    }

    /** A text that the record has as octets of its own, null or none when there is no text. */
    final void octetText(final Element element, final int capacity, final IntPredicate applies, final Function<R, byte[]> value) {
        add(new OctetTextField<>(element, capacity, applies, value));
    }

    /** A text that the record has as a string, perhaps null; for records that are few, as this allocates. */
    final void string(final Element element, final int capacity, final IntPredicate applies, final Function<R, String> value) {
        octetText(element, capacity, applies, record -> utf8(value.apply(record)));
    }

    /** A list of records inside the record. */
    final <E> void subTemplateList(
        final Element element, final int capacity, final IntPredicate applies, final ListSemantic semantic,
        final RecordTemplate<E> template, final Entries<R, E> entries) {
        add(new SubTemplateListField<>(element, capacity, applies, semantic, template, entries));
    }

    private static byte[] utf8(final String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
