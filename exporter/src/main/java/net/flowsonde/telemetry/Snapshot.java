package net.flowsonde.telemetry;

import java.util.List;

/**
 * Rows of a table that one thread keeps and others show. The owner publishes immutable rows from time to time; readers see the last that
 * were published and never touch what they were made from.
 */
public final class Snapshot<R> {
    /** Most rows that are published. */
    public static final int MOST_ROWS = 1_024;

    private volatile List<R> rows = List.of();

    /** Replaces the rows; those beyond {@link #MOST_ROWS} are left out, so that the most important come first. Owner only. */
    public void publish(final List<R> current) {
        rows = List.copyOf(current.subList(0, Math.min(current.size(), MOST_ROWS)));
    }

    public List<R> rows() {
        return rows;
    }
}
