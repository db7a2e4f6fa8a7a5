package net.flowsonde.dpi.nfs;

import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileOperation;

/** OPEN and CLOSE of version 4, between which lies one file access record. Owned by one queue thread. */
final class CompoundOpens {
    private static final int NO_DELEGATION_BECAUSE = 3;
    private static final XdrLayout REST = XdrLayout.of("4a");
    private static final XdrLayout CAUSE = XdrLayout.of("{1:4|2:4}");

    /**
     * The file is open; it is the current one now.
     * <pre>
     *  +------------------+--------+--------+-------+-------+--------+------------
     *  | state identifier | atomic | before | after | flags | a. set | delegation
     *  +------------------+--------+--------+-------+-------+--------+------------
     * </pre>
     */
    void onOpened(final XdrReader xdr, final RpcMessage message) {
        final long stateKey = CompoundArguments.readState(xdr, message);
        xdr.skip(Integer.BYTES);
        final long before = xdr.readLong();
        final long after = xdr.readLong();
        REST.skip(xdr);
        final long delegationKey = readDelegation(xdr, message);
        if (!xdr.isWhole()) {
            return;
        }
        final NfsState nfs = message.nfs();
        final CompoundState compound = message.compound;
        final int flags = readTarget(message);
        compound.stateKey = stateKey;
        compound.opened = null;
        final boolean isMade = (flags & CompoundArguments.CREATES_ONLY) != 0
            || (flags & CompoundArguments.CREATES) != 0 && before != after;
        final int outcome = isMade ? FileAccess.FLAG_CREATED
            : (flags & CompoundArguments.EMPTIES) != 0 ? FileAccess.FLAG_OVERWRITTEN : 0;
        if (!nfs.channels.isPassedOn(message, FileUse.OPENED, compound.current, stateKey, delegationKey, outcome)) {
            final OpenFile file = nfs.files.open(message, compound.current, stateKey);
            file.raise(outcome | NfsOperations.repeated(message));
            if (outcome == FileAccess.FLAG_OVERWRITTEN) {
                file.emptied();
            }
            nfs.files.delegate(file, delegationKey);
            compound.opened = stateKey == 0 ? null : file;
        }
    }

    /** Key of a delegation's state identifier, which stands first in it; 0 when there is none. */
    private static long readDelegation(final XdrReader xdr, final RpcMessage message) {
        final int type = xdr.readInt();
        if (type == NO_DELEGATION_BECAUSE) {
            CAUSE.skip(xdr);
            return 0;
        }
        final XdrLayout layout = Nfs4Layouts.delegation(type);
        if (layout == null) {
            return 0;
        }
        final long key = CompoundArguments.readState(xdr, message);
        layout.skip(xdr);
        return key;
    }

    /** Makes the file that an OPEN names the current one; the flags of {@link CompoundArguments}. */
    private static int readTarget(final RpcMessage message) {
        final NfsState nfs = message.nfs();
        final CallDigest digest = message.call().digest;
        final int flags = digest.getByte();
        if ((flags & CompoundArguments.HAS_NAME) != 0) {
            message.compound.foundByName(nfs.handles, digest.getName(nfs.name));
        }
        return flags;
    }

    void onRefused(final RpcMessage message, final int status) {
        if (FileRecords.isPostponed(status)) {
            return;
        }
        final NfsState nfs = message.nfs();
        final CallDigest digest = message.call().digest;
        final int flags = digest.getByte();
        final FileOperation operation = (flags & CompoundArguments.CREATES) != 0 ? FileOperation.CREATE : FileOperation.OPEN;
        nfs.records.begin(message, operation, status);
        if ((flags & CompoundArguments.HAS_NAME) != 0) {
            nfs.records.path(message.compound.current, digest.getName(nfs.name));
        } else {
            nfs.records.path(message.compound.current);
        }
        nfs.records.publish();
    }

    /** An open that was not seen began before the capture did: what it was used for since is told. */
    void onClosed(final RpcMessage message) {
        final NfsState nfs = message.nfs();
        final long key = message.call().digest.getLong();
        final long stateKey = key == 0 ? message.compound.stateKey : key;
        if (nfs.files.close(message, stateKey)
            || nfs.channels.isPassedOn(message, FileUse.CLOSED, message.compound.current, stateKey, 0, 0)) {
            return;
        }
        final OpenFile file = nfs.files.use(message, message.compound.current, stateKey);
        file.raise(FileAccess.FLAG_MIDSTREAM);
        nfs.files.closed(message, file);
    }
}
