package net.flowsonde.dpi.smb;

import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileAuthentication;
import net.flowsonde.dpi.FileOperation;
import net.flowsonde.dpi.FileProtocol;
import net.flowsonde.dpi.FileResult;

/** Responses of SMB2: what the server did, together with the request, becomes state and records. */
final class Smb2Responses {
    private static final int SESSION_FLAG_GUEST = 0x1;
    private static final int SESSION_FLAG_NULL = 0x2;
    private static final int CLOSE_FLAG_ATTRIBUTES = 0x1;
    private static final int ATTRIBUTE_DIRECTORY = 0x10;
    private static final int NEGOTIATED_LATER = 0x02FF;

    private final SmbState state;
    private final SmbRecords records;
    private final Smb2Ioctl ioctl;
    private final CreateContexts contexts = new CreateContexts();

    private SmbConnection connection;
    private Smb2Header header;
    private Octets octets;
    private int body;
    private int status;
    private long timestampNs;

    Smb2Responses(final SmbState state, final SmbRecords records) {
        this.state = state;
        this.records = records;
        ioctl = new Smb2Ioctl(state);
    }

    void begin(final SmbConnection speaking, final long nowNs) {
        connection = speaking;
        timestampNs = nowNs;
    }

    void onResponse(final Smb2Header response) {
        header = response;
        octets = response.octets();
        body = response.body();
        status = response.status();
        if (response.command() == Smb2Header.NEGOTIATE) {
            negotiated();
            return;
        }
        final SmbRequest request = state.requests.find(connection.serial, response.messageId(), 0);
        if (request == null || request.command != response.command()) {
            withoutRequest();
        } else if (status != SmbStatus.PENDING) {
            answer(request);
            state.requests.release(request);
        }
    }

    private void negotiated() {
        final int dialect = octets.number16(body + 4);
        if (SmbStatus.isDone(status) && dialect != NEGOTIATED_LATER) {
            connection.protocol = dialect(dialect);
            connection.guidHigh = octets.number64(body + 8);
            connection.guidLow = octets.number64(body + 16);
        }
    }

    private static FileProtocol dialect(final int revision) {
        return switch (revision) {
            case 0x0202 -> FileProtocol.SMB2_0_2;
            case 0x0210 -> FileProtocol.SMB2_1;
            case 0x0300 -> FileProtocol.SMB3_0;
            case 0x0302 -> FileProtocol.SMB3_0_2;
            case 0x0311 -> FileProtocol.SMB3_1_1;
            default -> FileProtocol.SMB2;
        };
    }

    private void answer(final SmbRequest request) {
        switch (request.command) {
            case Smb2Header.SESSION_SETUP -> sessionSetup(request);
            case Smb2Header.LOGOFF -> logoff(request);
            case Smb2Header.TREE_CONNECT -> treeConnect(request);
            case Smb2Header.TREE_DISCONNECT -> treeDisconnect(request);
            case Smb2Header.CREATE -> create(request);
            default -> {
                final SmbFile file = request.file();
                if (file != null) {
                    file.lastNs = timestampNs;
                    onFile(request, file);
                }
            }
        }
    }

    /** The request was lost, or came before the capture. */
    private void withoutRequest() {
        if (header.command() != Smb2Header.CREATE || !SmbStatus.isDone(status) || status == SmbStatus.PENDING) {
            return;
        }
        final SmbSession session = state.session(connection, header.sessionId());
        final SmbTree tree = state.tree(session.serial, header.treeId());
        final SmbFile file = state.addFile(connection, session, header.treeId(), tree, timestampNs);
        file.protocol = connection.protocol;
        file.flags |= FileAccess.FLAG_MIDSTREAM | FileAccess.FLAG_GUESSED;
        opened(file, session);
    }

    private void sessionSetup(final SmbRequest request) {
        if (status == SmbStatus.MORE_PROCESSING_REQUIRED) {
            return;
        }
        if (!SmbStatus.isDone(status)) {
            records.logon(request, null, header.sessionId(), status, SmbStatus.result(status), timestampNs);
            return;
        }
        final SmbSession session = state.session(connection, header.sessionId());
        if (request.value != 0) {
            session.isMultichannel = true;
            connection.boundSession = session.id;
            return;
        }
        final int flags = octets.number16(body + 2);
        FileAuthentication how = request.authentication;
        if ((flags & SESSION_FLAG_NULL) != 0) {
            how = FileAuthentication.ANONYMOUS;
        } else if ((flags & SESSION_FLAG_GUEST) != 0) {
            how = FileAuthentication.GUEST;
        }
        if (session.connection != connection.serial && session.id != connection.boundSession) {
            state.renew(session, connection);
        }
        records.identify(request, timestampNs);
        session.identify(request, how);
        state.begin(session, connection, timestampNs);
        records.logon(request, session, session.id, status, FileResult.OK, timestampNs);
    }

    private void logoff(final SmbRequest request) {
        final SmbSession session = state.session(connection, request.sessionId);
        if (SmbStatus.isDone(status)) {
            state.closeFiles(session, true, 0);
            records.logoff(connection, session, request.startNs, timestampNs);
            state.end(session, timestampNs);
        }
    }

    private void treeConnect(final SmbRequest request) {
        final SmbSession session = state.session(connection, header.sessionId());
        request.sessionId = session.id;
        if (SmbStatus.isDone(status)) {
            final SmbTree tree = state.addTree(session.trees, session.serial, header.treeId());
            tree.share.append(request.path);
            tree.type = octets.octet(body + 2);
        }
        records.share(request, session, FileOperation.MOUNT, request.path, status, SmbStatus.result(status), timestampNs);
    }

    private void treeDisconnect(final SmbRequest request) {
        final SmbSession session = state.session(connection, request.sessionId);
        final SmbTree tree = state.tree(session.serial, request.treeId);
        if (SmbStatus.isDone(status)) {
            state.closeFiles(session, false, request.treeId);
            records.share(
                request, session, FileOperation.UNMOUNT, tree == null ? null : tree.share, status, FileResult.OK, timestampNs);
            if (tree != null) {
                state.end(tree, session);
            }
        }
    }

    private void create(final SmbRequest request) {
        final SmbFile file = request.file();
        if (file == null) {
            return;
        }
        file.lastNs = timestampNs;
        if (!SmbStatus.isDone(status)) {
            records.file(file, status, SmbStatus.result(status), FileAccess.UNKNOWN_SIZE, timestampNs);
            state.files.release(file);
            return;
        }
        final SmbSession session = state.session(connection, request.sessionId);
        if ((file.flags & FileAccess.FLAG_RECONNECTED) != 0 && resume(request, file, session)) {
            return;
        }
        opened(file, session);
    }

    private void opened(final SmbFile opening, final SmbSession session) {
        final SmbFile file = state.identify(opening, session, octets.number64(body + 64), octets.number64(body + 72));
        file.answer(octets.number32(body + 4), (octets.number32(body + 56) & ATTRIBUTE_DIRECTORY) != 0, octets.number64(body + 48));
        contexts.read(octets, header.start() + octets.extent(body + 80), octets.extent(body + 84));
        file.isDurable = contexts.isDurable();
    }

    /** A handle that survived its connection goes on as the same file. */
    private boolean resume(final SmbRequest request, final SmbFile reopening, final SmbSession session) {
        SmbFile file = state.detached.first();
        while (file != null && !isSame(file, request.value)) {
            file = file.nextOfOwner;
        }
        if (file == null) {
            return false;
        }
        connection.files.add(file);
        file.connection = connection;
        file.gaps = connection.gaps;
        file.flags |= FileAccess.FLAG_RECONNECTED;
        file.lastNs = timestampNs;
        file.session(session);
        file.treeId = reopening.treeId;
        file.tree = reopening.tree;
        file.treeGeneration = reopening.treeGeneration;
        state.files.release(reopening);
        state.files.rekey(file, session.serial, octets.number64(body + 64), octets.number64(body + 72));
        return true;
    }

    private boolean isSame(final SmbFile file, final long persistentId) {
        return file.key1 == persistentId && file.parties.serverHigh() == connection.parties.serverHigh()
            && file.parties.serverLow() == connection.parties.serverLow();
    }

    private void onFile(final SmbRequest request, final SmbFile file) {
        if (request.command == Smb2Header.CLOSE) {
            close(file);
        } else if (request.operation != null) {
            operation(request, file);
        } else if (SmbStatus.isDone(status)) {
            done(request, file);
        }
        if (SmbStatus.isUnknownHandle(status) && file.isHearsay()) {
            state.files.release(file);
        }
    }

    private void close(final SmbFile file) {
        if (!SmbStatus.isDone(status) && file.isHearsay()) {
            state.files.release(file);
            return;
        }
        final boolean isSizeTold = SmbStatus.isDone(status) && !file.isDirectory()
            && (octets.number16(body + 2) & CLOSE_FLAG_ATTRIBUTES) != 0;
        state.close(file, isSizeTold ? octets.number64(body + 48) : FileAccess.UNKNOWN_SIZE, timestampNs);
    }

    private void done(final SmbRequest request, final SmbFile file) {
        switch (request.command) {
            case Smb2Header.READ -> file.read(octets.unsigned32(body + 4));
            case Smb2Header.WRITE -> file.written(octets.unsigned32(body + 4));
            case Smb2Header.QUERY_DIRECTORY -> {
                file.listOperations++;
                file.flags |= FileAccess.FLAG_DIRECTORY;
            }
            case Smb2Header.QUERY_INFO -> learnName(request, file);
            case Smb2Header.IOCTL -> ioctl.onDone(header, request, file);
            default -> { }
        }
    }

    /** A file whose opening was not seen may be named by an answer about it (MS-FSCC 2.4.2, 2.4.28, 2.4.32). */
    private void learnName(final SmbRequest request, final SmbFile file) {
        if (file.isNamed || request.function >> 8 != 1) {
            return;
        }
        final int data = header.start() + octets.number16(body + 2);
        final int kind = request.function & 0xFF;
        final int at = kind == FileInformation.ALL ? data + FileInformation.ALL_NAME_LENGTH : data;
        if (kind == FileInformation.ALL || kind == FileInformation.NAME || kind == FileInformation.NORMALIZED_NAME) {
            SmbPath.read(file.path, octets, at + 4, octets.extent(at), true, false);
            file.isNamed = true;
        }
    }

    private void operation(final SmbRequest request, final SmbFile file) {
        if (request.command == Smb2Header.IOCTL && request.operation == FileOperation.COPY && SmbStatus.isDone(status)) {
            ioctl.onDone(header, request, file);
        } else {
            FileChange.answered(records, request, file, status, SmbStatus.result(status), timestampNs);
        }
    }
}
