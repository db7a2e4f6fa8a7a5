package net.flowsonde.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A window over a stream of octets, filled in blocks of 1 MiB into one buffer. What is asked for is contiguous; only the rest of the last
 * record moves to the front at a refill. A channel that has nothing now (a silent pipe) is told from one that has ended.
 */
final class FileBlocks implements AutoCloseable {
    /** Longest stretch that can be required at once: a frame of 1 MiB with the headers of its record. */
    static final int MAX_REQUIRED = (1 << 20) + 4_096;
    private static final int BLOCK_LENGTH = 1 << 20;

    private final NativeMemory memory = NativeMemory.allocate(MAX_REQUIRED + BLOCK_LENGTH);
    private final UnsafeBuffer buffer = memory.buffer();
    private final ByteBuffer bytes = memory.bytes();
    private final ReadableByteChannel channel;
    private int position;
    private int limit;
    private long bufferStart;
    private long toSkip;
    private boolean isEnd;
    private boolean isClosed;
    private String error;

    FileBlocks(final ReadableByteChannel channel) {
        this.channel = channel;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Where the octets that are not yet consumed begin in the buffer. */
    int position() {
        return position;
    }

    int available() {
        return limit - position;
    }

    /** The channel has ended; what is {@link #available} is all that is left. */
    boolean isEnd() {
        return isEnd;
    }

    /** Why reading failed, if the end came by that; else null. */
    String error() {
        return error;
    }

    /** Where {@link #position} lies in the stream. */
    long streamOffset() {
        return bufferStart + position;
    }

    /** Octets that were to be skipped when the stream ended. */
    long unskipped() {
        return toSkip;
    }

    void consume(final int length) {
        position += length;
    }

    /** Consumes octets that need not be in the buffer; done at the next {@link #require}. */
    void skip(final long length) {
        toSkip += length;
    }

    /** Whether {@code length} octets lie at {@link #position}; if not, the stream has ended or has nothing now. */
    boolean require(final int length) {
        return (toSkip == 0 && limit - position >= length) || refill(length);
    }

    private boolean refill(final int length) {
        do {
            skipAvailable();
            if (toSkip == 0 && limit - position >= length) {
                return true;
            }
        } while (read());
        return false;
    }

    private void skipAvailable() {
        final int skipped = (int) Math.min(toSkip, limit - position);
        position += skipped;
        toSkip -= skipped;
    }

    /** Moves the rest to the front and reads a block behind it. */
    private boolean read() {
        if (isEnd) {
            return false;
        }
        compact();
        bytes.limit(Math.min(limit + BLOCK_LENGTH, bytes.capacity())).position(limit);
        try {
            final int count = channel.read(bytes);
            isEnd = count < 0;
            limit += Math.max(count, 0);
            return count > 0;
        } catch (final IOException exception) {
            isEnd = true;
            error = exception.getMessage();
            return false;
        }
    }

    private void compact() {
        final int rest = limit - position;
        if (position > 0) {
            buffer.putBytes(0, buffer, position, rest);
            bufferStart += position;
            position = 0;
            limit = rest;
        }
    }

    /** The buffer is given back: not to be used any more. */
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        isEnd = true;
        memory.free();
        try {
            channel.close();
        } catch (final IOException exception) {
            error = exception.getMessage(); // it was only read: nothing is lost
        }
    }
}
