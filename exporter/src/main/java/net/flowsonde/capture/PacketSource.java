package net.flowsonde.capture;

/** One stream of frames: a live handle, a kernel ring or a file. Used by one thread only, except {@link #wakeUp}. */
public interface PacketSource extends AutoCloseable {
    /**
     * Hands over a bounded batch of the frames that wait, then calls {@link PacketHandler#onTime} once. A live source that has none
     * waits up to 100 ms for some.
     *
     * @return how many frames were handed over
     */
    int poll(PacketHandler handler);

    /** A file that has been read to its end (or to where it is corrupt); never true live. */
    boolean isFinished();

    /** Makes a waiting {@link #poll} return soon; any thread. */
    void wakeUp();

    @Override
    void close();
}
