package net.flowsonde.dpi.smb;

import org.junit.jupiter.api.BeforeEach;

/** A client and a server that speak SMB1 over one connection, whose session and share were set up before the capture. */
abstract class Smb1Talk {
    /** What {@code NT_CREATE_ANDX} did. */
    static final int OPENED = 1;
    static final int CREATED = 2;
    static final byte[] NONE = {};
    /** User and share of every record. */
    static final String WHO = " \\@(unknown) share=[<unknown tree 7>] ";

    final SmbTalk talk = new SmbTalk();
    final Smb1Messages smb = new Smb1Messages();
    SmbTalk.Connection connection;

    @BeforeEach
    void connect() {
        connection = talk.connection(1);
        smb.multiplex(2);
    }
}
