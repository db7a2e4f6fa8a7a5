package net.flowsonde.ipfix;

import net.flowsonde.flow.FlowRecord;
import org.agrona.concurrent.NanoClock;

/** Flow records to JSON lines: one object a record, elements by name, codes with their names beside them, times as RFC 3339. */
final class JsonExporter implements RecordExporter {
    private final MessageSink sink;
    private final FlowElements elements;
    private final FlowTemplate[] byShape = new FlowTemplate[FlowShape.LIMIT];
    private final MessageLedger ledger;
    private final Patience patience;
    private final MessageContents contents = new MessageContents();
    private final JsonWriter json = new JsonWriter();

    JsonExporter(final MessageSink sink, final ExportAgent.Pace pace, final OwnElements own, final NanoClock nanoClock) {
        this.sink = sink;
        elements = new FlowElements(own);
        ledger = new MessageLedger(sink.counters());
        patience = new Patience(sink, ledger, pace, nanoClock);
    }

    @Override
    public void onFlow(final FlowRecord flow) {
        json.begin();
        template(FlowShape.of(flow)).writeJson(flow, json);
        json.end();
        contents.reset();
        contents.add(flow);
        if (!send()) {
            ledger.onRefused(contents);
        }
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

    private FlowTemplate template(final int shape) {
        if (byShape[shape] == null) {
            byShape[shape] = new FlowTemplate(shape, elements);
        }
        return byShape[shape];
    }

    private boolean send() {
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
