package net.flowsonde.dpi.nfs;

import net.flowsonde.dpi.FileOperation;

/**
 * MOUNT (RFC 1094, appendix A; RFC 1813, appendix I): the path of an export for the handle of its root, the first link of every path of
 * versions 2 and 3.
 * <pre>
 *  MNT, UMNT call   +---------------+      MNT reply, version 3   +--------+-----------------+---------
 *                   | path (opaque) |                             | status | handle (opaque) | flavors
 *                   +---------------+      versions 1 and 2       +--------+-----------------+---------
 *                                                                 | status | handle (32)     |
 * </pre>
 */
final class MountProgram implements RpcProgram {
    static final int HANDLE_LENGTH = 32;
    private static final int MOUNT = 1;
    private static final int UNMOUNT = 3;
    private static final int LONGEST_HANDLE = 64;

    @Override
    public void onCall(final XdrReader xdr, final RpcMessage message) {
        final int procedure = message.call().procedure;
        if (procedure != MOUNT && procedure != UNMOUNT) {
            message.finish();
        } else if (xdr.readOpaque(NameBuffer.LONGEST)) {
            message.call().digest.putName(xdr.buffer(), xdr.itemOffset(), xdr.itemLength());
            message.finish();
        }
    }

    @Override
    public void onReply(final XdrReader xdr, final RpcMessage message) {
        final int procedure = message.call().procedure;
        if (procedure == MOUNT) {
            onMounted(xdr, message);
        } else {
            if (procedure == UNMOUNT) {
                tell(message, FileOperation.UNMOUNT, 0);
            }
            message.finish();
        }
    }

    private void onMounted(final XdrReader xdr, final RpcMessage message) {
        final int status = xdr.readInt();
        if (status == 0 && !readHandle(xdr, message.call().version) || !xdr.isWhole()) {
            return;
        }
        tell(message, FileOperation.MOUNT, status);
        if (status == 0) {
            final NfsState nfs = message.nfs();
            nfs.handles.key(message.conversation().parties, xdr.buffer(), xdr.itemOffset(), xdr.itemLength(), nfs.handle);
            if (!nfs.handle.isNone()) {
                nfs.handles.learnExport(nfs.handle, nfs.name);
            }
        }
        message.finish();
    }

    private static boolean readHandle(final XdrReader xdr, final int version) {
        return version == 3 ? xdr.readOpaque(LONGEST_HANDLE) : xdr.readFixed(HANDLE_LENGTH);
    }

    private static void tell(final RpcMessage message, final FileOperation operation, final int status) {
        final NfsState nfs = message.nfs();
        message.call().digest.getName(nfs.name).trimSlashes();
        nfs.records.begin(message, operation, status).export(nfs.name).publish();
    }

    @Override
    public void onRefusal(final RpcMessage message, final int status) {
        if (message.call().procedure == MOUNT) {
            tell(message, FileOperation.MOUNT, status);
        }
    }
}
