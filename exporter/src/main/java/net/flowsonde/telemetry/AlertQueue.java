package net.flowsonde.telemetry;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The alerts that wait for one listener, which takes them on a thread of its own choice. What a full queue cannot take is counted. */
public final class AlertQueue {
    private final ArrayBlockingQueue<Alert> waiting;

    AlertQueue(final int capacity) {
        waiting = new ArrayBlockingQueue<>(capacity);
    }

    boolean offer(final Alert alert) {
        return waiting.offer(alert);
    }

    /** The next alert, or null when none waits. */
    public Alert poll() {
        return waiting.poll();
    }

    /** The next alert, waiting for it at most this long; null when none came. */
    public Alert poll(final long timeoutMs) throws InterruptedException {
        return waiting.poll(timeoutMs, TimeUnit.MILLISECONDS);
    }
}
