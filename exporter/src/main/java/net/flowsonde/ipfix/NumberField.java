package net.flowsonde.ipfix;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.agrona.MutableDirectBuffer;

/**
 * An unsigned number of 1, 2, 3, 4 or 8 octets, perhaps less than its type has (reduced-size encoding, RFC 7011, 6.2), or a time.
 *
 * @param <R>  kind of record
 */
final class NumberField<R> extends Field<R> {
    /** Where the number comes from. */
    interface Source<R> {
        /** @param direction  ignored by what a record has only one of */
        long of(R record, int direction);
    }

    private final Source<R> value;
    private final int direction;
    private final IntFunction<String> names;

    /** @param names  names of the values when they are codes, else null */
    NumberField(
        final Element element, final int length, final IntPredicate applies, final Source<R> value, final int direction,
        final IntFunction<String> names) {
        super(element, length, applies);
        this.value = value;
        this.direction = direction;
        this.names = names;
    }

    @Override
    int write(final R record, final MutableDirectBuffer buffer, final int offset) {
        final long number = value.of(record, direction);
        switch (length()) {
            case 1 -> buffer.putByte(offset, (byte) number);
            case 2 -> buffer.putShort(offset, (short) number, BIG_ENDIAN);
            case 3 -> {
                buffer.putByte(offset, (byte) (number >> 16));
                buffer.putShort(offset + 1, (short) number, BIG_ENDIAN);
            }
            case 4 -> buffer.putInt(offset, (int) number, BIG_ENDIAN);
            default -> buffer.putLong(
                offset, element().type() == DataType.DATE_TIME_NANOSECONDS ? NtpTime.ofEpochNs(number) : number, BIG_ENDIAN);
        }
        return offset + length();
    }

    @Override
    void writeJson(final R record, final JsonWriter json) {
        final long number = value.of(record, direction);
        final String name = element().name();
        if (element().type() == DataType.DATE_TIME_NANOSECONDS) {
            json.time(name, number);
            return;
        }
        json.number(name, length() == Long.BYTES ? number : number & (1L << 8 * length()) - 1);
        final String meaning = names == null ? null : names.apply((int) number);
        if (meaning != null) {
            json.text(name + "Name", meaning);
        }
    }
}
