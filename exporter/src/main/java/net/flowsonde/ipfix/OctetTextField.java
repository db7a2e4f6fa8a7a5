package net.flowsonde.ipfix;

import java.util.function.Function;
import java.util.function.IntPredicate;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A text that a record has as octets of its own.
 *
 * @param <R>  kind of record
 */
final class OctetTextField<R> extends VariableField<R> {
    private static final byte[] NO_TEXT = {};

    private final Function<R, byte[]> source;
    private final UnsafeBuffer text = new UnsafeBuffer(NO_TEXT);

    /** @param source  null or nothing for no text */
    OctetTextField(final Element element, final int capacity, final IntPredicate applies, final Function<R, byte[]> source) {
        super(element, capacity, applies);
        this.source = source;
    }

    @Override
    Field<R> as(final Target target, final IntPredicate applies) {
        final VariableField<R> same = new OctetTextField<>(target.element(), capacity(), applies, source);
        return target.lengthOr(VARIABLE_LENGTH) == VARIABLE_LENGTH ? same : new PaddedField<>(same, target.length());
    }

    @Override
    int valueLength(final R record) {
        final byte[] octets = source.apply(record);
        text.wrap(octets == null ? NO_TEXT : octets);
        return text.capacity();
    }

    @Override
    int writeValue(final R record, final MutableDirectBuffer buffer, final int offset, final int most) {
        final int length = Utf8.cut(text, 0, valueLength(record), most);
        buffer.putBytes(offset, text, 0, length);
        return offset + length;
    }

    @Override
    void writeJson(final R record, final JsonWriter json) {
        final int length = Utf8.cut(text, 0, valueLength(record), capacity());
        if (length > 0) {
            json.text(element().name(), text, 0, length);
        }
    }
}
