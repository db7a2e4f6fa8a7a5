package net.flowsonde.collector;

import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;

/** Sums over everything received, to compare with what was sent. */
final class Summary implements RecordListener {
    private static final long HASH_PRIME = 0x9E37_79B1_85EB_CA87L;

    private final Map<String, Sums> byTemplate = new TreeMap<>();
    private final Sums total = new Sums();
    private final LongSet flowKeys = new LongSet();
    private final LongSet flowIds = new LongSet();
    private final Breaches breaches;
    private Template columnsOf;
    private FlowColumns columns;
    private Sums sums;
    private long messages;
    private long octets;
    private long optionsRecords;
    /** Data records that count no packets: of what happened in a flow, not of a flow. */
    private long otherRecords;
    private long missing;

    /** Sums over flow records. */
    static final class Sums {
        private long records;
        private long packets;
        private long octets;
        private long reversePackets;
        private long reverseOctets;

        long records() {
            return records;
        }

        long packets() {
            return packets;
        }

        long octets() {
            return octets;
        }

        long reversePackets() {
            return reversePackets;
        }

        long reverseOctets() {
            return reverseOctets;
        }

        private void add(final DataRecord dataRecord, final FlowColumns columns) {
            records++;
            packets += FlowColumns.valueOrZero(dataRecord, columns.packets());
            octets += FlowColumns.valueOrZero(dataRecord, columns.octets());
            reversePackets += FlowColumns.valueOrZero(dataRecord, columns.reversePackets());
            reverseOctets += FlowColumns.valueOrZero(dataRecord, columns.reverseOctets());
        }
    }

    Summary(final Breaches breaches) {
        this.breaches = breaches;
    }

    @Override
    public void onMessage(final Session session, final int length) {
        messages++;
        octets += length;
    }

    @Override
    public void onMissing(final Session session, final long records) {
        missing += records;
    }

    @Override
    public void onRecord(final DataRecord dataRecord) {
        if (columnsOf != dataRecord.template()) {
            select(dataRecord.template());
        }
        sums.add(dataRecord, columns);
        if (columnsOf.isOptions()) {
            optionsRecords++;
            return;
        }
        if (columns.packets() < 0) {
            otherRecords++;
            return;
        }
        total.add(dataRecord, columns);
        if (columns.isFlow()) {
            flowKeys.add(flowKey(dataRecord));
            if (columns.flowId() >= 0) {
                flowIds.add(dataRecord.unsigned(columns.flowId()));
            }
        }
    }

    private void select(final Template template) {
        columnsOf = template;
        columns = FlowColumns.of(template);
        sums = byTemplate.computeIfAbsent(template.domain() + "/" + template.id(), key -> new Sums());
    }

    /** A hash of the five-tuple that is the same for both directions; two in two million flows meet once in ten million runs. */
    private long flowKey(final DataRecord dataRecord) {
        final long source = endpoint(dataRecord, columns.source(), columns.sourcePort());
        final long destination = endpoint(dataRecord, columns.destination(), columns.destinationPort());
        final long low = Math.min(source, destination);
        final long high = Math.max(source, destination);
        return mix(mix(low, high), FlowColumns.valueOrZero(dataRecord, columns.protocol()));
    }

    private static long endpoint(final DataRecord dataRecord, final int address, final int port) {
        long hash = FlowColumns.valueOrZero(dataRecord, port);
        for (int i = 0; address >= 0 && i < dataRecord.length(address); i++) {
            hash = mix(hash, dataRecord.message().get(dataRecord.offset(address) + i));
        }
        return hash;
    }

    private static long mix(final long hash, final long value) {
        final long mixed = (hash ^ value + 0x632B_E59B_D9B4_E019L) * HASH_PRIME;
        return mixed ^ mixed >>> 29;
    }

    /** Sums over all flow records. */
    Sums total() {
        return total;
    }

    long messages() {
        return messages;
    }

    long optionsRecords() {
        return optionsRecords;
    }

    /** Records that were sent, by the sequence numbers, and did not arrive. */
    long missing() {
        return missing;
    }

    /** Distinct five-tuples, either direction. */
    long distinctFlowKeys() {
        return flowKeys.size();
    }

    long distinctFlowIds() {
        return flowIds.size();
    }

    void print(final PrintStream out) {
        out.printf("%,d messages, %,d octets, %,d records, %,d options records, %,d missing, %,d breaches%n",
            messages, octets, total.records, optionsRecords, missing, breaches.total());
        out.printf("%,d records of other kinds than flows%n", otherRecords);
        out.printf("%,d distinct flow keys, %,d flow identifiers%n", flowKeys.size(), flowIds.size());
        out.printf("%-16s %14s %14s %18s %14s %18s%n", "TEMPLATE", "RECORDS", "PACKETS", "OCTETS", "REV PACKETS", "REV OCTETS");
        byTemplate.forEach((name, of) -> printLine(out, name, of));
        printLine(out, "all flows", total);
    }

    private static void printLine(final PrintStream out, final String name, final Sums of) {
        out.printf("%-16s %,14d %,14d %,18d %,14d %,18d%n",
            name, of.records, of.packets, of.octets, of.reversePackets, of.reverseOctets);
    }

    /** All of it as one JSON object. */
    String toJson() {
        final Json templates = new Json().begin();
        byTemplate.forEach((name, of) -> templates.raw(name, addTo(new Json().begin(), of).end()));
        return addTo(new Json().begin().number("messages", messages).number("messageOctets", octets), total)
            .number("optionsRecords", optionsRecords).number("otherRecords", otherRecords).number("missing", missing)
            .number("breaches", breaches.total())
            .number("flowKeys", flowKeys.size()).number("flowIds", flowIds.size()).raw("templates", templates.end()).end();
    }

    private static Json addTo(final Json json, final Sums of) {
        return json.number("records", of.records).number("packets", of.packets).number("octets", of.octets)
            .number("reversePackets", of.reversePackets).number("reverseOctets", of.reverseOctets);
    }
}
