package net.flowsonde.ipfix;

import static net.flowsonde.ipfix.OptionsTemplate.Column.number;
import static net.flowsonde.ipfix.OptionsTemplate.Column.text;

import java.util.List;

/** The one list of what options records hold. Template ids are frozen: 512 and up, beyond those of flow records. */
final class OptionsElements {
    /** The Metering Process Statistics of RFC 7011, 4.1. */
    final OptionsTemplate meteringStatistics;
    /** The Metering Process Reliability Statistics of RFC 7011, 4.2, so far as they are known. */
    final OptionsTemplate meteringReliability;
    /** The Exporting Process Reliability Statistics of RFC 7011, 4.3. */
    final OptionsTemplate exportingReliability;
    /** Every counter of ours. */
    final OptionsTemplate counters;
    final OptionsTemplate interfaces;
    final OptionsTemplate teardownReasons;
    final OptionsTemplate tunnelTypes;
    /** The Information Element Type Options of RFC 5610, 3.9. */
    final OptionsTemplate elementTypes;

    OptionsElements(final OwnElements own) {
        meteringStatistics = new OptionsTemplate(512, 1,
            number(IanaElements.OBSERVATION_DOMAIN_ID, 4),
            number(IanaElements.EXPORTED_MESSAGE_TOTAL_COUNT, 8),
            number(IanaElements.EXPORTED_FLOW_RECORD_TOTAL_COUNT, 8),
            number(IanaElements.EXPORTED_OCTET_TOTAL_COUNT, 8));
        meteringReliability = new OptionsTemplate(513, 1,
            number(IanaElements.OBSERVATION_DOMAIN_ID, 4),
            number(IanaElements.OBSERVED_FLOW_TOTAL_COUNT, 8),
            number(IanaElements.IGNORED_PACKET_TOTAL_COUNT, 8));
        exportingReliability = new OptionsTemplate(514, 1,
            number(IanaElements.EXPORTING_PROCESS_ID, 4),
            number(IanaElements.NOT_SENT_FLOW_TOTAL_COUNT, 8),
            number(IanaElements.NOT_SENT_PACKET_TOTAL_COUNT, 8),
            number(IanaElements.NOT_SENT_OCTET_TOTAL_COUNT, 8));
        counters = new OptionsTemplate(515, 2,
            text(own.counterOwner, 200),
            text(own.counterName, 64),
            number(own.counterValue, 8));
        interfaces = new OptionsTemplate(516, 1,
            number(IanaElements.INGRESS_INTERFACE, 4),
            text(IanaElements.INTERFACE_NAME, 64),
            text(IanaElements.INTERFACE_DESCRIPTION, 200));
        teardownReasons = new OptionsTemplate(517, 1,
            number(own.tcpTeardownReason, 1),
            text(own.tcpTeardownReasonName, 64));
        tunnelTypes = new OptionsTemplate(518, 1,
            number(own.tunnelType, 1),
            text(own.tunnelTypeName, 64));
        elementTypes = new OptionsTemplate(519, 2,
            number(IanaElements.PRIVATE_ENTERPRISE_NUMBER, 4),
            number(IanaElements.INFORMATION_ELEMENT_ID, 2),
            number(IanaElements.INFORMATION_ELEMENT_DATA_TYPE, 1),
            number(IanaElements.INFORMATION_ELEMENT_SEMANTICS, 1),
            number(IanaElements.INFORMATION_ELEMENT_UNITS, 2),
            number(IanaElements.INFORMATION_ELEMENT_RANGE_BEGIN, 8),
            number(IanaElements.INFORMATION_ELEMENT_RANGE_END, 8),
            text(IanaElements.INFORMATION_ELEMENT_NAME, 64),
            text(IanaElements.INFORMATION_ELEMENT_DESCRIPTION, 254));
    }

    List<OptionsTemplate> all() {
        return List.of(meteringStatistics, meteringReliability, exportingReliability, counters, interfaces, teardownReasons, tunnelTypes,
            elementTypes);
    }
}
