package net.flowsonde.dpi.nfs;

/** Numbers of the operations of version 4 that are more than passed over (RFC 7531, RFC 5662, RFC 7863, RFC 8276). */
final class Nfs4Operation {
    static final int ACCESS = 3;
    static final int CLOSE = 4;
    static final int COMMIT = 5;
    static final int CREATE = 6;
    static final int GETATTR = 9;
    static final int GETFH = 10;
    static final int LINK = 11;
    static final int LOOKUP = 15;
    static final int LOOKUPP = 16;
    static final int OPEN = 18;
    static final int PUTFH = 22;
    static final int PUTPUBFH = 23;
    static final int PUTROOTFH = 24;
    static final int READ = 25;
    static final int READDIR = 26;
    static final int READLINK = 27;
    static final int REMOVE = 28;
    static final int RENAME = 29;
    static final int RESTOREFH = 31;
    static final int SAVEFH = 32;
    static final int SECINFO = 33;
    static final int SETATTR = 34;
    static final int WRITE = 38;
    static final int LAYOUTGET = 50;
    static final int SECINFO_NO_NAME = 52;
    static final int SEQUENCE = 53;
    static final int ALLOCATE = 59;
    static final int COPY = 60;
    static final int DEALLOCATE = 62;
    static final int READ_PLUS = 68;
    static final int WRITE_SAME = 70;
    static final int CLONE = 71;
    static final int GETXATTR = 72;
    static final int SETXATTR = 73;
    static final int REMOVEXATTR = 75;

    private Nfs4Operation() {
    }
}
