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

    /** Hears what became of messages, one call a message, in the order in which they were taken. */
    interface SettlementListener {
        /** @param isSent  false when the message was lost: a connection broke, a disk stayed full to the end */
        void onSettled(boolean isSent);

        /** The sink keeps the message until it has arrived, and counts what becomes of it. */
        void onKept();
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

    /**
     * The same for a sink that may keep the message for long, send it in a later session, or twice.
     *
     * @param contents  what the message holds
     */
    default boolean offer(final DirectBuffer message, final int offset, final int length, final MessageContents contents) {
        return offer(message, offset, length);
    }

    /** Octets that a sink keeps and could bring to the collector if it were given the time; falls as long as there is progress. */
    default long waitingOctets() {
        return 0;
    }

    /** Whether the collector can be reached, as far as it is known; one that was not tried yet can. */
    default boolean isUp() {
        return true;
    }

    /** It will never take a message again, so that waiting for it is in vain. */
    default boolean isHopeless() {
        return false;
    }

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
     * Tells the fate of the messages taken, oldest first, as far as it is decided and was not told before.
     *
     * @return how many fates were told
     */
    int settle(SettlementListener listener);

    /** Housekeeping (reconnects, flushes), called at least ten times a second. */
    int doWork(long nowNs);

    /** No traffic waits behind the messages that follow: the sink may slow them down, by refusing, to what the receiver can take. */
    default void onDraining() {
    }

    /** Another sink takes over what this one keeps: it closes soon, and waits for nothing that the other can bring as well. */
    default void onHandover() {
    }

    /** Everything taken so far is on its way or on disk. */
    void flush();

    /** What it is, for a person: its URI. */
    String name();

    /** The counts of this collector, written by the export thread. */
    Counters counters();

    /** Sends what it has taken within a bounded time and lets go; the fate of every message taken is decided afterwards. */
    @Override
    void close();
}
