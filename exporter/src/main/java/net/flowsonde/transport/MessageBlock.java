package net.flowsonde.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.agrona.DirectBuffer;

/** Messages that wait to be written together, with the end of each, so that a write that stops in between leaves no half message. */
final class MessageBlock {
    private static final int CAPACITY = 256 << 10;
    private static final int MAX_MESSAGES = 4_096;

    private final ByteBuffer octets = ByteBuffer.allocateDirect(CAPACITY);
    private final int[] ends = new int[MAX_MESSAGES];
    private int messages;
    private int written;

    boolean isEmpty() {
        return messages == 0;
    }

    boolean hasRoom(final int length) {
        return messages < MAX_MESSAGES && length <= octets.remaining();
    }

    void append(final DirectBuffer message, final int offset, final int length) {
        message.getBytes(offset, octets, length);
        ends[messages++] = octets.position();
    }

    /** Writes some of what is not written yet. */
    void writeTo(final WritableByteChannel channel) throws IOException {
        final int end = octets.position();
        octets.limit(end).position(written);
        try {
            channel.write(octets);
        } finally {
            written = octets.position();
            octets.limit(CAPACITY).position(end);
        }
    }

    boolean isWritten() {
        return written == octets.position();
    }

    int writtenLength() {
        return written;
    }

    /** Octets of the messages that were written to their end. */
    int wholeMessagesLength() {
        final int count = wholeMessages();
        return count == 0 ? 0 : ends[count - 1];
    }

    /** Forgets the messages that were written to their end, to write the others from their start. Answers how many it forgot. */
    int removeWritten() {
        final int count = wholeMessages();
        final int length = wholeMessagesLength();
        octets.flip().position(length);
        octets.compact();
        for (int i = count; i < messages; i++) {
            ends[i - count] = ends[i] - length;
        }
        messages -= count;
        written = 0;
        return count;
    }

    /** Forgets everything and answers how many messages that were. */
    int clear() {
        final int count = messages;
        octets.clear();
        messages = 0;
        written = 0;
        return count;
    }

    private int wholeMessages() {
        int count = 0;
        while (count < messages && ends[count] <= written) {
            count++;
        }
        return count;
    }
}
