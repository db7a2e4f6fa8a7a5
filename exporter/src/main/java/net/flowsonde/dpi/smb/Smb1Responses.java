package net.flowsonde.dpi.smb;

import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileAuthentication;
import net.flowsonde.dpi.FileOperation;
import net.flowsonde.dpi.FileResult;
import net.flowsonde.telemetry.Counter;

/** Responses of SMB1: what the server did, together with the request, becomes state and records. */
final class Smb1Responses {
    private static final int ACTION_GUEST = 0x1;
    private static final int OPEN_RESULT_MASK = 0x3;
    private static final int ATTRIBUTE_DIRECTORY = 0x10;
    private static final int NO_PARAMETERS = 0;
    private static final int QUERY_FILE_NAME = 0x0104;
    private static final int QUERY_FILE_ALL = 0x0107;
    private static final int ALL_INFORMATION_NAME_LENGTH = 68;
    private static final int NO_FID = 0xFFFF;

    private final SmbState state;
    private final SmbRecords records;
    private final Smb1Requests requests;
    private final Smb1Part part = new Smb1Part();
    private final Octets joined = new Octets();

    private SmbConnection connection;
    private Smb1Message message;
    private Octets octets;
    private int status;
    private FileResult result;
    private long timestampNs;
    // parameters of the answer to a transaction
    private Octets answer;
    private int parameters;

    Smb1Responses(final SmbState state, final SmbRecords records, final Smb1Requests requests) {
        this.state = state;
        this.records = records;
        this.requests = requests;
    }

    /** All commands of one message, side by side with those of the request. What a chain that failed leaves out has failed with it. */
    void onMessage(final SmbConnection speaking, final Smb1Message response, final long nowNs) {
        connection = speaking;
        message = response;
        octets = response.octets();
        timestampNs = nowNs;
        status = response.status();
        result = SmbStatus.result(status, response.isNtStatus());
        SmbRequest request = state.requests.find(speaking.serial, response.exchange(), 1);
        boolean isMore = true;
        while (request != null) {
            final SmbRequest next = request.nextInChain();
            final boolean isPresent = isMore && request.command == Smb1Transactions.primary(response.command());
            if (isPresent && isMoreToCome(request)) {
                return;
            }
            answer(request, isPresent);
            if (request.joining != null) {
                state.endJoining(request);
            }
            state.forget(request);
            isMore = isMore && response.next();
            request = next;
        }
    }

    /** The message is not the one by which a transaction is answered; the others do not count (MS-CIFS 3.2.5.1.4). */
    private boolean isMoreToCome(final SmbRequest request) {
        if (request.command == Smb1Commands.READ_MPX) {
            return result == FileResult.OK && isMoreToRead(request);
        }
        if (!isTransaction(request)) {
            return false;
        }
        final Smb1Joining joining = request.joining;
        if (joining != null && joining.isAnswer) {
            status = SmbStatus.SUCCESS;
            result = FileResult.OK;
        } else if (joining != null) {
            if (result == FileResult.OK && message.wordCount() == NO_PARAMETERS && !joining.isAskedFor) {
                joining.isAskedFor = true;
                return true;
            }
            requests.finish(connection, request, timestampNs);
        }
        return result == FileResult.OK && isHandleToCome(request);
    }

    /** The answers to READ_MPX come in any order, each with what there is in all, of which the least is right (MS-CIFS 3.2.5.17). */
    private boolean isMoreToRead(final SmbRequest request) {
        final int count = message.word(4);
        request.function = request.function == 0 ? count : Math.min(request.function, count);
        request.value += message.word(12);
        return request.value < request.function;
    }

    private static boolean isTransaction(final SmbRequest request) {
        return request.command == Smb1Commands.TRANSACTION2 || request.command == Smb1Commands.NT_TRANSACT
            || request.command == Smb1Commands.TRANSACTION;
    }

    /** The handle of a file that was opened is among parameters that have not all come. */
    private boolean isHandleToCome(final SmbRequest request) {
        final SmbFile file = request.file();
        if (file == null || file.isAnswered) {
            return false;
        }
        part.answer(message);
        answer = octets;
        parameters = part.parameterOffset;
        if (request.joining == null) {
            if (part.parameterCount >= part.totalParameters) {
                return false;
            }
            final Smb1Joining joining = state.beginJoining(request);
            joining.begin(message, part);
            joining.isAnswer = true;
        }
        state.touch(request.joining);
        if (!request.joining.add(octets, part)) {
            state.count(Counter.SMB_TRANSACTION_PARTS_REFUSED);
        }
        if (!request.joining.areParametersComplete()) {
            return true;
        }
        request.joining.wrap(joined);
        answer = joined;
        parameters = 0;
        state.count(Counter.SMB_TRANSACTIONS_JOINED);
        return false;
    }

    private void answer(final SmbRequest request, final boolean isPresent) {
        final FileResult outcome = isPresent || result != FileResult.OK ? result : FileResult.UNKNOWN;
        switch (request.command) {
            case Smb1Commands.SESSION_SETUP_ANDX -> sessionSetup(request, outcome);
            case Smb1Commands.LOGOFF_ANDX -> logoff(request, outcome);
            case Smb1Commands.TREE_CONNECT_ANDX, Smb1Commands.TREE_CONNECT -> treeConnect(request, outcome);
            case Smb1Commands.TREE_DISCONNECT -> treeDisconnect(request, outcome);
            default -> {
                final SmbFile file = request.file();
                if (file != null && !file.isAnswered) {
                    opened(request, file, outcome);
                } else if (file != null) {
                    file.lastNs = timestampNs;
                    onFile(request, file, outcome);
                } else if (request.operation != null && (request.operation != FileOperation.LOOKUP || outcome != FileResult.OK)) {
                    records.ofPath(request, state.userOf(connection, request.sessionId), state.tree(connection.serial, request.treeId),
                        status, outcome, timestampNs);
                }
            }
        }
    }

    private void sessionSetup(final SmbRequest request, final FileResult outcome) {
        if (status == SmbStatus.MORE_PROCESSING_REQUIRED && message.isNtStatus()) {
            return;
        }
        final boolean isIn = outcome == FileResult.OK;
        final SmbSession session = isIn ? state.userOf(connection, message.userId()) : null;
        if (isIn) {
            final boolean isGuest = (message.word(4) & ACTION_GUEST) != 0 && request.authentication != FileAuthentication.ANONYMOUS;
            records.identify(request, timestampNs);
            session.identify(request, isGuest ? FileAuthentication.GUEST : request.authentication);
        }
        records.logon(request, session, message.userId(), status, outcome, timestampNs);
    }

    private void logoff(final SmbRequest request, final FileResult outcome) {
        if (outcome == FileResult.OK) {
            final SmbSession session = state.userOf(connection, request.sessionId);
            state.closeFiles(session, true, 0);
            records.logoff(connection, session, request.startNs, timestampNs);
            state.end(session, timestampNs);
        }
    }

    private void treeConnect(final SmbRequest request, final FileResult outcome) {
        request.sessionId = message.userId();
        if (outcome == FileResult.OK) {
            final boolean isOld = request.command == Smb1Commands.TREE_CONNECT;
            final SmbTree tree = state.addTree(connection.trees, connection.serial, isOld ? message.word(2) : message.treeId());
            tree.share.append(request.path);
            tree.type = isOld ? SmbTree.DISK : type(message.bytes());
        }
        records.share(request, state.userOf(connection, request.sessionId), FileOperation.MOUNT, request.path, status, outcome, timestampNs);
    }

    private int type(final int service) {
        if (octets.isAscii(service, "IPC")) {
            return SmbTree.PIPE;
        }
        return octets.isAscii(service, "LPT") ? SmbTree.PRINTER : SmbTree.DISK;
    }

    private void treeDisconnect(final SmbRequest request, final FileResult outcome) {
        final SmbTree tree = state.tree(connection.serial, request.treeId);
        if (outcome == FileResult.OK) {
            final SmbSession session = state.userOf(connection, request.sessionId);
            state.closeFiles(session, false, request.treeId);
            records.share(request, session, FileOperation.UNMOUNT, tree == null ? null : tree.share, status, outcome, timestampNs);
            if (tree != null) {
                state.trees.release(tree);
            }
        }
    }

    private void opened(final SmbRequest request, final SmbFile file, final FileResult outcome) {
        file.lastNs = timestampNs;
        if (outcome != FileResult.OK) {
            records.file(file, status, outcome, FileAccess.UNKNOWN_SIZE, timestampNs);
            state.files.release(file);
            return;
        }
        switch (request.command) {
            case Smb1Commands.NT_CREATE_ANDX -> known(file, octets.number16(message.words() + 5), octets.number32(message.words() + 7),
                octets.octet(message.words() + 67) != 0, octets.number64(message.words() + 55));
            case Smb1Commands.OPEN_ANDX -> known(file, message.word(4), message.word(22) & OPEN_RESULT_MASK,
                (message.word(6) & ATTRIBUTE_DIRECTORY) != 0, message.doubleWord(12) & 0xFFFF_FFFFL);
            case Smb1Commands.OPEN -> known(file, message.word(0), SmbFile.OPENED, false, message.doubleWord(8) & 0xFFFF_FFFFL);
            case Smb1Commands.TRANSACTION2 -> {
                if (request.function == Smb1Commands.OPEN2) {
                    open2(file);
                } else {
                    posixOpened(file);
                }
            }
            case Smb1Commands.NT_TRANSACT -> ntCreate(file);
            default -> known(file, message.word(0), SmbFile.CREATED, false, 0);
        }
    }

    private void open2(final SmbFile file) {
        known(file, answer.number16(parameters), answer.number16(parameters + 18) & OPEN_RESULT_MASK,
            (answer.number16(parameters + 2) & ATTRIBUTE_DIRECTORY) != 0, answer.unsigned32(parameters + 8));
    }

    /** The handle is among the data; a directory that was made has none. */
    private void posixOpened(final SmbFile file) {
        final int fid = octets.number16(part.dataOffset + 2);
        file.answer(octets.number32(part.dataOffset + 4), (file.options & SmbFile.OPTION_DIRECTORY) != 0, FileAccess.UNKNOWN_SIZE);
        if (fid == NO_FID) {
            records.file(file, status, FileResult.OK, FileAccess.UNKNOWN_SIZE, timestampNs);
            state.files.release(file);
        } else {
            state.files.rekey(file, connection.serial, fid, 0);
        }
    }

    private void ntCreate(final SmbFile file) {
        known(file, answer.number16(parameters + 2), answer.number32(parameters + 4), answer.octet(parameters + 68) != 0,
            answer.number64(parameters + 56));
    }

    private void known(final SmbFile file, final int fid, final int action, final boolean isDirectory, final long size) {
        file.answer(action, isDirectory, size);
        state.files.rekey(file, connection.serial, fid, 0);
    }

    private void onFile(final SmbRequest request, final SmbFile file, final FileResult outcome) {
        if (request.operation != null) {
            FileChange.answered(records, request, file, status, outcome, timestampNs);
        } else if (outcome == FileResult.OK) {
            done(request, file);
        }
        final boolean isClose = request.command == Smb1Commands.CLOSE
            || request.command == Smb1Commands.WRITE_AND_CLOSE && outcome == FileResult.OK;
        if (outcome != FileResult.OK && (isClose || SmbStatus.isUnknownHandle(status)) && file.isHearsay()) {
            state.files.release(file);
        } else if (isClose && outcome != FileResult.UNKNOWN) {
            records.file(file, SmbStatus.SUCCESS, FileResult.OK, FileAccess.UNKNOWN_SIZE, timestampNs);
            state.files.release(file);
        }
    }

    private void done(final SmbRequest request, final SmbFile file) {
        switch (request.command) {
            case Smb1Commands.READ_ANDX -> file.read(message.word(10) | (long) message.word(14) << 16);
            case Smb1Commands.READ, Smb1Commands.LOCK_AND_READ -> file.read(message.word(0));
            case Smb1Commands.WRITE_ANDX -> file.written(message.word(4) | (long) message.word(8) << 16);
            case Smb1Commands.WRITE, Smb1Commands.WRITE_AND_UNLOCK, Smb1Commands.WRITE_AND_CLOSE -> file.written(message.word(0));
            case Smb1Commands.WRITE_RAW -> writtenRaw(request, file);
            case Smb1Commands.READ_MPX -> file.read(request.value);
            case Smb1Commands.WRITE_MPX -> file.written(request.value);
            case Smb1Commands.TRANSACTION -> {
                part.answer(message);
                Smb1Pipe.moved(file, request, part.totalData);
            }
            case Smb1Commands.TRANSACTION2 -> {
                if (request.function == Smb1Commands.QUERY_FILE_INFORMATION && !file.isNamed) {
                    learnName((int) request.value, file);
                }
            }
            default -> { }
        }
    }

    /** The server has it all, or wants the rest, which is no message (MS-CIFS 3.2.5.18). */
    private void writtenRaw(final SmbRequest request, final SmbFile file) {
        if (message.command() == Smb1Commands.WRITE_COMPLETE) {
            file.written(message.word(0));
            return;
        }
        if (request.value > 0) {
            file.written(request.value);
        }
        connection.expectRaw(true, file);
    }

    /** A file whose opening was not seen may be named by an answer about it (MS-CIFS 2.2.8.3.7, 2.2.8.3.10, MS-FSCC 2.4.2, 2.4.32). */
    private void learnName(final int level, final SmbFile file) {
        final int lengthAt = switch (level) {
            case QUERY_FILE_NAME, FileInformation.PASS_THROUGH + FileInformation.NAME,
                FileInformation.PASS_THROUGH + FileInformation.NORMALIZED_NAME -> 0;
            case QUERY_FILE_ALL -> ALL_INFORMATION_NAME_LENGTH;
            case FileInformation.PASS_THROUGH + FileInformation.ALL -> FileInformation.ALL_NAME_LENGTH;
            default -> -1;
        };
        part.answer(message);
        if (lengthAt < 0 || part.dataDisplacement != 0 || part.dataCount < lengthAt + Integer.BYTES) {
            return;
        }
        final int name = part.dataOffset + lengthAt + Integer.BYTES;
        final int count = Math.min(octets.extent(name - Integer.BYTES), part.dataCount - lengthAt - Integer.BYTES);
        if (octets.available(name, count) > 0) {
            SmbPath.read(file.path, octets, name, count, message.isUnicode(), false);
            file.isNamed = true;
        }
    }
}
