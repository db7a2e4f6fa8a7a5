package net.flowsonde.dpi.smb;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Entries by key, at most so many: the one that was used least lately makes room for a new one. Entries are made when first needed and
 * then reused. Owned by one queue thread.
 */
final class StateTable<E extends StateEntry<E>> {
    private static final int SMALLEST_INDEX = 64;

    private final int limit;
    private final Supplier<E> factory;
    private final Consumer<E> onEviction;
    private final ArrayDeque<E> free = new ArrayDeque<>();
    private E[] buckets;
    private E newest;
    private E oldest;
    private int size;

    /** @param onEviction  told of an entry that has to go before it does; must not touch the table */
    StateTable(final int limit, final Supplier<E> factory, final Consumer<E> onEviction) {
        this.limit = limit;
        this.factory = factory;
        this.onEviction = onEviction;
        buckets = index(SMALLEST_INDEX);
    }

    @SuppressWarnings("unchecked")
    private static <E extends StateEntry<E>> E[] index(final int length) {
        return (E[]) new StateEntry<?>[length];
    }

    int size() {
        return size;
    }

    /** The entry that was used least lately, or null. */
    E oldest() {
        return oldest;
    }

    /** The entry of a key, used just now; null when there is none. */
    E find(final long key0, final long key1, final long key2) {
        E entry = buckets[bucket(key0, key1, key2)];
        while (entry != null && !entry.isKey(key0, key1, key2)) {
            entry = entry.nextInBucket;
        }
        if (entry != null && entry != newest) {
            unlink(entry);
            link(entry);
        }
        return entry;
    }

    /** A new entry under a key that has none. */
    E add(final long key0, final long key1, final long key2) {
        if (size == limit) {
            onEviction.accept(oldest);
            release(oldest);
        }
        E entry = free.pollLast();
        if (entry == null) {
            entry = factory.get();
            entry.reset();
        }
        size++;
        entry.isHeld = true;
        link(entry);
        if (size > buckets.length) {
            grow();
        }
        put(entry, key0, key1, key2);
        return entry;
    }

    /** Puts an entry under another key, in place of one that may be there. */
    void rekey(final E entry, final long key0, final long key1, final long key2) {
        final E before = find(key0, key1, key2);
        if (before == entry) {
            return;
        }
        if (before != null) {
            onEviction.accept(before);
            release(before);
        }
        take(entry);
        put(entry, key0, key1, key2);
    }

    /** Forgets an entry; references to it show by its generation that they are stale. */
    void release(final E entry) {
        if (!entry.isHeld) {
            return;
        }
        take(entry);
        unlink(entry);
        if (entry.owner != null) {
            entry.owner.remove(entry);
        }
        entry.isHeld = false;
        entry.generation++;
        entry.reset();
        size--;
        free.addLast(entry);
    }

    private void put(final E entry, final long key0, final long key1, final long key2) {
        entry.key0 = key0;
        entry.key1 = key1;
        entry.key2 = key2;
        final int bucket = bucket(key0, key1, key2);
        entry.nextInBucket = buckets[bucket];
        buckets[bucket] = entry;
    }

    private void take(final E entry) {
        final int bucket = bucket(entry.key0, entry.key1, entry.key2);
        if (buckets[bucket] == entry) {
            buckets[bucket] = entry.nextInBucket;
        } else {
            E before = buckets[bucket];
            while (before.nextInBucket != entry) {
                before = before.nextInBucket;
            }
            before.nextInBucket = entry.nextInBucket;
        }
        entry.nextInBucket = null;
    }

    private void grow() {
        final E[] smaller = buckets;
        buckets = index(2 * smaller.length);
        for (final E first : smaller) {
            E entry = first;
            while (entry != null) {
                final E next = entry.nextInBucket;
                put(entry, entry.key0, entry.key1, entry.key2);
                entry = next;
            }
        }
        Arrays.fill(smaller, null);
    }

    private int bucket(final long key0, final long key1, final long key2) {
        long hash = key0 * 0x9E37_79B9_7F4A_7C15L + key1;
        hash = (hash ^ hash >>> 29) * 0xBF58_476D_1CE4_E5B9L + key2;
        hash = (hash ^ hash >>> 32) * 0x94D0_49BB_1331_11EBL;
        return (int) (hash >>> 33) & buckets.length - 1;
    }

    private void link(final E entry) {
        entry.older = newest;
        entry.newer = null;
        if (newest == null) {
            oldest = entry;
        } else {
            newest.newer = entry;
        }
        newest = entry;
    }

    private void unlink(final E entry) {
        if (entry.newer == null) {
            newest = entry.older;
        } else {
            entry.newer.older = entry.older;
        }
        if (entry.older == null) {
            oldest = entry.newer;
        } else {
            entry.older.newer = entry.newer;
        }
        entry.newer = null;
        entry.older = null;
    }
}
