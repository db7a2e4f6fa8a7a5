package net.flowsonde.ipfix;

import net.flowsonde.flow.FlowRecord;

/** Brings records to one collector. Owned by the export thread. */
interface RecordExporter {
    void onFlow(FlowRecord flow);

    /** A record of another kind than flows. */
    <R> void onRecord(RecordElements<R> elements, R record);

    /** What is due; called often. Answers how much was done. */
    int doWork(long nowNs);

    /** No record will come from traffic any more: what is left may wait for the sink, even live. */
    void onDraining();

    /** Sends what waits, and lets go of the sink. */
    void close();
}
