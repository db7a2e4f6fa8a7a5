package net.flowsonde.dpi.nfs;

/**
 * NFS version 4 (RFC 7530, 8881, 7862): one procedure, COMPOUND, of operations that work one after the other on a current and a saved
 * file. The call leaves the digest of each operation; the reply, which stops at the first operation that failed, plays them through.
 * <pre>
 *  call   +--------------+-------+-------+-----------+-----------+---------+-----
 *         | tag (opaque) | minor | count | operation | arguments | operation ...
 *         +--------------+-------+-------+-----------+-----------+---------+-----
 *  reply  +--------+--------------+-------+-----------+--------+---------+-----------+-----
 *         | status | tag (opaque) | count | operation | status | results | operation ...
 *         +--------+--------------+-------+-----------+--------+---------+-----------+-----
 * </pre>
 */
final class Nfs4Program implements RpcProgram {
    private static final int COMPOUND = 1;
    private static final int LONGEST_TAG = 1_024;
    private static final int MOST_OPERATIONS = 1_024;
    private static final int HIGHEST_MINOR_VERSION = 2;

    private final CompoundArguments arguments = new CompoundArguments();
    private final CompoundResults results = new CompoundResults();

    @Override
    public void onCall(final XdrReader xdr, final RpcMessage message) {
        final CompoundState compound = message.compound;
        if (message.call().procedure != COMPOUND) {
            message.finish();
        } else if (message.step() == 0) {
            xdr.readOpaque(LONGEST_TAG);
            final int minorVersion = xdr.readInt();
            final int operations = xdr.readLength(MOST_OPERATIONS);
            if (xdr.isWhole()) {
                message.call().minorVersion = minorVersion < 0 || minorVersion > HIGHEST_MINOR_VERSION ? -1 : minorVersion;
                begin(message, operations);
            }
        } else {
            arguments.read(xdr, message);
            endOperation(xdr, message);
        }
        if (xdr.isWhole() && compound.operationsLeft == 0) {
            message.finish();
        }
    }

    @Override
    public void onReply(final XdrReader xdr, final RpcMessage message) {
        final CompoundState compound = message.compound;
        if (message.step() == 0) {
            xdr.readInt();
            xdr.readOpaque(LONGEST_TAG);
            final int operations = xdr.readLength(MOST_OPERATIONS);
            if (xdr.isWhole()) {
                begin(message, operations);
            }
        } else {
            final boolean isOperationOver = results.read(xdr, message);
            if (isOperationOver) {
                endOperation(xdr, message);
            }
        }
        if (xdr.isWhole() && compound.operationsLeft == 0) {
            message.finish();
        }
    }

    private static void begin(final RpcMessage message, final int operations) {
        message.compound.reset();
        message.compound.operationsLeft = operations;
        message.step(1);
    }

    private static void endOperation(final XdrReader xdr, final RpcMessage message) {
        if (xdr.isWhole() && message.compound.operationsLeft > 0) {
            message.compound.operationsLeft--;
        }
    }

    /** Which of its operations were refused is not said: the last that makes a record speaks for them. */
    @Override
    public void onRefusal(final RpcMessage message, final int status) {
        results.refuse(message, status);
    }
}
