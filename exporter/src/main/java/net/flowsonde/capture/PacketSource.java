package net.flowsonde.capture;

import java.util.Optional;

/** One stream of frames: a live handle, a kernel ring or a file. Used by one thread only, except {@link #wakeUp}. */
public interface PacketSource extends AutoCloseable {
    /**
     * Hands over a bounded batch of the frames that wait, then calls {@link PacketHandler#onTime} once. A live source that has none
     * waits up to 100 ms for some.
     *
     * @return how many frames were taken from the kernel or the file, those that were left out by cause included; 0 when there were none
     */
    int poll(PacketHandler handler);

    /** A file that has been read to its end (or to where it is corrupt); never true live. */
    boolean isFinished();

    /**
     * Why a finished source ended before its end, as one line for the operator (a file cut short or corrupt). What was read before has
     * been handed over.
     */
    default Optional<String> problem() {
        return Optional.empty();
    }

    /** The filter as it is now wanted is in force; any thread. Always true of a file, whose filter never changes. */
    default boolean hasNewestFilter() {
        return true;
    }

    /** Why the newest filter is not in force although it was tried; any thread. */
    default Optional<String> filterRefusal() {
        return Optional.empty();
    }

    /**
     * Takes no new frames from the network; what waits in the kernel's buffer is still handed over, so that polling until 0 drains a
     * live source even on a busy link. A file goes on as before.
     */
    default void closeIntake() {
    }

    /** Makes a waiting {@link #poll} return soon; any thread. */
    void wakeUp();

    @Override
    void close();
}
