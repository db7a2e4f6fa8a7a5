package net.flowsonde.enrich.file;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How many file access records of each client are exported in a minute: a flood of one costs the others nothing. */
final class RecordQuota {
    private static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int MOST_CLIENTS = 65_536;

    private int limit;
    private final Map<InetAddress, int[]> counts = new HashMap<>();
    private long minuteNs = Long.MIN_VALUE;

    RecordQuota(final int limit) {
        this.limit = limit;
    }

    void limit(final int other) {
        limit = other;
    }

    /** Counts one and answers whether it is still within the quota. */
    boolean take(final InetAddress client, final long nowNs) {
        if (minuteNs == Long.MIN_VALUE || nowNs - minuteNs >= MINUTE_NS) {
            minuteNs = nowNs;
            counts.clear();
        }
        if (counts.size() == MOST_CLIENTS && !counts.containsKey(client)) {
            return false;
        }
        return ++counts.computeIfAbsent(client, key -> new int[1])[0] <= limit;
    }
}
