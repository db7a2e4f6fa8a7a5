package net.flowsonde.dpi.dns;

import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import org.agrona.MutableDirectBuffer;

/**
 * Flows on the ports of DNS without a message that can be read: encrypted, or no DNS at all. Their octets are counted; of each flow a
 * transaction without a question is made once in an interval in which it had any. Of bounded number: the oldest makes room. Owned by one
 * queue thread.
 */
final class DnsOpaqueFlows {
    private static final int LIMIT = 8_192;
    /** How many are looked at in one step, at most. */
    private static final int MOST_EXPIRED = 1_000;
    private static final int COUNTING = DnsPending.WAITING;

    private final long intervalNs;
    private final DnsPending flows = new DnsPending(LIMIT);
    private final DnsTransactionWriter writer = new DnsTransactionWriter();
    private final DnsPublisher publisher;
    private final Counters counters;

    DnsOpaqueFlows(final long intervalNs, final DnsPublisher publisher, final Counters counters) {
        this.intervalNs = intervalNs;
        this.publisher = publisher;
        this.counters = counters;
    }

    /**
     * Counts payload.
     *
     * @param contact  as if the client of the flow asked
     * @param mark     what it is instead of a message
     * @param name     a server's name, or null
     */
    void count(final DnsContact contact, final boolean isFromClient, final int octets, final DnsMark mark, final DnsName name) {
        final int hash = contact.hash(0);
        int slot = find(hash, contact);
        if (slot == DnsPending.NONE) {
            slot = open(hash, contact);
        }
        final MutableDirectBuffer head = flows.buffer(slot);
        final int at = flows.offset(slot);
        final int timeOffset = at + (isFromClient ? DnsTransaction.QUERY_TIME_NS_OFFSET : DnsTransaction.ANSWER_TIME_NS_OFFSET);
        final int lengthOffset = at + (isFromClient ? DnsTransaction.QUERY_LENGTH_OFFSET : DnsTransaction.ANSWER_LENGTH_OFFSET);
        if (head.getLong(timeOffset) == 0) {
            head.putLong(timeOffset, contact.timestampNs());
        }
        head.putInt(lengthOffset, (int) Math.min(Integer.MAX_VALUE, (long) head.getInt(lengthOffset) + octets));
        DnsHeads.raise(head, at, mark.mask());
        if (name != null) {
            flows.name(slot, name.octets(), name.length());
        }
    }

    private int find(final int hash, final DnsContact contact) {
        int slot = flows.first(hash);
        while (slot != DnsPending.NONE
            && !(contact.isOf(flows.buffer(slot), flows.offset(slot)) && contact.isOfFlow(flows.buffer(slot), flows.offset(slot)))) {
            slot = flows.next(slot);
        }
        return slot;
    }

    private int open(final int hash, final DnsContact contact) {
        if (flows.isFull()) {
            counters.increment(Counter.DNS_PENDING_EVICTED);
            final int oldest = flows.oldest(COUNTING);
            publish(oldest);
            flows.close(oldest);
        }
        final int slot = flows.open(hash, COUNTING, contact.timestampNs());
        DnsTransaction.clear(flows.buffer(slot), flows.offset(slot));
        contact.writeTo(flows.buffer(slot), flows.offset(slot));
        return slot;
    }

    /** Passes on what was counted for an interval; who was silent in it is forgotten. */
    void expire(final long nowNs) {
        for (int budget = MOST_EXPIRED; budget > 0; budget--) {
            final int slot = flows.oldest(COUNTING);
            if (slot == DnsPending.NONE || nowNs - flows.touchedNs(slot) < intervalNs) {
                return;
            }
            if (publish(slot)) {
                flows.move(slot, COUNTING, nowNs);
            } else {
                flows.close(slot);
            }
        }
    }

    /** Passes on everything. */
    void flush() {
        for (int slot = flows.oldest(COUNTING); slot != DnsPending.NONE; slot = flows.oldest(COUNTING)) {
            publish(slot);
            flows.close(slot);
        }
    }

    /** Passes on what was counted and begins anew; false when that was nothing. */
    private boolean publish(final int slot) {
        final MutableDirectBuffer head = flows.buffer(slot);
        final int at = flows.offset(slot);
        if (head.getLong(at + DnsTransaction.QUERY_TIME_NS_OFFSET) == 0 && head.getLong(at + DnsTransaction.ANSWER_TIME_NS_OFFSET) == 0) {
            return false;
        }
        writer.begin(flows, slot, 0);
        publisher.publish(writer);
        head.putLong(at + DnsTransaction.QUERY_TIME_NS_OFFSET, 0);
        head.putLong(at + DnsTransaction.ANSWER_TIME_NS_OFFSET, 0);
        head.putInt(at + DnsTransaction.QUERY_LENGTH_OFFSET, 0);
        head.putInt(at + DnsTransaction.ANSWER_LENGTH_OFFSET, 0);
        return true;
    }
}
