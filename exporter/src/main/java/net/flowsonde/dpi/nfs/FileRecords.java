package net.flowsonde.dpi.nfs;

import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileAccess.Name;
import net.flowsonde.dpi.FileAccessWriter;
import net.flowsonde.dpi.FileOperation;
import net.flowsonde.dpi.FileParties;
import net.flowsonde.dpi.FileProtocol;
import net.flowsonde.dpi.FileResult;
import net.flowsonde.dpi.Text;

/** Makes file access records of what NFS tells. Owned by one queue thread. */
final class FileRecords {
    private static final int PERMISSION = 1;
    private static final int NO_ENTRY = 2;
    private static final int ACCESS = 13;
    private static final int STALE = 70;
    private static final int BAD_HANDLE = 10_001;
    private static final int TRY_LATER = 10_008;
    private static final int GRACE = 10_013;
    private static final int WRONG_SECURITY = 10_016;

    private final FileAccessWriter writer;
    private final PathFinder paths;
    private final Text user = new Text(FileAccess.LONGEST_NAME);
    private final Text machine = new Text(FileAccess.LONGEST_NAME);
    private final Text share = new Text(FileAccess.LONGEST_NAME);
    private final Text otherShare = new Text(FileAccess.LONGEST_NAME);
    private final Text path = new Text(1 << 12);

    FileRecords(final FileAccessWriter writer, final PathFinder paths) {
        this.writer = writer;
        this.paths = paths;
    }

    /** The server asks the client to try again, which it does: no outcome to tell. */
    static boolean isPostponed(final int status) {
        return status == TRY_LATER || status == GRACE;
    }

    /** There is nothing to tell of what would have been read or looked up. */
    static boolean isSilent(final int status) {
        return isPostponed(status) || status == RpcMessage.UNANSWERED;
    }

    /** Begins the record of one operation that was answered with {@code status}. */
    FileRecords begin(final RpcMessage message, final FileOperation operation, final int status) {
        final PendingCall call = message.call();
        writer.begin(message.conversation().parties).times(call.startNs, message.timestampNs()).protocol(protocol(call))
            .operation(operation).status(status == RpcMessage.UNANSWERED ? 0 : status, result(status))
            .raise(status == RpcMessage.UNANSWERED ? FileAccess.FLAG_UNFINISHED : 0);
        user(call.credential);
        if (call.isRepeated) {
            writer.raise(FileAccess.FLAG_DUPLICATE);
        }
        return this;
    }

    /** The operation succeeded and said no. */
    FileRecords denied() {
        writer.status(0, FileResult.DENIED);
        return this;
    }

    FileRecords raise(final int flags) {
        writer.raise(flags);
        return this;
    }

    /** A handle's own path. */
    FileRecords path(final FileHandle handle) {
        return finish(paths.find(handle, share, path));
    }

    /** A name in a directory. */
    FileRecords path(final FileHandle directory, final NameBuffer name) {
        return finish(paths.find(directory, name, share, path));
    }

    /** An export as a whole. */
    FileRecords export(final NameBuffer name) {
        share.reset().appendUtf8(name.octets(), 0, name.length());
        path.reset().append("/");
        return finish(true);
    }

    private FileRecords finish(final boolean isWhole) {
        if (!isWhole) {
            writer.raise(FileAccess.FLAG_MIDSTREAM);
        }
        writer.name(Name.SHARE, share).path(path);
        return this;
    }

    FileRecords second(final FileHandle directory, final NameBuffer name) {
        paths.find(directory, name, otherShare, path);
        writer.secondPath(path);
        return this;
    }

    FileRecords second(final FileHandle handle) {
        paths.find(handle, otherShare, path);
        writer.secondPath(path);
        return this;
    }

    /** Where a symbolic link leads. */
    FileRecords target(final NameBuffer text) {
        path.reset().appendUtf8(text.octets(), 0, text.length());
        writer.secondPath(path);
        return this;
    }

    FileRecords read(final long octets, final int operations) {
        writer.read(octets, operations);
        return this;
    }

    FileRecords written(final long octets, final int operations) {
        writer.written(octets, operations);
        return this;
    }

    FileRecords sizes(final long before, final long after) {
        writer.sizes(before, after);
        return this;
    }

    void publish() {
        writer.publish();
    }

    /** A connection that goes on under TLS. */
    void encrypted(final FileParties parties, final long nowNs) {
        writer.begin(parties).times(nowNs, nowNs).protocol(FileProtocol.NFS).operation(FileOperation.ENCRYPTED)
            .status(0, FileResult.UNKNOWN).raise(FileAccess.FLAG_ENCRYPTED).publish();
    }

    /** The record of a file that is no longer in use. */
    void publish(final OpenFile file, final long endNs) {
        writer.begin(file.parties).times(file.startNs, endNs).protocol(file.protocol).operation(file.operation())
            .status(file.status, result(file.status)).read(file.readOctets, file.readOperations)
            .written(file.writeOctets, file.writeOperations).sizes(file.sizeAtOpen, file.sizeAtClose).raise(file.flags)
            .raise(file.conversation != null && file.conversation.gaps() != file.gaps ? FileAccess.FLAG_GAP : 0);
        user(file.credential);
        if (!file.name.isEmpty()) {
            path(file.directory, file.name);
        } else if (!file.handle.isNone()) {
            path(file.handle);
        }
        writer.publish();
    }

    private void user(final Credential credential) {
        writer.session(credential.userAndGroup(), credential.authentication());
        if (credential.hasUser()) {
            writer.name(Name.USER, user.reset().appendNumber(credential.userId()));
            machine.reset().appendUtf8(credential.machine().octets(), 0, credential.machine().length());
            writer.name(Name.WORKSTATION, machine);
        }
    }

    static FileProtocol protocol(final PendingCall call) {
        return switch (call.version) {
            case 1, 2 -> FileProtocol.NFS2;
            case 3 -> FileProtocol.NFS3;
            default -> switch (call.minorVersion) {
                case 0 -> FileProtocol.NFS4_0;
                case 1 -> FileProtocol.NFS4_1;
                case 2 -> FileProtocol.NFS4_2;
                default -> FileProtocol.NFS;
            };
        };
    }

    private static FileResult result(final int status) {
        if (status == RpcMessage.UNANSWERED) {
            return FileResult.UNKNOWN;
        }
        if ((status & RpcMessage.RPC_STATUS) != 0) {
            return (status & 0xFF00) == 0 ? FileResult.DENIED : FileResult.FAILED;
        }
        return switch (status) {
            case 0 -> FileResult.OK;
            case PERMISSION, ACCESS, WRONG_SECURITY -> FileResult.DENIED;
            case NO_ENTRY, STALE, BAD_HANDLE -> FileResult.NOT_FOUND;
            default -> FileResult.FAILED;
        };
    }
}
