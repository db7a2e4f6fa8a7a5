package net.flowsonde.ipfix;

/** The 64 bits of dateTimeNanoseconds (RFC 7011, 6.1.10): seconds since 1900 in the upper half, 2^-32 seconds in the lower. */
final class NtpTime {
    private static final long SECONDS_FROM_1900_TO_1970 = 2_208_988_800L;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private NtpTime() {
    }

    /** The fraction is rounded up, so that a reader that multiplies and truncates gets the very nanosecond back. */
    static long ofEpochNs(final long epochNs) {
        final long seconds = Math.floorDiv(epochNs, NS_PER_SECOND);
        final long fraction = ((epochNs - seconds * NS_PER_SECOND << 32) + NS_PER_SECOND - 1) / NS_PER_SECOND;
        return seconds + SECONDS_FROM_1900_TO_1970 << 32 | fraction;
    }
}
