package net.flowsonde.dpi.smb;

/** What can be seen of a session under encryption: whose it is, when, how many messages of how many octets each way. */
final class EncryptedTraffic {
    SmbSession session;
    int sessionGeneration;
    long sessionId;
    long startNs;
    long lastNs;
    long readOctets;
    long writeOctets;
    int readMessages;
    int writeMessages;

    boolean isEmpty() {
        return readMessages + writeMessages == 0;
    }

    void start(final SmbSession of, final long timestampNs) {
        session = of;
        sessionGeneration = of.generation;
        sessionId = of.id;
        startNs = timestampNs;
    }

    SmbSession session() {
        return session != null && session.generation == sessionGeneration ? session : null;
    }

    void add(final boolean isFromClient, final long octets, final long timestampNs) {
        if (isFromClient) {
            writeOctets += octets;
            writeMessages++;
        } else {
            readOctets += octets;
            readMessages++;
        }
        lastNs = timestampNs;
    }

    void reset() {
        session = null;
        readOctets = 0;
        writeOctets = 0;
        readMessages = 0;
        writeMessages = 0;
    }
}
