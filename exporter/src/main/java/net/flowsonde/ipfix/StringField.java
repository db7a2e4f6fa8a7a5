package net.flowsonde.ipfix;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A text that a record has as a string. For records that are few, as encoding it allocates.
 *
 * @param <R>  kind of record
 */
final class StringField<R> extends VariableField<R> {
    private final Function<R, String> source;
    private final UnsafeBuffer encoded = new UnsafeBuffer(0, 0);

    /** @param source  null for no text */
    StringField(final Element element, final int capacity, final IntPredicate applies, final Function<R, String> source) {
        super(element, capacity, applies);
        this.source = source;
    }

    @Override
    int valueLength(final R record) {
        final String text = source.apply(record);
        if (text == null || text.isEmpty()) {
            return 0;
        }
        encoded.wrap(text.getBytes(StandardCharsets.UTF_8));
        return encoded.capacity();
    }

    @Override
    int writeValue(final R record, final MutableDirectBuffer buffer, final int offset, final int most) {
        final int length = Utf8.cut(encoded, 0, valueLength(record), most);
        buffer.putBytes(offset, encoded, 0, length);
        return offset + length;
    }

    @Override
    void writeJson(final R record, final JsonWriter json) {
        final String text = source.apply(record);
        if (text != null && !text.isEmpty()) {
            json.text(element().name(), text);
        }
    }
}
