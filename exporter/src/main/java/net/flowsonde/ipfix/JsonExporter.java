package net.flowsonde.ipfix;

import net.flowsonde.flow.FlowRecord;
import org.agrona.concurrent.NanoClock;

/**
 * Records to JSON lines: one object a record, which begins with its {@code recordType}; elements by name, codes with their names beside
 * them, times as RFC 3339.
 */
final class JsonExporter implements RecordExporter {
    private static final String RECORD_TYPE = "recordType";

    private final MessageSink sink;
    private final RecordLists lists;
    private final TemplateRegister register;
    private final MessageLedger ledger;
    private final Patience patience;
    private final MessageContents contents = new MessageContents();
    private final JsonWriter json = new JsonWriter();

    JsonExporter(final MessageSink sink, final ExportAgent.Pace pace, final RecordLists lists, final NanoClock nanoClock) {
        this.sink = sink;
        this.lists = lists;
        register = new TemplateRegister(lists.all(), template -> { });
        ledger = new MessageLedger(sink.counters());
        patience = new Patience(sink, ledger, pace, nanoClock);
    }

    @Override
    public void onFlow(final FlowRecord flow) {
        ledger.onOffered(flow);
        write(lists.flows, flow);
        contents.reset();
        contents.add(flow);
        send();
    }

    @Override
    public <R> void onRecord(final RecordElements<R> elements, final R record) {
        ledger.onMetadataOffered();
        write(elements, record);
        contents.reset();
        contents.metadataRecords++;
        send();
    }

    private <R> void write(final RecordElements<R> elements, final R record) {
        json.begin();
        json.text(RECORD_TYPE, elements.kind().label());
        register.of(elements).of(record).writeJson(record, json);
        json.end();
    }

    @Override
    public int doWork(final long nowNs) {
        return sink.doWork(nowNs) + ledger.settle(sink);
    }

    @Override
    public void onDraining() {
        patience.onDraining();
        sink.onDraining();
    }

    @Override
    public void close() {
        sink.flush();
        sink.close();
        ledger.settle(sink);
    }

    private void send() {
        if (!offer()) {
            ledger.onRefused(contents);
        }
    }

    private boolean offer() {
        do {
            if (sink.offer(json.buffer(), 0, json.length())) {
                patience.onTaken();
                ledger.onTaken(json.length(), contents);
                return true;
            }
        } while (patience.isTryingAgain());
        return false;
    }
}
