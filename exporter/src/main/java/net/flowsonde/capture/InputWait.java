package net.flowsonde.capture;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Waits in poll(2) for a descriptor to have input, and can be woken from another thread through a pipe. One thread waits.
 * <pre>struct pollfd, twice: descriptor @0, events @4 (16 bits), answered events @6 (16 bits)</pre>
 */
final class InputWait implements AutoCloseable {
    /** Nothing came in time, or the wait was ended by {@link #wakeUp}. */
    static final int NOTHING = 0;

    private static final int POLL_LENGTH = 8;
    private static final int EVENTS_OFFSET = 4;
    private static final int ANSWER_OFFSET = 6;

    private final LibC.Functions libc = LibC.functions();
    private final NativeMemory descriptors = NativeMemory.allocate(2 * POLL_LENGTH);
    private final NativeMemory octet = NativeMemory.allocate(8);
    private final NativeMemory wakeOctet = NativeMemory.allocate(8);
    private final UnsafeBuffer polled = descriptors.buffer();
    private final int readEnd;
    private final int writeEnd;
    private boolean isClosed;

    InputWait(final int descriptor) {
        final NativeMemory ends = NativeMemory.allocate(2 * Integer.BYTES);
        if (libc.pipe(ends.address()) != 0) {
            throw new CaptureException("no pipe for waking a queue: " + libc.strerror(LibC.lastError()));
        }
        readEnd = ends.buffer().getInt(0);
        writeEnd = ends.buffer().getInt(Integer.BYTES);
        watch(0, descriptor);
        watch(POLL_LENGTH, readEnd);
    }

    private void watch(final int offset, final int descriptor) {
        polled.putInt(offset, descriptor);
        polled.putShort(offset + EVENTS_OFFSET, LibC.POLLIN);
    }

    /** Waits for another descriptor from now on; -1 for none, so that only time and {@link #wakeUp} end a wait. */
    void descriptor(final int descriptor) {
        polled.putInt(0, descriptor);
    }

    /** Only input and time end a wait from now on. */
    void ignoreWakeUps() {
        polled.putInt(POLL_LENGTH, -1);
    }

    /** The answered events of the descriptor (POLLIN, POLLERR …) or {@link #NOTHING}. */
    int await(final int timeoutMs) {
        polled.putShort(ANSWER_OFFSET, (short) 0);
        polled.putShort(POLL_LENGTH + ANSWER_OFFSET, (short) 0);
        if (libc.poll(descriptors.address(), 2, timeoutMs) <= 0) {
            return NOTHING;
        }
        if (polled.getShort(POLL_LENGTH + ANSWER_OFFSET) != 0) {
            libc.read(readEnd, octet.address(), 1);
        }
        return polled.getShort(ANSWER_OFFSET);
    }

    /** Ends a wait, or the next one if none is under way; any thread. */
    synchronized void wakeUp() {
        if (!isClosed) {
            libc.write(writeEnd, wakeOctet.address(), 1);
        }
    }

    @Override
    public synchronized void close() {
        if (!isClosed) {
            isClosed = true;
            libc.close(readEnd);
            libc.close(writeEnd);
        }
    }
}
