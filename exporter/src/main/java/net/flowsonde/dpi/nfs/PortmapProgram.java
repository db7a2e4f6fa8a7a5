package net.flowsonde.dpi.nfs;

/**
 * The port mapper and rpcbind (RFC 1833). What is read of NFS is found by its content on whatever port, so their answers are only counted
 * as calls.
 */
final class PortmapProgram implements RpcProgram {
    @Override
    public void onCall(final XdrReader xdr, final RpcMessage message) {
        message.finish();
    }

    @Override
    public void onReply(final XdrReader xdr, final RpcMessage message) {
        message.finish();
    }

    @Override
    public void onRefusal(final RpcMessage message, final int status) {
        // of no interest here
    }
}
