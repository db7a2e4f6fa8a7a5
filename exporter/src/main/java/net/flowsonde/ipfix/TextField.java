package net.flowsonde.ipfix;

import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A text that lies in a buffer in UTF-8, or as the network had it.
 *
 * @param <R>  kind of record
 */
final class TextField<R> extends VariableField<R> {
    private final Function<R, DirectBuffer> buffer;
    private final ToIntFunction<R> offset;
    private final ToIntFunction<R> length;

    /**
     * @param capacity  most octets of a text
     * @param offset    where the text lies in the buffer
     * @param length    how many octets it has; 0 when there is no text
     */
    TextField(
        final Element element, final int capacity, final IntPredicate applies, final Function<R, DirectBuffer> buffer,
        final ToIntFunction<R> offset, final ToIntFunction<R> length) {
        super(element, capacity, applies);
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
    }

    @Override
    Field<R> as(final Target target, final IntPredicate applies) {
        final VariableField<R> same = new TextField<>(target.element(), capacity(), applies, buffer, offset, length);
        return target.lengthOr(VARIABLE_LENGTH) == VARIABLE_LENGTH ? same : new PaddedField<>(same, target.length());
    }

    @Override
    int valueLength(final R record) {
        return Math.max(0, length.applyAsInt(record));
    }

    @Override
    int writeValue(final R record, final MutableDirectBuffer target, final int position, final int most) {
        final DirectBuffer text = buffer.apply(record);
        final int start = offset.applyAsInt(record);
        final int octets = Utf8.cut(text, start, valueLength(record), most);
        target.putBytes(position, text, start, octets);
        return position + octets;
    }

    @Override
    void writeJson(final R record, final JsonWriter json) {
        final DirectBuffer text = buffer.apply(record);
        final int start = offset.applyAsInt(record);
        final int octets = Utf8.cut(text, start, valueLength(record), capacity());
        if (octets > 0) {
            json.text(element().name(), text, start, octets);
        }
    }
}
