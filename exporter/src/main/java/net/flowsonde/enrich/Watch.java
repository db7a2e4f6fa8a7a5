package net.flowsonde.enrich;

import java.util.concurrent.TimeUnit;

/** What a detector counts about one client, or a client with something, in a window of time that begins anew when it is over. */
abstract class Watch extends RecentAddress {
    /** An alert is made at most this often, to be held to its cool-down by the bus. */
    private static final long LEAST_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long NEVER = Long.MIN_VALUE;

    private long windowStartNs = NEVER;
    private long raisedNs = NEVER;

    Watch(final AddressKey key) {
        super(key);
    }

    /** Forgets what it was, to watch another. */
    final void renew(final AddressKey key) {
        rekey(key);
        windowStartNs = NEVER;
        raisedNs = NEVER;
        clear();
        forget();
    }

    /** Forgets what outlives a window. */
    void forget() {
        // most have nothing of the kind
    }

    /** Begins a new window when the last is over. */
    final void onTime(final long nowNs, final long windowNs) {
        if (windowStartNs == NEVER || nowNs - windowStartNs >= windowNs || nowNs < windowStartNs - windowNs) {
            windowStartNs = nowNs;
            clear();
        }
    }

    final long windowStartNs() {
        return windowStartNs;
    }

    /** Whether an alert may be made now; it then counts as made. */
    final boolean isAlertDue(final long nowNs) {
        if (raisedNs != NEVER && Math.abs(nowNs - raisedNs) < LEAST_INTERVAL_NS) {
            return false;
        }
        raisedNs = nowNs;
        return true;
    }

    /** Forgets what the last window had. */
    abstract void clear();
}
