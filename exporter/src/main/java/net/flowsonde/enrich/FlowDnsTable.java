package net.flowsonde.enrich;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import net.flowsonde.dpi.dns.DnsTransaction;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;

/**
 * What the flows that are under way have asked DNS for. The flow whose first transaction is oldest goes when there are too many. Owned by
 * the export thread.
 */
final class FlowDnsTable {
    private static final int MOST_FLOWS = 32_768;
    private static final int ACTIVE_TIMEOUT = 2;

    private final Counters counters;
    private final ArrayDeque<FlowDns> free = new ArrayDeque<>();
    private final Map<Long, FlowDns> flows = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<Long, FlowDns> eldest) {
            if (size() <= MOST_FLOWS) {
                return false;
            }
            counters.increment(Counter.DNS_FLOWS_EVICTED);
            free.add(eldest.getValue());
            return true;
        }
    };

    FlowDnsTable(final Counters counters) {
        this.counters = counters;
    }

    void onTransaction(final DnsTransaction transaction) {
        FlowDns flow = flows.get(transaction.flowId());
        if (flow == null) {
            flow = free.isEmpty() ? new FlowDns() : free.pop();
            flow.reset();
            flows.put(transaction.flowId(), flow);
        }
        flow.add(transaction);
    }

    /** What the flow has asked since its last record, or null for nothing. */
    FlowDns find(final FlowRecord flow) {
        final FlowDns found = flows.isEmpty() ? null : flows.get(flow.flowId());
        return found == null || found.isEmpty() ? null : found;
    }

    /** The record of the flow has been exported. */
    void onFlowExported(final FlowRecord flow) {
        if (flows.isEmpty()) {
            return;
        }
        if (flow.flowEndReason() == ACTIVE_TIMEOUT) {
            final FlowDns goesOn = flows.get(flow.flowId());
            if (goesOn != null) {
                goesOn.reset();
            }
            return;
        }
        final FlowDns ended = flows.remove(flow.flowId());
        if (ended != null) {
            free.add(ended);
        }
    }
}
