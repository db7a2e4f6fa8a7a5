package net.flowsonde.dpi.nfs;

/** Operations of version 4.2 on what is in a file: reads with holes, copies, patterns, room that is made or given up (RFC 7862, section 15). */
final class CompoundContents {
    private static final int VERIFIER_LENGTH = 8;
    private static final int DATA = 0;
    private static final int MOST_PARTS = 1 << 14;

    private CompoundContents() {
    }

    /** READ_PLUS: what was read follows in parts. */
    static void onParts(final XdrReader xdr, final RpcMessage message) {
        final boolean isEnd = xdr.readBoolean();
        final int contents = xdr.readLength(MOST_PARTS);
        if (xdr.isWhole()) {
            message.compound.isEnd = isEnd;
            message.compound.contentsLeft = contents;
            message.compound.contentsEnd = 0;
            message.compound.octets = 0;
            message.compound.next = CompoundState.Next.CONTENT;
        }
    }

    /** A run of data, which is passed over, or a hole; or, behind the last of them, nothing. */
    static boolean readPart(final XdrReader xdr, final RpcMessage message) {
        final CompoundState compound = message.compound;
        if (compound.contentsLeft == 0) {
            final long stateKey = CompoundResults.stateKey(message);
            final long offset = message.call().digest.getLong();
            final long size = NfsOperations.sizeRead(compound.isEnd, offset, compound.contentsEnd);
            NfsOperations.onRead(message, compound.current, stateKey, 0, (int) compound.octets, size);
            compound.next = CompoundState.Next.OPERATION;
            return true;
        }
        final int type = xdr.readInt();
        final long offset = xdr.readLong();
        int length = 0;
        long end = offset;
        if (type == DATA) {
            length = xdr.readLength(RpcHeaders.LONGEST_RECORD);
            end += length;
        } else {
            end += xdr.readLong();
        }
        if (xdr.isWhole()) {
            compound.contentsEnd = Math.max(compound.contentsEnd, end);
            message.skip(length + XdrReader.padding(length));
            compound.octets += length;
            compound.contentsLeft--;
        }
        return false;
    }

    /** WRITE_SAME: a pattern was written again and again. */
    static void onFilled(final XdrReader xdr, final RpcMessage message) {
        final long octets = readWriteResponse(xdr);
        if (xdr.isWhole()) {
            final long stateKey = CompoundResults.stateKey(message);
            final long offset = message.call().digest.getLong();
            NfsOperations.onWritten(message, message.compound.current, stateKey, 0, offset, octets, NfsOperations.NO_SIZE);
        }
    }

    /** Octets written, as COPY and WRITE_SAME tell them. */
    private static long readWriteResponse(final XdrReader xdr) {
        if (xdr.readBoolean()) {
            xdr.skip(2 * Long.BYTES);
        }
        final long octets = xdr.readLong();
        xdr.skip(Integer.BYTES + VERIFIER_LENGTH);
        return octets;
    }

    static void onCopied(final XdrReader xdr, final RpcMessage message) {
        final long octets = readWriteResponse(xdr);
        xdr.skip(2 * Integer.BYTES);
        if (xdr.isWhole()) {
            NfsOperations.onCopied(message, message.compound.saved, message.compound.current, octets, 0);
        }
    }

    /** ALLOCATE and DEALLOCATE, whose results are a status. */
    static void onSpace(final RpcMessage message, final int operation, final int status) {
        final FileHandle file = message.compound.current;
        final long stateKey = CompoundResults.stateKey(message);
        final CallDigest digest = message.call().digest;
        final long offset = digest.getLong();
        final long length = digest.getLong();
        if (operation == Nfs4Operation.DEALLOCATE) {
            NfsOperations.onZeroed(message, file, stateKey, status, offset, length);
        } else {
            NfsOperations.onWritten(message, file, stateKey, status, offset, 0, NfsOperations.NO_SIZE);
        }
    }

    /** Octets that nobody looks at, behind their length: an extended attribute's value, a pattern. */
    static void passOver(final XdrReader xdr, final RpcMessage message) {
        final int length = xdr.readLength(RpcHeaders.LONGEST_RECORD);
        if (xdr.isWhole()) {
            message.skip(length + XdrReader.padding(length));
        }
    }
}
