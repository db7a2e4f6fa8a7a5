package net.flowsonde.ipfix;

import java.util.List;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Gauge;
import net.flowsonde.telemetry.TemplateFacts;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Tells management which templates a collector has been sent, and how much was sent by each. Owned by the export thread.
 */
final class TemplateReport {
    private final Counters counters;
    private final Int2ObjectHashMap<TemplateFacts> byId = new Int2ObjectHashMap<>();

    TemplateReport(final Counters counters) {
        this.counters = counters;
    }

    void onAnnounced(final Template template, final long timeMs) {
        if (!byId.containsKey(template.id())) {
            byId.put(template.id(), facts(template));
            counters.templates(List.copyOf(byId.values()));
        }
        byId.get(template.id()).onAnnounced(timeMs);
        counters.set(Gauge.LAST_TEMPLATE_TIME, timeMs);
    }

    /** A record has been put into a message; its template may not have been sent yet. */
    void onRecord(final Template template) {
        TemplateFacts facts = byId.get(template.id());
        if (facts == null) {
            facts = facts(template);
            byId.put(template.id(), facts);
            counters.templates(List.copyOf(byId.values()));
        }
        facts.onRecord();
    }

    private static TemplateFacts facts(final Template template) {
        return new TemplateFacts(template.id(), template.setId(), template.fieldFacts());
    }
}
