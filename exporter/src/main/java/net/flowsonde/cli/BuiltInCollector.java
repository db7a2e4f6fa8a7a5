package net.flowsonde.cli;

import net.flowsonde.ipfix.MessageSink;
import net.flowsonde.telemetry.Counter.Scope;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;
import org.agrona.DirectBuffer;

/**
 * A collector inside the process: it is given the same IPFIX messages as any other, decodes them by their templates, and hands over what
 * the records say. Called by the export thread only.
 */
final class BuiltInCollector implements MessageSink {
    private static final int LONGEST_MESSAGE = 65_535;
    private static final String NAME = "the built-in collector";

    private final Counters counters;
    private final IpfixDecoder decoder;
    private int unsettled;

    BuiltInCollector(final Telemetry telemetry, final long enterpriseNumber, final RecordReport report) {
        counters = telemetry.register(Scope.COLLECTOR, NAME);
        decoder = new IpfixDecoder(enterpriseNumber, report::add);
    }

    @Override
    public boolean offer(final DirectBuffer message, final int offset, final int length) {
        decoder.decode(message, offset, offset + length);
        unsettled++;
        return true;
    }

    @Override
    public int maxMessageLength() {
        return LONGEST_MESSAGE;
    }

    @Override
    public boolean isLossy() {
        return false;
    }

    @Override
    public long sessionId() {
        return 1;
    }

    @Override
    public int settle(final SettlementListener listener) {
        final int count = unsettled;
        for (; unsettled > 0; unsettled--) {
            listener.onSettled(true);
        }
        return count;
    }

    @Override
    public int doWork(final long nowNs) {
        return 0;
    }

    @Override
    public void flush() {
        // what was offered has been decoded
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Counters counters() {
        return counters;
    }

    @Override
    public void close() {
        // holds nothing
    }
}
