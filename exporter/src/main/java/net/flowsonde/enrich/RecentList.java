package net.flowsonde.enrich;

import java.util.function.Consumer;

/** Things in the order of their last use; each is in one such list at most. Owned by the export thread. */
final class RecentList<V extends RecentAddress> {
    private V newest;
    private V oldest;

    V newest() {
        return newest;
    }

    /** What was not used for longest; null when there is nothing. */
    V oldest() {
        return oldest;
    }

    void addNewest(final V added) {
        added.newer = null;
        added.older = newest;
        if (newest == null) {
            oldest = added;
        } else {
            newest.newer = added;
        }
        newest = added;
    }

    /** Takes note that something in the list was used. */
    void touch(final V used) {
        if (used != newest) {
            remove(used);
            addNewest(used);
        }
    }

    @SuppressWarnings("unchecked")
    void remove(final V gone) {
        if (gone.newer == null) {
            newest = (V) gone.older;
        } else {
            gone.newer.older = gone.older;
        }
        if (gone.older == null) {
            oldest = (V) gone.newer;
        } else {
            gone.older.newer = gone.newer;
        }
    }

    /** Visits all, the one used last first. */
    @SuppressWarnings("unchecked")
    void forEach(final Consumer<V> consumer) {
        for (V each = newest; each != null; each = (V) each.older) {
            consumer.accept(each);
        }
    }
}
