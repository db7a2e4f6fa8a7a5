package net.flowsonde.transport;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the disk on a thread of its own, so that a slow one holds up nothing. Only a loss of power needs what it does. */
final class SpoolSync {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolSync.class);
    private static final long CLOSE_TIMEOUT_S = 10;

    private final long intervalNs;
    private final ExecutorService executor;
    private final AtomicBoolean isAtWork = new AtomicBoolean();
    private long startedNs = System.nanoTime();

    /** @param intervalNs  how often; 0 for never */
    SpoolSync(final String name, final long intervalNs) {
        this.intervalNs = intervalNs;
        executor = Executors.newSingleThreadExecutor(task -> {
            final Thread thread = new Thread(task, "spool " + name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @param segment  the file that is written to, or null when there is nothing to be afraid for */
    void doWork(final long nowNs, final SegmentFile segment) {
        if (intervalNs != 0 && segment != null && nowNs - startedNs >= intervalNs && isAtWork.compareAndSet(false, true)) {
            startedNs = nowNs;
            executor.execute(() -> {
                force(segment);
                isAtWork.set(false);
            });
        }
    }

    /** A file is full. */
    void rolled(final SegmentFile segment) {
        if (intervalNs != 0) {
            executor.execute(() -> force(segment));
        }
    }

    void close() {
        executor.shutdown();
        try {
            executor.awaitTermination(CLOSE_TIMEOUT_S, TimeUnit.SECONDS);
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void force(final SegmentFile segment) {
        try {
            segment.force();
        } catch (final IOException failure) {
            LOG.debug("a file of the spool was not forced to disk", failure);
        }
    }
}
