package net.flowsonde.collector;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Messages between the receiving and the decoding thread. Bounded: when it is full the receiver waits, and TCP makes the sender wait. */
final class Inbox implements MessageConsumer {
    private static final int MOST_MESSAGES = 1 << 15;
    private static final Item END = new Item(null, null, null, null);

    private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(MOST_MESSAGES);

    /** A message, or the rule that a stream broke. */
    private record Item(Session session, ByteBuffer message, Rule rule, String detail) {
    }

    /** What one wait brought. */
    enum Outcome { MESSAGE, NOTHING, END }

    @Override
    public void onMessage(final Session session, final ByteBuffer message) {
        final ByteBuffer copy = ByteBuffer.allocate(message.remaining());
        copy.put(message).flip();
        put(new Item(session, copy, null, null));
    }

    @Override
    public void onBroken(final Session session, final Rule rule, final String detail) {
        put(new Item(session, null, rule, detail));
    }

    /** Says that nothing more will come. */
    void end() {
        if (!queue.offer(END)) {
            put(END);
        }
    }

    /** Hands the next message on, waiting for it at most so long. */
    Outcome poll(final MessageConsumer consumer, final long timeout, final TimeUnit unit) throws InterruptedException {
        final Item item = queue.poll(timeout, unit);
        if (item == null) {
            return Outcome.NOTHING;
        }
        if (item == END) {
            return Outcome.END;
        }
        if (item.rule() == null) {
            consumer.onMessage(item.session(), item.message());
        } else {
            consumer.onBroken(item.session(), item.rule(), item.detail());
        }
        return Outcome.MESSAGE;
    }

    private void put(final Item item) {
        try {
            queue.put(item);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
