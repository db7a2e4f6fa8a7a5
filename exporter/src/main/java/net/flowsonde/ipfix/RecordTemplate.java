package net.flowsonde.ipfix;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.flowsonde.telemetry.TemplateFacts.FieldFacts;
import org.agrona.MutableDirectBuffer;

/**
 * The template of one shape of one kind of records, and the writer of such records. Owned by the export thread.
 *
 * @param <R>  kind of record
 */
final class RecordTemplate<R> implements Template {
    /** Room that is not worth measuring a record for. */
    private static final int SHORT_VALUES = 64;
    private static final int UNCUT = VariableField.MAX_CAPACITY;

    private final int id;
    private final List<Field<R>> rows;
    private final Field<R>[] fields;
    private final Field<R>[] readableFields;
    private final VariableField<R>[] variableFields;
    private final int fixedLength;
    private final int maxRecordLength;
    private int mostOctets = UNCUT;

    /**
     * @param fields    in the order of a record
     * @param readable  the same in an order for a person
     */
    @SuppressWarnings({"unchecked", "rawtypes"})
    RecordTemplate(final int id, final List<Field<R>> fields, final List<Field<R>> readable) {
        this.id = id;
        rows = List.copyOf(fields);
        this.fields = fields.toArray(Field[]::new);
        readableFields = readable.toArray(Field[]::new);
        variableFields = (VariableField<R>[]) fields.stream().filter(field -> field instanceof VariableField).toArray(VariableField[]::new);
        fixedLength = fields.stream().filter(field -> !(field instanceof VariableField)).mapToInt(Field::length).sum();
        maxRecordLength = fields.stream().mapToInt(Field::maxLength).sum();
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public int setId() {
        return Template.TEMPLATE_SET_ID;
    }

    List<Field<R>> fields() {
        return rows;
    }

    /** Templates that a collector must know to read the lists in such records. */
    Stream<Template> subTemplates() {
        return rows.stream().filter(field -> field instanceof SubTemplateListField)
            .map(field -> ((SubTemplateListField<?, ?>) field).template());
    }

    /** Most octets of a record. */
    int maxRecordLength() {
        return maxRecordLength;
    }

    /** Octets of this record, uncut. */
    int lengthOf(final R record) {
        return lengthOf(record, UNCUT);
    }

    /** Octets of the value of {@code field} in {@code record}, uncut. */
    static <E> int lengthOf(final Field<E> field, final E record) {
        return field instanceof VariableField<E> variable ? variable.length(record, UNCUT) : field.length();
    }

    /**
     * How much room to reserve for a record that is written next, at most {@code room}. The longest values of a record that is longer are
     * cut, all of them to the same length.
     */
    int fit(final R record, final int room) {
        mostOctets = UNCUT;
        if (maxRecordLength - fixedLength <= SHORT_VALUES) {
            return maxRecordLength;
        }
        final int length = lengthOf(record, UNCUT);
        if (length <= room) {
            return length;
        }
        mostOctets = mostOctetsFor(record, room);
        return lengthOf(record, mostOctets);
    }

    /** The record that was fitted last does not keep all of its values whole. */
    boolean isCut() {
        return mostOctets != UNCUT;
    }

    /** Writes the data record at {@code offset}, where {@link #fit} has found room for it, and answers where it ends. */
    int write(final R record, final MutableDirectBuffer buffer, final int offset) {
        return mostOctets == UNCUT ? writeWhole(record, buffer, offset) : writeCut(record, buffer, offset);
    }

    private int writeWhole(final R record, final MutableDirectBuffer buffer, final int offset) {
        int limit = offset;
        for (final Field<R> field : fields) {
            limit = field.write(record, buffer, limit);
        }
        return limit;
    }

    private int writeCut(final R record, final MutableDirectBuffer buffer, final int offset) {
        int limit = offset;
        for (final Field<R> field : fields) {
            limit = field instanceof VariableField<R> variable
                ? variable.write(record, buffer, limit, mostOctets) : field.write(record, buffer, limit);
        }
        return limit;
    }

    /** Writes the members of a JSON object. */
    void writeJson(final R record, final JsonWriter json) {
        for (final Field<R> field : readableFields) {
            field.writeJson(record, json);
        }
    }

    private int lengthOf(final R record, final int most) {
        int length = fixedLength;
        for (final VariableField<R> field : variableFields) {
            length += field.length(record, most);
        }
        return length;
    }

    /** The largest cut at which the record fits, by halving. */
    private int mostOctetsFor(final R record, final int room) {
        int fits = 0;
        int exceeds = UNCUT;
        while (exceeds - fits > 1) {
            final int middle = fits + exceeds >>> 1;
            if (lengthOf(record, middle) <= room) {
                fits = middle;
            } else {
                exceeds = middle;
            }
        }
        return fits;
    }

    /** <pre> template id (2) | field count (2) | field specifiers </pre> */
    @Override
    public int writeTemplate(final MutableDirectBuffer buffer, final int offset) {
        buffer.putShort(offset, (short) id, BIG_ENDIAN);
        buffer.putShort(offset + 2, (short) fields.length, BIG_ENDIAN);
        int limit = offset + 4;
        for (final Field<R> field : fields) {
            limit = Template.writeFieldSpecifier(field.element(), field.length(), buffer, limit);
        }
        return limit;
    }

    @Override
    public int templateLength() {
        int length = 4;
        for (final Field<R> field : fields) {
            length += Template.fieldSpecifierLength(field.element());
        }
        return length;
    }

    @Override
    public List<FieldFacts> fieldFacts() {
        return Arrays.stream(fields).map(field -> Template.factsOf(field.element(), field.length(), false)).toList();
    }
}
