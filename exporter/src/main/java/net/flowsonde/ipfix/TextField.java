package net.flowsonde.ipfix;

import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;
import net.flowsonde.flow.FlowRecord;
import org.agrona.MutableDirectBuffer;

/** A short text of variable length (RFC 7011, 7), its length in one octet. */
final class TextField extends FlowField {
    private static final int PREFIX_LENGTH = 1;
    private static final int LONGEST = 254;

    private final int capacity;
    private final ToIntFunction<FlowRecord> source;
    private final ToIntFunction<FlowRecord> size;

    /**
     * @param capacity  most octets of a text, at most 254
     * @param source    where the text lies in the buffer of the record
     * @param size      how many octets it has
     */
    TextField(
        final Element element, final int capacity, final IntPredicate applies, final ToIntFunction<FlowRecord> source,
        final ToIntFunction<FlowRecord> size) {
        super(element, VARIABLE_LENGTH, applies);
        if (capacity > LONGEST) {
            throw new IllegalArgumentException(element.name() + " needs a longer length prefix for " + capacity + " octets");
        }
        this.capacity = capacity;
        this.source = source;
        this.size = size;
    }

    @Override
    int maxLength() {
        return PREFIX_LENGTH + capacity;
    }

    @Override
    int write(final FlowRecord flow, final MutableDirectBuffer buffer, final int offset) {
        final int length = Math.max(0, Math.min(size.applyAsInt(flow), capacity));
        buffer.putByte(offset, (byte) length);
        buffer.putBytes(offset + PREFIX_LENGTH, flow.buffer(), source.applyAsInt(flow), length);
        return offset + PREFIX_LENGTH + length;
    }

    @Override
    void writeJson(final FlowRecord flow, final JsonWriter json) {
        final int length = Math.max(0, Math.min(size.applyAsInt(flow), capacity));
        if (length > 0) {
            json.text(element().name(), flow.buffer(), source.applyAsInt(flow), length);
        }
    }
}
