package net.flowsonde.ipfix;

import java.util.Arrays;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;

/**
 * What was in the messages that a sink has taken and not settled yet, oldest first, so that a message that is lost later is counted with
 * the flows, packets and octets that it held. Owned by the export thread.
 */
final class MessageLedger implements MessageSink.SettlementListener {
    private static final int COLUMNS = 7;
    private static final int LENGTH = 0;
    private static final int RECORDS = 1;
    private static final int PACKETS = 2;
    private static final int OCTETS = 3;
    private static final int OPTIONS = 4;
    private static final int TEMPLATES = 5;
    private static final int METADATA = 6;

    private final Counters counters;
    private long[] entries = new long[COLUMNS * 64];
    private int head;
    private int count;
    private long settled;

    MessageLedger(final Counters counters) {
        this.counters = counters;
    }

    /** Everything taken has been settled. */
    boolean isEmpty() {
        return count == 0;
    }

    /** A record is to go to the sink. */
    void onOffered(final FlowRecord flow) {
        counters.increment(Counter.RECORDS_OFFERED);
        counters.add(Counter.RECORD_PACKETS_OFFERED, MessageContents.packets(flow));
        counters.add(Counter.RECORD_OCTETS_OFFERED, MessageContents.octets(flow));
    }

    /** A record of another kind than flows is to go to the sink. */
    void onMetadataOffered() {
        counters.increment(Counter.METADATA_RECORDS_OFFERED);
    }

    /** A sink has taken a message of {@code length} octets. */
    void onTaken(final int length, final MessageContents contents) {
        if (count * COLUMNS == entries.length) {
            grow();
        }
        final int row = row(count++);
        entries[row + LENGTH] = length;
        entries[row + RECORDS] = contents.records;
        entries[row + PACKETS] = contents.packets;
        entries[row + OCTETS] = contents.octets;
        entries[row + OPTIONS] = contents.optionsRecords;
        entries[row + TEMPLATES] = contents.hasTemplates ? 1 : 0;
        entries[row + METADATA] = contents.metadataRecords;
    }

    /** A sink has refused a message for good. */
    void onRefused(final MessageContents contents) {
        counters.add(Counter.RECORDS_REFUSED, contents.records);
        drop(contents.records, contents.packets, contents.octets);
        counters.add(Counter.METADATA_RECORDS_DROPPED, contents.metadataRecords);
    }

    /** A record that the collector's format has no place for. */
    void onLeftOut() {
        counters.increment(Counter.FLOWS_LEFT_OUT);
    }

    /** A record has been written with some of its long values cut. */
    void onCut() {
        counters.increment(Counter.RECORDS_CUT);
    }

    /** Accounts for what the sink has settled since the last call. */
    int settle(final MessageSink sink) {
        return sink.settle(this);
    }

    /** How many messages have been settled so far. */
    long settled() {
        return settled;
    }

    @Override
    public void onSettled(final boolean isSent) {
        if (isSent) {
            sent(head);
        } else {
            lost(head);
        }
        removeHead();
    }

    @Override
    public void onKept() {
        removeHead();
    }

    private void removeHead() {
        head = (head + COLUMNS) % entries.length;
        count--;
        settled++;
    }

    private void sent(final int row) {
        counters.increment(Counter.MESSAGES_SENT);
        counters.add(Counter.OCTETS_SENT, entries[row + LENGTH]);
        counters.add(Counter.RECORDS_SENT, entries[row + RECORDS]);
        counters.add(Counter.RECORD_PACKETS_SENT, entries[row + PACKETS]);
        counters.add(Counter.RECORD_OCTETS_SENT, entries[row + OCTETS]);
        counters.add(Counter.METADATA_RECORDS_SENT, entries[row + METADATA]);
        counters.add(Counter.OPTIONS_RECORDS_SENT, entries[row + OPTIONS]);
        counters.add(Counter.TEMPLATE_MESSAGES_SENT, entries[row + TEMPLATES]);
    }

    private void lost(final int row) {
        counters.increment(Counter.MESSAGES_LOST);
        counters.add(Counter.RECORDS_LOST, entries[row + RECORDS]);
        drop(entries[row + RECORDS], entries[row + PACKETS], entries[row + OCTETS]);
        counters.add(Counter.METADATA_RECORDS_DROPPED, entries[row + METADATA]);
    }

    private void drop(final long records, final long packets, final long octets) {
        counters.add(Counter.RECORDS_DROPPED, records);
        counters.add(Counter.RECORD_PACKETS_DROPPED, packets);
        counters.add(Counter.RECORD_OCTETS_DROPPED, octets);
    }

    private int row(final int index) {
        return (head + index * COLUMNS) % entries.length;
    }

    private void grow() {
        final long[] larger = Arrays.copyOf(Arrays.copyOfRange(entries, head, entries.length), 2 * entries.length);
        System.arraycopy(entries, 0, larger, entries.length - head, head);
        entries = larger;
        head = 0;
    }
}
