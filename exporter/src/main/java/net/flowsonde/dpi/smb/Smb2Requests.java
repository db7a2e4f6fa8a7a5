package net.flowsonde.dpi.smb;

import net.flowsonde.dpi.FileAccess;

/**
 * Requests of SMB2 (MS-SMB2 2.2): what the answer will not repeat is remembered until it comes. Requests of a compound may leave session,
 * tree and file to the one before (3.3.5.2.7.2).
 */
final class Smb2Requests {
    private static final long INHERITED = -1;
    private static final int FLAG_BINDING = 0x01;

    private final SmbState state;
    private final Smb2SetInfo setInfo = new Smb2SetInfo();
    private final Smb2Ioctl ioctl;
    private final CreateContexts contexts = new CreateContexts();
    private final SecurityBlob blob = new SecurityBlob();

    private SmbConnection connection;
    private Smb2Header header;
    private Octets octets;
    private int body;
    private long timestampNs;
    // what the requests of one compound pass on
    private SmbSession session;
    private long treeId;
    private SmbRequest previous;
    private int previousGeneration;

    Smb2Requests(final SmbState state) {
        this.state = state;
        ioctl = new Smb2Ioctl(state);
    }

    /** A new message begins: nothing is inherited from the one before. */
    void begin(final SmbConnection speaking, final long nowNs) {
        connection = speaking;
        timestampNs = nowNs;
        session = null;
        previous = null;
    }

    void onRequest(final Smb2Header request) {
        header = request;
        octets = request.octets();
        body = request.body();
        if (!request.isRelated() || session == null) {
            session = state.session(connection, request.sessionId());
            treeId = request.treeId();
        }
        switch (request.command()) {
            case Smb2Header.SESSION_SETUP -> sessionSetup();
            case Smb2Header.TREE_CONNECT -> treeConnect();
            case Smb2Header.CREATE -> create();
            case Smb2Header.LOGOFF, Smb2Header.TREE_DISCONNECT -> remember(null);
            case Smb2Header.NEGOTIATE, Smb2Header.CANCEL, Smb2Header.ECHO, Smb2Header.CHANGE_NOTIFY, Smb2Header.OPLOCK_BREAK -> { }
            default -> onFile();
        }
    }

    private SmbRequest remember(final SmbFile file) {
        final SmbRequest request = state.addRequest(connection, header.messageId(), 0, timestampNs);
        request.command = header.command();
        request.sessionId = session.id;
        request.treeId = treeId;
        request.file(file);
        previous = request;
        previousGeneration = request.generation;
        return request;
    }

    private void sessionSetup() {
        final SmbRequest request = remember(null);
        request.value = octets.octet(body + 2) & FLAG_BINDING;
        blob.read(octets, header.start() + octets.number16(body + 12), octets.number16(body + 14), request);
    }

    private void treeConnect() {
        final SmbRequest request = remember(null);
        SmbPath.append(request.path.reset(), octets, header.start() + octets.number16(body + 4), octets.number16(body + 6), true);
    }

    private void create() {
        final SmbTree tree = state.tree(session.serial, treeId);
        final SmbFile file = state.addFile(connection, session, treeId, tree, timestampNs);
        file.protocol = connection.protocol;
        file.disposition = octets.number32(body + 36);
        file.options = octets.number32(body + 40);
        final int nameLength = octets.number16(body + 46);
        SmbPath.read(file.path, octets, header.start() + octets.number16(body + 44), nameLength, true, header.isDfs());
        file.isNamed = true;
        if (header.isReplay()) {
            file.flags |= FileAccess.FLAG_DUPLICATE;
        }
        final SmbRequest request = remember(file);
        contexts.read(octets, header.start() + octets.extent(body + 48), octets.extent(body + 52));
        if (contexts.isSnapshot()) {
            file.flags |= FileAccess.FLAG_SNAPSHOT;
        }
        if (contexts.isReconnect()) {
            file.flags |= FileAccess.FLAG_RECONNECTED;
            request.value = contexts.persistentId();
        }
    }

    private void onFile() {
        final SmbFile file = file(fileIdOffset(header.command()));
        final SmbRequest request = remember(file);
        if (file == null) {
            return;
        }
        file.lastNs = timestampNs;
        switch (header.command()) {
            case Smb2Header.READ, Smb2Header.WRITE -> request.value = octets.unsigned32(body + 4);
            case Smb2Header.SET_INFO -> setInfo.onRequest(header, request);
            case Smb2Header.IOCTL -> ioctl.onRequest(header, request, session);
            case Smb2Header.QUERY_INFO -> request.function = octets.octet(body + 2) << 8 | octets.octet(body + 3);
            default -> { }
        }
    }

    private static int fileIdOffset(final int command) {
        return switch (command) {
            case Smb2Header.READ, Smb2Header.WRITE, Smb2Header.SET_INFO -> 16;
            case Smb2Header.QUERY_INFO -> 24;
            default -> 8;
        };
    }

    /** The file that a request names, that of the request before it in the compound, or one whose opening was not seen. */
    private SmbFile file(final int offset) {
        if (!octets.has(body + offset, 16)) {
            return null;
        }
        final long persistent = octets.number64(body + offset);
        final long mutable = octets.number64(body + offset + 8);
        if (persistent == INHERITED && mutable == INHERITED) {
            return previous != null && previous.generation == previousGeneration ? previous.file() : null;
        }
        final SmbFile known = state.files.find(session.serial, persistent, mutable);
        if (known != null || header.command() == Smb2Header.IOCTL && Smb2Ioctl.isWithoutFile(octets.number32(body + 4))) {
            return known;
        }
        final SmbFile unknown = state.addFile(connection, session, treeId, state.tree(session.serial, treeId), timestampNs);
        unknown.protocol = connection.protocol;
        unknown.flags |= FileAccess.FLAG_MIDSTREAM | FileAccess.FLAG_GUESSED;
        unknown.isAnswered = true;
        state.files.rekey(unknown, session.serial, persistent, mutable);
        return unknown;
    }
}
