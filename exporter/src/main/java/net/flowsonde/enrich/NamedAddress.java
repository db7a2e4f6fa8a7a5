package net.flowsonde.enrich;

import org.agrona.DirectBuffer;

/** An address that DNS gave to one client, with the names that led there, the newest first. */
final class NamedAddress extends RecentAddress {
    /** Most names of one address that are kept for a client. */
    static final int MOST_NAMES = 8;

    private LearnedName newest;
    private int count;

    NamedAddress(final AddressKey address) {
        super(address);
    }

    LearnedName newest() {
        return newest;
    }

    int count() {
        return count;
    }

    /** Takes the name out, to be put in again as the newest; null when it is not known. */
    LearnedName take(final DirectBuffer buffer, final int offset, final int length) {
        LearnedName before = null;
        for (LearnedName name = newest; name != null; name = name.older) {
            if (name.isNamed(buffer, offset, length)) {
                unlink(before, name);
                return name;
            }
            before = name;
        }
        return null;
    }

    /** Adds a name as the newest; answers how many had to go for it. */
    int add(final LearnedName name) {
        name.older = newest;
        newest = name;
        count++;
        if (count <= MOST_NAMES) {
            return 0;
        }
        LearnedName last = newest;
        while (last.older.older != null) {
            last = last.older;
        }
        unlink(last, last.older);
        return 1;
    }

    private void unlink(final LearnedName before, final LearnedName name) {
        if (before == null) {
            newest = name.older;
        } else {
            before.older = name.older;
        }
        count--;
    }
}
