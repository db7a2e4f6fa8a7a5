package net.flowsonde.enrich;

import java.util.function.Consumer;

/** Things by address, in the order of their last use. Owned by the export thread. */
final class RecentAddresses<V extends RecentAddress> {
    private final AddressMap<V> byAddress = new AddressMap<>();
    private final RecentList<V> byUse = new RecentList<>();

    int size() {
        return byAddress.size();
    }

    /** What is kept under an address, now the one used last, or null. */
    V find(final AddressKey key) {
        final V found = byAddress.get(key.high(), key.low());
        if (found != null) {
            byUse.touch(found);
        }
        return found;
    }

    /** Adds what is not there yet, and answers it. */
    V add(final V added) {
        byAddress.add(added);
        byUse.addNewest(added);
        return added;
    }

    /** What was not used for longest; null when there is nothing. */
    V oldest() {
        return byUse.oldest();
    }

    V newest() {
        return byUse.newest();
    }

    /** Answers what is gone. */
    V removeOldest() {
        final V gone = byUse.oldest();
        remove(gone);
        return gone;
    }

    void remove(final V gone) {
        byUse.remove(gone);
        byAddress.remove(gone);
    }

    /** Visits all, the one used last first. */
    void forEach(final Consumer<V> consumer) {
        byUse.forEach(consumer);
    }
}
