package net.flowsonde.dpi.nfs;

import java.util.concurrent.TimeUnit;
import net.flowsonde.dpi.FileAccess;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The files of one queue that are open or in use, by state identifier (version 4) and by client, user and handle. They end by a close, by
 * the end of their connection, or in silence; when there are too many, the one that was not used for longest ends early. Owned by one queue
 * thread.
 */
final class OpenFiles {
    /** Read and written without an open, or opened. */
    static final int USED = 0;
    static final int LISTED = 1;
    /** Calls that cannot be read. */
    static final int ENCRYPTED = 2;

    /** Silence after which a file that was never opened is taken for closed. */
    static final long IDLE_NS = TimeUnit.SECONDS.toNanos(10);
    /** The same once everything written was committed, which is what clients do on close. */
    static final long COMMITTED_IDLE_NS = TimeUnit.SECONDS.toNanos(1);
    /** Silence after which an open file is given up. */
    static final long OPEN_IDLE_NS = TimeUnit.MINUTES.toNanos(30);

    private static final int IN_USE = 0;
    private static final int COMMITTED = 1;
    private static final int OPENED = 2;
    private static final long[] PATIENCE_NS = {IDLE_NS, COMMITTED_IDLE_NS, OPEN_IDLE_NS};
    private static final int MOST_EXPIRED_AT_ONCE = 256;

    private final int limit;
    private final HandleHash hash;
    private final FileRecords records;
    private final Counters counters;
    private final Long2ObjectHashMap<OpenFile> byHandle = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<OpenFile> byState = new Long2ObjectHashMap<>();
    private final OpenFile[] oldest = new OpenFile[PATIENCE_NS.length];
    private final OpenFile[] newest = new OpenFile[PATIENCE_NS.length];
    private OpenFile free;
    private int made;
    private int inUse;

    OpenFiles(final int limit, final HandleHash hash, final FileRecords records, final Counters counters) {
        this.limit = limit;
        this.hash = hash;
        this.records = records;
        this.counters = counters;
    }

    int size() {
        return inUse;
    }

    /** The file that the answered call works on, made when it is not there; marked as used now. */
    OpenFile use(final RpcMessage message, final FileHandle handle, final int kind) {
        final OpenFile file = find(message, handle, kind);
        return file == null ? make(message, handle, kind) : touch(file, message.timestampNs());
    }

    /** The same, null when it is not there. */
    OpenFile find(final RpcMessage message, final FileHandle handle, final int kind) {
        return byHandle.get(handleKey(message, handle, kind));
    }

    /** The file that a state identifier was given out for; else the one of handle and user, made when it is not there. */
    OpenFile use(final RpcMessage message, final FileHandle handle, final long stateKey) {
        final OpenFile file = stateKey == 0 ? null : byState.get(stateKey);
        return file == null ? use(message, handle, USED) : touch(file, message.timestampNs());
    }

    /** A file was opened (version 4). An open of one that its owner has open already belongs to it. */
    OpenFile open(final RpcMessage message, final FileHandle handle, final long stateKey) {
        if (stateKey == 0) {
            return use(message, handle, USED);
        }
        final OpenFile open = byState.get(stateKey);
        if (open != null) {
            return touch(open, message.timestampNs());
        }
        final OpenFile before = find(message, handle, USED);
        if (before != null && before.stateKey == 0) {
            end(before, before.lastNs);
        }
        final OpenFile file = make(message, handle, USED);
        file.stateKey = stateKey;
        byState.put(stateKey, file);
        move(file, OPENED);
        return file;
    }

    /** With an open came a delegation, whose state identifier reads and writes may have too. */
    void delegate(final OpenFile file, final long delegationKey) {
        if (delegationKey != 0 && file.delegationKey == 0 && !byState.containsKey(delegationKey)) {
            file.delegationKey = delegationKey;
            byState.put(delegationKey, file);
        }
    }

    /** A reply told the handle of a file that was opened by name. */
    void identify(final RpcMessage message, final OpenFile file, final FileHandle handle) {
        if (!file.handle.is(handle)) {
            byHandle.remove(file.handleKey, file);
            file.handle.set(handle);
            message.nfs().handles.place(handle, file.directory, file.name);
            file.handleKey = handleKey(message, handle, file.kind);
            byHandle.put(file.handleKey, file);
        }
    }

    /** A file was closed (version 4); false when its open was not seen. */
    boolean close(final RpcMessage message, final long stateKey) {
        final OpenFile file = byState.get(stateKey);
        if (file != null) {
            end(file, message.timestampNs());
        }
        return file != null;
    }

    /** Everything written was committed. */
    void commit(final RpcMessage message, final FileHandle handle) {
        final OpenFile file = find(message, handle, USED);
        if (file != null) {
            touch(file, message.timestampNs());
            if (file.list == IN_USE) {
                move(file, COMMITTED);
            }
        }
    }

    /** A file is looked up anew: what was read and written of it before belongs to an earlier use. */
    void renew(final RpcMessage message, final FileHandle handle) {
        final OpenFile file = find(message, handle, USED);
        if (file != null && file.stateKey == 0 && file.readOperations + file.writeOperations > 0) {
            end(file, file.lastNs);
        }
    }

    /** What was done to a file so far is to be told before it gets another name or none. */
    void settle(final RpcMessage message, final FileHandle handle) {
        final OpenFile file = handle.isNone() ? null : find(message, handle, USED);
        if (file != null && file.stateKey == 0) {
            end(file, file.lastNs);
        }
    }

    /** A directory was read to its end, or a file was closed whose open was not seen. */
    void ended(final OpenFile file, final long nowNs) {
        end(file, nowNs);
    }

    /** A call whose arguments are encrypted was answered. */
    void onPrivateCall(final RpcMessage message) {
        final OpenFile file = use(message, message.nfs().nothing, ENCRYPTED);
        file.raise(FileAccess.FLAG_ENCRYPTED);
        file.readOperations++;
        counters.increment(Counter.NFS_CALLS_ENCRYPTED);
    }

    private OpenFile make(final RpcMessage message, final FileHandle handle, final int kind) {
        final OpenFile file = acquire();
        final PendingCall call = message.call();
        file.kind = kind;
        file.parties.set(message.conversation().parties);
        file.handle.set(handle);
        message.nfs().handles.place(handle, file.directory, file.name);
        file.credential.set(call.credential);
        file.protocol = FileRecords.protocol(call);
        file.startNs = call.startNs;
        file.lastNs = message.timestampNs();
        file.handleKey = handleKey(message, handle, kind);
        byHandle.put(file.handleKey, file);
        append(file, kind == ENCRYPTED ? OPENED : IN_USE);
        link(file, message.conversation());
        return file;
    }

    private long handleKey(final RpcMessage message, final FileHandle handle, final int kind) {
        final Credential credential = message.call().credential;
        return hash.key(hash.key(handle.high, handle.low + kind),
            hash.key(message.conversation().client(), credential.userAndGroup() ^ (long) credential.flavor() << 60));
    }

    private OpenFile touch(final OpenFile file, final long nowNs) {
        file.lastNs = Math.max(file.lastNs, nowNs);
        move(file, file.list == COMMITTED ? IN_USE : file.list);
        return file;
    }

    /** Its record is finished. */
    private void end(final OpenFile file, final long endNs) {
        records.publish(file, endNs);
        byHandle.remove(file.handleKey, file);
        if (file.stateKey != 0) {
            byState.remove(file.stateKey, file);
        }
        if (file.delegationKey != 0) {
            byState.remove(file.delegationKey, file);
        }
        unlink(file);
        remove(file);
        file.reset();
        file.newer = free;
        free = file;
        inUse--;
    }

    private void endUnfinished(final OpenFile file) {
        if (file.list == OPENED) {
            file.raise(FileAccess.FLAG_UNFINISHED);
        }
        end(file, file.lastNs);
    }

    /** A connection has ended, and with it what was done over it. */
    void onEnd(final Conversation conversation) {
        while (conversation.files != null) {
            endUnfinished(conversation.files);
        }
    }

    void onTime(final long nowNs) {
        for (int list = 0; list < PATIENCE_NS.length; list++) {
            for (int i = 0; i < MOST_EXPIRED_AT_ONCE && oldest[list] != null; i++) {
                if (nowNs - oldest[list].lastNs < PATIENCE_NS[list]) {
                    break;
                }
                endUnfinished(oldest[list]);
            }
        }
    }

    /** No packet will follow. */
    void onClose() {
        for (int list = 0; list < PATIENCE_NS.length; list++) {
            while (oldest[list] != null) {
                endUnfinished(oldest[list]);
            }
        }
    }

    private OpenFile acquire() {
        if (free == null && made == limit) {
            counters.increment(Counter.NFS_FILES_EVICTED);
            endUnfinished(oldest[COMMITTED] != null ? oldest[COMMITTED] : oldest[IN_USE] != null ? oldest[IN_USE] : oldest[OPENED]);
        }
        inUse++;
        if (free == null) {
            made++;
            return new OpenFile();
        }
        final OpenFile file = free;
        free = file.newer;
        file.newer = null;
        return file;
    }

    private void link(final OpenFile file, final Conversation conversation) {
        if (conversation.isLasting()) {
            file.conversation = conversation;
            file.gaps = conversation.gaps();
            file.next = conversation.files;
            if (file.next != null) {
                file.next.previous = file;
            }
            conversation.files = file;
        }
    }

    private static void unlink(final OpenFile file) {
        if (file.conversation == null) {
            return;
        }
        if (file.previous == null) {
            file.conversation.files = file.next;
        } else {
            file.previous.next = file.next;
        }
        if (file.next != null) {
            file.next.previous = file.previous;
        }
    }

    private void move(final OpenFile file, final int list) {
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
