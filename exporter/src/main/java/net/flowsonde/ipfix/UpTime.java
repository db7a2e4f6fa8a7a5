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
    private static final long MS_PER_SECOND = 1_000;
    private static final long NO_BOOT = Long.MIN_VALUE;
    private static final long NO_FLOW = Long.MIN_VALUE;

    private long bootMs = NO_BOOT;
    private long newestMs = NO_FLOW;

    /** Whether a flow with these times can be told in the message at hand. */
    boolean fits(final long startMs, final long endMs) {
        return bootMs != NO_BOOT && startMs >= bootMs && endMs - bootMs <= MOST_MS;
    }

    /** A new message begins: moves the boot where it has to be moved. */
    void begin(final long startMs) {
        end();
        if (bootMs == NO_BOOT || startMs < bootMs || startMs - bootMs > REBASE_MS) {
            bootMs = startMs - MARGIN_MS;
        }
    }

    /** The message has been sent, or given up. */
    void end() {
        newestMs = NO_FLOW;
    }

    /** A flow that ended at {@code endMs} is part of the message. */
    void add(final long endMs) {
        newestMs = Math.max(newestMs, endMs);
    }

    /**
     * The time that the header of a message tells: now, to the second above, unless that is too far from the flows of the message to be
     * told.
     */
    long exportMs(final long nowMs) {
        if (bootMs == NO_BOOT || newestMs == NO_FLOW && nowMs - bootMs > REBASE_MS) {
            bootMs = nowMs - MARGIN_MS;
        }
        final boolean isTold = nowMs - bootMs <= MOST_MS && nowMs >= newestMs;
        return toSecond(isTold ? nowMs : Math.max(newestMs, bootMs));
    }

    /** A time as milliseconds since the boot. */
    long of(final long epochMs) {
        return epochMs - bootMs;
    }

    private static long toSecond(final long epochMs) {
        return Math.floorDiv(epochMs + MS_PER_SECOND - 1, MS_PER_SECOND) * MS_PER_SECOND;
    }
}
