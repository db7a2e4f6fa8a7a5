package net.flowsonde.collector;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the collector made of an export: sums of each flow, options records, breaches. Keeps no flow record, so that it stays small. */
final class Collected implements RecordListener {
    private final Breaches breaches = new Breaches(breach -> { });
    private final Summary summary = new Summary(breaches);
    private final Map<String, FlowSums> flows = new HashMap<>();
    private final Map<String, Integer> teardownReasons = new HashMap<>();
    private final List<Map<String, String>> options = new ArrayList<>();
    private final MessageDecoder decoder = new MessageDecoder(breaches, RecordListener.all(summary, this), 1_472);

    /** Reads an IPFIX file. */
    static Collected read(final Path file) throws IOException {
        final Collected collected = new Collected();
        ReadCommand.read(file, collected.decoder);
        return collected;
    }

    MessageDecoder decoder() {
        return decoder;
    }

    @Override
    public void onRecord(final DataRecord dataRecord) {
        final Map<String, String> fields = new TreeMap<>();
        for (int i = 0; i < dataRecord.template().fieldCount(); i++) {
            fields.put(ValueFormat.name(dataRecord.template(), i), ValueFormat.text(dataRecord, i));
        }
        if (dataRecord.template().isOptions()) {
            options.add(fields);
        } else {
            final String key = FlowSums.add(flows, fields);
            teardownReasons.putIfAbsent(key, Integer.parseInt(fields.getOrDefault("tcpTeardownReason", "0")));
        }
    }

    Summary summary() {
        return summary;
    }

    List<Breach> breaches() {
        return breaches.kept();
    }

    Map<String, FlowSums> flows() {
        return flows;
    }

    /** Teardown reason of the first record of each flow; 0 for what is not TCP. */
    Map<String, Integer> teardownReasons() {
        return teardownReasons;
    }

    /** Every options record, in the order in which they came. */
    List<Map<String, String>> options() {
        return options;
    }

    /** Options records that have a field. */
    List<Map<String, String>> options(final String field) {
        return options.stream().filter(fields -> fields.containsKey(field)).toList();
    }
}
