package net.flowsonde.ipfix;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.util.List;
import net.flowsonde.flow.FlowRecord;
import org.agrona.MutableDirectBuffer;

/** The template of one shape of flow records, and the writer of such records. */
final class FlowTemplate implements Template {
    private final int id;
    private final FlowField[] fields;
    private final FlowField[] readableFields;
    private final int maxRecordLength;

    FlowTemplate(final int shape, final FlowElements elements) {
        id = FlowShape.FIRST_TEMPLATE_ID + shape;
        final List<FlowField> applying = elements.of(shape);
        fields = applying.toArray(FlowField[]::new);
        readableFields = elements.readable(shape).toArray(FlowField[]::new);
        maxRecordLength = applying.stream().mapToInt(FlowField::maxLength).sum();
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public int setId() {
        return Template.TEMPLATE_SET_ID;
    }

    /** Most octets of a record. */
    int maxRecordLength() {
        return maxRecordLength;
    }

    /** Writes the data record at {@code offset} and answers where it ends; {@link #maxRecordLength} must fit. */
    int write(final FlowRecord flow, final MutableDirectBuffer buffer, final int offset) {
        int limit = offset;
        for (final FlowField field : fields) {
            limit = field.write(flow, buffer, limit);
        }
        return limit;
    }

    /** Writes the members of a JSON object. */
    void writeJson(final FlowRecord flow, final JsonWriter json) {
        for (final FlowField field : readableFields) {
            field.writeJson(flow, json);
        }
    }

    /** <pre> template id (2) | field count (2) | field specifiers </pre> */
    @Override
    public int writeTemplate(final MutableDirectBuffer buffer, final int offset) {
        buffer.putShort(offset, (short) id, BIG_ENDIAN);
        buffer.putShort(offset + 2, (short) fields.length, BIG_ENDIAN);
        int limit = offset + 4;
        for (final FlowField field : fields) {
            limit = Template.writeFieldSpecifier(field.element(), field.length(), buffer, limit);
        }
        return limit;
    }

    @Override
    public int templateLength() {
        int length = 4;
        for (final FlowField field : fields) {
            length += Template.fieldSpecifierLength(field.element());
        }
        return length;
    }
}
