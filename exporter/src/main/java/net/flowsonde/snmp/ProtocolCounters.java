package net.flowsonde.snmp;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.snmp4j.event.CounterEvent;
import org.snmp4j.event.CounterListener;
import org.snmp4j.smi.Counter32;
import org.snmp4j.smi.OID;

/**
 * What the protocol stack counts of itself: messages, and those that it refused by cause. The counts by their standard object
 * identifiers, which is how the stack names them. Any thread.
 */
final class ProtocolCounters implements CounterListener {
    private final Map<OID, Long> counts = new ConcurrentHashMap<>();

    @Override
    public void incrementCounter(final CounterEvent event) {
        final long count = counts.merge(event.getOid(), event.getIncrement(), Long::sum);
        event.setCurrentValue(new Counter32(count & 0xFFFF_FFFFL));
    }

    /** The count of a scalar, given by its group and number. */
    long value(final OID group, final int number) {
        return counts.getOrDefault(Oids.below(group, number, 0), 0L);
    }
}
