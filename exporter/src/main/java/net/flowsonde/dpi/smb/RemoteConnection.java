package net.flowsonde.dpi.smb;

/** A connection that another queue sees, and of which it passes the messages of sessions that are kept here. */
final class RemoteConnection extends StateEntry<RemoteConnection> {
    final SmbConnection connection = new SmbConnection();

    @Override
    void reset() {
        connection.encrypted.reset();
    }
}
