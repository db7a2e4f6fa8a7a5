package net.flowsonde.ipfix;

import static net.flowsonde.flow.FlowRecord.FORWARD;

import java.util.List;
import java.util.function.Function;
import net.flowsonde.enrich.FlowMetadata;
import net.flowsonde.flow.FlowRecord;
import org.agrona.DirectBuffer;

/** Fields that say what others of a flow record say in the way of some collector; only profiles that name them have them. */
final class DerivedFields {
    private static final int ACTIVE_TIMEOUT = 2;
    private static final int FLOW_DELETED = 2;
    private static final int FLOW_UPDATED = 5;

    private static final int LONGEST_MESSAGE = 512;
    private static final Element DNS_MESSAGE =
        element(DataType.OCTET_ARRAY, "dnsMessage", "What the flow asks DNS for, as one DNS message, for collectors that read the payload");

    /** Names of the fields with DNS messages. */
    static final List<String> MESSAGES = List.of(DNS_MESSAGE.name(), DNS_MESSAGE.reverse().name());

    private DerivedFields() {
    }

    static List<Field<FlowRecord>> all(final FlowMetadata metadata) {
        final FlowSummary summary = new FlowSummary(metadata);
        return List.of(
            number(DataType.UNSIGNED8, "ipVersion", "4 or 6", (flow, direction) -> flow.ipVersion()),
            number(DataType.DATE_TIME_NANOSECONDS, "eventTime", "When the record was due: its last packet", (flow, direction) -> flow.flowEndNs()),
            number(DataType.UNSIGNED8, "firewallEvent", "2 the flow is over, 5 it goes on",
                (flow, direction) -> flow.flowEndReason() == ACTIVE_TIMEOUT ? FLOW_UPDATED : FLOW_DELETED),
            message(DNS_MESSAGE, metadata, FlowMetadata::dnsQuery),
            message(DNS_MESSAGE.reverse(), metadata, FlowMetadata::dnsAnswer),
            new TextField<>(element(DataType.STRING, "flowSummary", "What is known of the flow, for a person"), FlowSummary.CAPACITY,
                RecordElements.ALWAYS, flow -> summary.buffer(), flow -> 0, summary::write));
    }

    private static NumberField<FlowRecord> number(
        final DataType type, final String name, final String description, final NumberField.Source<FlowRecord> value) {
        return new NumberField<>(element(type, name, description), type.naturalLength(), RecordElements.ALWAYS, value, FORWARD, null);
    }

    private static TextField<FlowRecord> message(
        final Element element, final FlowMetadata metadata, final Function<FlowMetadata, DirectBuffer> message) {
        return new TextField<>(element, LONGEST_MESSAGE, FlowShape::hasDns, flow -> message.apply(metadata), flow -> 0,
            flow -> message.apply(metadata).capacity());
    }

    /** An element without a number of its own, as a profile must give it one. */
    private static Element element(final DataType type, final String name, final String description) {
        return new Element(Element.IANA, 0, name, type, Semantics.DEFAULT, Units.NONE, 0, 0, description);
    }
}
