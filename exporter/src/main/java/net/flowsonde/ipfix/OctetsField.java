package net.flowsonde.ipfix;

import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;
import net.flowsonde.flow.FlowRecord;
import org.agrona.MutableDirectBuffer;

/** An address that lies in the flow record in network order. */
final class OctetsField extends FlowField {
    private final ToIntFunction<FlowRecord> source;

    /** @param source  where the octets lie in the buffer of the record */
    OctetsField(final Element element, final int length, final IntPredicate applies, final ToIntFunction<FlowRecord> source) {
        super(element, length, applies);
        this.source = source;
    }

    @Override
    int write(final FlowRecord flow, final MutableDirectBuffer buffer, final int offset) {
        buffer.putBytes(offset, flow.buffer(), source.applyAsInt(flow), length());
        return offset + length();
    }

    @Override
    void writeJson(final FlowRecord flow, final JsonWriter json) {
        json.address(element().name(), flow.buffer(), source.applyAsInt(flow), length());
    }
}
