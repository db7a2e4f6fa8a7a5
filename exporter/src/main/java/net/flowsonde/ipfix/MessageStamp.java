package net.flowsonde.ipfix;

/** When and by whom a message is sent, as its header tells it. One scratch for all messages of a session. */
final class MessageStamp {
    private static final long MS_PER_SECOND = 1_000;

    private final long observationDomain;
    private final UpTime upTime;
    private long epochMs;

    MessageStamp(final long observationDomain, final UpTime upTime) {
        this.observationDomain = observationDomain;
        this.upTime = upTime;
    }

    MessageStamp at(final long nowMs) {
        epochMs = nowMs;
        return this;
    }

    long seconds() {
        return epochMs / MS_PER_SECOND;
    }

    /** Milliseconds since the boot at the beginning of {@link #seconds()}, so that a collector finds the boot to the millisecond. */
    long upTimeMs() {
        return upTime.of(seconds() * MS_PER_SECOND);
    }

    long observationDomain() {
        return observationDomain;
    }
}
