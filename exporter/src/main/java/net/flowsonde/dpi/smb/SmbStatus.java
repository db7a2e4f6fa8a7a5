package net.flowsonde.dpi.smb;

import net.flowsonde.dpi.FileResult;

/** What an NTSTATUS (MS-ERREF 2.3), or the error class and code of old SMB1 servers (MS-CIFS 2.2.2.4), means for a file. */
final class SmbStatus {
    static final int SUCCESS = 0;
    static final int PENDING = 0x0000_0103;
    static final int MORE_PROCESSING_REQUIRED = 0xC000_0016;
    private static final int FILE_CLOSED = 0xC000_0128;
    private static final int INVALID_HANDLE = 0xC000_0008;
    /** STATUS_SMB_BAD_FID, which is ERRDOS and ERRbadfid of old too. */

    private static final int BAD_FID = 0x0006_0001;

    private static final int SEVERITY_ERROR = 3;
    private static final int CLASS_DOS = 1;
    private static final int CLASS_SERVER = 2;

    private SmbStatus() {
    }

    /** Success, or a warning with which the operation was done all the same. */
    static boolean isDone(final int status) {
        return status >>> 30 != SEVERITY_ERROR;
    }

    /** The server does not know the open file that it was asked about. */
    static boolean isUnknownHandle(final int status) {
        return status == INVALID_HANDLE || status == FILE_CLOSED || status == BAD_FID;
    }

    /**
     * Of SMB1.
     *
     * @param isNtStatus  it is meant to be an NTSTATUS; some of these are an error class and a code all the same (MS-CIFS 2.2.2.4)
     */
    static FileResult result(final int status, final boolean isNtStatus) {
        final boolean isOldStatus = status >>> 30 == 0 && status >>> 16 != 0;
        return isNtStatus && !isOldStatus ? result(status) : dosResult(status);
    }

    static FileResult result(final int status) {
        if (isDone(status)) {
            return FileResult.OK;
        }
        return switch (status) {
            case 0xC000_0022, 0xC000_0061, 0xC000_0064, 0xC000_006A, 0xC000_006C, 0xC000_006D, 0xC000_006E, 0xC000_006F, 0xC000_0070,
                0xC000_0071, 0xC000_0072, 0xC000_00A2, 0xC000_00CA, 0xC000_0121, 0xC000_015B, 0xC000_018B, 0xC000_018D, 0xC000_0192,
                0xC000_0193, 0xC000_0224, 0xC000_0234, 0xC000_0413 -> FileResult.DENIED;
            case 0xC000_000E, 0xC000_000F, 0xC000_0034, 0xC000_003A, 0xC000_00CC, 0xC000_00BE, 0xC000_0225, 0xC000_0257 ->
                FileResult.NOT_FOUND;
            default -> FileResult.FAILED;
        };
    }

    /** @param status  error class in the lowest octet, error code in the highest two */
    private static FileResult dosResult(final int status) {
        final int code = status >>> 16;
        if ((status & 0xFF) == CLASS_DOS) {
            return switch (code) {
                case 2, 3, 18 -> FileResult.NOT_FOUND;
                case 5, 65 -> FileResult.DENIED;
                default -> FileResult.FAILED;
            };
        }
        if ((status & 0xFF) == CLASS_SERVER) {
            return switch (code) {
                case 2, 4, 2239, 2240, 2241, 2242 -> FileResult.DENIED;
                case 6, 7 -> FileResult.NOT_FOUND;
                default -> FileResult.FAILED;
            };
        }
        return status == 0 ? FileResult.OK : FileResult.FAILED;
    }
}
