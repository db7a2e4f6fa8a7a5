package net.flowsonde.telemetry;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Writes each distinct error once, and one that goes on happening again after an interval with its count, so that a failing disk or an
 * absent collector makes a few lines and not a flood. Any thread; not for the packet path. What is distinct is the whole text, so that
 * numbers which change all the time do not belong into it.
 */
public final class DistinctLog {
    private static final int MOST_DISTINCT = 256;
    private static final String OTHERS = "more kinds of errors than are told apart";

    private final Logger logger;
    private volatile Duration interval;
    private final LongSupplier nanoClock;
    private final Map<String, Occurrence> occurrences = new LinkedHashMap<>();

    private static final class Occurrence {
        private long writtenNs;
        private long unwritten;
    }

    /** @param interval how often an error that goes on happening is written again */
    public DistinctLog(final Logger logger, final Duration interval) {
        this(logger, interval, System::nanoTime);
    }

    DistinctLog(final Logger logger, final Duration interval, final LongSupplier nanoClock) {
        this.logger = logger;
        this.interval = interval;
        this.nanoClock = nanoClock;
    }

    /** Another interval from now on. */
    public void interval(final Duration changed) {
        interval = changed;
    }

    /** Something is wrong and goes on being wrong; the stack trace is written at level debug only. */
    public void error(final String text, final Throwable cause) {
        if (occurs(text)) {
            logger.debug(text, cause);
        }
    }

    /** Something that the operator should know. */
    public void warn(final String text) {
        occurs(text);
    }

    private synchronized boolean occurs(final String text) {
        final String kind = occurrences.containsKey(text) || occurrences.size() < MOST_DISTINCT ? text : OTHERS;
        final long nowNs = nanoClock.getAsLong();
        final Occurrence occurrence = occurrences.get(kind);
        if (occurrence == null) {
            occurrences.put(kind, new Occurrence());
            occurrences.get(kind).writtenNs = nowNs;
            logger.warn(kind);
            return true;
        }
        occurrence.unwritten++;
        if (nowNs - occurrence.writtenNs >= interval.toNanos()) {
            write(kind, occurrence, nowNs);
        }
        return false;
    }

    /** Writes what was held back; at the end of a run. */
    public synchronized void flush() {
        final long nowNs = nanoClock.getAsLong();
        occurrences.forEach((kind, occurrence) -> {
            if (occurrence.unwritten > 0) {
                write(kind, occurrence, nowNs);
            }
        });
    }

    private void write(final String kind, final Occurrence occurrence, final long nowNs) {
        logger.warn("{} ({} more in {} s)", kind, occurrence.unwritten, (nowNs - occurrence.writtenNs) / 1_000_000_000L);
        occurrence.writtenNs = nowNs;
        occurrence.unwritten = 0;
    }
}
