package net.flowsonde.flow;

import org.agrona.MutableDirectBuffer;

/** View over what a TCP connection needs beside its {@link FlowRecord}, as it lies behind the record in a slot of the table. */
final class TcpState {
    /** Octets of a state. */
    static final int LENGTH = 224;

    private MutableDirectBuffer buffer;
    private int offset;

    /** Points at a state. */
    TcpState wrap(final MutableDirectBuffer buffer, final int offset) {
        this.buffer = buffer;
        this.offset = offset;
        return this;
    }

    /** Forgets the last connection. */
    void reset() {
        buffer.setMemory(offset, LENGTH, (byte) 0);
    }
}
