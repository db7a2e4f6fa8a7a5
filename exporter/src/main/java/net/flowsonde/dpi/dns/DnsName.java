package net.flowsonde.dpi.dns;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A domain name, read from a message and freed from compression: labels with a length octet before each, the root's 0 at the end (RFC
 * 1035, 3.1 and 4.1.4). Every pointer has to lead before the beginning of the labels that it stands behind, so no message can make
 * a circle; even so their number is limited.
 * <pre>
 *  +--+--------------+    +--+--+-----------------------------+
 *  |00| length  0-63 |    |11|   offset in the message        |
 *  +--+--------------+    +--+--+-----------------------------+
 *       label                      pointer
 * </pre>
 */
final class DnsName {
    /** Longest name with all of its length octets. */
    static final int MAX_LENGTH = 255;
    static final int MAX_LABEL_LENGTH = 63;

    private static final int MOST_JUMPS = 127;
    private static final int POINTER = 0xC0;

    private final UnsafeBuffer octets = new UnsafeBuffer(new byte[MAX_LENGTH + 1]);
    private int length;
    private int end;

    /**
     * Reads the name that begins at {@code offset}. What was read before something was wrong remains, as a name.
     *
     * @param start  of the message, which pointers count from
     * @return 0, or the mask of the {@link DnsMark} that says what is wrong
     */
    long read(final DirectBuffer buffer, final int start, final int offset, final int limit) {
        length = 0;
        end = limit;
        final long marks = readLabels(buffer, start, offset, limit);
        octets.putByte(length++, (byte) 0);
        return marks;
    }

    private long readLabels(final DirectBuffer buffer, final int start, final int offset, final int limit) {
        int at = offset;
        int first = offset;
        int jumps = 0;
        while (at < limit) {
            final int head = buffer.getByte(at) & 0xFF;
            if (head == 0) {
                end = jumps == 0 ? at + 1 : end;
                return 0;
            }
            if (head <= MAX_LABEL_LENGTH) {
                if (limit - at <= head) {
                    return DnsMark.MALFORMED.mask();
                }
                if (length + 1 + head >= MAX_LENGTH) {
                    return DnsMark.BAD_NAME.mask();
                }
                octets.putBytes(length, buffer, at, 1 + head);
                length += 1 + head;
                at += 1 + head;
            } else if (head < POINTER) {
                return DnsMark.BAD_NAME.mask();
            } else {
                if (limit - at < 2) {
                    return DnsMark.MALFORMED.mask();
                }
                end = jumps == 0 ? at + 2 : end;
                at = start + target(buffer, at);
                if (!isBackward(at, start, first) || ++jumps > MOST_JUMPS) {
                    return DnsMark.BAD_POINTER.mask();
                }
                first = at;
            }
        }
        return DnsMark.MALFORMED.mask();
    }

    private static boolean isBackward(final int target, final int start, final int first) {
        return target < first && target - start >= DnsHeader.LENGTH;
    }

    /** What a pointer points to, octets from the start of the message. */
    static int target(final DirectBuffer buffer, final int offset) {
        return (buffer.getByte(offset) & 0x3F) << 8 | buffer.getByte(offset + 1) & 0xFF;
    }

    static boolean isPointer(final int head) {
        return (head & POINTER) == POINTER;
    }

    /** Takes a host's name as it is written, ASCII with dots between the labels; false when it cannot be one. */
    boolean set(final DirectBuffer text, final int offset, final int textLength) {
        length = 0;
        int labelLength = 0;
        if (textLength == 0 || textLength > MAX_LENGTH - 2) {
            return false;
        }
        for (int i = 0; i < textLength; i++) {
            final byte character = text.getByte(offset + i);
            if (character != '.') {
                octets.putByte(length + 1 + labelLength++, character);
            } else if (labelLength == 0) {
                return false;
            } else {
                octets.putByte(length, (byte) labelLength);
                length += 1 + labelLength;
                labelLength = 0;
            }
            if (labelLength > MAX_LABEL_LENGTH) {
                return false;
            }
        }
        if (labelLength == 0) {
            return false;
        }
        octets.putByte(length, (byte) labelLength);
        length += 1 + labelLength;
        octets.putByte(length++, (byte) 0);
        return true;
    }

    /** Where the octets after the name begin, in the message; only when nothing was wrong, or the fault lies behind a pointer. */
    int end() {
        return end;
    }

    /** The labels, {@link #length()} octets from 0. */
    DirectBuffer octets() {
        return octets;
    }

    int length() {
        return length;
    }

    /**
     * Finds the end of a name without following it: a pointer is looked at, not gone to.
     *
     * @return where the octets after it begin, or the complement (below 0) of the bit of the {@link DnsMark} that says what is wrong
     */
    static int skip(final DirectBuffer buffer, final int start, final int offset, final int limit) {
        int at = offset;
        while (at < limit) {
            final int head = buffer.getByte(at) & 0xFF;
            if (head == 0) {
                return at + 1;
            }
            if (isPointer(head)) {
                if (limit - at < 2) {
                    return ~DnsMark.MALFORMED.bit();
                }
                return isBackward(start + target(buffer, at), start, offset) ? at + 2 : ~DnsMark.BAD_POINTER.bit();
            }
            if (head > MAX_LABEL_LENGTH || at + 1 + head - offset >= MAX_LENGTH) {
                return ~DnsMark.BAD_NAME.bit();
            }
            at += 1 + head;
        }
        return ~DnsMark.MALFORMED.bit();
    }
}
