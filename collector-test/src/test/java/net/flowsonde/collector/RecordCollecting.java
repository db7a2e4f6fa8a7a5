package net.flowsonde.collector;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The collector inside the test's own process, which keeps every record; for few of them. */
final class RecordCollecting implements RecordListener, AutoCloseable {
    private final Breaches breaches = new Breaches(breach -> { });
    private final Listening listening = new Listening(List.of(URI.create("udp://127.0.0.1:0")), 0);
    private final List<Map<String, String>> records = new ArrayList<>();
    private final List<Template> templates = new ArrayList<>();
    private final Thread decoder;

    RecordCollecting() throws IOException {
        final MessageDecoder messages = new MessageDecoder(breaches, this, 1_472);
        decoder = new Thread(() -> {
            try {
                listening.decode(messages, idle -> false);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "decoder");
        decoder.start();
    }

    /** Where it listens. */
    String address() {
        return listening.addresses().get(0).toString();
    }

    int port() {
        return URI.create(address()).getPort();
    }

    @Override
    public void onTemplate(final Session session, final Template template) {
        templates.add(template);
    }

    @Override
    public void onRecord(final DataRecord dataRecord) {
        final Map<String, String> fields = new TreeMap<>();
        for (int i = 0; i < dataRecord.template().fieldCount(); i++) {
            fields.put(ValueFormat.name(dataRecord.template(), i), ValueFormat.text(dataRecord, i));
        }
        if (!dataRecord.template().isOptions()) {
            records.add(fields);
        }
    }

    /** Takes what has arrived. */
    RecordCollecting finish() throws InterruptedException {
        listening.stop();
        decoder.join();
        return this;
    }

    List<Map<String, String>> records() {
        return records;
    }

    List<Template> templates() {
        return templates;
    }

    List<Breach> breaches() {
        return breaches.kept();
    }

    /** Sums of each direction of each flow. */
    Map<String, FlowSums> uniflows() {
        final Map<String, FlowSums> uniflows = new HashMap<>();
        records.forEach(fields -> FlowSums.addUniflow(uniflows, fields));
        return uniflows;
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
