package net.flowsonde.dpi.nfs;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The calls of one queue that wait for their replies, by client, server, ports and identifier (XID), and the keys of those that were
 * answered of late: so a call that comes again, over UDP or after a reconnect, counts once. When there are too many, the oldest makes room.
 * Owned by one queue thread.
 */
final class PendingCalls {
    /** How long a reply is waited for, and a repetition known for one. */
    static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(120);
    private static final int MOST_EXPIRED_AT_ONCE = 256;
    private static final int ANSWERED = 1 << 15;

    private final int limit;
    private final Consumer<PendingCall> unanswered;
    private final Counters counters;
    private final Long2ObjectHashMap<PendingCall> calls = new Long2ObjectHashMap<>();
    private final long[] answeredKeys = new long[ANSWERED];
    private final long[] answeredNs = new long[ANSWERED];
    private PendingCall free;
    private PendingCall oldest;
    private PendingCall newest;
    private int made;

    /** @param unanswered  gets each call whose reply was waited for in vain */
    PendingCalls(final int limit, final Consumer<PendingCall> unanswered, final Counters counters) {
        this.limit = limit;
        this.unanswered = unanswered;
        this.counters = counters;
    }

    int size() {
        return calls.size();
    }

    boolean isPending(final long key) {
        return calls.containsKey(key);
    }

    /** A call has come: a new entry for it, or null when it is a repetition, which is counted. */
    PendingCall open(final long key, final long nowNs) {
        final PendingCall first = calls.get(key);
        if (first != null && nowNs - first.startNs < PATIENCE_NS) {
            first.isRepeated = true;
            counters.increment(Counter.NFS_CALLS_REPEATED);
            return null;
        }
        if (first != null) {
            expire(first);
        } else if (wasAnswered(key, nowNs)) {
            counters.increment(Counter.NFS_CALLS_REPEATED);
            return null;
        }
        final PendingCall call = acquire();
        call.key = key;
        call.startNs = nowNs;
        calls.put(key, call);
        append(call);
        return call;
    }

    private boolean wasAnswered(final long key, final long nowNs) {
        final int slot = slot(key);
        return answeredKeys[slot] == key && nowNs - answeredNs[slot] < PATIENCE_NS;
    }

    /** Whether an execution with this key is answered for the first time; counts the others. */
    boolean isFirst(final long key, final long nowNs) {
        if (wasAnswered(key, nowNs)) {
            counters.increment(Counter.NFS_CALLS_REPEATED);
            return false;
        }
        remember(key, nowNs);
        return true;
    }

    private void remember(final long key, final long nowNs) {
        answeredKeys[slot(key)] = key;
        answeredNs[slot(key)] = nowNs;
    }

    /** A reply has come: takes the call out, to be given back by {@link #release}; null when none waits for it. */
    PendingCall answer(final long key, final long nowNs) {
        final PendingCall call = calls.remove(key);
        if (call != null) {
            unlink(call);
            call.generation++;
            remember(key, nowNs);
        }
        return call;
    }

    /** Gives back a call that was answered. */
    void release(final PendingCall call) {
        call.reset();
        call.newer = free;
        free = call;
    }

    /** Forgets a call whose octets were lost in part. */
    void drop(final PendingCall call) {
        calls.remove(call.key);
        unlink(call);
        release(call);
    }

    /** Gives up calls that have waited too long. */
    void onTime(final long nowNs) {
        for (int i = 0; i < MOST_EXPIRED_AT_ONCE && oldest != null && nowNs - oldest.startNs >= PATIENCE_NS; i++) {
            expire(oldest);
        }
    }

    /** No packet will follow. */
    void onClose() {
        while (oldest != null) {
            expire(oldest);
        }
    }

    private void expire(final PendingCall call) {
        counters.increment(Counter.NFS_CALLS_UNANSWERED);
        unanswered.accept(call);
        drop(call);
    }

    private PendingCall acquire() {
        if (free == null) {
            if (made == limit && oldest != null) {
                counters.increment(Counter.NFS_CALLS_EVICTED);
                drop(oldest);
            } else {
                made++;
                return new PendingCall();
            }
        }
        final PendingCall call = free;
        free = call.newer;
        call.newer = null;
        return call;
    }

    private void append(final PendingCall call) {
        call.older = newest;
        call.newer = null;
        if (newest == null) {
            oldest = call;
        } else {
            newest.newer = call;
        }
        newest = call;
    }

    private void unlink(final PendingCall call) {
        if (call.older == null) {
            oldest = call.newer;
        } else {
            call.older.newer = call.newer;
        }
        if (call.newer == null) {
            newest = call.older;
        } else {
            call.newer.older = call.older;
        }
        call.older = null;
        call.newer = null;
    }

    private static int slot(final long key) {
        return (int) (key ^ key >>> 32) & ANSWERED - 1;
    }
}
