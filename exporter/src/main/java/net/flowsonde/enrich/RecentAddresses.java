package net.flowsonde.enrich;

import java.util.function.Consumer;

/** Things by address, in the order of their last use. Owned by the export thread. */
final class RecentAddresses<V extends RecentAddress> {
    private final AddressMap<V> byAddress = new AddressMap<>();
    private V newest;
    private V oldest;

    int size() {
        return byAddress.size();
    }

    /** What is kept under an address, now the one used last, or null. */
    V find(final AddressKey key) {
        final V found = byAddress.get(key.high(), key.low());
        if (found != null && found != newest) {
            unlink(found);
            addNewest(found);
        }
        return found;
    }

    /** Adds what is not there yet, and answers it. */
    V add(final V added) {
        byAddress.add(added);
        addNewest(added);
        return added;
    }

    /** What was not used for longest; null when there is nothing. */
    V oldest() {
        return oldest;
    }

    V newest() {
        return newest;
    }

    /** Answers what is gone. */
    V removeOldest() {
        final V gone = oldest;
        unlink(gone);
        byAddress.remove(gone);
        return gone;
    }

    /** Visits all, the one used last first. */
    @SuppressWarnings("unchecked")
    void forEach(final Consumer<V> consumer) {
        for (V each = newest; each != null; each = (V) each.older) {
            consumer.accept(each);
        }
    }

    private void addNewest(final V added) {
        added.newer = null;
        added.older = newest;
        if (newest == null) {
            oldest = added;
        } else {
            newest.newer = added;
        }
        newest = added;
    }

    @SuppressWarnings("unchecked")
    private void unlink(final V gone) {
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
}
