package net.flowsonde.dpi.nfs;

import java.util.concurrent.TimeUnit;

/** The pool of {@link OpenFiles}: who is in use, by what is waited for, the one that was used first in front. Owned by one queue thread. */
final class FileLists {
    static final int IN_USE = 0;
    /** Everything written was committed, which is what clients do on close. */
    static final int COMMITTED = 1;
    /** Opened, as version 4 does; the lists beyond are of such files too. */
    static final int OPENED = 2;
    /** Its connection has ended. */
    static final int DETACHED = 3;
    /** Closed, but other queues may still tell of it. */
    static final int CLOSED = 4;
    static final int COUNT = 5;

    /** Silence after which a file is given up, by its list. A server lets clients come back for 90 seconds; queues may be behind each other. */
    private static final long[] PATIENCE_NS = {TimeUnit.SECONDS.toNanos(10), TimeUnit.SECONDS.toNanos(1), TimeUnit.MINUTES.toNanos(30),
        TimeUnit.SECONDS.toNanos(90), TimeUnit.SECONDS.toNanos(2)};
    /** In which order files make room for others. */
    private static final int[] EVICTION = {CLOSED, DETACHED, COMMITTED, IN_USE, OPENED};

    private final int limit;
    private final OpenFile[] oldest = new OpenFile[COUNT];
    private final OpenFile[] newest = new OpenFile[COUNT];
    private OpenFile free;
    private int made;
    private int inUse;

    FileLists(final int limit) {
        this.limit = limit;
    }

    int size() {
        return inUse;
    }

    /** There is room for no other. */
    boolean isFull() {
        return free == null && made == limit;
    }

    /** Which has to leave for another. */
    OpenFile evicted() {
        for (final int list : EVICTION) {
            if (oldest[list] != null) {
                return oldest[list];
            }
        }
        throw new IllegalStateException("full of nothing");
    }

    /** The first of a list; null when it is empty. */
    OpenFile first(final int list) {
        return oldest[list];
    }

    /** The first of a list when it has been silent for too long, else null. */
    OpenFile expired(final int list, final long nowNs) {
        final OpenFile file = oldest[list];
        return file == null || nowNs - file.lastNs < PATIENCE_NS[list] ? null : file;
    }

    /** One that is free, in a list; there is {@link #isFull room}. */
    OpenFile acquire(final int list) {
        inUse++;
        OpenFile file = free;
        if (file == null) {
            made++;
            file = new OpenFile();
        } else {
            free = file.newer;
            file.newer = null;
        }
        append(file, list);
        return file;
    }

    void release(final OpenFile file) {
        remove(file);
        file.reset();
        file.newer = free;
        free = file;
        inUse--;
    }

    /** To the end of a list, which may be the one where it is. */
    void move(final OpenFile file, final int list) {
        remove(file);
        append(file, list);
    }

    private void append(final OpenFile file, final int list) {
        file.list = list;
        file.older = newest[list];
        file.newer = null;
        if (newest[list] == null) {
            oldest[list] = file;
        } else {
            newest[list].newer = file;
        }
        newest[list] = file;
    }

    private void remove(final OpenFile file) {
        if (file.older == null) {
            oldest[file.list] = file.newer;
        } else {
            file.older.newer = file.newer;
        }
        if (file.newer == null) {
            newest[file.list] = file.older;
        } else {
            file.newer.older = file.older;
        }
        file.older = null;
        file.newer = null;
    }
}
