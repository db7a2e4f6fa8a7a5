package net.flowsonde.ipfix;

import java.util.function.IntPredicate;
import org.agrona.MutableDirectBuffer;

/**
 * A text of a fixed number of octets, cut, or filled up with zeros, for collectors that take no other.
 *
 * @param <R>  kind of record
 */
final class PaddedField<R> extends Field<R> {
    private final VariableField<R> text;

    PaddedField(final VariableField<R> text, final int length) {
        super(text.element(), length, text.applies());
        this.text = text;
    }

    @Override
    Field<R> as(final Target target, final IntPredicate applies) {
        return text.as(target, applies);
    }

    @Override
    int write(final R record, final MutableDirectBuffer buffer, final int offset) {
        final int most = Math.min(length(), text.valueLength(record));
        final int limit = text.writeValue(record, buffer, offset, most);
        buffer.setMemory(limit, offset + length() - limit, (byte) 0);
        return offset + length();
    }

    @Override
    void writeJson(final R record, final JsonWriter json) {
        text.writeJson(record, json);
    }
}
