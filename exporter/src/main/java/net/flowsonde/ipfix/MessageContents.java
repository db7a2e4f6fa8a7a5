package net.flowsonde.ipfix;

import net.flowsonde.flow.FlowRecord;

/** What one message holds, for the account. */
final class MessageContents {
    long records;
    long packets;
    long octets;
    long metadataRecords;
    long optionsRecords;
    boolean hasTemplates;

    void reset() {
        records = 0;
        packets = 0;
        octets = 0;
        metadataRecords = 0;
        optionsRecords = 0;
        hasTemplates = false;
    }

    void add(final FlowRecord flow) {
        records++;
        add(flow, FlowRecord.FORWARD);
        add(flow, FlowRecord.REVERSE);
    }

    /** Packets and octets of one direction. */
    void add(final FlowRecord flow, final int direction) {
        packets += flow.packets(direction);
        octets += flow.octets(direction);
    }

    static long packets(final FlowRecord flow) {
        return flow.packets(FlowRecord.FORWARD) + flow.packets(FlowRecord.REVERSE);
    }

    static long octets(final FlowRecord flow) {
        return flow.octets(FlowRecord.FORWARD) + flow.octets(FlowRecord.REVERSE);
    }
}
