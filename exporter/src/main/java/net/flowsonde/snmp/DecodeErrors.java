package net.flowsonde.snmp;

import java.util.Arrays;
import java.util.List;
import net.flowsonde.telemetry.Counter;

/** Which counters say that the decoder met something wrong, in contrast to something that is not its business (ARP, LLC …). */
final class DecodeErrors {
    private static final String DECODE = "DECODE_";
    private static final List<String> WRONG = List.of("TRUNCATED", "MALFORMED", "LIMIT", "BEYOND_FRAME", "UNKNOWN", "TOO_MANY");

    static final List<Counter> ALL = Arrays.stream(Counter.values())
        .filter(counter -> counter.name().startsWith(DECODE) && WRONG.stream().anyMatch(counter.name()::contains)).toList();

    private DecodeErrors() {
    }
}
