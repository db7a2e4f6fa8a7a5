package net.flowsonde.dpi.smb;

import net.flowsonde.dpi.FileOperation;
import net.flowsonde.dpi.Text;

/**
 * Requests of TRANSACTION2 and NT_TRANSACT (MS-CIFS 2.2.6, 2.2.7): parameters and data lie at offsets that the words tell. Of those that
 * come in parts the first part is read.
 */
final class Smb1Transactions {
    // words of TRANSACTION2, in octets
    private static final int PARAMETERS = 20;
    private static final int DATA = 24;
    private static final int SUBCOMMAND = 28;
    // words of NT_TRANSACT
    private static final int NT_PARAMETERS = 23;
    private static final int NT_DATA = 31;
    private static final int NT_FUNCTION = 36;

    private static final int OPEN2_NAME = 28;
    private static final int FIND_NAME = 12;
    private static final int PATH_INFORMATION_NAME = 6;
    private static final int NT_CREATE_NAME = 53;

    /** Levels of information (2.2.2.3.4): those of SMB1, and those of MS-FSCC with an offset (MS-SMB 2.2.2.3.5). */
    private static final int PASS_THROUGH = 1_000;
    private static final int SET_FILE_BASIC = 0x0101;
    private static final int SET_FILE_DISPOSITION = 0x0102;
    private static final int SET_FILE_END_OF_FILE = 0x0104;
    private static final int SET_FILE_UNIX_BASIC = 0x0200;
    private static final int SET_FILE_UNIX_LINK = 0x0201;
    private static final int SET_FILE_UNIX_HLINK = 0x0203;
    private static final int SET_POSIX_UNLINK = 0x020A;
    private static final int NAME_LENGTH_OFFSET = 8;
    private static final int NAME_OFFSET = 12;

    private final Smb1Requests requests;
    private Smb1Message message;
    private Octets octets;
    private int parameters;
    private int data;

    Smb1Transactions(final Smb1Requests requests) {
        this.requests = requests;
    }

    void onRequest(final Smb1Message request, final SmbRequest remembered) {
        message = request;
        octets = request.octets();
        if (remembered.command == Smb1Commands.TRANSACTION2) {
            parameters = request.word(PARAMETERS);
            data = request.word(DATA);
            remembered.function = request.word(SUBCOMMAND);
        } else {
            parameters = octets.extent(request.words() + NT_PARAMETERS);
            data = octets.extent(request.words() + NT_DATA);
            remembered.function = Smb1Commands.NT | request.word(NT_FUNCTION);
        }
        switch (remembered.function) {
            case Smb1Commands.OPEN2 -> open2(remembered);
            case Smb1Commands.FIND_FIRST2 -> find(remembered);
            case Smb1Commands.QUERY_PATH_INFORMATION -> onPath(remembered, FileOperation.LOOKUP, PATH_INFORMATION_NAME);
            case Smb1Commands.CREATE_DIRECTORY2 -> onPath(remembered, FileOperation.MKDIR, 4);
            case Smb1Commands.SET_PATH_INFORMATION -> setPath(remembered);
            case Smb1Commands.SET_FILE_INFORMATION -> setFile(remembered);
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
        SmbPath.read(path, octets, at, message.stringLength(at, octets.length(), message.isUnicode()), message.isUnicode(), message.isDfs());
    }

    /** A search with wild cards lists a directory; one without asks whether a file is there. */
    private void find(final SmbRequest request) {
        final int at = parameters + FIND_NAME;
        final int length = message.stringLength(at, octets.length(), message.isUnicode());
        final int directory = SmbPath.withoutPattern(octets, at, length, message.isUnicode());
        request.operation = directory == length ? FileOperation.LOOKUP : FileOperation.LIST;
        SmbPath.read(request.path, octets, at, directory, message.isUnicode(), message.isDfs());
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
            case SET_FILE_BASIC, SET_FILE_UNIX_BASIC, PASS_THROUGH + FileInformation.BASIC ->
                request.operation = FileOperation.SET_ATTRIBUTES;
            case SET_FILE_DISPOSITION, PASS_THROUGH + FileInformation.DISPOSITION -> {
                request.operation = FileOperation.DELETE;
                request.value = octets.octet(data) & 1;
            }
            case SET_FILE_END_OF_FILE, PASS_THROUGH + FileInformation.END_OF_FILE -> {
                request.operation = FileOperation.TRUNCATE;
                request.value = octets.number64(data);
            }
            case SET_POSIX_UNLINK -> request.operation = FileOperation.DELETE;
            case PASS_THROUGH + FileInformation.RENAME -> target(request, FileOperation.RENAME);
            case PASS_THROUGH + FileInformation.LINK -> target(request, FileOperation.LINK);
            case SET_FILE_UNIX_LINK -> unixTarget(request, FileOperation.SYMLINK);
            case SET_FILE_UNIX_HLINK -> unixTarget(request, FileOperation.LINK);
            default -> { }
        }
    }

    /** FILE_RENAME_INFORMATION of SMB1 (MS-FSCC 2.4.42.1): a new name in the directory of the old one. */
    private void target(final SmbRequest request, final FileOperation operation) {
        request.operation = operation;
        SmbPath.read(request.secondPath, octets, data + NAME_OFFSET, octets.extent(data + NAME_LENGTH_OFFSET), true, false);
    }

    /** The path is the link that is made, the data what it leads to. */
    private void unixTarget(final SmbRequest request, final FileOperation operation) {
        request.operation = operation;
        message.path(request.secondPath, data, octets.length());
    }

    private void ntCreate(final SmbRequest request) {
        final SmbFile file = requests.opening(request);
        file.disposition = octets.number32(parameters + 28);
        file.options = octets.number32(parameters + 32);
        final int name = parameters + NT_CREATE_NAME + (message.isUnicode() ? 1 : 0);
        requests.named(file, name, octets.extent(parameters + 44), octets.number32(parameters + 4));
    }
}
