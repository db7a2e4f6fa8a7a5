package net.flowsonde.ipfix;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import net.flowsonde.telemetry.TemplateFacts.FieldFacts;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An options template (RFC 7011, 3.4.2) and the writer of its records. Such records are few, so this may allocate.
 * <pre> template id (2) | field count (2) | scope field count (2) | field specifiers, scopes first </pre>
 */
final class OptionsTemplate implements Template {
    private final String name;
    private final int id;
    private final int scopes;
    private final List<Column> fields;

    /**
     * @param name    what profiles call it
     * @param scopes  how many of the fields, from the first, are scopes */
    OptionsTemplate(final String name, final int id, final int scopes, final Column... fields) {
        this.name = name;
        this.id = id;
        this.scopes = scopes;
        this.fields = List.of(fields);
    }

    /**
     * @param length    octets, or {@link Field#VARIABLE_LENGTH}
     * @param capacity  most octets of the value
     */
    record Column(Element element, int length, int capacity) {
        static Column number(final Element element, final int length) {
            return new Column(element, length, length);
        }

        /** An address. */
        static Column octets(final Element element, final int length) {
            return new Column(element, length, length);
        }

        /** Text with its length in one octet; {@code capacity} is at most 254. */
        static Column text(final Element element, final int capacity) {
            return new Column(element, Field.VARIABLE_LENGTH, capacity);
        }

        /** Text of a fixed length: an octet of zero follows even the longest, as nfdump overwrites the last. */
        static Column fixedText(final Element element, final int capacity) {
            return new Column(element, capacity + 1, capacity);
        }

        private boolean isText() {
            return element.type() == DataType.STRING;
        }

        private int maxLength() {
            return length == Field.VARIABLE_LENGTH ? 1 + capacity : length;
        }
    }

    String name() {
        return name;
    }

    List<Column> columns() {
        return fields;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public int setId() {
        return OPTIONS_TEMPLATE_SET_ID;
    }

    List<Element> elements() {
        return fields.stream().map(Column::element).toList();
    }

    int maxRecordLength() {
        return fields.stream().mapToInt(Column::maxLength).sum();
    }

    @Override
    public int templateLength() {
        return 6 + fields.stream().mapToInt(field -> Template.fieldSpecifierLength(field.element())).sum();
    }

    @Override
    public int writeTemplate(final MutableDirectBuffer buffer, final int offset) {
        buffer.putShort(offset, (short) id, BIG_ENDIAN);
        buffer.putShort(offset + 2, (short) fields.size(), BIG_ENDIAN);
        buffer.putShort(offset + 4, (short) scopes, BIG_ENDIAN);
        int limit = offset + 6;
        for (final Column field : fields) {
            limit = Template.writeFieldSpecifier(field.element(), field.length(), buffer, limit);
        }
        return limit;
    }

    @Override
    public List<FieldFacts> fieldFacts() {
        return IntStream.range(0, fields.size())
            .mapToObj(i -> Template.factsOf(fields.get(i).element(), fields.get(i).length(), i < scopes)).toList();
    }

    /** Writes one record from the start of {@code buffer}: a Long, a String or a {@code byte[]} a field. Answers its length. */
    int write(final MutableDirectBuffer buffer, final Object... values) {
        if (values.length != fields.size()) {
            throw new IllegalArgumentException("template " + id + " has " + fields.size() + " fields, not " + values.length);
        }
        int limit = 0;
        for (int i = 0; i < values.length; i++) {
            final Column field = fields.get(i);
            if (values[i] instanceof byte[] octets) {
                buffer.putBytes(limit, octets, 0, field.length());
                limit += field.length();
            } else {
                limit =
                    field.isText() ? text(buffer, limit, (String) values[i], field) : number(buffer, limit, (Long) values[i], field.length());
            }
        }
        return limit;
    }

    private static int number(final MutableDirectBuffer buffer, final int offset, final long value, final int length) {
        for (int i = 0; i < length; i++) {
            buffer.putByte(offset + i, (byte) (value >> 8 * (length - 1 - i)));
        }
        return offset + length;
    }

    private static int text(final MutableDirectBuffer buffer, final int offset, final String value, final Column column) {
        final byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        final int length = Utf8.cut(new UnsafeBuffer(utf8), 0, utf8.length, column.capacity());
        if (column.length() == Field.VARIABLE_LENGTH) {
            buffer.putByte(offset, (byte) length);
            buffer.putBytes(offset + 1, utf8, 0, length);
            return offset + 1 + length;
        }
        buffer.putBytes(offset, utf8, 0, length);
        buffer.setMemory(offset + length, column.length() - length, (byte) 0);
        return offset + column.length();
    }
}
