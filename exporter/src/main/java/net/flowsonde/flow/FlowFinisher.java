package net.flowsonde.flow;

import static net.flowsonde.flow.FlowRecord.FORWARD;
import static net.flowsonde.flow.FlowRecord.REVERSE;

import net.flowsonde.config.FlowConfig;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;

/**
 * Ends flows and finishes records: by timeout, by the end of the connection, for want of room, at the end of everything. An
 * established TCP connection that falls silent is exported and then kept dormant, without counts, so that what comes later belongs to
 * the same flow and its end is still explained. Owned by one queue thread.
 */
final class FlowFinisher {
    /** What one call may expire whatever the time. */
    private static final int LEAST_BUDGET = 1_024;
    /** In 2 to this power nanoseconds (half a second) a whole table may expire; in less, its part, so that packets do not wait long. */
    private static final int SWEEP_SHIFT = 29;

    private final FlowTable table;
    private final FlowLists lists;
    private final FlowTimeouts timeouts;
    private final TcpTracker tracker;
    private final RecordPublisher publisher;
    private final Counters counters;
    private final FlowListener listener;
    private final long capacity;
    private final Flow flow = new Flow();
    private long expiredToNs;

    FlowFinisher(
        final FlowTable table, final FlowTimeouts timeouts, final FlowConfig config, final TcpTracker tracker, final RecordPublisher publisher,
        final Counters counters, final FlowListener listener) {
        this.listener = listener;
        this.table = table;
        this.lists = table.lists();
        this.timeouts = timeouts;
        this.tracker = tracker;
        this.publisher = publisher;
        this.counters = counters;
        capacity = config.cacheSize();
    }

    /** Expires what is due, a bounded part of it at a time; returns how many flows. */
    int expire(final long nowNs) {
        final long elapsedNs = Math.min(nowNs - expiredToNs, 1L << SWEEP_SHIFT);
        final int budget = LEAST_BUDGET + (int) (capacity * elapsedNs >> SWEEP_SHIFT);
        expiredToNs = nowNs;
        int expired = 0;
        for (int list = 0; list < FlowTimeouts.LISTS; list++) {
            expired += expire(list, budget, nowNs);
        }
        return expired;
    }

    private int expire(final int list, final int budget, final long nowNs) {
        int expired = 0;
        while (expired < budget && isTailDue(list, nowNs) && (list == FlowTimeouts.DORMANT || publisher.isRoomy())) {
            table.select(lists.tail(list), flow);
            expireSilent(flow, nowNs);
            expired++;
        }
        return expired;
    }

    private boolean isTailDue(final int list, final long nowNs) {
        final int tail = lists.tail(list);
        return tail != FlowLists.NONE && timeouts.isDue(list, lists.tick(tail), nowNs);
    }

    /** The flow has stayed its time in the list that it is in. Returns whether it is still in the table. */
    boolean expireSilent(final Flow flow, final long nowNs) {
        return switch (lists.list(flow.slot())) {
            case FlowTimeouts.ENDED -> end(flow, FlowEndReason.END_OF_FLOW_DETECTED, nowNs);
            case FlowTimeouts.TCP -> idleTcp(flow, nowNs);
            default -> end(flow, FlowEndReason.IDLE_TIMEOUT, nowNs);
        };
    }

    private boolean idleTcp(final Flow flow, final long nowNs) {
        final boolean isRecord = conclude(flow, FlowEndReason.IDLE_TIMEOUT, nowNs);
        final boolean isResumable = timeouts.isDormancyWanted() && isResumable(flow.record());
        if (!isResumable) {
            tellEnd(flow, nowNs);
        }
        if (isRecord) {
            publisher.publish(flow.record());
        }
        if (!isResumable) {
            return remove(flow);
        }
        startNextRecord(flow);
        lists.move(flow.slot(), FlowTimeouts.DORMANT, nowNs >> FlowLists.TICK_SHIFT);
        return true;
    }

    /** By the tracker's verdict the connection was in use and neither side has ended it. */
    private static boolean isResumable(final FlowRecord record) {
        return record.tcpTeardownReason() == TcpTeardownReason.IDLE_ESTABLISHED.code()
            || record.tcpTeardownReason() == TcpTeardownReason.MIDSTREAM_END.code();
    }

    /** Some teardown reasons are known only once nothing more comes (a SYN without answer, half a close): still they are an end. */
    private static boolean isEndSeen(final FlowRecord record) {
        return record.tcpTeardownReason() >= TcpTeardownReason.SYN_UNANSWERED.code();
    }

    /** The record has lasted its active timeout: it is exported and the flow goes on. */
    void exportInterim(final Flow flow, final long nowNs) {
        export(flow, FlowEndReason.ACTIVE_TIMEOUT, nowNs);
        startNextRecord(flow);
    }

    /** Exports what there is of the flow and takes it out of the table; returns false, for it is gone. */
    boolean end(final Flow flow, final int flowEndReason, final long nowNs) {
        tellEnd(flow, nowNs);
        export(flow, flowEndReason, nowNs);
        return remove(flow);
    }

    private void tellEnd(final Flow flow, final long nowNs) {
        if (flow.record().dissector() != 0) {
            listener.onFlowEnd(flow.record(), nowNs);
        }
    }

    private boolean remove(final Flow flow) {
        table.remove(flow.slot());
        return false;
    }

    private void export(final Flow flow, final int flowEndReason, final long nowNs) {
        if (conclude(flow, flowEndReason, nowNs)) {
            publisher.publish(flow.record());
        }
    }

    /** Completes the record; false when there is nothing to tell. */
    private boolean conclude(final Flow flow, final int flowEndReason, final long nowNs) {
        final FlowRecord record = flow.record();
        if (record.frames(FORWARD) + record.frames(REVERSE) == 0) {
            return false;
        }
        record.flowEndReason(flowEndReason);
        if (flow.isTcp()) {
            tracker.onRecord(record, flow.state(), flowEndReason, endNs(record, flowEndReason, nowNs));
            if (flowEndReason == FlowEndReason.IDLE_TIMEOUT && isEndSeen(record)) {
                record.flowEndReason(FlowEndReason.END_OF_FLOW_DETECTED);
            }
        }
        return true;
    }

    /** When the record ended: an idle timeout ends it when it was due, however much later expiry gets to it. */
    private long endNs(final FlowRecord record, final int flowEndReason, final long nowNs) {
        return flowEndReason == FlowEndReason.IDLE_TIMEOUT
            ? Math.min(nowNs, record.lastPacketNs() + timeouts.idleNs(record.protocol())) : nowNs;
    }

    private void startNextRecord(final Flow flow) {
        FlowUpdater.startNextRecord(flow.record());
        if (flow.isTcp()) {
            tracker.onRecordExported(flow.record(), flow.state());
        }
    }

    /** Makes room in a full table: forgets the oldest dormant flow, else exports the flow that has been silent longest. */
    void evict(final long nowNs) {
        counters.increment(Counter.EMERGENCY_EXPIRIES);
        final int dormant = lists.tail(FlowTimeouts.DORMANT);
        table.select(dormant != FlowLists.NONE ? dormant : longestSilent(), flow);
        end(flow, lists.list(flow.slot()) == FlowTimeouts.ENDED
            ? FlowEndReason.END_OF_FLOW_DETECTED : FlowEndReason.LACK_OF_RESOURCES, nowNs);
    }

    private int longestSilent() {
        int oldest = FlowLists.NONE;
        for (int list = 0; list < FlowTimeouts.DORMANT; list++) {
            final int tail = lists.tail(list);
            if (tail != FlowLists.NONE && (oldest == FlowLists.NONE || lists.tick(tail) < lists.tick(oldest))) {
                oldest = tail;
            }
        }
        return oldest;
    }

    /** Exports every flow: nothing more will come. */
    void flush(final long nowNs) {
        for (int list = 0; list < FlowTimeouts.LISTS; list++) {
            final int reason = list == FlowTimeouts.ENDED ? FlowEndReason.END_OF_FLOW_DETECTED : FlowEndReason.FORCED_END;
            while (lists.tail(list) != FlowLists.NONE) {
                table.select(lists.tail(list), flow);
                end(flow, reason, nowNs);
            }
        }
    }
}
