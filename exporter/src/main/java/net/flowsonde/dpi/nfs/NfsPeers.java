package net.flowsonde.dpi.nfs;

import java.util.concurrent.atomic.AtomicLongArray;
import net.flowsonde.dpi.QueueInboxes;
import net.flowsonde.dpi.SharedTable;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/**
 * What the analyzers of all queues share of files in use: which queue keeps one, and an inbox for each queue. A client may use one file over
 * several connections (session trunking, {@code nconnect}, a connection made anew), which different queues may see; whoever sees the file
 * first keeps it, and is told by the others. There is no lock: the tables are {@link SharedTable}, the inboxes are rings that any queue
 * writes and one reads.
 */
public final class NfsPeers {
    static final int NOBODY = QueueInboxes.NOBODY;
    private static final int MOST_FILES = 65_536;
    /** Executions of which a repetition is known. */
    private static final int MOST_EXECUTED = 32_768;
    private static final int PAIRS = 1 << 14;

    private final QueueInboxes inboxes;
    private volatile Tables tables;

    /** The tables, made together when the first connection is seen. */
    private static final class Tables {
        final SharedTable keepers = new SharedTable(MOST_FILES, Integer.BYTES);
        final SharedTable executed = new SharedTable(MOST_EXECUTED, 0);
        /** By a hash of client and server: a bit for each queue that saw a connection of theirs. Two pairs in one place are no harm. */
        final AtomicLongArray queues = new AtomicLongArray(PAIRS);
    }

    /** @param queues  how many analyzers will join; one has no peers, and needs nothing */
    public NfsPeers(final int queues) {
        inboxes = new QueueInboxes(queues);
    }

    /** Number of the analyzer that asks; negative where it has no peers. */
    int join() {
        return inboxes.join();
    }

    ManyToOneRingBuffer inbox(final int number) {
        return inboxes.inbox(number);
    }

    /** A queue has seen a connection of a client and a server. */
    void announce(final long pair, final int queue) {
        final AtomicLongArray queues = tables().queues;
        final long bit = 1L << queue;
        if ((queues.get(place(pair)) & bit) == 0) {
            queues.getAndAccumulate(place(pair), bit, (before, added) -> before | added);
        }
    }

    /** Whether more than one queue has seen connections of a client and a server. */
    boolean isShared(final long pair) {
        final long queues = tables().queues.get(place(pair));
        return (queues & queues - 1) != 0;
    }

    /** The queue that keeps a file, or {@link #NOBODY}; {@code scratch} is of the caller. */
    int keeper(final long key, final UnsafeBuffer scratch, final int now) {
        return tables().keepers.read(key, key, scratch, now) ? scratch.getInt(0) : NOBODY;
    }

    /** A queue keeps a file from now on; an outcome of {@link SharedTable#write}. */
    int claim(final long key, final int queue, final UnsafeBuffer scratch, final int now) {
        scratch.putInt(0, queue);
        return tables().keepers.write(key, key, scratch, now);
    }

    void release(final long key) {
        tables().keepers.remove(key, key);
    }

    /**
     * Remembers an execution by its key; an outcome of {@link SharedTable#writeIfAbsent}, which of several queues that do it at once only one
     * gets as {@link SharedTable#WRITTEN} or {@link SharedTable#EVICTED}.
     */
    int execute(final long key, final UnsafeBuffer scratch, final int now) {
        return tables().executed.writeIfAbsent(key, key, scratch, now);
    }

    private static int place(final long pair) {
        return (int) (pair ^ pair >>> 32) & PAIRS - 1;
    }

    private Tables tables() {
        final Tables made = tables;
        return made == null ? make() : made;
    }

    private synchronized Tables make() {
        if (tables == null) {
            tables = new Tables();
        }
        return tables;
    }
}
