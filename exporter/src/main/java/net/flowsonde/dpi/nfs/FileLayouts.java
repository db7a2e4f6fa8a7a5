package net.flowsonde.dpi.nfs;

/**
 * Results of LAYOUTGET (RFC 8881, 18.43 and 13.3): where the data of a file lie, and by which handles the servers of its data know it. Those
 * handles get the file's name, as far as the servers have the address of the one that told.
 * <pre>
 *  +--------+------------------+-------+--------+--------+------+------+-----------------
 *  | return | state identifier | count | offset | length | mode | type | body (opaque)
 *  +--------+------------------+-------+--------+--------+------+------+-----------------
 *                                                                       +--------+------+-------+--------+-------+---------
 *                                          body of a layout of files:   | device | util | first | offset | count | handles
 *                                                                       +--------+------+-------+--------+-------+---------
 * </pre>
 */
final class FileLayouts {
    private static final int MOST_LAYOUTS = 1_024;
    private static final int MOST_HANDLES = 4_096;
    private static final int STATE_LENGTH = 16;
    private static final int DEVICE_LENGTH = 16;
    private static final int OF_FILES = 1;

    private FileLayouts() {
    }

    static void onLayouts(final XdrReader xdr, final RpcMessage message) {
        xdr.skip(Integer.BYTES + STATE_LENGTH);
        final int count = xdr.readLength(MOST_LAYOUTS);
        for (int i = 0; i < count && xdr.isWhole(); i++) {
            xdr.skip(2 * Long.BYTES + Integer.BYTES);
            final int type = xdr.readInt();
            if (xdr.readOpaque(RpcStream.LONGEST_PIECE) && type == OF_FILES) {
                learnHandles(message.nfs().layout.wrap(xdr.buffer(), xdr.itemOffset(), xdr.itemOffset() + xdr.itemLength()), message);
            }
        }
    }

    private static void learnHandles(final XdrReader body, final RpcMessage message) {
        final NfsState nfs = message.nfs();
        body.skip(DEVICE_LENGTH + 2 * Integer.BYTES + Long.BYTES);
        final int count = body.readLength(MOST_HANDLES);
        for (int i = 0; i < count && body.readOpaque(Handles.LONGEST_HANDLE); i++) {
            nfs.handles.key(message.conversation().parties, body.buffer(), body.itemOffset(), body.itemLength(), nfs.handle);
            nfs.handles.learnAlias(nfs.handle, message.compound.current);
        }
    }
}
