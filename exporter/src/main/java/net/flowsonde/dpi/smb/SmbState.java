package net.flowsonde.dpi.smb;

import java.util.concurrent.TimeUnit;
import net.flowsonde.config.SmbLimits;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.agrona.concurrent.UnsafeBuffer;

/** What is known of all connections of one queue: sessions, trees, files, requests. Every table has its limit. */
final class SmbState {
    private static final int MOST_RESUME_KEYS = 1_024;
    static final int MOST_TRANSACTIONS = 256;
    /** In place of the server's address in the keys of SMB1, whose identifiers belong to the connection. */
    private static final long OF_CONNECTION = -1;
    private static final long PROVISIONAL = -2;
    /** How far queues may be behind each other. */
    private static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(2);

    final StateTable<SmbSession> sessions;
    final StateTable<SmbTree> trees;
    final StateTable<SmbFile> files;
    final StateTable<SmbRequest> requests;
    final StateTable<SmbResumeKey> resumeKeys;
    /** Transactions of SMB1 of which not all parts have come. */
    private final StateTable<Smb1Joining> joinings;
    /** Closed files of shared sessions, of which other queues may still tell something; the one closed first is first. */
    final OwnerList<SmbFile> closed = new OwnerList<>();
    /** Shared sessions whose users have logged off. */
    private final OwnerList<SmbSession> ended = new OwnerList<>();
    /** Files that may be opened again after their connection has ended. */
    final OwnerList<SmbFile> detached = new OwnerList<>();
    private final Counters counters;
    private final SmbRecords records;
    private final SmbPeers peers;
    private final UnsafeBuffer home = new UnsafeBuffer(new byte[SmbPeers.HOME_LENGTH]);
    private long serials;

    SmbState(final SmbLimits limits, final SmbPeers peers, final SmbRecords records, final Counters counters) {
        this.peers = peers;
        this.records = records;
        this.counters = counters;
        sessions = new StateTable<>(limits.sessions(), SmbSession::new, this::onSessionEvicted);
        trees = new StateTable<>(limits.trees(), SmbTree::new, tree -> counters.increment(Counter.SMB_TREES_EVICTED));
        files = new StateTable<>(limits.files(), SmbFile::new, this::onFileEvicted);
        requests = new StateTable<>(limits.requests(), SmbRequest::new, this::onRequestEvicted);
        resumeKeys = new StateTable<>(MOST_RESUME_KEYS, SmbResumeKey::new, key -> { });
        joinings = new StateTable<>(MOST_TRANSACTIONS, Smb1Joining::new, this::onJoiningEvicted);
    }

    private void onSessionEvicted(final SmbSession session) {
        counters.increment(Counter.SMB_SESSIONS_EVICTED);
        peers.release(session.key0, session.key1, session.key2);
        forget(session.trees);
    }

    private void onFileEvicted(final SmbFile file) {
        if (file.isClosed) {
            records.closed(file);
        } else {
            counters.increment(Counter.SMB_FILES_EVICTED);
            records.unfinished(file);
        }
    }

    private void onRequestEvicted(final SmbRequest request) {
        counters.increment(Counter.SMB_REQUESTS_EVICTED);
        giveUp(request);
        records.unanswered(request);
    }

    private void onJoiningEvicted(final Smb1Joining joining) {
        counters.increment(Counter.SMB_TRANSACTIONS_EVICTED);
        joining.request.joining = null;
    }

    void count(final Counter counter) {
        counters.increment(counter);
    }

    /** A number that no other thing has. */
    long nextSerial() {
        return ++serials;
    }

    /** The session of SMB2 with this identifier, known or not. */
    SmbSession session(final SmbConnection connection, final long id) {
        return session(connection, connection.serverHigh(), connection.serverLow(), id);
    }

    /** The session of SMB1 with this UID. */
    SmbSession userOf(final SmbConnection connection, final long uid) {
        final SmbSession session = session(connection, connection.serial, OF_CONNECTION, uid);
        if (session.owner == null) {
            connection.users.add(session);
        }
        return session;
    }

    private SmbSession session(final SmbConnection connection, final long key0, final long key1, final long id) {
        SmbSession session = sessions.find(key0, key1, id);
        if (session == null) {
            session = sessions.add(key0, key1, id);
            session.serial = nextSerial();
            session.id = id;
            session.connection = connection.serial;
        } else if (session.connection != connection.serial) {
            session.isMultichannel = true;
        }
        session.isShared |= connection.isRemote;
        return session;
    }

    /** Other channels of a session may go to other addresses of the server, which are known by its identifier. */
    void begin(final SmbSession session, final SmbConnection connection, final long nowNs) {
        if (connection.guidHigh != 0) {
            peers.settle(connection.guidHigh, connection.guidLow, session.id, session.key0, session.key1, home,
                (int) TimeUnit.NANOSECONDS.toSeconds(nowNs));
        }
    }

    /** A server uses a number again: what was connected and open under it before belongs to another session. */
    void renew(final SmbSession session, final SmbConnection connection) {
        forget(session.trees);
        session.serial = nextSerial();
        session.files = null;
        session.lastFile = null;
        session.connection = connection.serial;
        session.isMultichannel = false;
        session.isShared = connection.isRemote;
        if (session.owner != null) {
            session.owner.remove(session);
        }
    }

    /** The tree, or null when its connect was not seen. @param scope serial of the session, or of the connection (SMB1) */
    SmbTree tree(final long scope, final long id) {
        return trees.find(scope, id, OF_CONNECTION);
    }

    /** @param owner  with what it ends at the latest */
    SmbTree addTree(final OwnerList<SmbTree> owner, final long scope, final long id) {
        final SmbTree before = tree(scope, id);
        if (before != null) {
            trees.release(before);
        }
        final SmbTree tree = trees.add(scope, id, OF_CONNECTION);
        owner.add(tree);
        return tree;
    }

    private void forget(final OwnerList<SmbTree> ending) {
        for (SmbTree tree = ending.first(); tree != null; tree = ending.first()) {
            trees.release(tree);
        }
    }

    /** A user has logged off. */
    void end(final SmbSession session, final long nowNs) {
        if (session.isShared) {
            session.endedNs = nowNs;
            ended.add(session);
            return;
        }
        peers.release(session.key0, session.key1, session.key2);
        forget(session.trees);
        sessions.release(session);
    }

    /** A share was left; while its session is shared, it may still be spoken of. */
    void end(final SmbTree tree, final SmbSession session) {
        if (!session.isShared) {
            trees.release(tree);
        }
    }

    /** A file was closed: it is told of at once, or when other queues have had the time to tell what they saw of it. */
    void close(final SmbFile file, final long sizeAtClose, final long nowNs) {
        final SmbSession session = file.session();
        file.sizeAtClose = sizeAtClose;
        file.lastNs = nowNs;
        if (session == null || !session.isShared) {
            finish(file);
        } else if (!file.isClosed) {
            file.flags = SmbRecords.flags(file);
            file.connection = null;
            file.isClosed = true;
            closed.add(file);
        }
    }

    private void finish(final SmbFile file) {
        records.closed(file);
        files.release(file);
    }

    /**
     * Gives a file the key that the server told. What stands there already is older, unless other queues told of this file before its
     * opening came here: then the two are one.
     *
     * @return the one that stays
     */
    SmbFile identify(final SmbFile file, final SmbSession session, final long persistentId, final long volatileId) {
        final SmbFile before = files.find(session.serial, persistentId, volatileId);
        if (before != null && before != file && session.isShared && !before.isNamed && before.startNs >= file.startNs - SETTLE_NS) {
            before.adopt(file);
            files.release(file);
            return before;
        }
        if (before != null && before.isClosed) {
            finish(before);
        }
        files.rekey(file, session.serial, persistentId, volatileId);
        return file;
    }

    /** Tells of closed files and forgets ended sessions when everything about them must have come. */
    void settle(final long nowNs) {
        for (SmbFile file = closed.first(); file != null && file.lastNs < nowNs - SETTLE_NS; file = closed.first()) {
            finish(file);
        }
        for (SmbSession session = ended.first(); session != null && session.endedNs < nowNs - 2 * SETTLE_NS; session = ended.first()) {
            session.isShared = false;
            end(session, nowNs);
        }
    }

    /** A file whose identifier the server has not told yet. */
    SmbFile addFile(final SmbConnection connection, final SmbSession session, final long treeId, final SmbTree tree, final long timestampNs) {
        final SmbFile file = files.add(PROVISIONAL, nextSerial(), PROVISIONAL);
        file.connection = connection;
        connection.files.add(file);
        file.parties.set(connection.parties);
        file.session(session);
        file.treeId = treeId;
        file.tree = tree;
        file.treeGeneration = tree == null ? 0 : tree.generation;
        file.startNs = timestampNs;
        file.lastNs = timestampNs;
        file.gaps = connection.gaps;
        return file;
    }

    SmbRequest addRequest(final SmbConnection connection, final long key1, final long key2, final long timestampNs) {
        final SmbRequest before = requests.find(connection.serial, key1, key2);
        if (before != null) {
            records.unanswered(before);
            forget(before);
        }
        final SmbRequest request = requests.add(connection.serial, key1, key2);
        request.connection = connection;
        connection.requests.add(request);
        request.startNs = timestampNs;
        return request;
    }

    /** A request is done with. */
    void forget(final SmbRequest request) {
        giveUp(request);
        requests.release(request);
    }

    /** Of a transaction more parts were to come. */
    private void giveUp(final SmbRequest request) {
        if (request.joining != null) {
            counters.increment(Counter.SMB_TRANSACTIONS_INCOMPLETE);
            endJoining(request);
        }
    }

    /** A transaction, or the answer to one, comes in several messages. */
    Smb1Joining beginJoining(final SmbRequest request) {
        final Smb1Joining joining = joinings.add(request.key0, request.key1, request.key2);
        joining.request = request;
        request.joining = joining;
        return joining;
    }

    /** Keeps what was spoken of just now. */
    void touch(final Smb1Joining joining) {
        joinings.find(joining.key0, joining.key1, joining.key2);
    }

    void endJoining(final SmbRequest request) {
        joinings.release(request.joining);
        request.joining = null;
    }

    /** The connection has ended: tells what was left open, and keeps what may be taken up on another connection. */
    void close(final SmbConnection connection) {
        for (SmbRequest request = connection.requests.first(); request != null; request = connection.requests.first()) {
            records.unanswered(request);
            forget(request);
        }
        for (SmbFile file = connection.files.first(); file != null; file = connection.files.first()) {
            if (isOutliving(file)) {
                file.connection = null;
                detached.add(file);
            } else {
                records.unfinished(file);
                files.release(file);
            }
        }
        forget(connection.trees);
        for (SmbSession user = connection.users.first(); user != null; user = connection.users.first()) {
            sessions.release(user);
        }
    }

    private static boolean isOutliving(final SmbFile file) {
        final SmbSession session = file.session();
        return file.isAnswered && (file.isDurable || session != null && session.isMultichannel);
    }

    /** Tells of the oldest detached files when it is too late for them to be taken up again. */
    void expire(final long beforeNs, final int limit) {
        for (int i = 0; i < limit; i++) {
            final SmbFile file = detached.first();
            if (file == null || file.lastNs >= beforeNs) {
                return;
            }
            records.unfinished(file);
            files.release(file);
        }
    }

    /** Tells of every file of a session, or of one of its trees, that was left open on whatever connection (MS-SMB2 3.3.5.6, 3.3.5.8). */
    void closeFiles(final SmbSession session, final boolean isAllTrees, final long treeId) {
        SmbFile file = session.files;
        while (file != null) {
            final SmbFile next = file.nextOfSession();
            if (!file.isClosed && (isAllTrees || file.treeId == treeId)) {
                records.unfinished(file);
                files.release(file);
            }
            file = next;
        }
    }
}
