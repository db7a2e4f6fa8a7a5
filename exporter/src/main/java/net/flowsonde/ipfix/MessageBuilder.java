package net.flowsonde.ipfix;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One message under construction (RFC 7011, 3.3), in a buffer that is used again for the next: a header (see {@link MessageForm}), then
 * sets.
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-------------------------------+-------------------------------+
 *  |            Set Id             |          Set Length           |  then records, then zeros up to a multiple of four
 *  +-------------------------------+-------------------------------+
 * </pre>
 */
final class MessageBuilder {
    static final int SET_HEADER_LENGTH = 4;
    /** {@link #reserve}: the record needs another message. */
    static final int NO_ROOM = -1;

    private static final int ALIGNMENT = 4;
    private static final int NO_SET = -1;

    private final MessageForm form;
    private final int maxLength;
    private final MutableDirectBuffer buffer;
    private int position;
    private int setOffset;
    private int setId;
    private boolean isSetPadded;
    private int dataRecords;
    private int templates;

    /** @param maxLength  most octets of a message, 512 to 65,535 */
    MessageBuilder(final MessageForm form, final int maxLength) {
        this.form = form;
        this.maxLength = maxLength;
        buffer = new UnsafeBuffer(BufferUtil.allocateDirectAligned(maxLength, 64));
        reset();
    }

    /** Begins the next message. */
    void reset() {
        position = form.headerLength();
        setId = NO_SET;
        dataRecords = 0;
        templates = 0;
    }

    boolean isEmpty() {
        return position == form.headerLength();
    }

    /** Data records, those of options included. */
    int dataRecords() {
        return dataRecords;
    }

    MutableDirectBuffer buffer() {
        return buffer;
    }

    /** Most octets of a record in a message of its own. */
    int maxRecordLength() {
        return maxLength - form.headerLength() - SET_HEADER_LENGTH;
    }

    /**
     * Makes room for a data record of at most {@code length} octets, in the open set if that has this id, else in a new one.
     *
     * @param isPadded  whether the set may end with padding, which no record as short as padding may follow from (RFC 7011, 3.3.1)
     * @return where to write it, to be followed by {@link #commit}; {@link #NO_ROOM} when it does not fit
     */
    int reserve(final int setId, final int length, final boolean isPadded) {
        if (setId != this.setId) {
            return beginSet(setId, length, isPadded);
        }
        return length <= maxLength - position ? position : NO_ROOM;
    }

    /** The record reserved ends at {@code limit}. */
    void commit(final int limit) {
        position = limit;
        dataRecords++;
    }

    /** Adds a finished data record; false when it does not fit. */
    boolean append(final int setId, final DirectBuffer record, final int length) {
        final int offset = reserve(setId, length, false);
        if (offset == NO_ROOM) {
            return false;
        }
        buffer.putBytes(offset, record, 0, length);
        commit(offset + length);
        return true;
    }

    /** Adds a template; an options template gets a set of its own, as some collectors read only the first of a set. */
    boolean append(final Template template) {
        final int length = template.templateLength();
        final boolean isInOpenSet = form.setId(template) == setId && template.setId() == Template.TEMPLATE_SET_ID;
        final int offset = isInOpenSet ? reserve(setId, length, false) : beginSet(form.setId(template), length, false);
        if (offset == NO_ROOM) {
            return false;
        }
        position = template.writeTemplate(buffer, offset);
        templates++;
        return true;
    }

    /** Completes the message in {@link #buffer} and answers its length; may be called again with other numbers. */
    int finish(final MessageStamp stamp, final int sequence) {
        endSet();
        form.writeHeader(buffer, position, dataRecords + templates, stamp, sequence);
        return position;
    }

    private int beginSet(final int id, final int length, final boolean isPadded) {
        endSet();
        if (SET_HEADER_LENGTH + length > maxLength - position) {
            return NO_ROOM;
        }
        setOffset = position;
        setId = id;
        isSetPadded = isPadded;
        buffer.putShort(setOffset, (short) id, BIG_ENDIAN);
        position += SET_HEADER_LENGTH;
        return position;
    }

    private void endSet() {
        if (setId == NO_SET) {
            return;
        }
        final int padding = isSetPadded ? -position & ALIGNMENT - 1 : 0;
        if (padding <= maxLength - position) {
            buffer.setMemory(position, padding, (byte) 0);
            position += padding;
        }
        buffer.putShort(setOffset + 2, (short) (position - setOffset), BIG_ENDIAN);
        setId = NO_SET;
    }
}
