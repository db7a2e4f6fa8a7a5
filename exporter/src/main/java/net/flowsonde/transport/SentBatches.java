package net.flowsonde.transport;

import java.util.ArrayDeque;
import java.util.Deque;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;

/** What was sent in the open session and may not have arrived yet, in pieces of the journal; counted once it is decided. */
final class SentBatches {
    private static final int MOST_MESSAGES = 32;

    private final Deque<Batch> batches = new ArrayDeque<>();
    private long sentEnd;

    private static final class Batch {
        private final MessageTotals kept = new MessageTotals();
        /** Of messages that have left the journal meanwhile, so that they cannot be sent again. */
        private final MessageTotals evicted = new MessageTotals();
        private long end;
        /** Behind the last of them that the socket was given. */
        private long sentEnd;
        private int messages;
    }

    /** A session begins with what is announced; the journal stands at a position. */
    void begin(final long position) {
        sentEnd = position;
    }

    /**
     * A message that is not known to have arrived was sent.
     *
     * @param isTransmitted  false when the session began with it already
     */
    void add(final JournalFrame frame, final boolean isTransmitted) {
        Batch last = batches.peekLast();
        if (last == null || last.messages == MOST_MESSAGES) {
            last = new Batch();
            batches.add(last);
        }
        last.kept.add(frame.contents(), frame.messageLength());
        sentEnd = isTransmitted ? frame.end() : sentEnd;
        last.sentEnd = sentEnd;
        last.end = frame.end();
        last.messages++;
    }

    /** Everything that was sent has arrived. */
    boolean isEmpty() {
        return batches.isEmpty();
    }

    /** A message that was sent leaves the journal before it is known to have arrived. */
    void onEvicted(final JournalFrame frame) {
        for (final Batch batch : batches) {
            if (frame.end() <= batch.end) {
                final MessageTotals one = new MessageTotals();
                one.add(frame.contents(), frame.messageLength());
                batch.kept.subtract(one);
                batch.evicted.add(one);
                return;
            }
        }
    }

    /** Counts what has arrived as sent, and takes it off {@code waiting}; answers how far that is, or {@code before}. */
    long arrived(final long position, final long before, final MessageTotals waiting, final Counters counters) {
        long acknowledged = before;
        while (!batches.isEmpty() && batches.peek().sentEnd <= position) {
            final Batch batch = batches.remove();
            batch.kept.add(batch.evicted);
            batch.kept.countSent(counters);
            waiting.subtract(batch.kept);
            acknowledged = batch.end;
        }
        return acknowledged;
    }

    /** The session has broken: what cannot be sent again is lost. */
    void onBroken(final MessageTotals waiting, final Counters counters) {
        for (final Batch batch : batches) {
            batch.evicted.countDropped(counters, Counter.RECORDS_LOST);
            waiting.subtract(batch.evicted);
        }
        batches.clear();
    }
}
