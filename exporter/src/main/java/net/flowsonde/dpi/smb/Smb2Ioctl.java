package net.flowsonde.dpi.smb;

import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileOperation;

/**
 * IOCTL (MS-SMB2 2.2.31, 2.2.32): copies that the server makes, links, what a file is zeroed by, and what goes through a pipe.
 * <pre>
 *   request  0      2          4          8          24             28            32
 *            +------+----------+----------+----------+--------------+-------------+--------
 *            |  57  | reserved | function |  FileId  | input offset | input count | ...
 *            +------+----------+----------+----------+--------------+-------------+--------
 *   response 0      2          4          8          24             28            32              36
 *            +------+----------+----------+----------+--------------+-------------+---------------+--------------+----
 *            |  49  | reserved | function |  FileId  | input offset | input count | output offset | output count | ...
 *            +------+----------+----------+----------+--------------+-------------+---------------+--------------+----
 * </pre>
 */
final class Smb2Ioctl {
    private static final int SRV_REQUEST_RESUME_KEY = 0x0014_0078;
    private static final int SRV_COPYCHUNK = 0x0014_40F2;
    private static final int SRV_COPYCHUNK_WRITE = 0x0014_80F2;
    private static final int DUPLICATE_EXTENTS_TO_FILE = 0x0009_8344;
    private static final int DUPLICATE_EXTENTS_TO_FILE_EX = 0x0009_83E8;
    private static final int SET_ZERO_DATA = 0x0009_80C8;
    private static final int SET_REPARSE_POINT = 0x0009_00A4;
    private static final int DFS_GET_REFERRALS = 0x0006_0194;
    private static final int DFS_GET_REFERRALS_EX = 0x0006_01B0;
    private static final int VALIDATE_NEGOTIATE_INFO = 0x0014_0204;
    private static final int QUERY_NETWORK_INTERFACE_INFO = 0x0014_01FC;
    private static final int PIPE_WAIT = 0x0011_0018;
    private static final int PIPE_TRANSCEIVE = 0x0011_C017;

    private static final int INPUT_COUNT = 28;
    private static final int OUTPUT_COUNT = 36;

    private static final int REPARSE_TAG_SYMLINK = 0xA000_000C;
    private static final int SYMLINK_SUBSTITUTE_OFFSET = 8;
    private static final int SYMLINK_SUBSTITUTE_LENGTH = 10;
    private static final int SYMLINK_PATHS = 20;
    private static final int TOTAL_BYTES_WRITTEN = 8;
    private static final int EX_HEADER = 8;

    private final SmbState state;

    Smb2Ioctl(final SmbState state) {
        this.state = state;
    }

    /** Functions that concern no file, whatever their FileId says, or a pipe, of which nothing is told when its opening was not seen. */
    static boolean isWithoutFile(final int function) {
        return switch (function) {
            case DFS_GET_REFERRALS, DFS_GET_REFERRALS_EX, VALIDATE_NEGOTIATE_INFO, QUERY_NETWORK_INTERFACE_INFO, PIPE_WAIT,
                PIPE_TRANSCEIVE -> true;
            default -> false;
        };
    }

    void onRequest(final Smb2Header header, final SmbRequest request, final SmbSession session) {
        final Octets octets = header.octets();
        final int input = header.start() + octets.extent(header.body() + 24);
        request.function = octets.number32(header.body() + 4);
        switch (request.function) {
            case SRV_COPYCHUNK, SRV_COPYCHUNK_WRITE -> {
                final SmbResumeKey key = state.resumeKeys.find(
                    octets.number64(input) ^ session.serial, octets.number64(input + 8), octets.number64(input + 16));
                source(request, key == null ? null : key.file());
            }
            case DUPLICATE_EXTENTS_TO_FILE -> duplicate(octets, input, request, session);
            case DUPLICATE_EXTENTS_TO_FILE_EX -> duplicate(octets, input + EX_HEADER, request, session);
            case SET_REPARSE_POINT -> symlink(octets, input, request);
            case SET_ZERO_DATA -> zero(octets, input, request);
            case PIPE_TRANSCEIVE -> request.value = octets.unsigned32(header.body() + INPUT_COUNT);
            default -> { }
        }
    }

    /** From an offset to another (MS-FSCC, FSCTL_SET_ZERO_DATA). What takes nearly all of the file has a record of its own, like a truncation. */
    private static void zero(final Octets octets, final int input, final SmbRequest request) {
        final SmbFile file = request.file();
        final long offset = octets.number64(input);
        if (file != null && FileAccess.isNearlyAll(offset, octets.number64(input + 8) - offset, file.size)) {
            request.operation = FileOperation.ZERO;
            request.value = file.size;
        }
    }

    private void duplicate(final Octets octets, final int input, final SmbRequest request, final SmbSession session) {
        source(request, state.files.find(session.serial, octets.number64(input), octets.number64(input + 8)));
        request.value = octets.number64(input + 32);
    }

    private static void source(final SmbRequest request, final SmbFile source) {
        request.operation = FileOperation.COPY;
        if (source == null || source.path.isEmpty()) {
            request.secondPath.reset().append("<unknown file>");
        } else {
            request.secondPath.reset().append(source.path);
            source.isTold = true;
        }
    }

    private static void symlink(final Octets octets, final int input, final SmbRequest request) {
        if (octets.number32(input) == REPARSE_TAG_SYMLINK) {
            request.operation = FileOperation.SYMLINK;
            octets.utf16(request.secondPath, input + SYMLINK_PATHS + octets.number16(input + SYMLINK_SUBSTITUTE_OFFSET),
                octets.number16(input + SYMLINK_SUBSTITUTE_LENGTH));
        }
    }

    /** A function was carried out on an open file. */
    void onDone(final Smb2Header header, final SmbRequest request, final SmbFile file) {
        final Octets octets = header.octets();
        final int output = header.start() + octets.extent(header.body() + 32);
        switch (request.function) {
            case SRV_REQUEST_RESUME_KEY -> resumeKey(octets, output, file);
            case SRV_COPYCHUNK, SRV_COPYCHUNK_WRITE -> copied(file, request, octets.unsigned32(output + TOTAL_BYTES_WRITTEN));
            case DUPLICATE_EXTENTS_TO_FILE, DUPLICATE_EXTENTS_TO_FILE_EX -> copied(file, request, request.value);
            case SET_ZERO_DATA -> file.isExtended = true;
            case PIPE_TRANSCEIVE -> {
                file.written(request.value);
                file.read(octets.unsigned32(header.body() + OUTPUT_COUNT));
            }
            default -> { }
        }
    }

    private void resumeKey(final Octets octets, final int output, final SmbFile file) {
        final SmbSession session = file.session();
        if (session != null && octets.has(output, 24)) {
            final long key0 = octets.number64(output) ^ session.serial;
            final SmbResumeKey known = state.resumeKeys.find(key0, octets.number64(output + 8), octets.number64(output + 16));
            final SmbResumeKey key =
                known == null ? state.resumeKeys.add(key0, octets.number64(output + 8), octets.number64(output + 16)) : known;
            key.file(file);
        }
    }

    private static void copied(final SmbFile file, final SmbRequest request, final long count) {
        if (file.copySource.isEmpty()) {
            file.copySource.append(request.secondPath);
        }
        file.written(count);
    }
}
