package net.flowsonde.dpi.smb;

import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileAuthentication;
import net.flowsonde.dpi.FileOperation;

/**
 * Requests of SMB1 (MS-CIFS 2.2.4): what the answer will not repeat is remembered until it comes. In an AndX chain the file of one command
 * is that of the next.
 */
final class Smb1Requests {
    private static final int NT_RENAME_LINK = 0x0103;
    private static final int SETUP_WORDS_EXTENDED = 12;
    private static final int SETUP_WORDS_NT = 13;
    /** Bits of OpenMode (2.2.4.41.1): what to do when the file exists, and when it does not. */
    private static final int OPEN_MODE_TRUNCATE = 0x02;
    private static final int OPEN_MODE_CREATE = 0x10;

    private final SmbState state;
    private final SecurityBlob blob = new SecurityBlob();
    private final Smb1Transactions transactions;

    private SmbConnection connection;
    private Smb1Message message;
    private long timestampNs;
    private SmbRequest previous;

    Smb1Requests(final SmbState state) {
        this.state = state;
        transactions = new Smb1Transactions(state, this);
    }

    /** All commands of one message. */
    void onMessage(final SmbConnection speaking, final Smb1Message requests, final long nowNs) {
        connection = speaking;
        message = requests;
        timestampNs = nowNs;
        previous = null;
        do {
            onCommand();
        } while (requests.next());
    }

    /** A request is answered of which not all parts have come. */
    void finish(final SmbConnection speaking, final SmbRequest request, final long nowNs) {
        connection = speaking;
        timestampNs = nowNs;
        transactions.finish(request);
    }

    private void onCommand() {
        switch (message.command()) {
            case Smb1Commands.NT_CANCEL, Smb1Commands.ECHO, Smb1Commands.NEGOTIATE -> { }
            case Smb1Commands.SESSION_SETUP_ANDX -> sessionSetup(remember());
            case Smb1Commands.TREE_CONNECT_ANDX -> treeConnectAndX(remember());
            case Smb1Commands.TREE_CONNECT -> message.string(remember().path, message.bytes() + Smb1Message.BUFFER_FORMAT_LENGTH);
            case Smb1Commands.NT_CREATE_ANDX -> ntCreate(remember());
            case Smb1Commands.OPEN_ANDX -> openAndX(remember());
            case Smb1Commands.OPEN -> open(remember(), SmbFile.DISPOSITION_OPEN);
            case Smb1Commands.CREATE, Smb1Commands.CREATE_TEMPORARY -> open(remember(), SmbFile.DISPOSITION_OVERWRITE_IF);
            case Smb1Commands.CREATE_NEW -> open(remember(), SmbFile.DISPOSITION_CREATE);
            case Smb1Commands.CREATE_DIRECTORY -> onPath(remember(), FileOperation.MKDIR);
            case Smb1Commands.DELETE_DIRECTORY -> onPath(remember(), FileOperation.RMDIR);
            case Smb1Commands.DELETE -> onPath(remember(), FileOperation.DELETE);
            case Smb1Commands.SET_INFORMATION -> onPath(remember(), FileOperation.SET_ATTRIBUTES);
            case Smb1Commands.SEARCH -> onPath(remember(), FileOperation.LIST);
            case Smb1Commands.RENAME -> rename(remember(), FileOperation.RENAME);
            case Smb1Commands.COPY -> rename(remember(), FileOperation.COPY);
            case Smb1Commands.MOVE -> rename(remember(), FileOperation.RENAME);
            case Smb1Commands.NT_RENAME ->
                rename(remember(), message.word(2) == NT_RENAME_LINK ? FileOperation.LINK : FileOperation.RENAME);
            case Smb1Commands.TRANSACTION, Smb1Commands.TRANSACTION2, Smb1Commands.NT_TRANSACT ->
                transactions.onRequest(message, remember());
            case Smb1Commands.TRANSACTION_SECONDARY, Smb1Commands.TRANSACTION2_SECONDARY, Smb1Commands.NT_TRANSACT_SECONDARY ->
                transactions.onSecondary(message, state.requests.find(connection.serial, message.exchange(), 1));
            case Smb1Commands.WRITE_MPX -> writeMultiplexed(state.requests.find(connection.serial, message.exchange(), 1));
            default -> onFile(remember());
        }
    }

    /**
     * One of several requests that are answered together (MS-CIFS 2.2.4.26); some may be sent again.
     *
     * @param begun  what waits for an answer under the identifiers of the message, or null
     */
    private void writeMultiplexed(final SmbRequest begun) {
        final boolean isMore = begun != null && begun.command == Smb1Commands.WRITE_MPX;
        final SmbRequest request = isMore ? begun : remember();
        if (!isMore) {
            onFile(request);
        }
        request.value = Math.min(message.word(2), request.value + message.word(20));
    }

    private SmbRequest remember() {
        final SmbRequest request = state.addRequest(connection, message.exchange(), message.ordinal() + 1, timestampNs);
        request.command = message.command();
        request.sessionId = message.userId();
        request.treeId = message.treeId();
        if (previous != null) {
            previous.nextInChain(request);
            request.file(previous.file());
        }
        previous = request;
        return request;
    }

    private void sessionSetup(final SmbRequest request) {
        if (message.wordCount() == SETUP_WORDS_EXTENDED) {
            blob.read(message.octets(), message.bytes(), message.word(14), request);
            return;
        }
        final int passwords = message.word(14) + (message.wordCount() == SETUP_WORDS_NT ? message.word(16) : 0);
        final int domain = message.string(request.user, message.bytes() + passwords);
        message.string(request.domain, domain);
        request.authentication = request.user.isEmpty() ? FileAuthentication.ANONYMOUS : FileAuthentication.PASSWORD;
    }

    private void treeConnectAndX(final SmbRequest request) {
        message.string(request.path, message.bytes() + message.word(6));
    }

    /** A file that is about to be opened, its name not yet read. */
    SmbFile opening(final SmbRequest request) {
        final SmbSession session = state.userOf(connection, request.sessionId);
        final SmbTree tree = state.tree(connection.serial, request.treeId);
        final SmbFile file = state.addFile(connection, session, request.treeId, tree, request.startNs);
        file.protocol = connection.protocol;
        file.isNamed = true;
        request.file(file);
        return file;
    }

    private void ntCreate(final SmbRequest request) {
        final SmbFile file = opening(request);
        final Octets octets = message.octets();
        final int words = message.words();
        file.disposition = octets.number32(words + 35);
        file.options = octets.number32(words + 39);
        final int name = message.aligned(message.bytes());
        final int length = Math.min(octets.number16(words + 5), Math.max(0, message.bytesEnd() - name));
        final int count = octets.stringLength(name, name + length, message.isUnicode());
        if (!isRelative(file, octets.number32(words + 11))) {
            SmbPath.read(file.path, octets, name, count, message.isUnicode(), message.isDfs());
        } else {
            SmbPath.append(file.path, octets, name, count, message.isUnicode());
        }
    }

    /** The name of a file goes on from an open directory, whose path is put in front of it; false when it does not. */
    boolean isRelative(final SmbFile file, final int rootFid) {
        final SmbFile root = rootFid == 0 ? null : state.files.find(connection.serial, rootFid, 0);
        if (root == null || root.path.isEmpty()) {
            return false;
        }
        file.path.reset().append(root.path).append("\\");
        return true;
    }

    private void openAndX(final SmbRequest request) {
        final SmbFile file = opening(request);
        file.disposition = disposition(message.word(16));
        message.path(file.path, message.bytes());
    }

    static int disposition(final int openMode) {
        if ((openMode & OPEN_MODE_TRUNCATE) != 0) {
            return SmbFile.DISPOSITION_OVERWRITE_IF;
        }
        if ((openMode & OPEN_MODE_CREATE) == 0) {
            return SmbFile.DISPOSITION_OPEN;
        }
        return (openMode & 1) == 0 ? SmbFile.DISPOSITION_CREATE : SmbFile.DISPOSITION_OPEN_IF;
    }

    private void open(final SmbRequest request, final int disposition) {
        final SmbFile file = opening(request);
        file.disposition = disposition;
        message.path(file.path, message.bytes() + Smb1Message.BUFFER_FORMAT_LENGTH);
    }

    private void onPath(final SmbRequest request, final FileOperation operation) {
        request.operation = operation;
        message.path(request.path, message.bytes() + Smb1Message.BUFFER_FORMAT_LENGTH);
    }

    private void rename(final SmbRequest request, final FileOperation operation) {
        request.operation = operation;
        final int second = message.path(request.path, message.bytes() + Smb1Message.BUFFER_FORMAT_LENGTH);
        message.path(request.secondPath, second + Smb1Message.BUFFER_FORMAT_LENGTH);
    }

    private void onFile(final SmbRequest request) {
        final int offset = fidOffset(request.command);
        if (offset < 0) {
            return;
        }
        if (request.file() == null) {
            fileOf(request, message.word(offset));
        }
        final SmbFile file = request.file();
        file.lastNs = timestampNs;
        if (request.command == Smb1Commands.READ_RAW) {
            connection.expectRaw(false, file);
            state.forget(request);
        } else if (request.command == Smb1Commands.WRITE_RAW) {
            request.value = message.word(20);
        } else if (request.command == Smb1Commands.WRITE && message.word(2) == 0) {
            request.operation = FileOperation.TRUNCATE;
            request.value = message.doubleWord(4) & 0xFFFF_FFFFL;
        }
    }

    private static int fidOffset(final int command) {
        return switch (command) {
            case Smb1Commands.READ_ANDX, Smb1Commands.WRITE_ANDX -> 4;
            case Smb1Commands.READ_RAW, Smb1Commands.WRITE_RAW, Smb1Commands.READ_MPX, Smb1Commands.WRITE_MPX, Smb1Commands.READ,
                Smb1Commands.WRITE, Smb1Commands.CLOSE, Smb1Commands.WRITE_AND_CLOSE, Smb1Commands.LOCK_AND_READ,
                Smb1Commands.WRITE_AND_UNLOCK -> 0;
            default -> -1;
        };
    }

    /** Ties a request to the file of a FID: one that is known, or one whose opening was not seen. */
    void fileOf(final SmbRequest request, final int fid) {
        SmbFile file = state.files.find(connection.serial, fid, 0);
        if (file == null) {
            file = opening(request);
            file.isNamed = false;
            file.flags |= FileAccess.FLAG_MIDSTREAM | FileAccess.FLAG_GUESSED;
            file.isAnswered = true;
            state.files.rekey(file, connection.serial, fid, 0);
        }
        request.file(file);
    }
}
