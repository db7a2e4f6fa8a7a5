package net.flowsonde.dpi.dhcp;

import org.agrona.DirectBuffer;

/**
 * What a message that hands out DNS servers says: where the addresses of the servers lie, and those of whom it tells. Kinds of messages
 * read themselves into it. Reused for each. Owned by one queue thread.
 */
abstract class HintMessage {
    /** Most clients or networks that are taken of one message. */
    static final int MAX_CLIENTS = 4;

    final int addressLength;
    private final int[] servers = new int[ServerHint.MAX_SERVERS];
    private final int[] clients = new int[MAX_CLIENTS];
    private int serverCount;
    private int clientCount;
    private boolean isMalformed;

    HintMessage(final int addressLength) {
        this.addressLength = addressLength;
    }

    /** Reads a message; true when it hands out DNS servers. */
    final boolean read(final DirectBuffer buffer, final int offset, final int length) {
        serverCount = 0;
        clientCount = 0;
        isMalformed = false;
        return readFrom(buffer, offset, offset + length) && serverCount > 0;
    }

    /** Whether it is of the kind, and one that hands out something. */
    abstract boolean readFrom(DirectBuffer buffer, int offset, int limit);

    /** Servers whose addresses lie one behind the other; those beyond the most that are kept are left out. */
    final void addServers(final int offset, final int length) {
        for (int at = offset; offset + length - at >= addressLength && serverCount < servers.length; at += addressLength) {
            servers[serverCount++] = at;
        }
    }

    final void addClient(final int offset) {
        if (clientCount < clients.length) {
            clients[clientCount++] = offset;
        }
    }

    /** An option goes on beyond the end. */
    final void markMalformed() {
        isMalformed = true;
    }

    final boolean isMalformed() {
        return isMalformed;
    }

    final int serverCount() {
        return serverCount;
    }

    final int serverOffset(final int index) {
        return servers[index];
    }

    /** 0 when only the address that the message was sent to says whom it tells. */
    final int clientCount() {
        return clientCount;
    }

    final int clientOffset(final int index) {
        return clients[index];
    }
}
