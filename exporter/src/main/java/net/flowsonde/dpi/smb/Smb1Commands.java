package net.flowsonde.dpi.smb;

/** Command codes of SMB1 (MS-CIFS 2.2.2.1), subcommands of its transactions (2.2.2.2) and what of them opens files. */
final class Smb1Commands {
    static final int CREATE_DIRECTORY = 0x00;
    static final int DELETE_DIRECTORY = 0x01;
    static final int OPEN = 0x02;
    static final int CREATE = 0x03;
    static final int CLOSE = 0x04;
    static final int DELETE = 0x06;
    static final int RENAME = 0x07;
    static final int SET_INFORMATION = 0x09;
    static final int READ = 0x0A;
    static final int WRITE = 0x0B;
    static final int CREATE_TEMPORARY = 0x0E;
    static final int CREATE_NEW = 0x0F;
    static final int LOCK_AND_READ = 0x13;
    static final int WRITE_AND_UNLOCK = 0x14;
    static final int READ_RAW = 0x1A;
    static final int READ_MPX = 0x1B;
    static final int WRITE_RAW = 0x1D;
    static final int WRITE_MPX = 0x1E;
    /** The last answer to WRITE_RAW. */
    static final int WRITE_COMPLETE = 0x20;
    static final int LOCKING_ANDX = 0x24;
    static final int TRANSACTION = 0x25;
    static final int TRANSACTION_SECONDARY = 0x26;
    static final int COPY = 0x29;
    static final int MOVE = 0x2A;
    static final int ECHO = 0x2B;
    static final int WRITE_AND_CLOSE = 0x2C;
    static final int OPEN_ANDX = 0x2D;
    static final int READ_ANDX = 0x2E;
    static final int WRITE_ANDX = 0x2F;
    static final int TRANSACTION2 = 0x32;
    static final int TRANSACTION2_SECONDARY = 0x33;
    static final int TREE_CONNECT = 0x70;
    static final int TREE_DISCONNECT = 0x71;
    static final int NEGOTIATE = 0x72;
    static final int SESSION_SETUP_ANDX = 0x73;
    static final int LOGOFF_ANDX = 0x74;
    static final int TREE_CONNECT_ANDX = 0x75;
    static final int SEARCH = 0x81;
    static final int NT_TRANSACT = 0xA0;
    static final int NT_TRANSACT_SECONDARY = 0xA1;
    static final int NT_CREATE_ANDX = 0xA2;
    static final int NT_CANCEL = 0xA4;
    static final int NT_RENAME = 0xA5;

    // of TRANSACTION2
    static final int OPEN2 = 0x0000;
    static final int FIND_FIRST2 = 0x0001;
    static final int QUERY_PATH_INFORMATION = 0x0005;
    static final int SET_PATH_INFORMATION = 0x0006;
    static final int QUERY_FILE_INFORMATION = 0x0007;
    static final int SET_FILE_INFORMATION = 0x0008;
    static final int CREATE_DIRECTORY2 = 0x000D;

    // of NT_TRANSACT, told apart from those of TRANSACTION2; its RENAME (2.2.7.5) was reserved and never made
    static final int NT = 0x1_0000;
    static final int NT_TRANSACT_CREATE = NT | 1;
    static final int NT_TRANSACT_SET_SECURITY = NT | 3;

    /** Of TRANSACTION, told apart from those of TRANSACTION2. */
    static final int PIPE = 0x2_0000;
    static final int PIPE_RAW_READ = PIPE | 0x11;
    static final int PIPE_TRANSACT = PIPE | 0x26;
    static final int PIPE_RAW_WRITE = PIPE | 0x31;
    static final int PIPE_READ = PIPE | 0x36;
    static final int PIPE_WRITE = PIPE | 0x37;

    private Smb1Commands() {
    }
}
