package net.flowsonde.snmp;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.snmp4j.event.CounterEvent;
import org.snmp4j.event.CounterListener;
import org.snmp4j.smi.Counter32;
import org.snmp4j.smi.OID;

/**
 * What the protocol stack counts of itself: messages, and those that it refused by cause. The counts by their standard object
 * identifiers, which is how the stack names them. Any thread.
 */
final class ProtocolCounters implements CounterListener {
    private final Map<OID, AtomicLong> counts = new ConcurrentHashMap<>();

    @Override
    public void incrementCounter(final CounterEvent event) {
        event.setCurrentValue(new Counter32(of(event.getOid()).addAndGet(event.getIncrement()) & 0xFFFF_FFFFL));
    }

    /** The count of an instance, to be counted on by who has it. */
    AtomicLong of(final OID instance) {
        return counts.computeIfAbsent(instance, unheardOf -> new AtomicLong());
    }

    /** The count of a scalar, given by its group and number. */
    long value(final OID group, final int number) {
        return of(Oids.below(group, number, 0)).get();
    }
}
