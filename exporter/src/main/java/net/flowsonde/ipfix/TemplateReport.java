package net.flowsonde.ipfix;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.util.ArrayList;
import java.util.List;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Gauge;
import net.flowsonde.telemetry.TemplateFacts;
import net.flowsonde.telemetry.TemplateFacts.FieldFacts;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Tells management which templates a collector has been sent, from their octets, and how much was sent by each. Owned by the export
 * thread.
 */
final class TemplateReport {
    private static final int ENTERPRISE_BIT = 0x8000;
    private static final int SPECIFIER_LENGTH = 4;

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

    /** {@code template id (2) | field count (2)}, for options {@code | scope field count (2)}, then the field specifiers. */
    private static TemplateFacts facts(final Template template) {
        final MutableDirectBuffer octets = new UnsafeBuffer(new byte[template.templateLength()]);
        template.writeTemplate(octets, 0);
        final boolean isOptions = template.setId() == Template.OPTIONS_TEMPLATE_SET_ID;
        final int count = number(octets, 2);
        final int scopes = isOptions ? number(octets, 4) : 0;
        final List<FieldFacts> fields = new ArrayList<>();
        int offset = isOptions ? 6 : 4;
        for (int i = 0; i < count; i++) {
            final int id = number(octets, offset);
            final boolean isEnterprise = (id & ENTERPRISE_BIT) != 0;
            final long enterpriseNumber = isEnterprise ? octets.getInt(offset + SPECIFIER_LENGTH, BIG_ENDIAN) & 0xFFFF_FFFFL : 0;
            fields.add(new FieldFacts(id & ~ENTERPRISE_BIT, number(octets, offset + 2), enterpriseNumber, i < scopes));
            offset += isEnterprise ? 2 * SPECIFIER_LENGTH : SPECIFIER_LENGTH;
        }
        return new TemplateFacts(template.id(), template.setId(), fields);
    }

    private static int number(final MutableDirectBuffer octets, final int offset) {
        return octets.getShort(offset, BIG_ENDIAN) & 0xFFFF;
    }
}
