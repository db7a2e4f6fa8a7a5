package net.flowsonde.transport;

import net.flowsonde.ipfix.MessageSink.SettlementListener;

/**
 * What became of the messages of one sink, in their order. The event loop decides fates, the export thread takes messages and learns what
 * was decided; no lock, as each side writes its own number.
 */
final class Fates {
    private static final byte LOST = 0;
    private static final byte SENT = 1;

    private final byte[] ring;
    private long taken;
    private long told;
    private volatile long decided;

    /** @param capacity  most messages on their way, a power of two */
    Fates(final int capacity) {
        ring = new byte[capacity];
    }

    /** No further message may be taken now; export thread. */
    boolean isFull() {
        return taken - told == ring.length;
    }

    /** A message was taken; export thread. */
    void onTaken() {
        taken++;
    }

    /** The oldest undecided message was sent or lost; event loop. */
    void decide(final boolean isSent) {
        final long index = decided;
        ring[(int) index & ring.length - 1] = isSent ? SENT : LOST;
        decided = index + 1;
    }

    /** Nothing is on its way; export thread. */
    boolean isAllDecided() {
        return decided == taken;
    }

    /** Tells what has been decided; export thread. */
    int tell(final SettlementListener listener) {
        final int news = (int) (decided - told);
        for (int i = 0; i < news; i++) {
            listener.onSettled(ring[(int) told & ring.length - 1] == SENT);
            told++;
        }
        return news;
    }
}
