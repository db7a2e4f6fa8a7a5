package net.flowsonde.enrich;

/**
 * What other traffic says about the flow record at hand. One scratch for all records: {@link Enricher} fills it before a record is
 * exported, and whoever exports reads it. Texts are UTF-8 octets that belong to the tables which they come from and are never changed;
 * {@link #NO_TEXT} when unknown. Owned by the export thread.
 */
public final class FlowMetadata {
    public static final byte[] NO_TEXT = {};

    private byte[] clientName = NO_TEXT;
    private byte[] serverName = NO_TEXT;
    private byte[] serverCanonicalName = NO_TEXT;
    private byte[] user = NO_TEXT;
    private byte[] userDomain = NO_TEXT;

    void reset() {
        clientName = NO_TEXT;
        serverName = NO_TEXT;
        serverCanonicalName = NO_TEXT;
        user = NO_TEXT;
        userDomain = NO_TEXT;
    }

    /** Whether there is anything to export beyond the flow record itself. */
    public boolean isRich() {
        return clientName.length + serverName.length + user.length != 0;
    }

    /** The name that the server asked for and got the client's address; rare, as servers seldom look up their clients. */
    public byte[] clientName() {
        return clientName;
    }

    void clientName(final byte[] name) {
        clientName = name;
    }

    /** The name that the client asked for and got the server's address. */
    public byte[] serverName() {
        return serverName;
    }

    void serverName(final byte[] name) {
        serverName = name;
    }

    /** What the last CNAME led to, when one did. */
    public byte[] serverCanonicalName() {
        return serverCanonicalName;
    }

    void serverCanonicalName(final byte[] name) {
        serverCanonicalName = name;
    }

    public byte[] user() {
        return user;
    }

    void user(final byte[] name) {
        user = name;
    }

    public byte[] userDomain() {
        return userDomain;
    }

    void userDomain(final byte[] name) {
        userDomain = name;
    }
}
