package net.flowsonde.dpi.smb;

import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileOperation;
import net.flowsonde.dpi.Text;
import net.flowsonde.telemetry.Counter;

/**
 * Requests of TRANSACTION2 and NT_TRANSACT (MS-CIFS 2.2.6, 2.2.7): parameters and data lie at offsets that the words tell, and may go on
 * in further messages, with the command of a secondary (2.2.4.34, 2.2.4.47, 2.2.4.63) and the identifiers of the first. Of those that
 * come in parts, nothing is read before the last has come, or the answer.
 */
final class Smb1Transactions {
    /** First word of the setup: subcommand of TRANSACTION2, function of a pipe. */
    private static final int SUBCOMMAND = 28;
    /** Second word of the setup. */
    private static final int PIPE_FID = 30;
    private static final int NT_FUNCTION = 36;

    private static final int OPEN2_NAME = 28;
    private static final int FIND_NAME = 12;
    private static final int PATH_INFORMATION_NAME = 6;
    private static final int NT_CREATE_NAME = 53;

    /** Levels of information of SMB1 (2.2.2.3.4), beside those of MS-FSCC. */
    private static final int SET_FILE_BASIC = 0x0101;
    private static final int SET_FILE_DISPOSITION = 0x0102;
    private static final int SET_FILE_END_OF_FILE = 0x0104;
    private static final int SET_FILE_UNIX_BASIC = 0x0200;
    private static final int SET_FILE_UNIX_LINK = 0x0201;
    private static final int SET_FILE_UNIX_HLINK = 0x0203;
    private static final int SET_POSIX_OPEN = 0x0209;
    private static final int SET_POSIX_UNLINK = 0x020A;
    /** Of what SET_POSIX_OPEN carries; its levels are those of the UNIX extensions, which no specification has. */
    private static final int POSIX_OPEN_FLAGS = 4;
    private static final int POSIX_CREATE = 0x10;
    private static final int POSIX_EXCLUSIVE = 0x20;
    private static final int POSIX_TRUNCATE = 0x40;
    private static final int POSIX_DIRECTORY = 0x200;

    private static final int NAME_LENGTH_OFFSET = 8;
    private static final int NAME_OFFSET = 12;

    private final SmbState state;
    private final Smb1Requests requests;
    private final Smb1Part part = new Smb1Part();
    private final Octets joined = new Octets();
    // what is read
    private Octets octets;
    private int parameters;
    private int parametersEnd;
    private int data;
    private int dataEnd;
    private boolean isUnicode;
    private boolean isDfs;

    Smb1Transactions(final SmbState state, final Smb1Requests requests) {
        this.state = state;
        this.requests = requests;
    }

    void onRequest(final Smb1Message request, final SmbRequest remembered) {
        remembered.function = switch (remembered.command) {
            case Smb1Commands.TRANSACTION2 -> request.word(SUBCOMMAND);
            case Smb1Commands.NT_TRANSACT -> Smb1Commands.NT | request.word(NT_FUNCTION);
            default -> Smb1Commands.PIPE | request.word(SUBCOMMAND);
        };
        part.first(request);
        if (Smb1Pipe.movesOctets(remembered.function)) {
            remembered.file(state.files.find(remembered.connection.serial, request.word(PIPE_FID), 0));
            remembered.value = part.totalData;
        }
        if (part.isWhole()) {
            readAtOnce(request, remembered);
            return;
        }
        final Smb1Joining joining = state.beginJoining(remembered);
        joining.begin(request, part);
        if (!joining.add(request.octets(), part)) {
            state.count(Counter.SMB_TRANSACTION_PARTS_REFUSED);
            state.endJoining(remembered);
            readAtOnce(request, remembered);
        }
    }

    private void readAtOnce(final Smb1Message request, final SmbRequest remembered) {
        octets = request.octets();
        parameters = part.parameterOffset;
        parametersEnd = parameters + octets.available(parameters, part.parameterCount);
        data = part.dataOffset;
        dataEnd = data + octets.available(data, part.dataCount);
        isUnicode = request.isUnicode();
        isDfs = request.isDfs();
        read(remembered);
    }

    /** @param begun  what waits for an answer under the identifiers of the message, or null */
    void onSecondary(final Smb1Message request, final SmbRequest begun) {
        if (begun == null || begun.joining == null || begun.command != primary(request.command()) || begun.sessionId != request.userId()
            || begun.treeId != request.treeId()) {
            state.count(Counter.SMB_TRANSACTION_PARTS_REFUSED);
            return;
        }
        part.next(request);
        state.touch(begun.joining);
        if (!begun.joining.add(request.octets(), part)) {
            state.count(Counter.SMB_TRANSACTION_PARTS_REFUSED);
        } else if (begun.joining.isComplete()) {
            state.count(Counter.SMB_TRANSACTIONS_JOINED);
            readJoined(begun);
        }
    }

    /** The command that a secondary goes on with, or that an answer ends which has a command of its own; any other is its own. */
    static int primary(final int command) {
        return switch (command) {
            case Smb1Commands.TRANSACTION_SECONDARY -> Smb1Commands.TRANSACTION;
            case Smb1Commands.TRANSACTION2_SECONDARY -> Smb1Commands.TRANSACTION2;
            case Smb1Commands.NT_TRANSACT_SECONDARY -> Smb1Commands.NT_TRANSACT;
            case Smb1Commands.WRITE_COMPLETE -> Smb1Commands.WRITE_RAW;
            default -> command;
        };
    }

    /** The answer has come before all parts of its request: what there is must do. */
    void finish(final SmbRequest request) {
        state.count(Counter.SMB_TRANSACTIONS_INCOMPLETE);
        request.flags |= FileAccess.FLAG_GAP;
        readJoined(request);
        if (request.file() != null && !request.file().isAnswered) {
            request.file().flags |= FileAccess.FLAG_GAP;
        }
    }

    private void readJoined(final SmbRequest request) {
        final Smb1Joining joining = request.joining;
        joining.wrap(joined);
        octets = joined;
        parameters = 0;
        parametersEnd = joining.parametersEnd();
        data = Smb1Joining.KEPT;
        dataEnd = joining.dataEnd();
        isUnicode = joining.isUnicode;
        isDfs = joining.isDfs;
        read(request);
        state.endJoining(request);
    }

    private void read(final SmbRequest remembered) {
        switch (remembered.function) {
            case Smb1Commands.OPEN2 -> open2(remembered);
            case Smb1Commands.FIND_FIRST2 -> find(remembered);
            case Smb1Commands.QUERY_PATH_INFORMATION -> onPath(remembered, FileOperation.LOOKUP, PATH_INFORMATION_NAME);
            case Smb1Commands.CREATE_DIRECTORY2 -> onPath(remembered, FileOperation.MKDIR, 4);
            case Smb1Commands.SET_PATH_INFORMATION -> setPath(remembered);
            case Smb1Commands.SET_FILE_INFORMATION -> setFile(remembered);
            case Smb1Commands.QUERY_FILE_INFORMATION -> {
                requests.fileOf(remembered, octets.number16(parameters));
                remembered.value = octets.number16(parameters + 2);
            }
            case Smb1Commands.NT_TRANSACT_CREATE -> ntCreate(remembered);
            case Smb1Commands.NT_TRANSACT_SET_SECURITY -> {
                remembered.operation = FileOperation.SET_SECURITY;
                requests.fileOf(remembered, octets.number16(parameters));
            }
            default -> { }
        }
    }

    private void open2(final SmbRequest request) {
        final SmbFile file = requests.opening(request);
        file.disposition = Smb1Requests.disposition(octets.number16(parameters + 12));
        path(file.path, OPEN2_NAME);
    }

    private void onPath(final SmbRequest request, final FileOperation operation, final int nameOffset) {
        request.operation = operation;
        path(request.path, nameOffset);
    }

    /** A name among the parameters; these begin where they may, and it lies at an even offset of them. */
    private void path(final Text path, final int nameOffset) {
        final int at = parameters + nameOffset;
        SmbPath.read(path, octets, at, octets.stringLength(at, parametersEnd, isUnicode), isUnicode, isDfs);
    }

    /** A search with wild cards lists a directory; one without asks whether a file is there. */
    private void find(final SmbRequest request) {
        final int at = parameters + FIND_NAME;
        final int length = octets.stringLength(at, parametersEnd, isUnicode);
        final int directory = SmbPath.withoutPattern(octets, at, length, isUnicode);
        request.operation = directory == length ? FileOperation.LOOKUP : FileOperation.LIST;
        SmbPath.read(request.path, octets, at, directory, isUnicode, isDfs);
    }

    private void setPath(final SmbRequest request) {
        path(request.path, PATH_INFORMATION_NAME);
        information(request, octets.number16(parameters));
    }

    private void setFile(final SmbRequest request) {
        requests.fileOf(request, octets.number16(parameters));
        information(request, octets.number16(parameters + 2));
    }

    private void information(final SmbRequest request, final int level) {
        switch (level) {
            case SET_FILE_BASIC, SET_FILE_UNIX_BASIC, FileInformation.PASS_THROUGH + FileInformation.BASIC ->
                request.operation = FileOperation.SET_ATTRIBUTES;
            case SET_FILE_DISPOSITION, FileInformation.PASS_THROUGH + FileInformation.DISPOSITION -> {
                request.operation = FileOperation.DELETE;
                request.value = octets.octet(data) & 1;
            }
            case SET_FILE_END_OF_FILE, FileInformation.PASS_THROUGH + FileInformation.END_OF_FILE -> {
                request.operation = FileOperation.TRUNCATE;
                request.value = octets.number64(data);
            }
            case SET_POSIX_OPEN -> posixOpen(request);
            case SET_POSIX_UNLINK -> request.operation = FileOperation.DELETE;
            case FileInformation.PASS_THROUGH + FileInformation.RENAME -> target(request, FileOperation.RENAME);
            case FileInformation.PASS_THROUGH + FileInformation.LINK -> target(request, FileOperation.LINK);
            case SET_FILE_UNIX_LINK -> symlink(request);
            case SET_FILE_UNIX_HLINK -> hardLink(request);
            default -> { }
        }
    }

    /** FILE_RENAME_INFORMATION of SMB1 (MS-FSCC 2.4.42.1), and FILE_LINK_INFORMATION, which has the same form. */
    private void target(final SmbRequest request, final FileOperation operation) {
        request.operation = operation;
        final int name = data + NAME_OFFSET;
        final Text old = request.file() == null ? request.path : request.file().path;
        SmbPath.readNew(request.secondPath, old, octets, name, Math.min(octets.extent(data + NAME_LENGTH_OFFSET), dataEnd - name), true);
    }

    /** The path is the link that is made, the data what it leads to, as it was written. */
    private void symlink(final SmbRequest request) {
        request.operation = FileOperation.SYMLINK;
        SmbPath.append(request.secondPath.reset(), octets, data, octets.stringLength(data, dataEnd, isUnicode), isUnicode);
    }

    /** The path is the name that a file gets, the data the one that it has. */
    private void hardLink(final SmbRequest request) {
        request.operation = FileOperation.LINK;
        SmbPath.read(request.secondPath, octets, data, octets.stringLength(data, dataEnd, isUnicode), isUnicode, isDfs);
    }

    /** An open as POSIX has it, of a file or to make a directory: its flags say what for. */
    private void posixOpen(final SmbRequest request) {
        final int flags = octets.number32(data + POSIX_OPEN_FLAGS);
        final SmbFile file = requests.opening(request);
        file.path.append(request.path);
        file.disposition = posixDisposition(flags);
        file.options = (flags & POSIX_DIRECTORY) == 0 ? 0 : SmbFile.OPTION_DIRECTORY;
    }

    private static int posixDisposition(final int flags) {
        if ((flags & POSIX_TRUNCATE) != 0) {
            return (flags & POSIX_CREATE) == 0 ? SmbFile.DISPOSITION_OVERWRITE : SmbFile.DISPOSITION_OVERWRITE_IF;
        }
        if ((flags & POSIX_CREATE) == 0) {
            return SmbFile.DISPOSITION_OPEN;
        }
        return (flags & POSIX_EXCLUSIVE) == 0 ? SmbFile.DISPOSITION_OPEN_IF : SmbFile.DISPOSITION_CREATE;
    }

    private void ntCreate(final SmbRequest request) {
        final SmbFile file = requests.opening(request);
        file.disposition = octets.number32(parameters + 28);
        file.options = octets.number32(parameters + 32);
        final int name = parameters + NT_CREATE_NAME + (isUnicode ? 1 : 0);
        final int length = Math.min(octets.extent(parameters + 44), parametersEnd - name);
        if (requests.isRelative(file, octets.number32(parameters + 4))) {
            SmbPath.append(file.path, octets, name, length, isUnicode);
        } else {
            SmbPath.read(file.path, octets, name, length, isUnicode, isDfs);
        }
    }
}
