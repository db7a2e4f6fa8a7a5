package net.flowsonde.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Marker;

/**
 * Bounds the log: at most {@link #MOST_LINES} lines of information and above in {@link #WINDOW_NS}, whatever goes wrong; how many were left
 * out is said with the next line. Who asks for debugging gets all of it. Any thread.
 */
final class LogRateLimit extends TurboFilter {
    static final int MOST_LINES = 500;
    static final long WINDOW_NS = TimeUnit.SECONDS.toNanos(10);

    private final LongSupplier nanoClock;
    private long windowNs;
    private int lines;
    private long leftOut;

    LogRateLimit() {
        this(System::nanoTime);
    }

    LogRateLimit(final LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        windowNs = nanoClock.getAsLong();
    }

    @Override
    public FilterReply decide(
        final Marker marker, final Logger logger, final Level level, final String format, final Object[] values, final Throwable thrown) {
        if (!level.isGreaterOrEqual(logger.getEffectiveLevel()) || !level.isGreaterOrEqual(Level.INFO)) {
            return FilterReply.NEUTRAL;
        }
        final long untold;
        synchronized (this) {
            untold = takeLeftOut();
            if (++lines > MOST_LINES) {
                leftOut++;
                return FilterReply.DENY;
            }
        }
        if (untold > 0) {
            logger.warn("{} log lines were left out: there were more than {} in {} s", untold, MOST_LINES,
                TimeUnit.NANOSECONDS.toSeconds(WINDOW_NS));
        }
        return FilterReply.NEUTRAL;
    }

    /** Begins a new window when the old one is over; answers how many lines that one had left out. */
    private long takeLeftOut() {
        final long nowNs = nanoClock.getAsLong();
        if (nowNs - windowNs < WINDOW_NS) {
            return 0;
        }
        windowNs = nowNs;
        lines = 0;
        final long untold = leftOut;
        leftOut = 0;
        return untold;
    }
}
