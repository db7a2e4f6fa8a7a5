package net.flowsonde.collector;

/** The four forms of a time stamp (RFC 7011, 6.1.7 to 6.1.10) as nanoseconds since 1970. */
enum Timestamp {
    SECONDS {
        @Override
        long nanoseconds(final long value) {
            return value * NANOS_PER_SECOND;
        }
    },
    MILLISECONDS {
        @Override
        long nanoseconds(final long value) {
            return value * 1_000_000;
        }
    },
    /** NTP: seconds since 1900 (or since 2036 when the top bit is clear) and a 32-bit fraction. */
    NTP {
        @Override
        long nanoseconds(final long value) {
            if (value == 0) {
                return 0;
            }
            final long seconds = value >>> 32;
            final long unixSeconds = seconds >= 1L << 31 ? seconds - SECONDS_1900_TO_1970 : seconds + SECONDS_1970_TO_2036;
            return unixSeconds * NANOS_PER_SECOND + ((value & 0xFFFF_FFFFL) * NANOS_PER_SECOND >>> 32);
        }
    };

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;
    private static final long SECONDS_1970_TO_2036 = (1L << 32) - SECONDS_1900_TO_1970;

    /** Nanoseconds since 1970; 0 stays 0, for "none". */
    abstract long nanoseconds(long value);

    static Timestamp of(final DataType type) {
        return switch (type) {
            case DATE_TIME_SECONDS -> SECONDS;
            case DATE_TIME_MILLISECONDS -> MILLISECONDS;
            case DATE_TIME_MICROSECONDS, DATE_TIME_NANOSECONDS -> NTP;
            default -> throw new IllegalArgumentException(type.label() + " is no time");
        };
    }
}
