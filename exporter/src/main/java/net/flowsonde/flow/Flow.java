package net.flowsonde.flow;

import org.agrona.concurrent.UnsafeBuffer;

/** Cursor on one slot of the table: the record and, for TCP only, the state behind it. Reused by its owner. */
final class Flow {
    private final FlowRecord record = new FlowRecord();
    private final TcpState state = new TcpState();
    private int slot;

    void wrap(final int slot, final UnsafeBuffer buffer, final int offset) {
        this.slot = slot;
        record.wrapForUpdate(buffer, offset);
        state.wrap(buffer, offset + FlowRecord.LENGTH);
    }

    int slot() {
        return slot;
    }

    FlowRecord record() {
        return record;
    }

    TcpState state() {
        return state;
    }

    boolean isTcp() {
        return record.protocol() == FlowRecord.PROTOCOL_TCP;
    }
}
