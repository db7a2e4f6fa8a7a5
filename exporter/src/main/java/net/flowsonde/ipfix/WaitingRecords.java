package net.flowsonde.ipfix;

import net.flowsonde.flow.FlowRecord;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;

/** Copies of flow records that wait for what is known to come to their start, in the order in which they came. Owned by the export thread. */
final class WaitingRecords {
    private final UnsafeBuffer records;
    private final long[] startNs;
    private final long[] addedNs;
    /** Slots: the first {@link #count} are of those that wait, the oldest first; the others are free. */
    private final int[] slots;
    private final int[] gone;
    private final Counters counters;
    private int count;

    WaitingRecords(final int limit, final Counters counters) {
        records = new UnsafeBuffer(new byte[limit * FlowRecord.LENGTH]);
        startNs = new long[limit];
        addedNs = new long[limit];
        slots = new int[limit];
        gone = new int[limit];
        for (int i = 0; i < limit; i++) {
            slots[i] = i;
        }
        this.counters = counters;
    }

    /** Copies a record; false when there is no room. */
    boolean add(final DirectBuffer buffer, final int offset, final long recordStartNs, final long nowNs) {
        if (count == slots.length) {
            counters.increment(Counter.RECORDS_NOT_AWAITED);
            return false;
        }
        final int slot = slots[count++];
        records.putBytes(slot * FlowRecord.LENGTH, buffer, offset, FlowRecord.LENGTH);
        startNs[slot] = recordStartNs;
        addedNs[slot] = nowNs;
        counters.increment(Counter.RECORDS_AWAITED);
        return true;
    }

    /** Hands over those that start no later than {@code knownNs} or wait since {@code longestNs} or longer; answers how many. */
    int release(final long knownNs, final long longestNs, final MessageHandler handler) {
        int seen = 0;
        int kept = 0;
        try {
            while (seen < count) {
                final int slot = slots[seen++];
                if (startNs[slot] > knownNs && addedNs[slot] > longestNs) {
                    slots[kept++] = slot;
                    continue;
                }
                if (startNs[slot] > knownNs) {
                    counters.increment(Counter.RECORDS_NOT_AWAITED);
                }
                gone[seen - kept - 1] = slot;
                handler.onMessage(RecordRing.FLOW_RECORD, records, slot * FlowRecord.LENGTH, FlowRecord.LENGTH);
            }
        } finally {
            close(seen, kept); // whatever happened to the last
        }
        return seen - kept;
    }

    /** Of the first {@code seen}, only the first {@code kept} wait on. */
    private void close(final int seen, final int kept) {
        final int released = seen - kept;
        System.arraycopy(slots, seen, slots, kept, count - seen);
        count -= released;
        System.arraycopy(gone, 0, slots, count, released);
    }
}
