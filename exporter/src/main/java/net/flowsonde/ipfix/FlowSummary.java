package net.flowsonde.ipfix;

import net.flowsonde.enrich.FlowMetadata;
import net.flowsonde.flow.FlowRecord;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What is known of a flow in one line for a person, as words {@code name=value} with a space between: the name that the client
 * had asked for, the user, why and by whom a TCP connection was ended and what that meant, the file that it was about. Owned by the export thread.
 */
final class FlowSummary {
    static final int CAPACITY = 250;
    private static final int TCP = 6;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CAPACITY]);
    private final FlowMetadata metadata;
    private int length;

    FlowSummary(final FlowMetadata metadata) {
        this.metadata = metadata;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    /** Writes the line of a flow to the start of the buffer and answers its length. */
    int write(final FlowRecord flow) {
        length = 0;
        word("server", metadata.serverName());
        word("client", metadata.clientName());
        word("user", metadata.use().user());
        if (flow.protocol() == TCP) {
            word("end", CodeNames.tcpTeardownReason(flow.tcpTeardownReason()));
            word("by", CodeNames.tcpTeardownInitiator(flow.tcpTeardownInitiator()));
            word("impact", CodeNames.tcpTeardownImpact(flow.tcpTeardownImpact()));
        }
        word("file", metadata.use().path());
        return length;
    }

    private void word(final String name, final DirectBuffer value) {
        if (value.capacity() != 0 && begin(name, value.capacity())) {
            buffer.putBytes(length, value, 0, value.capacity());
            length += value.capacity();
        }
    }

    private void word(final String name, final String value) {
        final int octets = Utf8.length(value);
        if (octets != 0 && begin(name, octets)) {
            length += buffer.putStringWithoutLengthUtf8(length, value);
        }
    }

    /** Writes a name, if it fits with its value. */
    private boolean begin(final String name, final int valueLength) {
        if (length + 1 + name.length() + 1 + valueLength > CAPACITY) {
            return false;
        }
        if (length != 0) {
            buffer.putByte(length++, (byte) ' ');
        }
        length += buffer.putStringWithoutLengthAscii(length, name);
        buffer.putByte(length++, (byte) '=');
        return true;
    }
}
