package net.flowsonde.dpi.smb;

import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileOperation;
import net.flowsonde.dpi.FileParties;
import net.flowsonde.dpi.FileProtocol;
import net.flowsonde.dpi.Text;

/** An open file, directory or pipe, from the request that opens it; what was done to it until it is closed. */
final class SmbFile extends StateEntry<SmbFile> {
    // CreateAction of MS-SMB2 2.2.14
    static final int SUPERSEDED = 0;
    static final int OPENED = 1;
    static final int CREATED = 2;
    static final int OVERWRITTEN = 3;
    // CreateDisposition
    static final int DISPOSITION_OPEN = 1;
    static final int DISPOSITION_CREATE = 2;
    static final int DISPOSITION_OPEN_IF = 3;
    static final int DISPOSITION_OVERWRITE = 4;
    static final int DISPOSITION_OVERWRITE_IF = 5;
    // CreateOptions
    static final int OPTION_DIRECTORY = 0x1;
    static final int OPTION_DELETE_ON_CLOSE = 0x1000;

    final FileParties parties = new FileParties();
    final Text path = new Text(FileAccess.LONGEST_PATH);
    final Text copySource = new Text(FileAccess.LONGEST_PATH);
    SmbConnection connection;
    private SmbSession session;
    private int sessionGeneration;
    private SmbFile nextOfSession;
    private SmbFile previousOfSession;
    long sessionId;
    SmbTree tree;
    int treeGeneration;
    long treeId;
    FileProtocol protocol;
    long startNs;
    long lastNs;
    int flags;
    int gaps;
    // what was asked for
    int disposition;
    int options;
    // what became of it
    boolean isAnswered;
    boolean isDurable;
    boolean isNamed;
    int action;
    long size;
    long readOctets;
    long writeOctets;
    int readOperations;
    int writeOperations;
    int listOperations;
    boolean isDeletePending;
    boolean areAttributesSet;
    boolean isExtended;
    /** Another record has told what it was opened for. */
    boolean isTold;
    /** It was closed, but messages of other queues may still tell of it. */
    boolean isClosed;
    long sizeAtClose;

    @Override
    void reset() {
        path.reset();
        copySource.reset();
        connection = null;
        leaveSession();
        session = null;
        tree = null;
        flags = 0;
        disposition = DISPOSITION_OPEN;
        options = 0;
        isAnswered = false;
        isDurable = false;
        isNamed = false;
        action = OPENED;
        size = FileAccess.UNKNOWN_SIZE;
        readOctets = 0;
        writeOctets = 0;
        readOperations = 0;
        writeOperations = 0;
        listOperations = 0;
        isDeletePending = false;
        areAttributesSet = false;
        isExtended = false;
        isTold = false;
        isClosed = false;
        sizeAtClose = FileAccess.UNKNOWN_SIZE;
    }

    /** Says whose file it is; the session knows all its files, whatever connections opened them. */
    void session(final SmbSession owning) {
        leaveSession();
        session = owning;
        sessionGeneration = owning.generation;
        sessionId = owning.id;
        previousOfSession = owning.lastFile;
        if (previousOfSession == null) {
            owning.files = this;
        } else {
            previousOfSession.nextOfSession = this;
        }
        owning.lastFile = this;
    }

    private void leaveSession() {
        if (previousOfSession != null) {
            previousOfSession.nextOfSession = nextOfSession;
        } else if (session != null && session.files == this) {
            session.files = nextOfSession;
        }
        if (nextOfSession != null) {
            nextOfSession.previousOfSession = previousOfSession;
        } else if (session != null && session.lastFile == this) {
            session.lastFile = previousOfSession;
        }
        nextOfSession = null;
        previousOfSession = null;
    }

    SmbFile nextOfSession() {
        return nextOfSession;
    }

    SmbSession session() {
        return session != null && session.generation == sessionGeneration ? session : null;
    }

    SmbTree tree() {
        return tree != null && tree.generation == treeGeneration ? tree : null;
    }

    boolean isDirectory() {
        return (flags & FileAccess.FLAG_DIRECTORY) != 0;
    }

    /** Its opening was not seen, and nothing that was done to it since. */
    boolean isHearsay() {
        return (flags & FileAccess.FLAG_MIDSTREAM) != 0 && readOperations + writeOperations + listOperations == 0
            && !isDeletePending && !areAttributesSet && !isExtended && copySource.isEmpty();
    }

    /** Takes over what the server said it did. */
    void answer(final int createAction, final boolean isDirectory, final long endOfFile) {
        isAnswered = true;
        action = createAction;
        size = isDirectory ? FileAccess.UNKNOWN_SIZE : endOfFile;
        if (isDirectory) {
            flags |= FileAccess.FLAG_DIRECTORY;
        }
        if (createAction == CREATED) {
            flags |= FileAccess.FLAG_CREATED;
        } else if (createAction == OVERWRITTEN || createAction == SUPERSEDED) {
            flags |= FileAccess.FLAG_OVERWRITTEN;
        }
        if ((options & OPTION_DELETE_ON_CLOSE) != 0) {
            isDeletePending = true;
        }
    }

    /** Takes over how it was opened from a file that turned out to be this one, which messages of another queue had told of before. */
    void adopt(final SmbFile opened) {
        path.reset().append(opened.path);
        parties.set(opened.parties);
        tree = opened.tree;
        treeGeneration = opened.treeGeneration;
        treeId = opened.treeId;
        startNs = opened.startNs;
        disposition = opened.disposition;
        options = opened.options;
        isNamed = opened.isNamed;
        flags = flags & ~(FileAccess.FLAG_MIDSTREAM | FileAccess.FLAG_GUESSED) | opened.flags;
    }

    void read(final long octets) {
        readOctets += octets;
        readOperations++;
    }

    void written(final long octets) {
        writeOctets += octets;
        writeOperations++;
    }

    /** What the whole of it was, from what the server did and what came after; the strongest counts. */
    FileOperation operation() {
        final SmbTree shareTree = tree();
        if (shareTree != null && shareTree.type == SmbTree.PIPE) {
            return FileOperation.PIPE;
        }
        if (shareTree != null && shareTree.type == SmbTree.PRINTER) {
            return FileOperation.PRINT;
        }
        return isAnswered ? done() : wanted();
    }

    private FileOperation done() {
        if (isDeletePending) {
            return isDirectory() ? FileOperation.RMDIR : FileOperation.DELETE;
        }
        if (!copySource.isEmpty()) {
            return FileOperation.COPY;
        }
        if (action == CREATED) {
            return isDirectory() ? FileOperation.MKDIR : FileOperation.CREATE;
        }
        if (writeOperations > 0 || isExtended || action == OVERWRITTEN || action == SUPERSEDED) {
            return FileOperation.WRITE;
        }
        return readOnly();
    }

    private FileOperation readOnly() {
        if (readOperations > 0) {
            return FileOperation.READ;
        }
        if (listOperations > 0) {
            return FileOperation.LIST;
        }
        return areAttributesSet ? FileOperation.SET_ATTRIBUTES : FileOperation.OPEN;
    }

    /** What an open that failed, or was not answered, was meant for. */
    private FileOperation wanted() {
        final boolean wantsDirectory = (options & OPTION_DIRECTORY) != 0;
        if ((options & OPTION_DELETE_ON_CLOSE) != 0) {
            return wantsDirectory ? FileOperation.RMDIR : FileOperation.DELETE;
        }
        if (disposition == DISPOSITION_CREATE) {
            return wantsDirectory ? FileOperation.MKDIR : FileOperation.CREATE;
        }
        if (disposition != DISPOSITION_OPEN) {
            return FileOperation.WRITE;
        }
        return FileOperation.OPEN;
    }
}
