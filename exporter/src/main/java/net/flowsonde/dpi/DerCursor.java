package net.flowsonde.dpi;

import org.agrona.DirectBuffer;

/**
 * A range of octets that holds elements of ASN.1 in DER (X.690) one after the other: goes to one of them, and into it. Lengths have at most
 * three octets. An element that goes on behind the octets there are ends where they end, which {@link #isCut()} tells. Reused.
 */
public final class DerCursor {
    public static final int SEQUENCE = 0x30;
    public static final int OCTET_STRING = 0x04;
    public static final int GENERAL_STRING = 0x1B;
    /** Constructed, application-specific: the number is added. */
    public static final int APPLICATION = 0x60;
    /** Constructed, context-specific: the number is added. */
    public static final int CONTEXT = 0xA0;

    private static final int NOT_FOUND = -1;

    private DirectBuffer buffer;
    private int start;
    private int end;
    private boolean isCut;
    // of the element that was looked at last
    private int contents;
    private int length;

    /** Points at a range. */
    public DerCursor wrap(final DirectBuffer octets, final int offset, final int limit) {
        buffer = octets;
        isCut = false;
        return go(offset, limit);
    }

    /** Goes to another range of the same octets. */
    public DerCursor go(final int offset, final int limit) {
        start = offset;
        end = limit;
        return this;
    }

    /** Goes into the first element when it has this tag. */
    public boolean enter(final int tag) {
        if (!isElement() || tag() != tag) {
            return false;
        }
        isCut |= length > end - contents;
        end = contents + Math.min(length, end - contents);
        start = contents;
        return true;
    }

    /** Goes into the first element of this tag, behind others perhaps. */
    public boolean find(final int tag) {
        while (isElement() && tag() != tag) {
            if (length > end - contents) {
                return false;
            }
            start = contents + length;
        }
        return enter(tag);
    }

    /** Goes behind the first element, whatever it is. */
    public boolean skip() {
        if (!isElement() || length > end - contents) {
            return false;
        }
        start = contents + length;
        return true;
    }

    /** How many octets the first element has with its tag and length, there or not; negative when no element is there. */
    public int elementLength() {
        return isElement() ? contents - start + length : NOT_FOUND;
    }

    private int tag() {
        return buffer.getByte(start) & 0xFF;
    }

    private boolean isElement() {
        if (end - start < 2) {
            return false;
        }
        length = buffer.getByte(start + 1) & 0xFF;
        contents = start + 2;
        if (length < 0x80) {
            return true;
        }
        final int digits = length & 0x7F;
        if (digits == 0 || digits > 3 || end - contents < digits) {
            return false;
        }
        length = 0;
        for (int i = 0; i < digits; i++) {
            length = length << 8 | buffer.getByte(contents++) & 0xFF;
        }
        return true;
    }

    public DirectBuffer buffer() {
        return buffer;
    }

    public int start() {
        return start;
    }

    public int end() {
        return end;
    }

    /** An element that was gone into is not there as a whole. */
    public boolean isCut() {
        return isCut;
    }
}
