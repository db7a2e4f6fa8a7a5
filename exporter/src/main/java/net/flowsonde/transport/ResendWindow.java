package net.flowsonde.transport;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How far back a collector is sent again what it had acknowledged, and perhaps not read, when its connection breaks: a number of octets,
 * and on to where a message begins. Remembers only so many of these boundaries as make steps of a sixteenth.
 */
final class ResendWindow {
    private static final int STEPS = 16;

    private final long octets;
    private final long step;
    private final Deque<Long> boundaries = new ArrayDeque<>();

    ResendWindow(final long octets) {
        this.octets = octets;
        step = octets / STEPS + 1;
    }

    /** A message ends here, and everything before has been acknowledged; only grows. */
    void onAcknowledged(final long boundary) {
        if (boundaries.isEmpty() || boundary - boundaries.peekLast() >= step || octets == 0) {
            boundaries.add(boundary);
        }
    }

    /** What need not be sent again once everything before {@code acknowledged} has arrived; {@code before} where that is not known. */
    long released(final long acknowledged, final long before) {
        long released = before;
        while (!boundaries.isEmpty() && boundaries.peek() <= acknowledged - octets) {
            released = Math.max(released, boundaries.remove());
        }
        return released;
    }
}
