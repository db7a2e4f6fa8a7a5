package net.flowsonde.ipfix;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.util.function.IntPredicate;
import org.agrona.MutableDirectBuffer;

/**
 * A field whose values bring their length (RFC 7011, 7): in one octet, or, from 255 octets on, in two after an octet of 255.
 *
 * @param <R>  kind of record
 */
abstract class VariableField<R> extends Field<R> {
    /** Most octets of a value. */
    static final int MAX_CAPACITY = 0xFFFF;

    private static final int LONG_FORM = 255;
    private static final int SHORT_PREFIX_LENGTH = 1;
    private static final int LONG_PREFIX_LENGTH = 3;

    private final int capacity;

    /** @param capacity  most octets of a value, at most {@link #MAX_CAPACITY} */
    VariableField(final Element element, final int capacity, final IntPredicate applies) {
        super(element, VARIABLE_LENGTH, applies);
        if (capacity < 0 || capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException(element.name() + " cannot have " + capacity + " octets");
        }
        this.capacity = capacity;
    }

    final int capacity() {
        return capacity;
    }

    @Override
    final int maxLength() {
        return prefixLength(capacity) + capacity;
    }

    /** Octets of this record's value without the prefix, were there no limit to it. */
    abstract int valueLength(R record);

    /** Writes at most {@code most} octets of the value, cut where it may be, and answers where it ends. */
    abstract int writeValue(R record, MutableDirectBuffer buffer, int offset, int most);

    /** Octets that a value has at least, however little room there is. */
    int leastLength() {
        return 0;
    }

    /** Octets of the value, its prefix included, when it may have at most {@code most}. */
    final int length(final R record, final int most) {
        final int length = cutLength(record, most);
        return prefixLength(length) + length;
    }

    @Override
    final int write(final R record, final MutableDirectBuffer buffer, final int offset) {
        return write(record, buffer, offset, capacity);
    }

    /** Writes the value, cut to at most {@code most} octets, behind its length, and answers where it ends. */
    final int write(final R record, final MutableDirectBuffer buffer, final int offset, final int most) {
        final int length = cutLength(record, most);
        final int prefix = prefixLength(length);
        final int start = offset + prefix;
        final int limit = writeValue(record, buffer, start, length);
        if (prefix == SHORT_PREFIX_LENGTH) {
            buffer.putByte(offset, (byte) (limit - start));
        } else {
            buffer.putByte(offset, (byte) LONG_FORM);
            buffer.putShort(offset + 1, (short) (limit - start), BIG_ENDIAN);
        }
        return limit;
    }

    private int cutLength(final R record, final int most) {
        return Math.min(valueLength(record), Math.max(leastLength(), Math.min(most, capacity)));
    }

    private static int prefixLength(final int length) {
        return length < LONG_FORM ? SHORT_PREFIX_LENGTH : LONG_PREFIX_LENGTH;
    }
}
