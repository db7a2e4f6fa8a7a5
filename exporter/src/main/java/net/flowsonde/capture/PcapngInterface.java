package net.flowsonde.capture;

/** What an Interface Description Block says of the frames of one interface: link type, snap length, and how stamps are to be read. */
final class PcapngInterface {
    /** if_tsresol where there is none: microseconds. */
    static final int DEFAULT_RESOLUTION = 6;
    /** A stamp that no date can be made of. */
    static final long INVALID = -1;

    private static final int BINARY = 0x80;
    private static final int NANO_EXPONENT = 9;
    private static final int MAX_DECIMAL_EXPONENT = 18;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MAX_SECONDS = Long.MAX_VALUE / SECOND_NS - 1;
    /** So many fraction bits times 10^9 stay below 2^63. */
    private static final int MAX_FRACTION_BITS = 33;

    private final int linkType;
    private final int snapLength;
    private final boolean isBinary;
    private final int exponent;
    private final long scale;
    private final long offsetSeconds;

    /**
     * @param snapLength     0 when unlimited
     * @param resolution     if_tsresol: stamps count 10^-n seconds, or 2^-n with the upper bit set
     * @param offsetSeconds  if_tsoffset
     */
    PcapngInterface(final int linkType, final int snapLength, final int resolution, final long offsetSeconds) {
        this.linkType = linkType;
        this.snapLength = snapLength;
        this.offsetSeconds = offsetSeconds;
        isBinary = (resolution & BINARY) != 0;
        exponent = resolution & ~BINARY;
        scale = powerOfTen(Math.abs(exponent - NANO_EXPONENT));
    }

    private static long powerOfTen(final int power) {
        long result = 1;
        for (int i = 0; i < Math.min(power, MAX_DECIMAL_EXPONENT); i++) {
            result *= 10;
        }
        return result;
    }

    int linkType() {
        return linkType;
    }

    int snapLength() {
        return snapLength;
    }

    /** Nanoseconds since 1970 of an unsigned 64-bit stamp, or {@link #INVALID}. */
    long nanoseconds(final long ticks) {
        final long relative = isBinary ? fromBinary(ticks) : fromDecimal(ticks);
        if (relative < 0 || offsetSeconds == 0) {
            return relative;
        }
        if (offsetSeconds > MAX_SECONDS || offsetSeconds < -MAX_SECONDS) {
            return INVALID;
        }
        final long absolute = relative + offsetSeconds * SECOND_NS;
        return absolute < 0 ? INVALID : absolute;
    }

    private long fromDecimal(final long ticks) {
        if (exponent <= NANO_EXPONENT) {
            return ticks < 0 || ticks > Long.MAX_VALUE / scale ? INVALID : ticks * scale;
        }
        return exponent - NANO_EXPONENT > MAX_DECIMAL_EXPONENT ? 0 : Math.max(INVALID, Long.divideUnsigned(ticks, scale));
    }

    private long fromBinary(final long ticks) {
        final long seconds = exponent >= Long.SIZE ? 0 : ticks >>> exponent;
        if (seconds < 0 || seconds > MAX_SECONDS) {
            return INVALID;
        }
        final long fraction = exponent >= Long.SIZE ? ticks >>> 1 : ticks & ((1L << exponent) - 1);
        final int bits = exponent >= Long.SIZE ? exponent - 1 : exponent;
        return seconds * SECOND_NS + fractionNs(fraction, bits);
    }

    /** {@code fraction / 2^bits} of a second; bits below the nanosecond are cut. */
    private static long fractionNs(final long fraction, final int bits) {
        final int excess = Math.max(0, bits - MAX_FRACTION_BITS);
        return excess >= Long.SIZE ? 0 : ((fraction >>> excess) * SECOND_NS) >>> (bits - excess);
    }
}
