package net.flowsonde.ipfix;

import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * An address that lies in a record in network order.
 *
 * @param <R>  kind of record
 */
final class OctetsField<R> extends Field<R> {
    private final Function<R, DirectBuffer> buffer;
    private final ToIntFunction<R> source;

    /** @param source  where the octets lie in the buffer of the record */
    OctetsField(
        final Element element, final int length, final IntPredicate applies, final Function<R, DirectBuffer> buffer,
        final ToIntFunction<R> source) {
        super(element, length, applies);
        this.buffer = buffer;
        this.source = source;
    }

    @Override
    Field<R> as(final Target target, final IntPredicate applies) {
        return new OctetsField<>(target.element(), length(), applies, buffer, source);
    }

    @Override
    int write(final R record, final MutableDirectBuffer target, final int offset) {
        target.putBytes(offset, buffer.apply(record), source.applyAsInt(record), length());
        return offset + length();
    }

    @Override
    void writeJson(final R record, final JsonWriter json) {
        json.address(element().name(), buffer.apply(record), source.applyAsInt(record), length());
    }
}
