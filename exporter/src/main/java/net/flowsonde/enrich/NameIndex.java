package net.flowsonde.enrich;

/**
 * Finds the first row of a key in {@link NameRows}: open addressing with linear probing, as in {@link AddressMap}. An entry is the tag of
 * a key, whose first bits say the home of the entry, above the number of the row; 0 when empty. Owned by the export thread.
 */
final class NameIndex {
    private static final int LEAST_BITS = 10;
    private static final long EMPTY = 0;

    private final NameRows rows;
    private long[] entries;
    private int shift;
    private int size;

    NameIndex(final NameRows rows) {
        this.rows = rows;
        allocate(LEAST_BITS);
    }

    private void allocate(final int bits) {
        entries = new long[1 << bits];
        shift = Long.SIZE - bits;
    }

    /** The first row of a key, or {@link NameRows#NONE}. */
    int find(final AddressKey key) {
        final int tag = AddressMap.tag(key.high(), key.low());
        for (int slot = home(tag); entries[slot] != EMPTY; slot = next(slot)) {
            final long entry = entries[slot];
            if (tag(entry) == tag && rows.isKey(row(entry), key.high(), key.low())) {
                return row(entry);
            }
        }
        return NameRows.NONE;
    }

    /** Adds a row whose key is not here. */
    void add(final int row) {
        if ((size + 1) * 3L > entries.length * 2L) {
            grow();
        }
        insert((long) tagOf(row) << Integer.SIZE | row);
        size++;
    }

    /** Removes a row that is here. */
    void remove(final int row) {
        int gap = home(tagOf(row));
        while (row(entries[gap]) != row) {
            gap = next(gap);
        }
        size--;
        // moves back what was pushed beyond its home by what is gone
        for (int slot = next(gap); entries[slot] != EMPTY; slot = next(slot)) {
            final int home = home(tag(entries[slot]));
            if ((slot - home & entries.length - 1) >= (slot - gap & entries.length - 1)) {
                entries[gap] = entries[slot];
                gap = slot;
            }
        }
        entries[gap] = EMPTY;
    }

    private void grow() {
        final long[] old = entries;
        allocate(Long.SIZE - shift + 1);
        for (final long entry : old) {
            if (entry != EMPTY) {
                insert(entry);
            }
        }
    }

    private void insert(final long entry) {
        int slot = home(tag(entry));
        while (entries[slot] != EMPTY) {
            slot = next(slot);
        }
        entries[slot] = entry;
    }

    private int tagOf(final int row) {
        return AddressMap.tag(rows.high(row), rows.low(row));
    }

    private int home(final int tag) {
        return (int) ((long) tag << Integer.SIZE >>> shift);
    }

    private int next(final int slot) {
        return slot + 1 & entries.length - 1;
    }

    private static int tag(final long entry) {
        return (int) (entry >>> Integer.SIZE);
    }

    private static int row(final long entry) {
        return (int) entry;
    }
}
