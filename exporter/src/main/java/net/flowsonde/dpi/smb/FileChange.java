package net.flowsonde.dpi.smb;

import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileOperation;
import net.flowsonde.dpi.FileResult;

/** What a change that was asked for through an open file does to it, and whether it has a record of its own; the same in SMB1 and SMB2. */
final class FileChange {
    private FileChange() {
    }

    static void answered(
        final SmbRecords records, final SmbRequest request, final SmbFile file, final int status, final FileResult result,
        final long nowNs) {
        if (result != FileResult.OK) {
            final FileOperation wanted =
                request.operation == FileOperation.DELETE && file.isDirectory() ? FileOperation.RMDIR : request.operation;
            records.ofFile(file, wanted, request, status, result, nowNs);
            file.isTold = true;
            return;
        }
        switch (request.operation) {
            case DELETE -> file.isDeletePending = request.value != 0;
            case SET_ATTRIBUTES -> file.areAttributesSet = true;
            case TRUNCATE -> truncated(records, request, file, status, nowNs);
            case RENAME -> {
                told(records, request, file, status, nowNs);
                file.path.reset().append(request.secondPath);
            }
            default -> told(records, request, file, status, nowNs);
        }
    }

    /** Growing a file before it is written is a part of writing it. */
    private static void truncated(
        final SmbRecords records, final SmbRequest request, final SmbFile file, final int status, final long nowNs) {
        final long size = Math.max(file.size, file.writeOctets);
        if (file.size != FileAccess.UNKNOWN_SIZE && request.value >= size) {
            file.isExtended = true;
        } else {
            told(records, request, file, status, nowNs);
        }
    }

    private static void told(
        final SmbRecords records, final SmbRequest request, final SmbFile file, final int status, final long nowNs) {
        records.ofFile(file, request.operation, request, status, FileResult.OK, nowNs);
        file.isTold = true;
    }
}
