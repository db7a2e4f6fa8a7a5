package net.flowsonde.dpi.nfs;

/** Reads the operations of a call of version 4, and leaves what their results will need in its digest. Owned by one queue thread. */
final class CompoundArguments {
    static final int CREATES = 1;
    /** It fails when the file is there already. */
    static final int CREATES_ONLY = 1 << 1;
    /** One that is there already is emptied (RFC 8881, 18.16.3: no other size is set then). */
    static final int EMPTIES = 1 << 2;
    static final int HAS_NAME = 1 << 3;

    private static final int LONGEST_NAME = NameBuffer.LONGEST;
    private static final int STATE_SEQUENCE_LENGTH = 4;
    private static final int STATE_OTHER_LENGTH = 12;
    private static final int SYMBOLIC_LINK = 5;
    private static final int BLOCK_DEVICE = 3;
    private static final int CHARACTER_DEVICE = 4;
    private static final int CLAIM_NULL = 0;
    private static final int CLAIM_PREVIOUS = 1;
    private static final int CLAIM_DELEGATE_CURRENT = 2;
    private static final int CLAIM_DELEGATE_PREVIOUS = 3;
    private static final int CLAIM_DELEGATE_CURRENT_HANDLE = 5;
    private static final int UNCHECKED = 0;
    private static final int GUARDED = 1;
    private static final int EXCLUSIVE = 2;
    private static final int EXCLUSIVE_WITH_ATTRIBUTES = 3;

    private final Attributes4 attributes = new Attributes4();

    /** Reads one operation. */
    void read(final XdrReader xdr, final RpcMessage message) {
        final int operation = xdr.readInt();
        if (!xdr.isWhole()) {
            return;
        }
        if (!Nfs4Layouts.isKnown(operation)) {
            message.compound.operationsLeft = 0;
            return;
        }
        final CallDigest digest = message.call().digest.putByte(operation);
        switch (operation) {
            case Nfs4Operation.PUTFH -> putHandle(xdr, message);
            case Nfs4Operation.LOOKUP, Nfs4Operation.REMOVE, Nfs4Operation.LINK -> putName(xdr, digest);
            case Nfs4Operation.RENAME -> {
                putName(xdr, digest);
                putName(xdr, digest);
            }
            case Nfs4Operation.CREATE -> putCreate(xdr, digest);
            case Nfs4Operation.OPEN -> putOpen(xdr, digest);
            case Nfs4Operation.CLOSE -> {
                xdr.skip(Integer.BYTES);
                putState(xdr, message);
            }
            case Nfs4Operation.READ, Nfs4Operation.READ_PLUS -> {
                putState(xdr, message);
                digest.putLong(xdr.readLong());
                xdr.skip(Integer.BYTES);
            }
            case Nfs4Operation.WRITE -> putWrite(xdr, message);
            case Nfs4Operation.ACCESS -> digest.putInt(xdr.readInt());
            case Nfs4Operation.SETATTR -> {
                putState(xdr, message);
                attributes.read(xdr);
                NfsOperations.putSize(digest, attributes.hasSize(), attributes.size());
            }
            case Nfs4Operation.ALLOCATE, Nfs4Operation.DEALLOCATE -> {
                putState(xdr, message);
                digest.putLong(xdr.readLong()).putLong(xdr.readLong());
            }
            case Nfs4Operation.WRITE_SAME -> {
                putState(xdr, message);
                xdr.skip(Integer.BYTES);
                digest.putLong(xdr.readLong());
                xdr.skip(3 * Long.BYTES + Integer.BYTES + Long.BYTES);
                CompoundContents.passOver(xdr, message);
            }
            case Nfs4Operation.SETXATTR -> {
                xdr.skip(Integer.BYTES);
                xdr.readOpaque(LONGEST_NAME);
                CompoundContents.passOver(xdr, message);
            }
            case Nfs4Operation.CLONE -> {
                xdr.skip(2 * (STATE_SEQUENCE_LENGTH + STATE_OTHER_LENGTH) + 2 * Long.BYTES);
                digest.putLong(xdr.readLong());
            }
            default -> Nfs4Layouts.arguments(operation).skip(xdr);
        }
    }

    private static void putHandle(final XdrReader xdr, final RpcMessage message) {
        if (xdr.readOpaque(Handles.LONGEST_HANDLE)) {
            final NfsState nfs = message.nfs();
            nfs.handles.key(message.conversation().parties, xdr.buffer(), xdr.itemOffset(), xdr.itemLength(), nfs.handle);
            message.call().digest.putHandle(nfs.handle);
        }
    }

    private static void putName(final XdrReader xdr, final CallDigest digest) {
        if (xdr.readOpaque(LONGEST_NAME)) {
            digest.putName(xdr.buffer(), xdr.itemOffset(), xdr.itemLength());
        }
    }

    /** Type, name, and where a symbolic link leads. */
    private void putCreate(final XdrReader xdr, final CallDigest digest) {
        final int type = xdr.readInt();
        digest.putByte(type);
        int targetOffset = 0;
        int targetLength = 0;
        if (type == SYMBOLIC_LINK && xdr.readOpaque(LONGEST_NAME)) {
            targetOffset = xdr.itemOffset();
            targetLength = xdr.itemLength();
        } else if (type == BLOCK_DEVICE || type == CHARACTER_DEVICE) {
            xdr.skip(Long.BYTES);
        }
        putName(xdr, digest);
        attributes.read(xdr);
        if (xdr.isWhole()) {
            digest.putName(xdr.buffer(), targetOffset, targetLength);
        }
    }

    private void putOpen(final XdrReader xdr, final CallDigest digest) {
        xdr.skip(3 * Integer.BYTES + Long.BYTES);
        xdr.readOpaque(LONGEST_NAME);
        int flags = xdr.readInt() == 1 ? CREATES | readHow(xdr) : 0;
        final int claim = xdr.readInt();
        if (claim == CLAIM_PREVIOUS) {
            xdr.skip(Integer.BYTES);
        } else if (claim == CLAIM_DELEGATE_CURRENT || claim == CLAIM_DELEGATE_CURRENT_HANDLE) {
            xdr.skip(STATE_SEQUENCE_LENGTH + STATE_OTHER_LENGTH);
        }
        if (claim == CLAIM_NULL || claim == CLAIM_DELEGATE_CURRENT || claim == CLAIM_DELEGATE_PREVIOUS) {
            flags |= HAS_NAME;
        }
        digest.putByte(flags);
        if ((flags & HAS_NAME) != 0) {
            putName(xdr, digest);
        }
    }

    private int readHow(final XdrReader xdr) {
        final int mode = xdr.readInt();
        if (mode == EXCLUSIVE || mode == EXCLUSIVE_WITH_ATTRIBUTES) {
            xdr.skip(Long.BYTES);
        }
        if (mode == EXCLUSIVE) {
            return CREATES_ONLY;
        }
        if (mode != UNCHECKED && mode != GUARDED && mode != EXCLUSIVE_WITH_ATTRIBUTES) {
            xdr.malformed();
            return 0;
        }
        attributes.read(xdr);
        return (attributes.hasSize() && attributes.size() == 0 ? EMPTIES : 0) | (mode == UNCHECKED ? 0 : CREATES_ONLY);
    }

    /** The data are passed over, however many there are. */
    private static void putWrite(final XdrReader xdr, final RpcMessage message) {
        putState(xdr, message);
        message.call().digest.putLong(xdr.readLong());
        xdr.skip(Integer.BYTES);
        CompoundContents.passOver(xdr, message);
    }

    /** Key of a state identifier: of what stays the same in it; 0 for those that stand for no open (all zeros or all ones). */
    static long readState(final XdrReader xdr, final RpcMessage message) {
        xdr.skip(STATE_SEQUENCE_LENGTH);
        final int first = xdr.readInt();
        final long rest = xdr.readLong();
        if (first == 0 && rest == 0 || first == -1 && rest == -1) {
            return 0;
        }
        final NfsState nfs = message.nfs();
        final HandleHash hash = nfs.handles.hash();
        return hash.key(hash.key(message.conversation().parties.serverHigh(), message.conversation().parties.serverLow()),
            hash.key(first, rest)) | 1;
    }

    private static void putState(final XdrReader xdr, final RpcMessage message) {
        message.call().digest.putLong(readState(xdr, message));
    }
}
