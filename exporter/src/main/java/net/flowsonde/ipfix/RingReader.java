package net.flowsonde.ipfix;

import java.util.List;
import java.util.concurrent.TimeUnit;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;

/**
 * Reads the rings of all queues so that a flow record comes after whatever any queue had to say about the time before the flow began. The
 * answer that names a flow may have passed another queue than the flow, and a short flow can overtake it: its record waits until every
 * queue has come to its start, in bounded number and for a bounded time. Other records never wait, and the records of a flow stay in order.
 * A single queue tells everything in order, so that nothing waits there. Owned by the export thread.
 */
final class RingReader {
    /** Most flow records that wait at once. */
    static final int MOST_WAITING = 16_384;
    /** An idle queue tells within 150 ms how far it has come. */
    static final long LONGEST_WAIT_NS = TimeUnit.MILLISECONDS.toNanos(400);

    private static final int DRAIN_LIMIT = 256;

    private final RecordRing[] rings;
    private final RingProgress[] progress;
    private final MessageHandler handler;
    private final MessageHandler sorter = this::sort;
    private final Counters counters;
    private final WaitingRecords waiting;
    private final FlowRecord flow = new FlowRecord();
    private long knownNs = Long.MIN_VALUE;
    private long nowNs;

    RingReader(final List<RecordRing> rings, final Counters counters, final MessageHandler handler) {
        this.rings = rings.toArray(RecordRing[]::new);
        progress = rings.stream().map(RingProgress::new).toArray(RingProgress[]::new);
        this.handler = handler;
        this.counters = counters;
        waiting = new WaitingRecords(rings.size() > 1 ? MOST_WAITING : 0, counters);
    }

    /** Hands over what the rings have, and flow records that need not wait any more; answers how many records there were. */
    int read(final long readNs) {
        if (rings.length == 1) {
            return rings[0].drain(handler, DRAIN_LIMIT);
        }
        nowNs = readNs;
        int records = 0;
        long leastNs = Long.MAX_VALUE;
        for (int i = 0; i < rings.length; i++) {
            progress[i].onReading();
            records += rings[i].drain(sorter, DRAIN_LIMIT);
            leastNs = Math.min(leastNs, progress[i].knownNs());
        }
        knownNs = leastNs;
        return records + waiting.release(knownNs, nowNs - LONGEST_WAIT_NS, handler);
    }

    /** Hands over every record that still waits; answers how many. */
    int readWaiting() {
        return waiting.release(knownNs, Long.MAX_VALUE, handler);
    }

    private void sort(final int type, final MutableDirectBuffer buffer, final int offset, final int length) {
        if (type == RecordRing.FLOW_RECORD) {
            final long startNs = flow.wrap(buffer, offset).flowStartNs();
            if (startNs > knownNs && waiting.add(buffer, offset, startNs, nowNs)) {
                return;
            }
        }
        handler.onMessage(type, buffer, offset, length);
    }
}
