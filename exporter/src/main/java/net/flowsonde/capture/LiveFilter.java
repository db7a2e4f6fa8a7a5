package net.flowsonde.capture;

import net.flowsonde.config.CaptureConfig;

/**
 * What the live queues let pass: the operator's filter, less our own traffic. Any thread may change it; the queues apply the change within
 * about a second, each in one step of the kernel, so that no frame which both filters let pass is lost.
 */
public final class LiveFilter {
    private final OwnTraffic ownTraffic;
    private String expression;
    private volatile long changes;

    /** @param ownTraffic what is left out where {@link CaptureConfig#excludeOwn()} says so */
    public LiveFilter(final CaptureConfig config, final OwnTraffic ownTraffic) {
        expression = config.filter();
        this.ownTraffic = config.excludeOwn() ? ownTraffic : new OwnTraffic();
    }

    /** Replaces the operator's filter, which must compile. */
    public synchronized void expression(final String changed) {
        expression = changed;
        changes++;
    }

    /** Grows whenever the filter changes. */
    long version() {
        return changes + ownTraffic.version();
    }

    /** In libpcap's language. */
    synchronized String text() {
        return ownTraffic.appliedTo(expression);
    }
}
