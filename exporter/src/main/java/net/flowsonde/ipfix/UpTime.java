package net.flowsonde.ipfix;

import java.util.concurrent.TimeUnit;

/**
 * The clock of NetFlow v5 and v9, whose times are milliseconds since the exporter booted, in 32 bits that are over after 49.7 days. The
 * boot that we tell is therefore not ours: it lies a margin before the first flow, and is moved ahead long before the number is over,
 * always between two messages, since all times of one message count from the boot that its header tells. Where a flow began before that
 * boot, and where a capture is older than the number can say, the boot is moved as well. Owned by the export thread.
 */
final class UpTime {
    private static final long MARGIN_MS = TimeUnit.DAYS.toMillis(1);
    private static final long MOST_MS = 0xFFFF_FFFFL;
    private static final long REBASE_MS = MOST_MS / 2;

    private long bootMs = Long.MIN_VALUE;
    private long newestMs;

    /** Whether a flow with these times can be told in the message at hand. */
    boolean fits(final long startMs, final long endMs) {
        return bootMs != Long.MIN_VALUE && startMs >= bootMs && endMs - bootMs <= MOST_MS;
    }

    /** A new message begins: moves the boot where it has to be moved. */
    void begin(final long startMs, final long nowMs) {
        newestMs = Long.MIN_VALUE;
        final boolean isOver = nowMs - bootMs > REBASE_MS && startMs - bootMs > REBASE_MS;
        if (bootMs == Long.MIN_VALUE || startMs < bootMs || startMs - bootMs > MOST_MS || isOver) {
            bootMs = startMs - MARGIN_MS;
        }
    }

    /** A flow that ended at {@code endMs} is part of the message. */
    void add(final long endMs) {
        newestMs = Math.max(newestMs, endMs);
    }

    /** The time that the header of the message tells: now, unless that is too far from its flows to be told. */
    long exportMs(final long nowMs) {
        if (bootMs == Long.MIN_VALUE) {
            bootMs = nowMs - MARGIN_MS;
        }
        return nowMs - bootMs <= MOST_MS && nowMs >= newestMs ? nowMs : Math.max(newestMs, bootMs);
    }

    /** A time as milliseconds since the boot. */
    long of(final long epochMs) {
        return epochMs - bootMs;
    }
}
