package net.flowsonde.dpi.smb;

/** The entries of a {@link StateTable} that end with one owner, oldest first. */
final class OwnerList<E extends StateEntry<E>> {
    private E first;
    private E last;

    E first() {
        return first;
    }

    void add(final E entry) {
        if (entry.owner != null) {
            entry.owner.remove(entry);
        }
        entry.owner = this;
        entry.previousOfOwner = last;
        entry.nextOfOwner = null;
        if (last == null) {
            first = entry;
        } else {
            last.nextOfOwner = entry;
        }
        last = entry;
    }

    void remove(final E entry) {
        if (entry.previousOfOwner == null) {
            first = entry.nextOfOwner;
        } else {
            entry.previousOfOwner.nextOfOwner = entry.nextOfOwner;
        }
        if (entry.nextOfOwner == null) {
            last = entry.previousOfOwner;
        } else {
            entry.nextOfOwner.previousOfOwner = entry.previousOfOwner;
        }
        entry.owner = null;
        entry.nextOfOwner = null;
        entry.previousOfOwner = null;
    }
}
