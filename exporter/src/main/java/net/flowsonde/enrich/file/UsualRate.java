package net.flowsonde.enrich.file;

import java.util.concurrent.TimeUnit;
import net.flowsonde.config.FilesConfig;

/**
 * How many times a minute somebody usually does something: the mean of the minutes before, of which each counts a sixteenth less than the
 * one after it. Of bounded size; owned by the export thread.
 */
final class UsualRate {
    private static final double MINUTE_NS = TimeUnit.MINUTES.toNanos(1);
    private static final double WEIGHT = 1.0 / 16;
    /** How many times the usual is unusual. */
    private static final int UNUSUAL = 2;
    /** How many times a threshold nobody gets used to, lest a wiper that gets faster slowly be never told. */
    private static final int NEVER_USUAL = 4;

    private double mean;
    private long learntNs = Long.MIN_VALUE;

    /** Takes in the minute that ends now; those since the last that was taken in were quiet. */
    void learn(final int count, final long nowNs) {
        final double minutes = learntNs == Long.MIN_VALUE ? 1 : minutes(nowNs);
        mean = mean * Math.pow(1 - WEIGHT, minutes) + count * WEIGHT * Math.min(1, minutes);
        learntNs = nowNs;
    }

    private double minutes(final long nowNs) {
        return Math.max(0, nowNs - learntNs) / MINUTE_NS;
    }

    /** The mean as it is when the minutes since, without the one at hand, were quiet. */
    private double usual(final long nowNs) {
        return learntNs == Long.MIN_VALUE ? 0 : mean * Math.pow(1 - WEIGHT, Math.max(0, minutes(nowNs) - 1));
    }

    /** A count of the minute at hand in percent of the usual, which is taken for 1 when it is less. */
    long percent(final int count, final long nowNs) {
        return Math.round(100 * count / Math.max(1, usual(nowNs)));
    }

    /** Whether a count that has reached a threshold is news. */
    boolean isUnusual(final int count, final int threshold, final long nowNs) {
        return count >= UNUSUAL * usual(nowNs) || count >= Math.min(NEVER_USUAL * threshold, FilesConfig.MOST_COUNTED);
    }
}
