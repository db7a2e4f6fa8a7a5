package net.flowsonde.dpi.nfs;

import net.flowsonde.dpi.SharedTable;
import org.agrona.BitUtil;

/**
 * What every queue shares of the handles of all servers: which directory and name each has, and which handle each name in a directory
 * has. Bounded by a number of handles; the memory, {@value #OCTETS_A_HANDLE} octets for each, is taken as handles are seen.
 */
public final class HandleNames {
    /** Memory of one handle with the way back from its name to it. */
    public static final int OCTETS_A_HANDLE = 176;

    private final int capacity;
    private final HandleHash hash = new HandleHash();
    private volatile Tables tables;

    /** The tables, made together. */
    static final class Tables {
        final SharedTable names;
        final SharedTable children;

        Tables(final int capacity) {
            names = new SharedTable(capacity, NameEntry.LENGTH);
            children = new SharedTable(capacity, ChildEntry.LENGTH);
        }
    }

    /** @param capacity  most handles; rounded up to a power of two */
    public HandleNames(final int capacity) {
        this.capacity = BitUtil.findNextPositivePowerOfTwo(capacity);
    }

    HandleHash hash() {
        return hash;
    }

    Tables tables() {
        final Tables made = tables;
        return made == null ? make() : made;
    }

    private synchronized Tables make() {
        if (tables == null) {
            tables = new Tables(capacity);
        }
        return tables;
    }
}
