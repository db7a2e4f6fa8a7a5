package net.flowsonde.collector;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** View over one record where it lies in its message. The decoder has checked that every value ends in the record. */
final class DataRecord {
    private static final int MOST_FIELDS = 65_535;

    private int[] offsets = new int[64];
    private int[] lengths = new int[64];
    private Session session;
    private Template template;
    private ByteBuffer message;
    private long exportSeconds;

    void begin(final Session session, final Template template, final ByteBuffer message, final long exportSeconds) {
        this.session = session;
        this.template = template;
        this.message = message;
        this.exportSeconds = exportSeconds;
        if (offsets.length < template.fieldCount()) {
            offsets = new int[Math.min(MOST_FIELDS, template.fieldCount() * 2)];
            lengths = new int[offsets.length];
        }
    }

    void place(final int index, final int offset, final int length) {
        offsets[index] = offset;
        lengths[index] = length;
    }

    Session session() {
        return session;
    }

    Template template() {
        return template;
    }

    /** Export time of the message, seconds since 1970. */
    long exportSeconds() {
        return exportSeconds;
    }

    ByteBuffer message() {
        return message;
    }

    /** Where the value lies in the message. */
    int offset(final int index) {
        return offsets[index];
    }

    int length(final int index) {
        return lengths[index];
    }

    /** The value as an unsigned number of up to eight octets. */
    long unsigned(final int index) {
        final int offset = offsets[index];
        return switch (lengths[index]) {
            case 1 -> message.get(offset) & 0xFFL;
            case 2 -> message.getShort(offset) & 0xFFFFL;
            case 4 -> message.getInt(offset) & 0xFFFF_FFFFL;
            case 8 -> message.getLong(offset);
            default -> unsignedOf(offset, Math.min(lengths[index], 8));
        };
    }

    private long unsignedOf(final int offset, final int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | message.get(offset + i) & 0xFF;
        }
        return value;
    }

    /** The value as a signed number, its sign extended from the length that was sent. */
    long signed(final int index) {
        final int shift = 64 - 8 * Math.min(lengths[index], 8);
        return unsigned(index) << shift >> shift;
    }

    double floating(final int index) {
        return lengths[index] == 4 ? message.getFloat(offsets[index]) : message.getDouble(offsets[index]);
    }

    String string(final int index) {
        return new String(octets(index), StandardCharsets.UTF_8);
    }

    byte[] octets(final int index) {
        final byte[] octets = new byte[lengths[index]];
        message.get(offsets[index], octets);
        return octets;
    }
}
