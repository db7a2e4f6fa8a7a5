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

    private static final long NS_PER_MS = 1_000_000;
    private static final long NS_PER_SECOND = 1_000_000_000;

    private final Source<R> value;
    private final int direction;
    private final IntFunction<String> names;
    private final TimeForm time;
    private final long divisor;
    private final UpTime upTime;

    /** @param names  names of the values when they are codes, else null */
    NumberField(
        final Element element, final int length, final IntPredicate applies, final Source<R> value, final int direction,
        final IntFunction<String> names) {
        this(element, length, applies, value, direction, names, TimeForm.of(element), 1, null);
    }

    private NumberField(
        final Element element, final int length, final IntPredicate applies, final Source<R> value, final int direction,
        final IntFunction<String> names, final TimeForm time, final long divisor, final UpTime upTime) {
        super(element, length, applies);
        this.value = value;
        this.direction = direction;
        this.names = names;
        this.time = time;
        this.divisor = divisor;
        this.upTime = upTime;
    }

    @Override
    Field<R> as(final Target target, final IntPredicate applies) {
        final boolean isTime = time != TimeForm.NONE;
        return new NumberField<>(
            target.element(), target.lengthOr(isTime ? target.element().type().naturalLength() : length()), applies, value, direction,
            names, isTime ? target.timeForm() : TimeForm.NONE, target.divisor(), target.upTime());
    }

    @Override
    int write(final R record, final MutableDirectBuffer buffer, final int offset) {
        final long number = encoded(value.of(record, direction));
        switch (length()) {
            case 1 -> buffer.putByte(offset, (byte) number);
            case 2 -> buffer.putShort(offset, (short) number, BIG_ENDIAN);
            case 3 -> {
                buffer.putByte(offset, (byte) (number >> 16));
                buffer.putShort(offset + 1, (short) number, BIG_ENDIAN);
            }
            case 4 -> buffer.putInt(offset, (int) number, BIG_ENDIAN);
            default -> buffer.putLong(offset, number, BIG_ENDIAN);
        }
        return offset + length();
    }

    private long encoded(final long number) {
        return switch (time) {
            case NONE -> divisor == 1 ? number : Long.divideUnsigned(number, divisor);
            case NANOSECONDS -> NtpTime.ofEpochNs(number);
            case MILLISECONDS -> number / NS_PER_MS;
            case SECONDS -> number / NS_PER_SECOND;
            case UP_TIME -> upTime.of(number / NS_PER_MS);
        };
    }

    @Override
    void writeJson(final R record, final JsonWriter json) {
        final long number = divisor == 1 ? value.of(record, direction) : value.of(record, direction) / divisor;
        final String name = element().name();
        if (time != TimeForm.NONE) {
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
