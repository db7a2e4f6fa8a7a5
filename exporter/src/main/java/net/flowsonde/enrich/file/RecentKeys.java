package net.flowsonde.enrich.file;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which of many things happened lately: each counts once, until it has been silent for the window. Bounded; the oldest is forgotten. */
final class RecentKeys {
    private final long windowNs;
    private final int limit;
    private final Map<Long, Seen> seen = new LinkedHashMap<>();

    private record Seen(long timeNs, long value) {
    }

    RecentKeys(final long windowNs, final int limit) {
        this.windowNs = windowNs;
        this.limit = limit;
    }

    void add(final long key, final long nowNs) {
        put(key, 0, nowNs);
    }

    /** Remembers a value with the key. */
    void put(final long key, final long value, final long nowNs) {
        seen.remove(key);
        expire(nowNs);
        if (seen.size() == limit) {
            final Iterator<Long> oldest = seen.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        seen.put(key, new Seen(nowNs, value));
    }

    /** Moves what happened {@code ageNs} ago or earlier to others, as if it had happened when it got to that age. */
    void moveOlder(final long ageNs, final long nowNs, final RecentKeys to) {
        final Iterator<Map.Entry<Long, Seen>> oldest = seen.entrySet().iterator();
        while (oldest.hasNext()) {
            final Map.Entry<Long, Seen> entry = oldest.next();
            if (nowNs - entry.getValue().timeNs < ageNs) {
                return;
            }
            to.add(entry.getKey(), entry.getValue().timeNs + ageNs);
            oldest.remove();
        }
    }

    boolean contains(final long key, final long nowNs) {
        final Seen last = seen.get(key);
        return last != null && nowNs - last.timeNs < windowNs;
    }

    /** The value of a key that happened lately, or {@code otherwise}. */
    long value(final long key, final long otherwise, final long nowNs) {
        return contains(key, nowNs) ? seen.get(key).value : otherwise;
    }

    void remove(final long key) {
        seen.remove(key);
    }

    /** How many happened within the window. */
    int size(final long nowNs) {
        expire(nowNs);
        return seen.size();
    }

    private void expire(final long nowNs) {
        final Iterator<Seen> oldest = seen.values().iterator();
        while (oldest.hasNext() && nowNs - oldest.next().timeNs >= windowNs) {
            oldest.remove();
        }
    }
}
