package net.flowsonde.collector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Cuts the octets of a TCP connection or a file (RFC 5655) into messages, by the length in their headers. */
final class MessageStream {
    private static final int CAPACITY = 1 << 20;

    private final Session session;
    private final MessageConsumer consumer;
    private final ByteBuffer buffer = ByteBuffer.allocate(CAPACITY);
    private boolean isBroken;

    MessageStream(final Session session, final MessageConsumer consumer) {
        this.session = session;
        this.consumer = consumer;
    }

    /** Reads once and hands on every whole message; answers what the channel answered, or -1 when the stream is beyond use. */
    int readFrom(final ReadableByteChannel channel) throws IOException {
        final int count = channel.read(buffer);
        buffer.flip();
        cut();
        buffer.compact();
        return isBroken ? -1 : count;
    }

    /** No more octets will come. */
    void end() {
        if (!isBroken && buffer.position() > 0) {
            consumer.onBroken(session, Rule.MESSAGE_LENGTH, "the stream ends " + buffer.position() + " octets into a message");
        }
    }

    private void cut() {
        while (!isBroken && buffer.remaining() >= MessageDecoder.HEADER_LENGTH) {
            final int start = buffer.position();
            final int version = buffer.getShort(start) & 0xFFFF;
            final int length = buffer.getShort(start + 2) & 0xFFFF;
            if (version != MessageDecoder.VERSION) {
                breakOff(Rule.MESSAGE_VERSION, "version " + version);
            } else if (length < MessageDecoder.HEADER_LENGTH) {
                breakOff(Rule.MESSAGE_LENGTH, "length " + length + " is less than a header");
            } else if (length > buffer.remaining()) {
                return;
            } else {
                consumer.onMessage(session, buffer.slice(start, length));
                buffer.position(start + length);
            }
        }
    }

    private void breakOff(final Rule rule, final String detail) {
        isBroken = true;
        consumer.onBroken(session, rule, detail);
    }
}
