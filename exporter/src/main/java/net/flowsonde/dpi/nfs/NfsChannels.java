package net.flowsonde.dpi.nfs;

import net.flowsonde.dpi.QueueInboxes;
import net.flowsonde.dpi.SharedTable;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/**
 * One queue's way to and from the others: what was done with files that another queue keeps goes to its inbox, and what is in the own inbox
 * is taken as if it had been seen here. Files opened in version 4 are known to all queues by their state identifier from the first; files by
 * handle (older versions, directories being listed) only once several queues see connections of their client to their server. Owned by one
 * queue thread.
 */
final class NfsChannels {
    private static final int TYPE_USE = 1;
    private static final int TAKEN_AT_A_TIME = 256;

    private final NfsPeers peers;
    private final int queue;
    private final ManyToOneRingBuffer inbox;
    private final Counters counters;
    private final Handles handles;
    private final OpenFiles files;
    private final FileUse use = new FileUse();
    private final FileUse incoming = new FileUse();
    private final MutableDirectBuffer outgoing = new UnsafeBuffer(new byte[FileUse.LONGEST]);
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[Integer.BYTES]);
    private final MessageHandler incomingHandler = this::onIncoming;

    NfsChannels(final NfsPeers peers, final int files, final Handles handles, final FileRecords records, final Counters counters) {
        this.peers = peers;
        this.handles = handles;
        this.counters = counters;
        queue = peers.join();
        inbox = queue < 0 ? null : peers.inbox(queue);
        this.files = new OpenFiles(files, handles, this, records, counters);
    }

    OpenFiles files() {
        return files;
    }

    /** No other queue sees NFS. */
    boolean isAlone() {
        return inbox == null;
    }

    /** A connection was found to speak NFS. */
    void announce(final Conversation conversation) {
        if (inbox != null) {
            peers.announce(conversation.pair(), queue);
        }
    }

    /** Other queues see connections of the same client to the same server. */
    boolean isShared(final Conversation conversation) {
        return inbox != null && peers.isShared(conversation.pair());
    }

    /** This queue keeps a file from now on. */
    void claim(final long key) {
        if (inbox != null) {
            final int outcome = peers.claim(key, queue, scratch, handles.now());
            if (outcome != SharedTable.WRITTEN) {
                counters.increment(Counter.NFS_KEEPERS_LOST);
            }
        }
    }

    /** It no longer does. */
    void release(final long key) {
        if (inbox != null && key != 0) {
            peers.release(key);
        }
    }

    /** Whether no queue has been told yet of an execution with this key; counts the others. What cannot be told is told twice rather than never. */
    boolean isFirst(final long key) {
        if (inbox == null || peers.execute(key, scratch, handles.now()) != SharedTable.FOUND) {
            return true;
        }
        counters.increment(Counter.NFS_CALLS_REPEATED);
        return false;
    }

    /** Octets were read, written or listed of a file that may be kept elsewhere: tells the queue that does, false when that is this one. */
    boolean isPassedOn(
        final RpcMessage message, final int type, final FileHandle handle, final long stateKey, final long octets, final long size,
        final long endOfOctets) {
        if (inbox == null || stateKey != 0 && files.isKept(stateKey)) {
            return false;
        }
        final int kind = type == FileUse.LISTED || type == FileUse.LISTED_TO_END ? OpenFiles.LISTED : OpenFiles.USED;
        int keeper = stateKey == 0 ? NfsPeers.NOBODY : peers.keeper(stateKey, scratch, handles.now());
        if (keeper == NfsPeers.NOBODY && isShared(message.conversation()) && files.find(message, handle, kind) == null) {
            keeper = peers.keeper(files.handleKey(message, handle, kind), scratch, handles.now());
        }
        if (keeper == NfsPeers.NOBODY || keeper == queue) {
            return false;
        }
        use.of(message, handle, kind, files.handleKey(message, handle, kind));
        use.stateKey = stateKey;
        use.octets = octets;
        use.size = size;
        use.endOfOctets = endOfOctets;
        use.flags = NfsOperations.repeated(message);
        return pass(keeper, type);
    }

    /** The same of OPEN (whose delegation has a key too) and CLOSE, which have to do with one open only. */
    boolean isPassedOn(
        final RpcMessage message, final int type, final FileHandle handle, final long stateKey, final long delegationKey, final int flags) {
        if (inbox == null || stateKey == 0 || files.isKept(stateKey)) {
            return false;
        }
        final int keeper = peers.keeper(stateKey, scratch, handles.now());
        if (keeper == NfsPeers.NOBODY || keeper == queue) {
            return false;
        }
        use.of(message, handle, OpenFiles.USED, files.handleKey(message, handle, OpenFiles.USED));
        use.stateKey = stateKey;
        use.delegationKey = delegationKey;
        use.flags = flags | NfsOperations.repeated(message);
        return pass(keeper, type);
    }

    private boolean pass(final int keeper, final int type) {
        use.type = type;
        final boolean isPassed = peers.inbox(keeper).write(TYPE_USE, outgoing, 0, use.write(outgoing));
        counters.increment(isPassed ? Counter.NFS_USES_PASSED : Counter.NFS_USES_PASSED_DROPPED);
        return true;
    }

    /** Takes a little of what others have passed here since. */
    void takeIn() {
        takeIn(TAKEN_AT_A_TIME);
    }

    /** Takes all of it: little packets may come by here. */
    void takeAllIn() {
        takeIn(Integer.MAX_VALUE);
    }

    private void takeIn(final int most) {
        if (inbox != null && inbox.producerPosition() != inbox.consumerPosition()) {
            QueueInboxes.read(inbox, incomingHandler, most);
        }
    }

    private void onIncoming(final int type, final MutableDirectBuffer buffer, final int index, final int length) {
        incoming.read(buffer, index);
        final OpenFile file = files.take(incoming);
        file.raise(incoming.flags);
        switch (incoming.type) {
            case FileUse.OPENED -> files.opened(file, incoming);
            case FileUse.READ -> file.read(incoming.octets, incoming.size);
            case FileUse.WRITTEN -> file.written(incoming.octets, incoming.size, incoming.endOfOctets);
            case FileUse.LISTED -> file.listed();
            case FileUse.LISTED_TO_END -> {
                file.listed();
                files.ended(file, incoming.endNs);
            }
            default -> files.closeLater(file, incoming.endNs);
        }
    }
}
