package net.flowsonde.dpi.smb;

/** File information classes (MS-FSCC 2.4) that are set or queried; SMB1 passes them through with 1,000 added. */
final class FileInformation {
    static final int BASIC = 4;
    static final int NAME = 9;
    static final int RENAME = 10;
    static final int LINK = 11;
    static final int DISPOSITION = 13;
    static final int FULL_EA = 15;
    static final int ALL = 18;
    static final int END_OF_FILE = 20;
    static final int NORMALIZED_NAME = 48;
    static final int DISPOSITION_EX = 64;
    static final int RENAME_EX = 65;
    static final int LINK_EX = 72;

    /** What SMB1 adds to them (MS-SMB 2.2.2.3.5). */
    static final int PASS_THROUGH = 1_000;
    /** Where in {@link #ALL} the length of the name lies. */
    static final int ALL_NAME_LENGTH = 96;

    private FileInformation() {
    }
}
