package net.flowsonde.dpi.nfs;

import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileOperation;
import net.flowsonde.telemetry.Counter;

/**
 * What an answered operation means, whatever its version: for the names of handles, for the files in use, for the records. A status of 0
 * is success. Owned by one queue thread.
 */
final class NfsOperations {
    private static final int NO_ENTRY = 2;
    /** READ, LOOKUP, MODIFY and EXTEND (RFC 1813, 3.3.4). */
    private static final int RIGHTS = 0x0F;
    /** How a file is made: one that is there already is taken. */
    static final int MAY_EXIST = 1;
    /** The same: its size is set to zero. */
    static final int EMPTIES = 1 << 1;
    /** A size that a reply does not tell. */
    static final long NO_SIZE = FileAccess.UNKNOWN_SIZE;
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private NfsOperations() {
    }

    /** A name was looked up, with which a new use of the file begins. That it is not there is not worth a record: every creation begins with that. */
    static void onLookup(
        final RpcMessage message, final FileHandle directory, final NameBuffer name, final int status, final FileHandle found) {
        final NfsState nfs = message.nfs();
        if (status == 0) {
            nfs.files.renew(message, found);
            nfs.handles.learn(found, directory, name);
        } else if (status == NO_ENTRY) {
            nfs.counters.increment(Counter.NFS_LOOKUPS_IN_VAIN);
        } else if (status != RpcMessage.UNANSWERED) {
            tell(message, FileOperation.LOOKUP, status, directory, name, 0);
        }
    }

    /**
     * A regular file was made, or one that was there was taken for it, which replies do not tell: it has the handle by which it was known
     * before. What is written to it now belongs to the same record.
     *
     * @param how   {@link #MAY_EXIST}, {@link #EMPTIES}
     * @param made  none when the reply does not tell
     */
    static void onCreated(
        final RpcMessage message, final FileHandle directory, final NameBuffer name, final int how, final int status, final FileHandle made) {
        final NfsState nfs = message.nfs();
        if (status != 0) {
            tell(message, FileOperation.CREATE, status, directory, name, 0);
            return;
        }
        final boolean wasThere = (how & MAY_EXIST) != 0 && isKnown(nfs, directory, name, made);
        nfs.handles.learn(made, directory, name);
        final FileHandle handle = nfs.child;
        handle.set(made);
        if (made.isNone()) {
            nfs.handles.child(directory, name, handle);
        }
        nfs.files.settle(message, handle);
        final OpenFile file = nfs.files.use(message, handle, OpenFiles.USED);
        file.raise(repeated(message));
        if (!wasThere) {
            file.raise(FileAccess.FLAG_CREATED);
        } else if ((how & EMPTIES) != 0) {
            file.emptied();
        }
    }

    private static boolean isKnown(final NfsState nfs, final FileHandle directory, final NameBuffer name, final FileHandle handle) {
        nfs.handles.find(directory, name, nfs.child);
        return !handle.isNone() && nfs.child.is(handle);
    }

    /** Something else than a regular file was made: a directory, a device, a symbolic link (which leads to {@code target}). */
    static void onMade(
        final RpcMessage message, final FileOperation operation, final FileHandle directory, final NameBuffer name, final int status,
        final FileHandle made, final NameBuffer target) {
        final NfsState nfs = message.nfs();
        if (status == 0) {
            nfs.handles.learn(made, directory, name);
        }
        if (!FileRecords.isPostponed(status)) {
            nfs.records.begin(message, operation, status).path(directory, name);
            if (operation == FileOperation.MKDIR) {
                nfs.records.raise(FileAccess.FLAG_DIRECTORY);
            }
            if (target != null) {
                nfs.records.target(target);
            }
            nfs.records.publish();
        }
    }

    /** A name was removed. */
    static void onRemoved(
        final RpcMessage message, final FileOperation operation, final FileHandle directory, final NameBuffer name, final int status) {
        final NfsState nfs = message.nfs();
        if (status == 0) {
            nfs.handles.find(directory, name, nfs.child);
            nfs.files.settle(message, nfs.child);
        }
        final int flags = operation == FileOperation.RMDIR ? FileAccess.FLAG_DIRECTORY : name.isSilly() ? FileAccess.FLAG_SILLY_RENAME : 0;
        tell(message, operation, status, directory, name, flags);
        if (status == 0) {
            nfs.handles.remove(directory, name);
        }
    }

    /** A name has become another. A file that is removed while it is open gets a silly name, which is really its removal. */
    static void onRenamed(
        final RpcMessage message, final FileHandle directory, final NameBuffer name, final FileHandle newDirectory,
        final NameBuffer newName, final int status) {
        if (FileRecords.isPostponed(status)) {
            return;
        }
        final NfsState nfs = message.nfs();
        if (status == 0) {
            nfs.handles.find(directory, name, nfs.child);
            nfs.files.settle(message, nfs.child);
        }
        final boolean isSilly = newName.isSilly() && !name.isSilly();
        nfs.records.begin(message, isSilly ? FileOperation.DELETE : FileOperation.RENAME, status)
            .raise(isSilly ? FileAccess.FLAG_SILLY_RENAME : 0).path(directory, name).second(newDirectory, newName).publish();
        if (status == 0) {
            nfs.handles.rename(directory, name, newDirectory, newName);
        }
    }

    /** A file got a second name. */
    static void onLinked(
        final RpcMessage message, final FileHandle file, final FileHandle directory, final NameBuffer name, final int status) {
        if (!FileRecords.isPostponed(status)) {
            message.nfs().records.begin(message, FileOperation.LINK, status).path(file).second(directory, name).publish();
        }
    }

    /** It was asked where a symbolic link leads; {@code target} is empty when that was not told. */
    static void onLinkRead(final RpcMessage message, final FileHandle link, final NameBuffer target, final int status) {
        if (!FileRecords.isSilent(status)) {
            message.nfs().records.begin(message, FileOperation.READLINK, status).path(link).target(target).publish();
        }
    }

    /** The server copied from one file to another. */
    static void onCopied(
        final RpcMessage message, final FileHandle from, final FileHandle to, final long octets, final int status) {
        if (!FileRecords.isPostponed(status)) {
            message.nfs().records.begin(message, FileOperation.COPY, status).path(from).second(to).written(octets, 1).publish();
        }
    }

    /** Leaves with a call whether it sets a size, and which. */
    static void putSize(final CallDigest digest, final boolean isSized, final long size) {
        digest.putByte(isSized ? 1 : 0);
        if (isSized) {
            digest.putLong(size);
        }
    }

    /**
     * Attributes were set. The size among them is a truncation.
     *
     * @param before  the size before; {@link #NO_SIZE} when not told
     */
    static void onAttributesSet(final RpcMessage message, final FileHandle handle, final long before, final int status) {
        final NfsState nfs = message.nfs();
        final boolean isSized = message.call().digest.getByte() != 0;
        final long size = isSized ? message.call().digest.getLong() : NO_SIZE;
        if (FileRecords.isPostponed(status)) {
            return;
        }
        if (!isSized) {
            onChanged(message, FileOperation.SET_ATTRIBUTES, handle, status);
            return;
        }
        nfs.records.begin(message, FileOperation.TRUNCATE, status).sizes(before, status == 0 ? size : NO_SIZE).path(handle).publish();
        final OpenFile file = status == 0 ? nfs.files.find(message, handle, OpenFiles.USED) : null;
        if (file != null) {
            file.resized(before, size);
        }
    }

    /** Something of a file was changed that no other operation tells. */
    static void onChanged(final RpcMessage message, final FileOperation operation, final FileHandle handle, final int status) {
        if (!FileRecords.isPostponed(status)) {
            message.nfs().records.begin(message, operation, status).path(handle).publish();
        }
    }

    /** The size of a file that was read from {@code offset} to {@code end}, its own end if {@code isEnd}; {@link #NO_SIZE} when that does not tell. */
    static long sizeRead(final boolean isEnd, final long offset, final long end) {
        return isEnd && offset >= 0 && (end > offset || end == 0) ? end : NO_SIZE;
    }

    /** Octets were read; {@code stateKey} is 0 in versions that have none. */
    static void onRead(
        final RpcMessage message, final FileHandle handle, final long stateKey, final int status, final int octets, final long size) {
        if (status == 0 && isElsewhere(message, FileUse.READ, handle, stateKey, octets & UNSIGNED, size, 0)) {
            return;
        }
        final OpenFile file = used(message, FileOperation.READ, handle, stateKey, status);
        if (file != null) {
            file.read(octets & UNSIGNED, size);
        }
    }

    /**
     * Octets were written, as many as the server says.
     *
     * @param offset  where they went
     * @param size    the file's now; {@link #NO_SIZE} when not told
     */
    static void onWritten(
        final RpcMessage message, final FileHandle handle, final long stateKey, final int status, final long offset, final long octets,
        final long size) {
        final long end = offset + octets;
        if (status == 0 && isElsewhere(message, FileUse.WRITTEN, handle, stateKey, octets, size, end)) {
            return;
        }
        final OpenFile file = used(message, FileOperation.WRITE, handle, stateKey, status);
        if (file != null) {
            file.written(octets, size, end);
        }
    }

    /**
     * What was in a part of a file is gone, a hole that reads as zeros in its place (RFC 7862, 15.4). One that takes all or nearly all of it
     * has a record of its own; others are part of how the file was used.
     */
    static void onZeroed(
        final RpcMessage message, final FileHandle handle, final long stateKey, final int status, final long offset, final long length) {
        if (status != 0) {
            onChanged(message, FileOperation.ZERO, handle, status);
            return;
        }
        final NfsState nfs = message.nfs();
        final OpenFile file = nfs.files.find(message, handle, OpenFiles.USED);
        final long size = file == null ? NO_SIZE : file.sizeAtClose;
        if (FileAccess.isNearlyAll(offset, length, size)) {
            nfs.records.begin(message, FileOperation.ZERO, status).sizes(size, size).path(handle).publish();
        } else {
            onWritten(message, handle, stateKey, status, offset, 0, NO_SIZE);
        }
    }

    /** Another queue keeps the file, and has been told. */
    private static boolean isElsewhere(
        final RpcMessage message, final int type, final FileHandle handle, final long stateKey, final long octets, final long size,
        final long end) {
        return message.nfs().channels.isPassedOn(message, type, handle, stateKey, octets, size, end);
    }

    /** The file at hand when the operation succeeded; else tells the failure, by itself where there is no file yet. */
    private static OpenFile used(
        final RpcMessage message, final FileOperation operation, final FileHandle handle, final long stateKey, final int status) {
        final NfsState nfs = message.nfs();
        if (status == 0) {
            final OpenFile file = nfs.files.use(message, handle, stateKey);
            file.raise(repeated(message));
            return file;
        }
        if (FileRecords.isSilent(status)) {
            return null;
        }
        final OpenFile file = nfs.files.find(message, handle, OpenFiles.USED);
        if (file != null) {
            file.status = status;
        } else {
            nfs.records.begin(message, operation, status).path(handle).publish();
        }
        return null;
    }

    /** Part of a directory was read, its last one when {@code isEnd}. */
    static void onListed(final RpcMessage message, final FileHandle directory, final int status, final boolean isEnd) {
        final NfsState nfs = message.nfs();
        if (status != 0) {
            if (!FileRecords.isSilent(status)) {
                nfs.records.begin(message, FileOperation.LIST, status).raise(FileAccess.FLAG_DIRECTORY).path(directory).publish();
            }
            return;
        }
        if (isElsewhere(message, isEnd ? FileUse.LISTED_TO_END : FileUse.LISTED, directory, 0, 0, NO_SIZE, 0)) {
            return;
        }
        final OpenFile file = nfs.files.use(message, directory, OpenFiles.LISTED);
        file.raise(repeated(message));
        file.listed();
        if (isEnd) {
            nfs.files.ended(file, message.timestampNs());
        }
    }

    /** Every right that was asked for, but those to execute and to delete, was denied. */
    static void onAccess(final RpcMessage message, final FileHandle handle, final int asked, final int granted, final int status) {
        if (status != 0 && !FileRecords.isSilent(status)) {
            message.nfs().records.begin(message, FileOperation.ACCESS, status).path(handle).publish();
        } else if (status == 0 && (asked & RIGHTS) != 0 && (granted & asked & RIGHTS) == 0) {
            message.nfs().records.begin(message, FileOperation.ACCESS, status).denied().path(handle).publish();
        }
    }

    private static void tell(
        final RpcMessage message, final FileOperation operation, final int status, final FileHandle directory, final NameBuffer name,
        final int flags) {
        if (!FileRecords.isPostponed(status)) {
            message.nfs().records.begin(message, operation, status).raise(flags).path(directory, name).publish();
        }
    }

    /** The flag of a call that came more than once. */
    static int repeated(final RpcMessage message) {
        return message.call().isRepeated ? FileAccess.FLAG_DUPLICATE : 0;
    }
}
