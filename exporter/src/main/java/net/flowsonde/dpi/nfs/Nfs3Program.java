package net.flowsonde.dpi.nfs;

import net.flowsonde.dpi.FileOperation;

/**
 * NFS version 3 (RFC 1813). Every procedure works on a handle, most on a name in it; a reply begins with its status.
 * <pre>
 *  LOOKUP, REMOVE, ...  call  +--------+------+      LOOKUP reply  +--------+--------+------------+-----------
 *                             | handle | name |                    | status | handle | attributes | ...
 *                             +--------+------+                    +--------+--------+------------+-----------
 *  WRITE call  +--------+--------+-------+--------+--------+------     READ reply  +--------+------------+-------+-----+--------+------
 *              | handle | offset | count | stable | length | data                  | status | attributes | count | end | length | data
 *              +--------+--------+-------+--------+--------+------                 +--------+------------+-------+-----+--------+------
 * </pre>
 */
final class Nfs3Program implements RpcProgram {
    private static final int LONGEST_HANDLE = 64;
    private static final int ATTRIBUTES_LENGTH = 84;
    private static final int OFFSET_OF_SIZE = 20;
    private static final int BEFORE_LENGTH = 24;
    private static final int VERIFIER_LENGTH = 8;
    private static final int UNCHECKED = 0;

    private static final int SETATTR = 2;
    private static final int LOOKUP = 3;
    private static final int ACCESS = 4;
    private static final int READLINK = 5;
    private static final int READ = 6;
    private static final int WRITE = 7;
    private static final int CREATE = 8;
    private static final int MKDIR = 9;
    private static final int SYMLINK = 10;
    private static final int MKNOD = 11;
    private static final int REMOVE = 12;
    private static final int RMDIR = 13;
    private static final int RENAME = 14;
    private static final int LINK = 15;
    private static final int READDIR = 16;
    private static final int READDIRPLUS = 17;
    private static final int COMMIT = 21;

    private final Settings3 settings = new Settings3();

    @Override
    public void onCall(final XdrReader xdr, final RpcMessage message) {
        switch (message.call().procedure) {
            case READLINK, READDIR, READDIRPLUS, COMMIT -> putHandle(xdr, message);
            case READ, WRITE -> {
                putHandle(xdr, message);
                message.call().digest.putLong(xdr.readLong());
            }
            case LOOKUP, MKDIR, MKNOD, REMOVE, RMDIR -> putPlace(xdr, message);
            case CREATE -> {
                putPlace(xdr, message);
                message.call().digest.putByte(readHow(xdr));
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
                settings.read(xdr);
                putName(xdr, message);
            }
            case SETATTR -> {
                putHandle(xdr, message);
                settings.read(xdr);
                NfsOperations.putSize(message.call().digest, settings.isSized(), settings.size());
            }
            case ACCESS -> {
                putHandle(xdr, message);
                message.call().digest.putInt(xdr.readInt());
            }
            default -> { }
        }
        if (xdr.isWhole()) {
            message.finish();
        }
    }

    private static void putHandle(final XdrReader xdr, final RpcMessage message) {
        if (xdr.readOpaque(LONGEST_HANDLE)) {
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

    /** How a file is made. One that must not be there, or that a verifier is given for, is new when that goes well. */
    private int readHow(final XdrReader xdr) {
        if (xdr.readInt() != UNCHECKED) {
            return 0;
        }
        settings.read(xdr);
        return NfsOperations.MAY_EXIST | (settings.isSized() && settings.size() == 0 ? NfsOperations.EMPTIES : 0);
    }

    @Override
    public void onReply(final XdrReader xdr, final RpcMessage message) {
        final int procedure = message.call().procedure;
        if (message.step() > 0) {
            readEntry(xdr, message, procedure == READDIRPLUS);
            return;
        }
        final int status = xdr.readInt();
        if (!xdr.isWhole()) {
            return;
        }
        message.call().digest.rewind();
        switch (procedure) {
            case LOOKUP -> onLookup(xdr, message, status);
            case READLINK -> onLinkRead(xdr, message, status);
            case READ -> onRead(xdr, message, status);
            case WRITE -> onWritten(xdr, message, status);
            case SETATTR -> onAttributesSet(xdr, message, status);
            case CREATE, MKDIR, SYMLINK, MKNOD -> onMade(xdr, message, procedure, status);
            case READDIR, READDIRPLUS -> onListed(xdr, message, status);
            case ACCESS -> onAccess(xdr, message, status);
            default -> onSimple(message, procedure, status);
        }
    }

    /** Procedures of whose results only the status counts. */
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
            case COMMIT -> {
                if (status == 0) {
                    nfs.files.commit(message, digest.getHandle(nfs.handle));
                }
            }
            default -> { }
        }
        message.finish();
    }

    private static void onLookup(final XdrReader xdr, final RpcMessage message, final int status) {
        final NfsState nfs = message.nfs();
        if (status == 0) {
            readHandle(xdr, message, nfs.otherHandle);
        }
        if (xdr.isWhole()) {
            final CallDigest digest = message.call().digest;
            NfsOperations.onLookup(message, digest.getHandle(nfs.handle), digest.getName(nfs.name), status, nfs.otherHandle);
            message.finish();
        }
    }

    private static void readHandle(final XdrReader xdr, final RpcMessage message, final FileHandle to) {
        if (xdr.readOpaque(LONGEST_HANDLE)) {
            message.nfs().handles.key(message.conversation().parties, xdr.buffer(), xdr.itemOffset(), xdr.itemLength(), to);
        }
    }

    private static void onMade(final XdrReader xdr, final RpcMessage message, final int procedure, final int status) {
        final NfsState nfs = message.nfs();
        final FileHandle made = nfs.otherHandle;
        made.clear();
        if (status == 0 && xdr.readBoolean()) {
            readHandle(xdr, message, made);
        }
        if (!xdr.isWhole()) {
            return;
        }
        final CallDigest digest = message.call().digest;
        digest.getHandle(nfs.handle);
        digest.getName(nfs.name);
        switch (procedure) {
            case CREATE -> NfsOperations.onCreated(message, nfs.handle, nfs.name, digest.getByte(), status, made);
            case MKDIR -> NfsOperations.onMade(message, FileOperation.MKDIR, nfs.handle, nfs.name, status, made, null);
            case MKNOD -> NfsOperations.onMade(message, FileOperation.MKNOD, nfs.handle, nfs.name, status, made, null);
            default -> NfsOperations.onMade(
                message, FileOperation.SYMLINK, nfs.handle, nfs.name, status, made, digest.getName(nfs.otherName));
        }
        message.finish();
    }

    private static void onLinkRead(final XdrReader xdr, final RpcMessage message, final int status) {
        final NfsState nfs = message.nfs();
        readSize(xdr);
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
        final long size = readSize(xdr);
        final int octets = status == 0 ? xdr.readInt() : 0;
        final boolean isEnd = status == 0 && xdr.readBoolean();
        if (xdr.isWhole()) {
            final CallDigest digest = message.call().digest;
            final FileHandle handle = digest.getHandle(message.nfs().handle);
            final long offset = digest.getLong();
            final long sizeRead = NfsOperations.sizeRead(isEnd, offset, offset + (octets & 0xFFFF_FFFFL));
            NfsOperations.onRead(message, handle, 0, status, octets, size == NfsOperations.NO_SIZE ? sizeRead : size);
            message.finish();
        }
    }

    private static void onAttributesSet(final XdrReader xdr, final RpcMessage message, final int status) {
        final long before = readSizeBefore(xdr);
        if (xdr.isWhole()) {
            NfsOperations.onAttributesSet(message, message.call().digest.getHandle(message.nfs().handle), before, status);
            message.finish();
        }
    }

    /** Passes what is told of the attributes before a change; the size among them. */
    private static long readSizeBefore(final XdrReader xdr) {
        if (!xdr.readBoolean()) {
            return NfsOperations.NO_SIZE;
        }
        final long size = xdr.readLong();
        xdr.skip(BEFORE_LENGTH - Long.BYTES);
        return size;
    }

    private static void onWritten(final XdrReader xdr, final RpcMessage message, final int status) {
        readSizeBefore(xdr);
        final long size = readSize(xdr);
        final long octets = status == 0 ? Integer.toUnsignedLong(xdr.readInt()) : 0;
        if (xdr.isWhole()) {
            final CallDigest digest = message.call().digest;
            NfsOperations.onWritten(message, digest.getHandle(message.nfs().handle), 0, status, digest.getLong(), octets, size);
            message.finish();
        }
    }

    private static void onAccess(final XdrReader xdr, final RpcMessage message, final int status) {
        readSize(xdr);
        final int granted = status == 0 ? xdr.readInt() : 0;
        if (xdr.isWhole()) {
            final CallDigest digest = message.call().digest;
            NfsOperations.onAccess(message, digest.getHandle(message.nfs().handle), digest.getInt(), granted, status);
            message.finish();
        }
    }

    /** Passes attributes, which may be left out; the size of the file that they tell. */
    private static long readSize(final XdrReader xdr) {
        if (!xdr.readBoolean()) {
            return NfsOperations.NO_SIZE;
        }
        xdr.skip(OFFSET_OF_SIZE);
        final long size = xdr.readLong();
        xdr.skip(ATTRIBUTES_LENGTH - OFFSET_OF_SIZE - Long.BYTES);
        return size;
    }

    private static void onListed(final XdrReader xdr, final RpcMessage message, final int status) {
        readSize(xdr);
        if (status == 0) {
            xdr.skip(VERIFIER_LENGTH);
        }
        if (!xdr.isWhole()) {
            return;
        }
        message.step(1);
        if (status != 0) {
            NfsOperations.onListed(message, message.call().digest.getHandle(message.nfs().handle), status, false);
            message.finish();
        }
    }

    private static void readEntry(final XdrReader xdr, final RpcMessage message, final boolean isPlus) {
        final NfsState nfs = message.nfs();
        final CallDigest digest = message.call().digest;
        digest.rewind();
        if (!xdr.readBoolean()) {
            final boolean isEnd = xdr.readBoolean();
            if (xdr.isWhole()) {
                NfsOperations.onListed(message, digest.getHandle(nfs.handle), 0, isEnd);
                message.finish();
            }
            return;
        }
        xdr.skip(Long.BYTES);
        if (xdr.readOpaque(NameBuffer.LONGEST)) {
            nfs.name.set(xdr);
        }
        xdr.skip(Long.BYTES);
        nfs.otherHandle.clear();
        if (isPlus) {
            readSize(xdr);
            if (xdr.readBoolean()) {
                readHandle(xdr, message, nfs.otherHandle);
            }
        }
        if (xdr.isWhole()) {
            nfs.handles.learnListed(nfs.otherHandle, digest.getHandle(nfs.handle), nfs.name);
        }
    }

    @Override
    public void onRefusal(final RpcMessage message, final int status) {
        final NfsState nfs = message.nfs();
        final CallDigest digest = message.call().digest;
        switch (message.call().procedure) {
            case READ -> NfsOperations.onRead(message, digest.getHandle(nfs.handle), 0, status, 0, NfsOperations.NO_SIZE);
            case WRITE -> NfsOperations.onWritten(message, digest.getHandle(nfs.handle), 0, status, 0, 0, NfsOperations.NO_SIZE);
            case READDIR, READDIRPLUS -> NfsOperations.onListed(message, digest.getHandle(nfs.handle), status, false);
            case READLINK -> NfsOperations.onLinkRead(message, digest.getHandle(nfs.handle), nfs.name.clear(), status);
            case LOOKUP -> NfsOperations.onLookup(
                message, digest.getHandle(nfs.handle), digest.getName(nfs.name), status, nfs.nothing);
            case CREATE -> NfsOperations.onCreated(
                message, digest.getHandle(nfs.handle), digest.getName(nfs.name), 0, status, nfs.nothing);
            case SETATTR -> NfsOperations.onAttributesSet(message, digest.getHandle(nfs.handle), NfsOperations.NO_SIZE, status);
            case MKDIR -> NfsOperations.onMade(
                message, FileOperation.MKDIR, digest.getHandle(nfs.handle), digest.getName(nfs.name), status, nfs.nothing, null);
            default -> onSimple(message, message.call().procedure, status);
        }
    }
}
