package net.flowsonde.ipfix;

import org.agrona.DirectBuffer;

/**
 * Where finished messages go: a UDP or TCP session, a file. Called by the export thread only; must not block it for longer than its
 * own bounded time, and what it cannot take it refuses, so that the caller counts the drop.
 */
public interface MessageSink extends AutoCloseable {
    /**
     * Takes one whole message (or, for JSON lines, one line); the octets are copied or written before the call returns.
     *
     * @return false when it was not taken (away, full): nothing of it has been or will be sent
     */
    boolean offer(DirectBuffer message, int offset, int length);

    /** Most octets of one message. */
    int maxMessageLength();

    /** Whether templates must be repeated by time and count (UDP), because the transport may lose them. */
    boolean isLossy();

    /**
     * Counts the sessions that this sink has opened: it changes when a connection is made anew, and templates must then be sent first,
     * in a transport session with its own sequence numbers. 0 while there has been none.
     */
    long sessionId();

    /** Housekeeping (reconnects, flushes), called at least ten times a second. */
    int doWork(long nowNs);

    /** Everything taken so far is on its way or on disk. */
    void flush();

    /** What it is, for a person: its URI. */
    String name();

    @Override
    void close();
}
