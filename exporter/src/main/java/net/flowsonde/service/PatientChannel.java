package net.flowsonde.service;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A socket that is read and written with a limit to the waiting and to the octets, because who is at the other end may do neither. */
final class PatientChannel implements AutoCloseable {
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;

    /** Takes over the channel. */
    PatientChannel(final SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        selector = Selector.open();
        key = channel.register(selector, 0);
    }

    /**
     * Reads to the end of the line or of the stream.
     *
     * @param isLine  whether a line feed, which is left out, is the end
     * @throws IOException when it takes too long or has more octets than {@code most}
     */
    byte[] read(final boolean isLine, final int most, final Duration patience) throws IOException {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        final ByteBuffer some = ByteBuffer.allocate(Math.min(most + 1, 8_192));
        final long deadlineNs = System.nanoTime() + patience.toNanos();
        while (channel.read(some.clear()) >= 0) {
            for (final byte octet : some.flip().hasRemaining() ? copy(some) : new byte[0]) {
                if (isLine && octet == '\n') {
                    return all.toByteArray();
                }
                all.write(octet);
            }
            if (all.size() > most) {
                throw new IOException("more than " + most + " octets");
            }
            await(SelectionKey.OP_READ, deadlineNs);
        }
        return all.toByteArray();
    }

    private static byte[] copy(final ByteBuffer buffer) {
        final byte[] octets = new byte[buffer.remaining()];
        buffer.get(octets);
        return octets;
    }

    void write(final byte[] octets, final Duration patience) throws IOException {
        final ByteBuffer rest = ByteBuffer.wrap(octets);
        final long deadlineNs = System.nanoTime() + patience.toNanos();
        while (rest.hasRemaining()) {
            if (channel.write(rest) == 0) {
                await(SelectionKey.OP_WRITE, deadlineNs);
            }
        }
    }

    private void await(final int operation, final long deadlineNs) throws IOException {
        final long leftMs = (deadlineNs - System.nanoTime()) / 1_000_000;
        key.interestOps(operation);
        if (leftMs <= 0 || selector.select(leftMs) == 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        selector.selectedKeys().clear();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
