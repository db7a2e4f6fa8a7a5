package net.flowsonde.dpi.nfs;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The octets of one name or path as they came; reused. What is longer than any may be is cut. */
final class NameBuffer {
    /** Most octets of a path in MOUNT and of a symbolic link (RFC 1813, appendix I and section 2.4). */
    static final int LONGEST = 1_024;

    private final UnsafeBuffer octets;
    private int length;

    NameBuffer() {
        this(LONGEST);
    }

    NameBuffer(final int capacity) {
        octets = new UnsafeBuffer(new byte[capacity]);
    }

    NameBuffer clear() {
        length = 0;
        return this;
    }

    NameBuffer set(final DirectBuffer source, final int offset, final int length) {
        this.length = Math.min(length, octets.capacity());
        octets.putBytes(0, source, offset, this.length);
        return this;
    }

    NameBuffer set(final NameBuffer other) {
        return set(other.octets, 0, other.length);
    }

    /** The opaque that {@code xdr} has just read. */
    NameBuffer set(final XdrReader xdr) {
        return set(xdr.buffer(), xdr.itemOffset(), xdr.itemLength());
    }

    /** Cuts slashes off the end, but for one that is all. */
    void trimSlashes() {
        while (length > 1 && octets.getByte(length - 1) == '/') {
            length--;
        }
    }

    UnsafeBuffer octets() {
        return octets;
    }

    int length() {
        return length;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** The directory itself. */
    boolean isDot() {
        return length == 1 && octets.getByte(0) == '.';
    }

    /** The directory above. */
    boolean isDotDot() {
        return length == 2 && octets.getByte(0) == '.' && octets.getByte(1) == '.';
    }

    /**
     * A name that clients give a file that is removed while it is open, because the protocol has no open files: {@code .nfs} and digits
     * (hexadecimal with Linux and Solaris, with an {@code A} before them in BSD).
     */
    boolean isSilly() {
        if (length < 8 || octets.getByte(0) != '.' || octets.getByte(1) != 'n' || octets.getByte(2) != 'f' || octets.getByte(3) != 's') {
            return false;
        }
        for (int i = 4; i < length; i++) {
            if (Character.digit(octets.getByte(i), 16) < 0 && octets.getByte(i) != '.') {
                return false;
            }
        }
        return true;
    }
}
