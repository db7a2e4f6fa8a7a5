package net.flowsonde.ipfix;

import static net.flowsonde.ipfix.OptionsTemplate.Column.number;
import static net.flowsonde.ipfix.OptionsTemplate.Column.octets;

import java.util.List;
import java.util.stream.Stream;
import net.flowsonde.ipfix.OptionsTemplate.Column;

/** The one list of what options records hold. Template ids are frozen: 512 and up, beyond those of flow records. */
final class OptionsElements {
    private static final String ALL = "all";
    /** Octets of a text of a fixed length; longer ones are cut by pmacct, which then loses its place in the record. */
    private static final int MOST_FIXED_TEXT = 127;

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
    final OptionsTemplate dnsMarks;
    final OptionsTemplate dnsServersIpv4;
    final OptionsTemplate dnsServersIpv6;

    private final Profile profile;

    OptionsElements(final OwnElements own, final Profile profile) {
        this.profile = profile;
        meteringStatistics = new OptionsTemplate("meteringStatistics", 512, 1,
            number(IanaElements.OBSERVATION_DOMAIN_ID, 4),
            number(IanaElements.EXPORTED_MESSAGE_TOTAL_COUNT, 8),
            number(IanaElements.EXPORTED_FLOW_RECORD_TOTAL_COUNT, 8),
            number(IanaElements.EXPORTED_OCTET_TOTAL_COUNT, 8));
        meteringReliability = new OptionsTemplate("meteringReliability", 513, 1,
            number(IanaElements.OBSERVATION_DOMAIN_ID, 4),
            number(IanaElements.OBSERVED_FLOW_TOTAL_COUNT, 8),
            number(IanaElements.IGNORED_PACKET_TOTAL_COUNT, 8));
        exportingReliability = new OptionsTemplate("exportingReliability", 514, 1,
            number(IanaElements.EXPORTING_PROCESS_ID, 4),
            number(IanaElements.NOT_SENT_FLOW_TOTAL_COUNT, 8),
            number(IanaElements.NOT_SENT_PACKET_TOTAL_COUNT, 8),
            number(IanaElements.NOT_SENT_OCTET_TOTAL_COUNT, 8));
        counters = new OptionsTemplate("counters", 515, 2,
            text(own.counterOwner, 200),
            text(own.counterName, 64),
            number(own.counterValue, 8));
        interfaces = new OptionsTemplate("interfaces", 516, 1,
            number(IanaElements.INGRESS_INTERFACE, 4),
            text(IanaElements.INTERFACE_NAME, 64),
            text(IanaElements.INTERFACE_DESCRIPTION, 200));
        teardownReasons = new OptionsTemplate("teardownReasons", 517, 1,
            number(own.tcpTeardownReason, 1),
            text(own.tcpTeardownReasonName, 64));
        tunnelTypes = new OptionsTemplate("tunnelTypes", 518, 1,
            number(own.tunnelType, 1),
            text(own.tunnelTypeName, 64));
        elementTypes = new OptionsTemplate("elementTypes", 519, 2,
            number(IanaElements.PRIVATE_ENTERPRISE_NUMBER, 4),
            number(IanaElements.INFORMATION_ELEMENT_ID, 2),
            number(IanaElements.INFORMATION_ELEMENT_DATA_TYPE, 1),
            number(IanaElements.INFORMATION_ELEMENT_SEMANTICS, 1),
            number(IanaElements.INFORMATION_ELEMENT_UNITS, 2),
            number(IanaElements.INFORMATION_ELEMENT_RANGE_BEGIN, 8),
            number(IanaElements.INFORMATION_ELEMENT_RANGE_END, 8),
            text(IanaElements.INFORMATION_ELEMENT_NAME, 64),
            text(IanaElements.INFORMATION_ELEMENT_DESCRIPTION, 254));
        dnsMarks = new OptionsTemplate("dnsMarks", 520, 1,
            number(own.dnsMarkBit, 1),
            text(own.dnsMarkName, 64),
            text(own.dnsMarkDescription, 128));
        dnsServersIpv4 = dnsServers("dnsServersIpv4", 521, octets(IanaElements.DESTINATION_IPV4_ADDRESS, 4), own);
        dnsServersIpv6 = dnsServers("dnsServersIpv6", 522, octets(IanaElements.DESTINATION_IPV6_ADDRESS, 16), own);
    }

    /** The templates that the profile sends. */
    List<OptionsTemplate> all() {
        return Stream.of(meteringStatistics, meteringReliability, exportingReliability, counters, interfaces, teardownReasons, tunnelTypes,
            elementTypes, dnsMarks, dnsServersIpv4, dnsServersIpv6).filter(this::has).toList();
    }

    boolean has(final OptionsTemplate template) {
        return profile.options().contains(ALL) || profile.options().contains(template.name());
    }

    /** Text of variable length, or of a fixed one where the collector takes no other. */
    private Column text(final Element element, final int capacity) {
        return profile.areOptionsFixed()
            ? Column.fixedText(element, Math.min(capacity, MOST_FIXED_TEXT)) : Column.text(element, capacity);
    }

    private static OptionsTemplate dnsServers(final String name, final int id, final Column address, final OwnElements own) {
        return new OptionsTemplate(name, id, 1,
            address,
            number(own.dnsServerFirstSeen, 8),
            number(own.dnsServerLastSeen, 8),
            number(own.dnsServerClients, 8),
            number(own.dnsServerQueries, 8),
            number(own.dnsServerAnswers, 8),
            number(own.dnsServerNoErrors, 8),
            number(own.dnsServerNxDomains, 8),
            number(own.dnsServerFailures, 8),
            number(own.dnsServerRefused, 8),
            number(own.dnsServerOtherErrors, 8),
            number(own.dnsServerMeanResponseTime, 4),
            number(own.dnsServerTraits, 1),
            number(own.dnsServerTransports, 1));
    }
}
