package net.flowsonde.dpi.nfs;

import net.flowsonde.dpi.FileOperation;

/**
 * Plays a compound of version 4 through with the results of its operations: what the current file is after each, and what was done to it.
 * Owned by one queue thread.
 */
final class CompoundResults {
    private static final int VERIFIER_LENGTH = 8;
    private static final int DIRECTORY = 2;
    private static final int SYMBOLIC_LINK = 5;

    private final Attributes4 attributes = new Attributes4();
    private final CompoundOpens opens = new CompoundOpens();

    /** Reads one piece; true when an operation ends with it. */
    boolean read(final XdrReader xdr, final RpcMessage message) {
        return switch (message.compound.next) {
            case OPERATION -> readOperation(xdr, message);
            case ENTRY -> readEntry(xdr, message);
            case CONTENT -> CompoundContents.readPart(xdr, message);
        };
    }

    private boolean readOperation(final XdrReader xdr, final RpcMessage message) {
        final int operation = xdr.readInt();
        final int status = xdr.readInt();
        if (!xdr.isWhole()) {
            return false;
        }
        final CallDigest digest = message.call().digest;
        if (digest.getByte() != operation || digest.isShort()) {
            message.compound.operationsLeft = 0;
            return false;
        }
        if (status != 0) {
            onFailure(message, operation, status);
            message.compound.operationsLeft = 0;
            return false;
        }
        return readResult(xdr, message, operation);
    }

    /** Results of success; false when the operation goes on in a further piece. */
    private boolean readResult(final XdrReader xdr, final RpcMessage message, final int operation) {
        switch (operation) {
            case Nfs4Operation.GETFH -> onHandle(xdr, message);
            case Nfs4Operation.GETATTR -> onAttributes(xdr, message);
            case Nfs4Operation.OPEN -> opens.onOpened(xdr, message);
            case Nfs4Operation.READ -> onRead(xdr, message);
            case Nfs4Operation.READLINK -> onLinkRead(xdr, message);
            case Nfs4Operation.READDIR -> {
                xdr.skip(VERIFIER_LENGTH);
                message.compound.next = xdr.isWhole() ? CompoundState.Next.ENTRY : message.compound.next;
                return false;
            }
            case Nfs4Operation.READ_PLUS -> {
                CompoundContents.onParts(xdr, message);
                return false;
            }
            case Nfs4Operation.WRITE -> onWritten(xdr, message);
            case Nfs4Operation.WRITE_SAME -> CompoundContents.onFilled(xdr, message);
            case Nfs4Operation.COPY -> CompoundContents.onCopied(xdr, message);
            case Nfs4Operation.GETXATTR -> CompoundContents.passOver(xdr, message);
            case Nfs4Operation.ACCESS -> onAccess(xdr, message);
            case Nfs4Operation.SEQUENCE -> onSequence(xdr, message);
            case Nfs4Operation.LAYOUTGET -> FileLayouts.onLayouts(xdr, message);
            default -> {
                Nfs4Layouts.results(operation).skip(xdr);
                if (xdr.isWhole()) {
                    onSuccess(message, operation);
                }
            }
        }
        return true;
    }

    /** Operations whose results say nothing more. */
    private void onSuccess(final RpcMessage message, final int operation) {
        final CompoundState compound = message.compound;
        final NfsState nfs = message.nfs();
        final CallDigest digest = message.call().digest;
        switch (operation) {
            case Nfs4Operation.PUTFH -> {
                digest.getHandle(compound.current);
                compound.found(false);
            }
            case Nfs4Operation.PUTROOTFH, Nfs4Operation.PUTPUBFH -> {
                nfs.handles.root(message.conversation().parties, compound.current);
                compound.found(operation == Nfs4Operation.PUTROOTFH);
            }
            case Nfs4Operation.LOOKUP -> compound.foundByName(nfs.handles, digest.getName(nfs.name));
            case Nfs4Operation.LOOKUPP -> {
                nfs.handles.parent(compound.current, compound.current);
                compound.found(false);
            }
            case Nfs4Operation.SAVEFH -> compound.saved.set(compound.current);
            case Nfs4Operation.RESTOREFH -> {
                compound.current.set(compound.saved);
                compound.found(false);
            }
            case Nfs4Operation.SECINFO, Nfs4Operation.SECINFO_NO_NAME -> compound.current.clear();
            case Nfs4Operation.CREATE -> {
                final FileOperation made = onMade(message, 0);
                compound.foundByName(nfs.handles, nfs.name);
                nfs.handles.learnPlace(compound.current, 0, made == FileOperation.MKDIR);
            }
            case Nfs4Operation.CLOSE -> opens.onClosed(message);
            case Nfs4Operation.COMMIT -> nfs.files.commit(message, compound.current);
            default -> onChange(message, operation, 0);
        }
    }

    /** Operations that change names or attributes, and leave the current file as it is. */
    private void onChange(final RpcMessage message, final int operation, final int status) {
        final CompoundState compound = message.compound;
        final NfsState nfs = message.nfs();
        final CallDigest digest = message.call().digest;
        switch (operation) {
            case Nfs4Operation.REMOVE -> onRemoved(message, status);
            case Nfs4Operation.RENAME -> NfsOperations.onRenamed(
                message, compound.saved, digest.getName(nfs.name), compound.current, digest.getName(nfs.otherName), status);
            case Nfs4Operation.LINK ->
                NfsOperations.onLinked(message, compound.saved, compound.current, digest.getName(nfs.name), status);
            case Nfs4Operation.SETATTR -> {
                digest.getLong();
                NfsOperations.onAttributesSet(message, compound.current, NfsOperations.NO_SIZE, status);
            }
            case Nfs4Operation.SETXATTR, Nfs4Operation.REMOVEXATTR ->
                NfsOperations.onChanged(message, FileOperation.SET_ATTRIBUTES, compound.current, status);
            case Nfs4Operation.CLONE ->
                NfsOperations.onCopied(message, compound.saved, compound.current, digest.getLong(), status);
            case Nfs4Operation.ALLOCATE, Nfs4Operation.DEALLOCATE -> CompoundContents.onSpace(message, operation, status);
            default -> { }
        }
    }

    private static void onRemoved(final RpcMessage message, final int status) {
        final NfsState nfs = message.nfs();
        message.call().digest.getName(nfs.name);
        nfs.handles.find(message.compound.current, nfs.name, nfs.child);
        final boolean isDirectory = nfs.handles.isDirectory(nfs.child);
        NfsOperations.onRemoved(
            message, isDirectory ? FileOperation.RMDIR : FileOperation.DELETE, message.compound.current, nfs.name, status);
    }

    /** Makes a record of CREATE, and leaves the name in the scratch; what was made. */
    private static FileOperation onMade(final RpcMessage message, final int status) {
        final NfsState nfs = message.nfs();
        final CallDigest digest = message.call().digest;
        final int type = digest.getByte();
        digest.getName(nfs.name);
        digest.getName(nfs.otherName);
        final FileOperation operation = type == DIRECTORY ? FileOperation.MKDIR
            : type == SYMBOLIC_LINK ? FileOperation.SYMLINK : FileOperation.MKNOD;
        NfsOperations.onMade(message, operation, message.compound.current, nfs.name, status, nfs.nothing,
            type == SYMBOLIC_LINK ? nfs.otherName : null);
        return operation;
    }

    private static void onHandle(final XdrReader xdr, final RpcMessage message) {
        if (!xdr.readOpaque(Handles.LONGEST_HANDLE)) {
            return;
        }
        final NfsState nfs = message.nfs();
        final CompoundState compound = message.compound;
        nfs.handles.key(message.conversation().parties, xdr.buffer(), xdr.itemOffset(), xdr.itemLength(), nfs.handle);
        if (nfs.handle.isNone()) {
            return;
        }
        if (compound.isRoot) {
            nfs.handles.learnRoot(message.conversation().parties, nfs.handle);
        } else if (compound.isNamed) {
            nfs.handles.learn(nfs.handle, compound.directory, compound.name);
        }
        if (compound.opened != null && compound.opened.stateKey == compound.stateKey) {
            nfs.files.identify(message, compound.opened, nfs.handle);
        }
        compound.current.set(nfs.handle);
    }

    private void onAttributes(final XdrReader xdr, final RpcMessage message) {
        attributes.read(xdr);
        if (!xdr.isWhole()) {
            return;
        }
        final NfsState nfs = message.nfs();
        final FileHandle current = message.compound.current;
        if (attributes.fileSystem() != 0 || attributes.isDirectory()) {
            nfs.handles.learnPlace(current, attributes.fileSystem(), attributes.isDirectory());
        }
        final OpenFile file = nfs.files.find(message, current, OpenFiles.USED);
        if (file != null && attributes.size() != NfsOperations.NO_SIZE) {
            file.size(attributes.size());
        }
    }

    private static void onLinkRead(final XdrReader xdr, final RpcMessage message) {
        final NfsState nfs = message.nfs();
        if (xdr.readOpaque(NameBuffer.LONGEST)) {
            nfs.name.set(xdr);
        }
        if (xdr.isWhole()) {
            NfsOperations.onLinkRead(message, message.compound.current, nfs.name, 0);
        }
    }

    private static void onRead(final XdrReader xdr, final RpcMessage message) {
        final boolean isEnd = xdr.readBoolean();
        final int length = xdr.readLength(RpcHeaders.LONGEST_RECORD);
        if (xdr.isWhole()) {
            message.skip(length + XdrReader.padding(length));
            final long stateKey = stateKey(message);
            final CallDigest digest = message.call().digest;
            final long offset = digest.getLong();
            final long size = NfsOperations.sizeRead(isEnd && !digest.isShort(), offset, offset + length);
            NfsOperations.onRead(message, message.compound.current, stateKey, 0, length, size);
        }
    }

    /** Key of the state identifier of the call; one of zeros refers to that of an operation before it. */
    static long stateKey(final RpcMessage message) {
        final long key = message.call().digest.getLong();
        return key == 0 ? message.compound.stateKey : key;
    }

    private static void onWritten(final XdrReader xdr, final RpcMessage message) {
        final long octets = Integer.toUnsignedLong(xdr.readInt());
        xdr.skip(Integer.BYTES + VERIFIER_LENGTH);
        if (xdr.isWhole()) {
            final long stateKey = stateKey(message);
            final long offset = message.call().digest.getLong();
            NfsOperations.onWritten(message, message.compound.current, stateKey, 0, offset, octets, NfsOperations.NO_SIZE);
        }
    }

    private static void onAccess(final XdrReader xdr, final RpcMessage message) {
        xdr.readInt();
        final int granted = xdr.readInt();
        if (xdr.isWhole()) {
            NfsOperations.onAccess(message, message.compound.current, message.call().digest.getInt(), granted, 0);
        }
    }

    /** The same slot and sequence number answered twice is one execution, whatever the XIDs (RFC 8881, 2.10.6.1). */
    private static void onSequence(final XdrReader xdr, final RpcMessage message) {
        final long high = xdr.readLong();
        final long low = xdr.readLong();
        final int sequence = xdr.readInt();
        final int slot = xdr.readInt();
        xdr.skip(3 * Integer.BYTES);
        if (xdr.isWhole()) {
            final HandleHash hash = message.nfs().handles.hash();
            final long key = hash.key(hash.key(high, low), hash.key(sequence, slot));
            final NfsState nfs = message.nfs();
            if (!nfs.calls.isFirst(key, message.timestampNs()) || !nfs.channels.isFirst(key)) {
                message.compound.operationsLeft = 0;
            }
        }
    }

    private boolean readEntry(final XdrReader xdr, final RpcMessage message) {
        final NfsState nfs = message.nfs();
        final CompoundState compound = message.compound;
        if (!xdr.readBoolean()) {
            final boolean isEnd = xdr.readBoolean();
            if (xdr.isWhole()) {
                NfsOperations.onListed(message, compound.current, 0, isEnd);
                nfs.handles.learnPlace(compound.current, 0, true);
                compound.next = CompoundState.Next.OPERATION;
            }
            return true;
        }
        xdr.skip(Long.BYTES);
        if (xdr.readOpaque(NameBuffer.LONGEST)) {
            nfs.name.set(xdr);
        }
        attributes.read(xdr);
        if (xdr.isWhole() && attributes.handleLength() > 0) {
            nfs.handles.key(message.conversation().parties, xdr.buffer(), attributes.handleOffset(), attributes.handleLength(), nfs.handle);
            nfs.handles.learnListed(nfs.handle, compound.current, nfs.name);
            nfs.handles.learnPlace(nfs.handle, attributes.fileSystem(), attributes.isDirectory());
        }
        return false;
    }

    private void onFailure(final RpcMessage message, final int operation, final int status) {
        final CompoundState compound = message.compound;
        final NfsState nfs = message.nfs();
        switch (operation) {
            case Nfs4Operation.LOOKUP ->
                NfsOperations.onLookup(message, compound.current, message.call().digest.getName(nfs.name), status, nfs.nothing);
            case Nfs4Operation.OPEN -> opens.onRefused(message, status);
            case Nfs4Operation.CREATE -> onMade(message, status);
            case Nfs4Operation.READ, Nfs4Operation.READ_PLUS ->
                NfsOperations.onRead(message, compound.current, 0, status, 0, NfsOperations.NO_SIZE);
            case Nfs4Operation.WRITE, Nfs4Operation.WRITE_SAME ->
                NfsOperations.onWritten(message, compound.current, 0, status, 0, 0, NfsOperations.NO_SIZE);
            case Nfs4Operation.READDIR -> NfsOperations.onListed(message, compound.current, status, false);
            case Nfs4Operation.READLINK -> NfsOperations.onLinkRead(message, compound.current, nfs.name.clear(), status);
            case Nfs4Operation.ACCESS -> NfsOperations.onAccess(message, compound.current, 0, 0, status);
            case Nfs4Operation.COPY -> NfsOperations.onCopied(message, compound.saved, compound.current, 0, status);
            default -> onChange(message, operation, status);
        }
    }

    /** The whole call was refused: the files that its operations name are found as if they had gone well, and the first change fails. */
    void refuse(final RpcMessage message, final int status) {
        final CompoundState compound = message.compound;
        final CallDigest digest = message.call().digest;
        while (!digest.isAtEnd() && !digest.isShort()) {
            final int operation = digest.getByte();
            switch (operation) {
                case Nfs4Operation.PUTFH, Nfs4Operation.PUTROOTFH, Nfs4Operation.LOOKUP, Nfs4Operation.SAVEFH, Nfs4Operation.RESTOREFH ->
                    onSuccess(message, operation);
                case Nfs4Operation.SEQUENCE, Nfs4Operation.GETATTR, Nfs4Operation.GETFH -> compound.opened = null;
                default -> {
                    onFailure(message, operation, status);
                    return;
                }
            }
        }
    }
}
