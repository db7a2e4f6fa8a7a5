package net.flowsonde.flow;

import java.util.Arrays;

/**
 * The buffers in which datagrams are put together. When all are in use, the datagram that has waited longest loses its buffer: most
 * likely one of its fragments is lost. So a flood of fragments that never complete cannot stop others from completing.
 */
final class DatagramBufferPool {
    private final DatagramBuffer[] buffers;
    private final DatagramBuffer[] free;
    private int freeCount;
    private long acquisitions;

    DatagramBufferPool(final int size) {
        buffers = new DatagramBuffer[size];
        Arrays.setAll(buffers, index -> new DatagramBuffer());
        free = buffers.clone();
        freeCount = size;
    }

    /** Gives the datagram a buffer; true when another datagram had to give it up (or there are none at all). */
    boolean acquire(final FragmentedDatagram datagram) {
        final boolean isExhausted = freeCount == 0;
        if (isExhausted) {
            if (buffers.length == 0) {
                return true;
            }
            release(oldest());
        }
        final DatagramBuffer buffer = free[--freeCount];
        buffer.open(datagram, acquisitions++);
        datagram.buffer = buffer;
        return isExhausted;
    }

    void release(final DatagramBuffer buffer) {
        buffer.owner().buffer = null;
        free[freeCount++] = buffer;
    }

    private DatagramBuffer oldest() {
        DatagramBuffer oldest = buffers[0];
        for (final DatagramBuffer buffer : buffers) {
            if (buffer.acquisition() < oldest.acquisition()) {
                oldest = buffer;
            }
        }
        return oldest;
    }
}
