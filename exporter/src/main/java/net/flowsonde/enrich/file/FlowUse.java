package net.flowsonde.enrich.file;

import net.flowsonde.dpi.FileOperation;

/**
 * What a flow was used for, as far as files go: who, the path that matters most, and how many files were read, written, created, renamed
 * and deleted since the flow's last record.
 */
public final class FlowUse {
    /** Paths of what changes most matter most. */
    private static final int[] WEIGHTS = new int[256];

    static {
        weigh(1, FileOperation.OPEN, FileOperation.LIST, FileOperation.LOOKUP, FileOperation.ACCESS);
        weigh(2, FileOperation.READ, FileOperation.READLINK);
        weigh(3, FileOperation.SET_ATTRIBUTES, FileOperation.SET_SECURITY, FileOperation.MKDIR, FileOperation.SYMLINK, FileOperation.LINK);
        weigh(4, FileOperation.WRITE, FileOperation.CREATE, FileOperation.COPY);
        weigh(5, FileOperation.RENAME, FileOperation.TRUNCATE, FileOperation.ZERO);
        weigh(6, FileOperation.DELETE, FileOperation.RMDIR);
    }

    private String user = "";
    private String domain = "";
    private UserSource userSource = UserSource.NONE;
    private String path = "";
    private FileOperation operation = FileOperation.OTHER;
    private long pathOctets;
    private long filesRead;
    private long filesWritten;
    private long filesCreated;
    private long filesRenamed;
    private long filesDeleted;

    private static void weigh(final int weight, final FileOperation... operations) {
        for (final FileOperation operation : operations) {
            WEIGHTS[operation.code()] = weight;
        }
    }

    public String user() {
        return user;
    }

    public String domain() {
        return domain;
    }

    public UserSource userSource() {
        return userSource;
    }

    /** Share and path, empty when no file was touched. */
    public String path() {
        return path;
    }

    /** What was done to {@link #path()}. */
    public FileOperation operation() {
        return operation;
    }

    public long filesRead() {
        return filesRead;
    }

    public long filesWritten() {
        return filesWritten;
    }

    public long filesCreated() {
        return filesCreated;
    }

    public long filesRenamed() {
        return filesRenamed;
    }

    public long filesDeleted() {
        return filesDeleted;
    }

    void user(final String name, final String itsDomain, final UserSource source) {
        user = name;
        domain = itsDomain;
        userSource = source;
    }

    /** @param fullPath  share and path as they are exported */
    void add(final FileEvent event, final String fullPath) {
        if (event.operation() == FileOperation.PIPE) {
            return;
        }
        if (event.isOk()) {
            filesRead += event.readOctets() > 0 ? 1 : 0;
            filesWritten += event.writeOctets() > 0 ? 1 : 0;
            filesCreated += event.isCreation() ? 1 : 0;
            filesRenamed += event.operation() == FileOperation.RENAME ? 1 : 0;
            filesDeleted += event.isDeletion() ? 1 : 0;
        }
        final long octets = event.readOctets() + event.writeOctets();
        final int weight = WEIGHTS[event.operation().code()];
        if (!event.path().isEmpty() && (path.isEmpty() || weight > WEIGHTS[operation.code()]
            || weight == WEIGHTS[operation.code()] && octets > pathOctets)) {
            path = fullPath;
            operation = event.operation();
            pathOctets = octets;
        }
    }

    /** The flow's record has been exported: counts and path begin anew, the user stays. */
    void startNextRecord() {
        path = "";
        operation = FileOperation.OTHER;
        pathOctets = 0;
        filesRead = 0;
        filesWritten = 0;
        filesCreated = 0;
        filesRenamed = 0;
        filesDeleted = 0;
    }
}
