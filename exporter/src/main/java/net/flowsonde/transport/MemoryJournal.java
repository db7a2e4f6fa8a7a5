package net.flowsonde.transport;

import java.nio.ByteBuffer;
import net.flowsonde.ipfix.MessageContents;
import org.agrona.DirectBuffer;

/**
 * A journal in a ring of memory. A frame never wraps around the end: a rest that is too short is left out, and marked where it could be
 * mistaken for a frame. When it is full, the oldest make room, or, where traffic can wait, the new message is refused.
 */
final class MemoryJournal implements Journal {
    private static final int SKIP = 0;

    private final ByteBuffer ring;
    private final int capacity;
    private final boolean isEvicting;
    private final EvictionListener listener;
    private final JournalFrame writer = new JournalFrame();
    private final JournalFrame evicted = new JournalFrame();
    private long head;
    private long tail;
    private long acknowledged;
    private long released;
    private long spared;

    /** @param capacity  octets, a power of two, several times the longest message */
    MemoryJournal(final int capacity, final boolean isEvicting, final EvictionListener listener) {
        ring = ByteBuffer.allocateDirect(capacity);
        this.capacity = capacity;
        this.isEvicting = isEvicting;
        this.listener = listener;
    }

    @Override
    public boolean append(
        final MessageContents contents, final int flags, final DirectBuffer message, final int offset, final int length) {
        final int needed = JournalFrame.HEADER_LENGTH + length;
        final int rest = capacity - index(tail);
        final int skipped = needed > rest ? rest : 0;
        if (!makeRoom(needed + skipped)) {
            return false;
        }
        if (skipped >= Integer.BYTES) {
            ring.putInt(index(tail), SKIP);
        }
        tail += skipped;
        tail += writer.write(ring, index(tail), contents, flags, message, offset, length);
        return true;
    }

    @Override
    public boolean read(final long from, final JournalFrame frame) {
        final long position = skip(Math.max(from, head));
        if (position >= tail) {
            return false;
        }
        if (!frame.wrap(ring, index(position), capacity, position)) {
            throw new IllegalStateException("memory of the export is damaged");
        }
        return true;
    }

    @Override
    public long tail() {
        return tail;
    }

    @Override
    public void acknowledge(final long acknowledgedNow, final long releasedNow) {
        acknowledged = acknowledgedNow;
        released = releasedNow;
    }

    @Override
    public void spare(final long position) {
        spared = position;
    }

    @Override
    public void doWork(final long nowNs) {
        // all is where it belongs
    }

    @Override
    public boolean isDurable() {
        return false;
    }

    @Override
    public long octets() {
        return tail - Math.max(head, acknowledged);
    }

    @Override
    public void close() {
        // holds nothing but memory
    }

    private boolean makeRoom(final int needed) {
        forget(released);
        if (!hasRoom(needed)) {
            forget(acknowledged);
        }
        while ((isEvicting || head < spared) && !hasRoom(needed)) {
            read(head, evicted);
            listener.onEvicted(evicted);
            head = evicted.end();
        }
        return hasRoom(needed);
    }

    private boolean hasRoom(final int needed) {
        return needed <= capacity - (tail - head);
    }

    private void forget(final long position) {
        head = Math.max(head, Math.min(position, tail));
    }

    private long skip(final long position) {
        final int rest = capacity - index(position);
        final boolean isRest = position < tail && (rest < Integer.BYTES || ring.getInt(index(position)) == SKIP);
        return isRest ? position + rest : position;
    }

    private int index(final long position) {
        return (int) position & capacity - 1;
    }
}
