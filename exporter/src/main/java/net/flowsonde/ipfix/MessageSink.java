package net.flowsonde.ipfix;

import net.flowsonde.telemetry.Counters;
import org.agrona.DirectBuffer;

/**
 * Where finished messages go: a UDP or TCP session, a file. Called by the export thread only; must not block it for longer than its
 * own bounded time, and what it cannot take it refuses, so that the caller counts the drop.
 */
public interface MessageSink extends AutoCloseable {
    /** What a sink wants to be given. */
    enum Encoding {
        /** IPFIX messages. */
        IPFIX,
        /** One JSON object a line. */
        JSON_LINES
    }

    default Encoding encoding() {
        return Encoding.IPFIX;
    }

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
     * in a transport session with its own sequence numbers. 0 while there has been none. Changes only inside {@link #doWork}.
     */
    long sessionId();

    /**
     * How many of the messages taken have met their fate, oldest first; the rest is on its way. Changes only inside {@link #doWork},
     * {@link #flush} and {@link #close}; of what settles in one such call, the sent ones are the older.
     */
    long settledMessages();

    /** How many of the settled messages were lost: a connection broke, a disk was full to the end. */
    long lostMessages();

    /** Housekeeping (reconnects, flushes), called at least ten times a second. */
    int doWork(long nowNs);

    /** No traffic waits behind the messages that follow: the sink may slow them down, by refusing, to what the receiver can take. */
    default void onDraining() {
    }

    /** Everything taken so far is on its way or on disk. */
    void flush();

    /** What it is, for a person: its URI. */
    String name();

    /** The counts of this collector, written by the export thread. */
    Counters counters();

    /** Sends what it has taken within a bounded time and lets go; every message taken is settled afterwards. */
    @Override
    void close();
}
