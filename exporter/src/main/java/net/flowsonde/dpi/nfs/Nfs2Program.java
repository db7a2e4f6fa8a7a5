package net.flowsonde.dpi.nfs;

import net.flowsonde.dpi.FileOperation;

/**
 * NFS version 2 (RFC 1094): handles of 32 octets, sizes of 32 bits, and results that are nothing but a status where something failed.
 * <pre>
 *  LOOKUP, CREATE, MKDIR reply  +--------+-------------+-----------------+
 *                               | status | handle (32) | attributes (68) |
 *                               +--------+-------------+-----------------+
 *  READ reply                   +--------+-----------------+--------+------
 *                               | status | attributes (68) | length | data
 *                               +--------+-----------------+--------+------
 * </pre>
 */
final class Nfs2Program implements RpcProgram {
    private static final int ATTRIBUTES_LENGTH = 68;
    private static final int OFFSET_OF_SIZE = 20;
    /** In settings: leave as it is. */
    private static final int UNCHANGED = -1;
    private static final int SETTINGS_BEFORE_SIZE = 12;
    private static final int TIMES_LENGTH = 16;
    private static final int LARGEST_DATA = 1 << 20;
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private static final int SETATTR = 2;
    private static final int LOOKUP = 4;
    private static final int READLINK = 5;
    private static final int READ = 6;
    private static final int WRITE = 8;
    private static final int CREATE = 9;
    private static final int REMOVE = 10;
    private static final int RENAME = 11;
    private static final int LINK = 12;
    private static final int SYMLINK = 13;
    private static final int MKDIR = 14;
    private static final int RMDIR = 15;
    private static final int READDIR = 16;

    @Override
    public void onCall(final XdrReader xdr, final RpcMessage message) {
        final CallDigest digest = message.call().digest;
        switch (message.call().procedure) {
            case READLINK, READ, READDIR -> putHandle(xdr, message);
            case LOOKUP, MKDIR, REMOVE, RMDIR -> putPlace(xdr, message);
            case CREATE -> {
                putPlace(xdr, message);
                xdr.skip(SETTINGS_BEFORE_SIZE);
                digest.putByte(NfsOperations.MAY_EXIST | (xdr.readInt() == 0 ? NfsOperations.EMPTIES : 0));
            }
            case RENAME -> {
                putPlace(xdr, message);
                putPlace(xdr, message);
            }
            case LINK -> {
                putHandle(xdr, message);
                putPlace(xdr, message);
            }
            case SYMLINK -> {
                putPlace(xdr, message);
                putName(xdr, message);
            }
            case SETATTR -> {
                putHandle(xdr, message);
                xdr.skip(SETTINGS_BEFORE_SIZE);
                final int size = xdr.readInt();
                NfsOperations.putSize(digest, size != UNCHANGED, size & UNSIGNED);
                xdr.skip(TIMES_LENGTH);
            }
            case WRITE -> {
                putHandle(xdr, message);
                xdr.skip(3 * Integer.BYTES);
                digest.putInt(xdr.readLength(LARGEST_DATA));
            }
            default -> { }
        }
        if (xdr.isWhole()) {
            message.finish();
        }
    }

    private static void putHandle(final XdrReader xdr, final RpcMessage message) {
        if (xdr.readFixed(MountProgram.HANDLE_LENGTH)) {
            final NfsState nfs = message.nfs();
            nfs.handles.key(message.conversation().parties, xdr.buffer(), xdr.itemOffset(), xdr.itemLength(), nfs.handle);
            message.call().digest.putHandle(nfs.handle);
        }
    }

    private static void putName(final XdrReader xdr, final RpcMessage message) {
        if (xdr.readOpaque(NameBuffer.LONGEST)) {
            message.call().digest.putName(xdr.buffer(), xdr.itemOffset(), xdr.itemLength());
        }
    }

    private static void putPlace(final XdrReader xdr, final RpcMessage message) {
        putHandle(xdr, message);
        putName(xdr, message);
    }

    @Override
    public void onReply(final XdrReader xdr, final RpcMessage message) {
        final int procedure = message.call().procedure;
        if (message.step() > 0) {
            readEntry(xdr, message);
            return;
        }
        final int status = xdr.readInt();
        if (!xdr.isWhole()) {
            return;
        }
        message.call().digest.rewind();
        switch (procedure) {
            case LOOKUP, CREATE, MKDIR -> onHandle(xdr, message, procedure, status);
            case READLINK -> onLinkRead(xdr, message, status);
            case READ -> onRead(xdr, message, status);
            case WRITE -> onWritten(xdr, message, status);
            case READDIR -> {
                message.step(1);
                if (status != 0) {
                    NfsOperations.onListed(message, message.call().digest.getHandle(message.nfs().handle), status, false);
                    message.finish();
                }
            }
            default -> onSimple(message, procedure, status);
        }
    }

    private static void onSimple(final RpcMessage message, final int procedure, final int status) {
        final NfsState nfs = message.nfs();
        final CallDigest digest = message.call().digest;
        switch (procedure) {
            case REMOVE, RMDIR -> NfsOperations.onRemoved(message, procedure == REMOVE ? FileOperation.DELETE : FileOperation.RMDIR,
                digest.getHandle(nfs.handle), digest.getName(nfs.name), status);
            case RENAME -> NfsOperations.onRenamed(message, digest.getHandle(nfs.handle), digest.getName(nfs.name),
                digest.getHandle(nfs.otherHandle), digest.getName(nfs.otherName), status);
            case LINK -> NfsOperations.onLinked(message, digest.getHandle(nfs.handle), digest.getHandle(nfs.otherHandle),
                digest.getName(nfs.name), status);
            case SYMLINK -> NfsOperations.onMade(message, FileOperation.SYMLINK, digest.getHandle(nfs.handle), digest.getName(nfs.name),
                status, nfs.nothing, digest.getName(nfs.otherName));
            case SETATTR -> NfsOperations.onAttributesSet(message, digest.getHandle(nfs.handle), NfsOperations.NO_SIZE, status);
            default -> { }
        }
        message.finish();
    }

    private static void onHandle(final XdrReader xdr, final RpcMessage message, final int procedure, final int status) {
        final NfsState nfs = message.nfs();
        final FileHandle found = nfs.otherHandle;
        found.clear();
        if (status == 0 && xdr.readFixed(MountProgram.HANDLE_LENGTH)) {
            nfs.handles.key(message.conversation().parties, xdr.buffer(), xdr.itemOffset(), xdr.itemLength(), found);
        }
        if (xdr.isWhole()) {
            onHandle(message, procedure, status, found);
            message.finish();
        }
    }

    private static void onHandle(final RpcMessage message, final int procedure, final int status, final FileHandle found) {
        final NfsState nfs = message.nfs();
        final CallDigest digest = message.call().digest;
        digest.getHandle(nfs.handle);
        digest.getName(nfs.name);
        switch (procedure) {
            case LOOKUP -> NfsOperations.onLookup(message, nfs.handle, nfs.name, status, found);
            case CREATE -> NfsOperations.onCreated(message, nfs.handle, nfs.name, digest.getByte(), status, found);
            default -> NfsOperations.onMade(message, FileOperation.MKDIR, nfs.handle, nfs.name, status, found, null);
        }
    }

    private static void onLinkRead(final XdrReader xdr, final RpcMessage message, final int status) {
        final NfsState nfs = message.nfs();
        nfs.name.clear();
        if (status == 0 && xdr.readOpaque(NameBuffer.LONGEST)) {
            nfs.name.set(xdr);
        }
        if (xdr.isWhole()) {
            NfsOperations.onLinkRead(message, message.call().digest.getHandle(nfs.handle), nfs.name, status);
            message.finish();
        }
    }

    private static void onRead(final XdrReader xdr, final RpcMessage message, final int status) {
        final long size = status == 0 ? readSize(xdr) : NfsOperations.NO_SIZE;
        final int octets = status == 0 ? xdr.readLength(LARGEST_DATA) : 0;
        if (xdr.isWhole()) {
            NfsOperations.onRead(message, message.call().digest.getHandle(message.nfs().handle), 0, status, octets, size);
            message.finish();
        }
    }

    /** The reply does not say how much was written: all of it, or it would be an error. */
    private static void onWritten(final XdrReader xdr, final RpcMessage message, final int status) {
        final long size = status == 0 ? readSize(xdr) : NfsOperations.NO_SIZE;
        if (xdr.isWhole()) {
            final CallDigest digest = message.call().digest;
            NfsOperations.onWritten(message, digest.getHandle(message.nfs().handle), 0, status, 0, Integer.toUnsignedLong(digest.getInt()), size);
            message.finish();
        }
    }

    private static long readSize(final XdrReader xdr) {
        xdr.skip(OFFSET_OF_SIZE);
        final long size = xdr.readInt() & UNSIGNED;
        xdr.skip(ATTRIBUTES_LENGTH - OFFSET_OF_SIZE - Integer.BYTES);
        return size;
    }

    private static void readEntry(final XdrReader xdr, final RpcMessage message) {
        if (xdr.readBoolean()) {
            xdr.skip(Integer.BYTES);
            xdr.readOpaque(NameBuffer.LONGEST);
            xdr.skip(Integer.BYTES);
            return;
        }
        final boolean isEnd = xdr.readBoolean();
        if (xdr.isWhole()) {
            message.call().digest.rewind();
            NfsOperations.onListed(message, message.call().digest.getHandle(message.nfs().handle), 0, isEnd);
            message.finish();
        }
    }

    @Override
    public void onRefusal(final RpcMessage message, final int status) {
        final NfsState nfs = message.nfs();
        final CallDigest digest = message.call().digest;
        final int procedure = message.call().procedure;
        switch (procedure) {
            case LOOKUP, CREATE, MKDIR -> onHandle(message, procedure, status, nfs.nothing);
            case READ -> NfsOperations.onRead(message, digest.getHandle(nfs.handle), 0, status, 0, NfsOperations.NO_SIZE);
            case WRITE -> NfsOperations.onWritten(message, digest.getHandle(nfs.handle), 0, status, 0, 0, NfsOperations.NO_SIZE);
            case READDIR -> NfsOperations.onListed(message, digest.getHandle(nfs.handle), status, false);
            case READLINK -> NfsOperations.onLinkRead(message, digest.getHandle(nfs.handle), nfs.name.clear(), status);
            default -> onSimple(message, procedure, status);
        }
    }
}
