package net.flowsonde.dpi.nfs;

/**
 * Reads calls and replies of one version of one program, piece by piece: each call of a method reads one piece (a header, an operation, an
 * entry of a directory) from {@code xdr} and either leaves it to be called again or says {@link RpcMessage#finish()}. When the octets at
 * hand end within the piece, {@link XdrReader#isShort()}, it is forgotten and read again with more behind it; so nothing may be done with
 * a piece before all of it was read.
 */
interface RpcProgram {
    /** A piece of the arguments, of which the reply will need a digest. */
    void onCall(XdrReader xdr, RpcMessage message);

    /** A piece of the results of a call that was accepted. */
    void onReply(XdrReader xdr, RpcMessage message);

    /** The call was refused before its procedure saw it; {@code status} is what the records shall say. */
    void onRefusal(RpcMessage message, int status);
}
