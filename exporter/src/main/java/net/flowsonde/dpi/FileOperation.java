package net.flowsonde.dpi;

/** What was done to a file, a directory or a share. Codes are frozen. */
public enum FileOperation {
    OTHER(0, "other"),
    /** Opened and closed without anything that another code tells. */
    OPEN(1, "open"),
    READ(2, "read"),
    /** Written, and perhaps read too. */
    WRITE(3, "write"),
    /** The server made a new file; what was written to it while it was open is in the same record. */
    CREATE(4, "create"),
    DELETE(5, "delete"),
    RENAME(6, "rename"),
    /** A hard link. */
    LINK(7, "link"),
    SYMLINK(8, "symlink"),
    MKDIR(9, "mkdir"),
    RMDIR(10, "rmdir"),
    /** The size was set. */
    TRUNCATE(11, "truncate"),
    /** Times, mode, owner or extended attributes were set. */
    SET_ATTRIBUTES(12, "set-attributes"),
    /** Entries of a directory were read. */
    LIST(13, "list"),
    /** Copied by the server, without a read or a write of the client; the path is the source, the second path the target. */
    COPY(14, "copy"),
    LOGON(15, "logon"),
    LOGOFF(16, "logoff"),
    /** A share or an export was connected to. */
    MOUNT(17, "mount"),
    UNMOUNT(18, "unmount"),
    /** A device, socket or pipe was made. */
    MKNOD(19, "mknod"),
    /** A name was looked up; told only when that failed. */
    LOOKUP(20, "lookup"),
    /** A right was asked about; told only when it was denied. */
    ACCESS(21, "access"),
    /** Owner or access list was changed. */
    SET_SECURITY(22, "set-security"),
    LOCK(23, "lock"),
    /** A named pipe was used. */
    PIPE(24, "pipe"),
    PRINT(25, "print"),
    /** Something under encryption: only sizes can be seen. */
    ENCRYPTED(26, "encrypted"),
    READLINK(27, "readlink"),
    /** All or nearly all that was in a file was made a hole, or zeros, its size staying what it is. */
    ZERO(28, "zero");

    private final int code;
    private final String text;

    FileOperation(final int code, final String text) {
        this.code = code;
        this.text = text;
    }

    /** Value of the exported element. */
    public int code() {
        return code;
    }

    /** As a person writes it. */
    public String text() {
        return text;
    }

    /** The constant of a code; {@link #OTHER} for codes that are not known. */
    public static FileOperation of(final int code) {
        return code >= 0 && code < Codes.FILE_OPERATIONS.length ? Codes.FILE_OPERATIONS[code] : OTHER;
    }
}
