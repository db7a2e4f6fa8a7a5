package net.flowsonde.dpi.nfs;

/**
 * What is kept of a file handle (opaque, up to 128 octets): a hash of its octets and of the server's address, 128 bits long and under a
 * secret, so that two handles that differ are never taken for one; and its CRC, by which Wireshark names handles too. A handle that a
 * reply did not tell is made up from its directory and its name.
 */
final class FileHandle {
    long high;
    long low;
    /** CRC-32 of the octets; 0 for a handle that was made up. */
    int crc;

    void clear() {
        set(0, 0, 0);
    }

    FileHandle set(final long high, final long low, final int crc) {
        this.high = high;
        this.low = low;
        this.crc = crc;
        return this;
    }

    FileHandle set(final FileHandle other) {
        return set(other.high, other.low, other.crc);
    }

    /** None was given. */
    boolean isNone() {
        return (high | low) == 0;
    }

    boolean is(final FileHandle other) {
        return high == other.high && low == other.low;
    }
}
