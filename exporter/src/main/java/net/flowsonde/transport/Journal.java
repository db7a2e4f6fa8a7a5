package net.flowsonde.transport;

import net.flowsonde.ipfix.MessageContents;
import org.agrona.DirectBuffer;

/**
 * The messages on their way to one collector, in their order, from the moment that they are made until it is sure that they have arrived.
 * A message is found by its position, which only grows. Owned by the export thread.
 */
interface Journal extends AutoCloseable {
    /** Hears of every message that is forced out before it was acknowledged, oldest first. */
    interface EvictionListener {
        void onEvicted(JournalFrame frame);
    }

    /** Keeps a message; false when there is no room, or the disk fails. */
    boolean append(MessageContents contents, int flags, DirectBuffer message, int offset, int length);

    /** Points {@code frame} at the first message at or behind a position; false when there is none. */
    boolean read(long position, JournalFrame frame);

    /** Position of the next message to be kept. */
    long tail();

    /**
     * Says what need not be kept.
     *
     * @param acknowledged  everything before this has arrived at the collector's host
     * @param released      everything before this will not be sent again
     */
    void acknowledge(long acknowledged, long released);

    /** Everything before this may be forced out, though it is not known to have arrived, by messages that would find no room. */
    default void spare(final long position) {
    }

    /** Writes out what should be; called often. */
    void doWork(long nowNs);

    /** Whether what is kept survives the process. */
    boolean isDurable();

    /** Octets that are kept. */
    long octets();

    @Override
    void close();
}
