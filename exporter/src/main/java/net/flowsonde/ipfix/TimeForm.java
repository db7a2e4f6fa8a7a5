package net.flowsonde.ipfix;

/** How a time, kept as nanoseconds since 1970, is written. */
enum TimeForm {
    /** It is no time. */
    NONE,
    SECONDS,
    MILLISECONDS,
    /** NTP time (RFC 7011, 6.1.9 and 6.1.10), of which microseconds are a coarser reading. */
    NANOSECONDS,
    /** Milliseconds since the exporter booted, as NetFlow counts. */
    UP_TIME;

    static TimeForm of(final Element element) {
        return switch (element.type()) {
            case DATE_TIME_SECONDS -> SECONDS;
            case DATE_TIME_MILLISECONDS -> MILLISECONDS;
            case DATE_TIME_MICROSECONDS, DATE_TIME_NANOSECONDS -> NANOSECONDS;
            default -> NONE;
        };
    }
}
