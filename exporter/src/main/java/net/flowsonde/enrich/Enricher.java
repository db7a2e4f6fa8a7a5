package net.flowsonde.enrich;

import net.flowsonde.flow.FlowRecord;
import net.flowsonde.telemetry.AlertBus;

/**
 * Learns from every record that comes out of the rings and says what is known about a flow. The one place where records of all queues
 * meet. Owned by the export thread.
 */
public final class Enricher {
    private final AlertBus alerts;
    private final FlowMetadata metadata = new FlowMetadata();

    /** @param alerts  where detectors raise what they find */
    public Enricher(final AlertBus alerts) {
        this.alerts = alerts;
    }

    /** What is known about the flow record that was last given to {@link #onFlow}. */
    public FlowMetadata metadata() {
        return metadata;
    }

    /** Finds out what is known about a flow record, which is exported next. */
    public void onFlow(final FlowRecord flow) {
        metadata.reset();
    }

    AlertBus alerts() {
        return alerts;
    }
}
