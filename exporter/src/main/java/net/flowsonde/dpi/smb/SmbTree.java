package net.flowsonde.dpi.smb;

import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.Text;

/** A connection of a session to a share. */
final class SmbTree extends StateEntry<SmbTree> {
    static final int DISK = 1;
    static final int PIPE = 2;
    static final int PRINTER = 3;

    final Text share = new Text(FileAccess.LONGEST_NAME);
    /** Of the constants, which are those of SMB2; 0 unknown. */
    int type;

    @Override
    void reset() {
        share.reset();
        type = 0;
    }
}
