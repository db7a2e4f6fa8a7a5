package net.flowsonde.dpi.nfs;

import net.flowsonde.dpi.FileAccess;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The files of one queue that are open or in use, by state identifier (version 4) and by client, user and handle. They end by a close, by
 * the end of their connection unless they were opened (an open outlives it, RFC 8881, 2.10), or in silence; when there are too many, the one
 * that was not used for longest ends early. Files that other queues use too are shared by {@link NfsChannels}. Owned by one queue thread.
 */
final class OpenFiles {
    /** Read and written without an open, or opened. */
    static final int USED = 0;
    static final int LISTED = 1;
    /** Calls that cannot be read. */
    static final int ENCRYPTED = 2;

    private static final int MOST_EXPIRED_AT_ONCE = 256;

    private final Handles handles;
    private final HandleHash hash;
    private final NfsChannels channels;
    private final FileRecords records;
    private final Counters counters;
    private final Long2ObjectHashMap<OpenFile> byHandle = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<OpenFile> byState = new Long2ObjectHashMap<>();
    private final FileUse first = new FileUse();
    private final FileLists lists;

    OpenFiles(final int limit, final Handles handles, final NfsChannels channels, final FileRecords records, final Counters counters) {
        lists = new FileLists(limit);
        this.handles = handles;
        this.channels = channels;
        hash = handles.hash();
        this.records = records;
        this.counters = counters;
    }

    int size() {
        return lists.size();
    }

    /** The file that the answered call works on, made when it is not there; marked as used now. */
    OpenFile use(final RpcMessage message, final FileHandle handle, final int kind) {
        final OpenFile file = find(message, handle, kind);
        return file == null ? make(message, handle, kind) : touch(file, message);
    }

    /** The same, null when it is not there. */
    OpenFile find(final RpcMessage message, final FileHandle handle, final int kind) {
        return byHandle.get(handleKey(message, handle, kind));
    }

    /** The file that a state identifier was given out for; else the one of handle and user, made when it is not there. */
    OpenFile use(final RpcMessage message, final FileHandle handle, final long stateKey) {
        final OpenFile known = stateKey == 0 ? null : byState.get(stateKey);
        if (known != null) {
            return touch(known, message);
        }
        final OpenFile file = use(message, handle, USED);
        if (stateKey != 0 && file.stateKey == 0 && !channels.isAlone()) {
            keep(file, stateKey); // the queue that sees the open later passes it on
        }
        return file;
    }

    /** The open with this state identifier is kept here. */
    boolean isKept(final long stateKey) {
        return byState.containsKey(stateKey);
    }

    private void keep(final OpenFile file, final long stateKey) {
        file.stateKey = stateKey;
        byState.put(stateKey, file);
        channels.claim(stateKey);
    }

    /** A file was opened (version 4). An open of one that its owner has open already belongs to it. */
    OpenFile open(final RpcMessage message, final FileHandle handle, final long stateKey) {
        if (stateKey == 0) {
            return use(message, handle, USED);
        }
        final OpenFile open = byState.get(stateKey);
        if (open != null && open.list != FileLists.CLOSED) {
            touch(open, message);
            lists.move(open, FileLists.OPENED);
            return open;
        }
        if (open != null) {
            end(open, open.closedNs);
        }
        settle(message, handle);
        final OpenFile file = make(message, handle, USED);
        keep(file, stateKey);
        lists.move(file, FileLists.OPENED);
        return file;
    }

    /** Another queue saw the open of a file that is kept here. */
    void opened(final OpenFile file, final FileUse use) {
        file.startNs = Math.min(file.startNs, use.startNs);
        file.flags &= ~FileAccess.FLAG_MIDSTREAM;
        if (file.list != FileLists.CLOSED) {
            lists.move(file, FileLists.OPENED);
        }
        delegate(file, use.delegationKey);
    }

    /** The file that another queue tells of, made when it is not there. */
    OpenFile take(final FileUse use) {
        OpenFile file = use.stateKey == 0 ? null : byState.get(use.stateKey);
        if (file == null && use.type != FileUse.OPENED) {
            file = byHandle.get(use.handleKey);
        }
        if (file == null) {
            file = make(use);
            remember(file, use.handleKey, true);
            if (use.stateKey != 0) {
                keep(file, use.stateKey);
            }
            file.raise(use.type == FileUse.CLOSED ? FileAccess.FLAG_MIDSTREAM : 0);
        } else {
            file.lastNs = Math.max(file.lastNs, use.endNs);
            takeUp(file);
            lists.move(file, file.list == FileLists.COMMITTED ? FileLists.IN_USE : file.list);
        }
        return file;
    }

    /** With an open came a delegation, whose state identifier reads and writes may have too. */
    void delegate(final OpenFile file, final long delegationKey) {
        if (delegationKey != 0 && file.delegationKey == 0 && !byState.containsKey(delegationKey)) {
            file.delegationKey = delegationKey;
            byState.put(delegationKey, file);
            channels.claim(delegationKey);
        }
    }

    /** A reply told the handle of a file that was opened by name. */
    void identify(final RpcMessage message, final OpenFile file, final FileHandle handle) {
        if (!file.handle.is(handle)) {
            forget(file);
            file.handle.set(handle);
            handles.place(handle, file.directory, file.name);
            remember(file, handleKey(message, handle, file.kind), channels.isShared(message.conversation()));
        }
    }

    /** A file was closed (version 4); false when its open was not seen. */
    boolean close(final RpcMessage message, final long stateKey) {
        final OpenFile file = byState.get(stateKey);
        if (file != null) {
            closed(message, file);
        }
        return file != null;
    }

    /** A file was closed; other queues may still tell of it. */
    void closed(final RpcMessage message, final OpenFile file) {
        if (channels.isShared(message.conversation())) {
            closeLater(file, message.timestampNs());
        } else {
            end(file, message.timestampNs());
        }
    }

    /** A file was closed as another queue tells, of which others may still tell more. */
    void closeLater(final OpenFile file, final long nowNs) {
        if (file.list != FileLists.CLOSED) {
            file.closedNs = nowNs;
            forget(file);
            lists.move(file, FileLists.CLOSED);
        }
    }

    /** Everything written was committed. */
    void commit(final RpcMessage message, final FileHandle handle) {
        final OpenFile file = find(message, handle, USED);
        if (file != null) {
            touch(file, message);
            if (file.list == FileLists.IN_USE) {
                lists.move(file, FileLists.COMMITTED);
            }
        }
    }

    /** A file is looked up anew: what was read and written of it before belongs to an earlier use. */
    void renew(final RpcMessage message, final FileHandle handle) {
        final OpenFile file = find(message, handle, USED);
        if (file != null && !isOpened(file) && file.readOperations + file.writeOperations > 0) {
            end(file, file.lastNs);
        }
    }

    /** What was done to a file so far is to be told before it gets another name or none. */
    void settle(final RpcMessage message, final FileHandle handle) {
        final OpenFile file = handle.isNone() ? null : find(message, handle, USED);
        if (file != null && !isOpened(file)) {
            end(file, file.lastNs);
        }
    }

    private static boolean isOpened(final OpenFile file) {
        return file.list >= FileLists.OPENED;
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
        final OpenFile file = make(first.of(message, handle, kind, handleKey(message, handle, kind)));
        remember(file, first.handleKey, channels.isShared(message.conversation()));
        link(file, message.conversation());
        return file;
    }

    /** Makes it from its first use. */
    private OpenFile make(final FileUse use) {
        if (lists.isFull()) {
            counters.increment(Counter.NFS_FILES_EVICTED);
            endUnfinished(lists.evicted());
        }
        final OpenFile file = lists.acquire(use.kind == ENCRYPTED ? FileLists.OPENED : FileLists.IN_USE);
        file.kind = use.kind;
        file.parties.set(use.parties);
        file.handle.set(use.handle);
        handles.place(use.handle, file.directory, file.name);
        file.credential.set(use.credential);
        file.protocol = use.protocol;
        file.startNs = use.startNs;
        file.lastNs = use.endNs;
        return file;
    }

    private void remember(final OpenFile file, final long handleKey, final boolean isShared) {
        file.handleKey = handleKey;
        byHandle.put(handleKey, file);
        if (isShared) {
            channels.claim(handleKey);
            file.isClaimed = true;
        }
    }

    /** It is no longer found by its handle. */
    private void forget(final OpenFile file) {
        if (byHandle.remove(file.handleKey, file) && file.isClaimed) {
            channels.release(file.handleKey);
        }
        file.isClaimed = false;
    }

    /** By what a file is found when it has no state identifier. */
    long handleKey(final RpcMessage message, final FileHandle handle, final int kind) {
        final Credential credential = message.call().credential;
        return hash.key(hash.key(handle.high, handle.low + kind),
            hash.key(message.conversation().client(), credential.userAndGroup() ^ (long) credential.flavor() << 60));
    }

    private OpenFile touch(final OpenFile file, final RpcMessage message) {
        file.lastNs = Math.max(file.lastNs, message.timestampNs());
        if (takeUp(file)) {
            link(file, message.conversation());
        }
        lists.move(file, file.list == FileLists.COMMITTED ? FileLists.IN_USE : file.list);
        return file;
    }

    /** An open whose connection has ended goes on over another; false when it is no such open. */
    private boolean takeUp(final OpenFile file) {
        if (file.list != FileLists.DETACHED) {
            return false;
        }
        file.raise(FileAccess.FLAG_RECONNECTED);
        lists.move(file, FileLists.OPENED);
        return true;
    }

    /** Its record is finished. */
    private void end(final OpenFile file, final long endNs) {
        records.publish(file, endNs);
        forget(file);
        drop(file.stateKey, file);
        drop(file.delegationKey, file);
        unlink(file);
        lists.release(file);
    }

    private void drop(final long stateKey, final OpenFile file) {
        if (stateKey != 0 && byState.remove(stateKey, file)) {
            channels.release(stateKey);
        }
    }

    /** Nothing more is heard of it. */
    private void endUnfinished(final OpenFile file) {
        if (file.list == FileLists.CLOSED) {
            end(file, file.closedNs);
            return;
        }
        if (isOpened(file)) {
            file.raise(FileAccess.FLAG_UNFINISHED);
        }
        end(file, file.lastNs);
    }

    /** A connection has ended, and with it what was done over it, but for opens, which belong to the client. */
    void onEnd(final Conversation conversation) {
        for (OpenFile file = conversation.files; file != null; file = conversation.files) {
            if (file.stateKey == 0 || !isOpened(file)) {
                endUnfinished(file);
                continue;
            }
            if (conversation.gaps() != file.gaps) {
                file.raise(FileAccess.FLAG_GAP);
            }
            unlink(file);
            if (file.list == FileLists.OPENED) {
                lists.move(file, FileLists.DETACHED);
            }
        }
    }

    void onTime(final long nowNs) {
        for (int list = 0; list < FileLists.COUNT; list++) {
            OpenFile file = lists.expired(list, nowNs);
            for (int i = 0; i < MOST_EXPIRED_AT_ONCE && file != null; i++) {
                endUnfinished(file);
                file = lists.expired(list, nowNs);
            }
        }
    }

    /** No packet will follow. */
    void onClose() {
        for (int list = 0; list < FileLists.COUNT; list++) {
            for (OpenFile file = lists.first(list); file != null; file = lists.first(list)) {
                endUnfinished(file);
            }
        }
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
        file.conversation = null;
        file.next = null;
        file.previous = null;
    }
}
