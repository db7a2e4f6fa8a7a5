package net.flowsonde.transport;

import net.flowsonde.ipfix.MessageContents;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;

/** What several messages hold together. */
final class MessageTotals {
    private long messages;
    private long messageOctets;
    private long records;
    private long packets;
    private long octets;
    private long metadataRecords;
    private long optionsRecords;
    private long templateMessages;

    void add(final MessageContents contents, final int length) {
        messages++;
        messageOctets += length;
        records += contents.records();
        packets += contents.packets();
        octets += contents.octets();
        metadataRecords += contents.metadataRecords();
        optionsRecords += contents.optionsRecords();
        templateMessages += contents.hasTemplates() ? 1 : 0;
    }

    void add(final MessageTotals other) {
        change(other, 1);
    }

    void subtract(final MessageTotals other) {
        change(other, -1);
    }

    private void change(final MessageTotals other, final int sign) {
        messages += sign * other.messages;
        messageOctets += sign * other.messageOctets;
        records += sign * other.records;
        packets += sign * other.packets;
        octets += sign * other.octets;
        metadataRecords += sign * other.metadataRecords;
        optionsRecords += sign * other.optionsRecords;
        templateMessages += sign * other.templateMessages;
    }

    long records() {
        return records;
    }

    void countSent(final Counters counters) {
        countSent(counters, 1);
    }

    /** Takes back that these were sent. */
    void countUnsent(final Counters counters) {
        countSent(counters, -1);
    }

    private void countSent(final Counters counters, final int sign) {
        counters.add(Counter.MESSAGES_SENT, sign * messages);
        counters.add(Counter.OCTETS_SENT, sign * messageOctets);
        counters.add(Counter.RECORDS_SENT, sign * records);
        counters.add(Counter.RECORD_PACKETS_SENT, sign * packets);
        counters.add(Counter.RECORD_OCTETS_SENT, sign * octets);
        counters.add(Counter.METADATA_RECORDS_SENT, sign * metadataRecords);
        counters.add(Counter.OPTIONS_RECORDS_SENT, sign * optionsRecords);
        counters.add(Counter.TEMPLATE_MESSAGES_SENT, sign * templateMessages);
    }

    /** @param cause  which of the parts of {@link Counter#RECORDS_DROPPED} */
    void countDropped(final Counters counters, final Counter cause) {
        counters.add(cause, records);
        counters.add(Counter.RECORDS_DROPPED, records);
        counters.add(Counter.RECORD_PACKETS_DROPPED, packets);
        counters.add(Counter.RECORD_OCTETS_DROPPED, octets);
        counters.add(Counter.METADATA_RECORDS_DROPPED, metadataRecords);
        counters.add(Counter.MESSAGES_LOST, messages);
    }

    /** What came out of the spool of an earlier run. */
    void countRecovered(final Counters counters) {
        counters.add(Counter.RECORDS_RECOVERED, records);
        counters.add(Counter.RECORD_PACKETS_RECOVERED, packets);
        counters.add(Counter.RECORD_OCTETS_RECOVERED, octets);
        counters.add(Counter.METADATA_RECORDS_RECOVERED, metadataRecords);
    }

    /** What stays in the spool for the next run. */
    void countSpooled(final Counters counters) {
        counters.assign(Counter.RECORDS_SPOOLED, records);
        counters.assign(Counter.RECORD_PACKETS_SPOOLED, packets);
        counters.assign(Counter.RECORD_OCTETS_SPOOLED, octets);
        counters.assign(Counter.METADATA_RECORDS_SPOOLED, metadataRecords);
    }
}
