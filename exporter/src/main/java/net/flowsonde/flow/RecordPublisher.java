package net.flowsonde.flow;

import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;

/** Hands finished records to the export thread and keeps the account of what went and what was dropped. Owned by one queue thread. */
final class RecordPublisher {
    private static final Counter[] BY_END_REASON = {
        null, Counter.RECORDS_IDLE, Counter.RECORDS_ACTIVE, Counter.RECORDS_END_DETECTED, Counter.RECORDS_FORCED,
        Counter.RECORDS_LACK_OF_RESOURCES};

    private final RecordRing ring;
    private final Counters counters;

    RecordPublisher(final RecordRing ring, final Counters counters) {
        this.ring = ring;
        this.counters = counters;
    }

    /** A record that can be finished later should wait when this is false. */
    boolean isRoomy() {
        return ring.isRoomy();
    }

    void publish(final FlowRecord record) {
        final long frames = record.frames(FlowRecord.FORWARD) + record.frames(FlowRecord.REVERSE);
        final long packets = record.packets(FlowRecord.FORWARD) + record.packets(FlowRecord.REVERSE);
        final long octets = record.octets(FlowRecord.FORWARD) + record.octets(FlowRecord.REVERSE);
        if (ring.offer(RecordRing.FLOW_RECORD, record.buffer(), record.offset(), FlowRecord.LENGTH)) {
            counters.increment(Counter.RECORDS_CREATED);
            counters.increment(BY_END_REASON[record.flowEndReason()]);
            counters.add(Counter.FRAMES_RECORDED, frames);
            counters.add(Counter.PACKETS_RECORDED, packets);
            counters.add(Counter.OCTETS_RECORDED, octets);
        } else {
            counters.increment(Counter.RECORDS_RING_FULL);
            counters.add(Counter.FRAMES_RING_FULL, frames);
            counters.add(Counter.PACKETS_RING_FULL, packets);
            counters.add(Counter.OCTETS_RING_FULL, octets);
        }
    }
}
