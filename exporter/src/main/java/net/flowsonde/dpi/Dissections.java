package net.flowsonde.dpi;

import java.util.ArrayList;
import java.util.List;

/**
 * The TCP flows of one queue that are looked into, of bounded number; the one that was silent for longest makes room for another. A flow
 * keeps a handle: number of the object and its generation, so that a flow that has lost its place finds out.
 * <pre>
 *    31  30                20  19                               0
 *  +---+---------------------+----------------------------------+
 *  | 0 |     generation      |            index + 1             |
 *  +---+---------------------+----------------------------------+
 * </pre>
 */
final class Dissections {
    static final int MOST = (1 << 20) - 1;
    private static final int INDEX_MASK = MOST;
    private static final int GENERATION_SHIFT = 20;
    private static final int GENERATION_MASK = 0x7FF;

    private final int limit;
    private final ProtocolAnalyzer[] analyzers;
    private final StreamMemory memory;
    private final List<Dissection> all = new ArrayList<>();
    private Dissection free;
    private Dissection newest;
    private Dissection oldest;
    private int size;

    /** @param limit most flows at one time, at most {@link #MOST} */
    Dissections(final int limit, final ProtocolAnalyzer[] analyzers, final StreamMemory memory) {
        this.limit = limit;
        this.analyzers = analyzers;
        this.memory = memory;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == limit;
    }

    /** The one that has to leave first. */
    Dissection oldest() {
        return oldest;
    }

    /** A place for another flow; there must be room. */
    Dissection acquire() {
        final Dissection dissection = free == null ? new Dissection(all.size(), analyzers, memory) : free;
        if (free == null) {
            all.add(dissection);
        } else {
            free = dissection.older;
        }
        size++;
        addNewest(dissection);
        return dissection;
    }

    /** The handle under which {@link #find} finds it. */
    int handle(final Dissection dissection) {
        return (dissection.generation & GENERATION_MASK) << GENERATION_SHIFT | dissection.index + 1;
    }

    /** The flow's dissection, now the most recent one, or null: it had to make room. */
    Dissection find(final int handle) {
        final Dissection dissection = all.get((handle & INDEX_MASK) - 1);
        if (handle(dissection) != handle) {
            return null;
        }
        if (dissection != newest) {
            unlink(dissection);
            addNewest(dissection);
        }
        return dissection;
    }

    /** Takes back the place of a flow. */
    void release(final Dissection dissection, final long nowNs) {
        unlink(dissection);
        dissection.close(nowNs);
        dissection.older = free;
        free = dissection;
        size--;
    }

    private void addNewest(final Dissection dissection) {
        dissection.newer = null;
        dissection.older = newest;
        if (newest == null) {
            oldest = dissection;
        } else {
            newest.newer = dissection;
        }
        newest = dissection;
    }

    private void unlink(final Dissection dissection) {
        if (dissection.newer == null) {
            newest = dissection.older;
        } else {
            dissection.newer.older = dissection.older;
        }
        if (dissection.older == null) {
            oldest = dissection.newer;
        } else {
            dissection.older.newer = dissection.newer;
        }
    }
}
