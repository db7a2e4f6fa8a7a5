package net.flowsonde.ipfix;

import static net.flowsonde.ipfix.DataType.DATE_TIME_NANOSECONDS;
import static net.flowsonde.ipfix.DataType.IPV4_ADDRESS;
import static net.flowsonde.ipfix.DataType.IPV6_ADDRESS;
import static net.flowsonde.ipfix.DataType.MAC_ADDRESS;
import static net.flowsonde.ipfix.DataType.OCTET_ARRAY;
import static net.flowsonde.ipfix.DataType.STRING;
import static net.flowsonde.ipfix.DataType.UNSIGNED16;
import static net.flowsonde.ipfix.DataType.UNSIGNED32;
import static net.flowsonde.ipfix.DataType.UNSIGNED64;
import static net.flowsonde.ipfix.DataType.UNSIGNED8;
import static net.flowsonde.ipfix.Semantics.DEFAULT;
import static net.flowsonde.ipfix.Semantics.DELTA_COUNTER;
import static net.flowsonde.ipfix.Semantics.FLAGS;
import static net.flowsonde.ipfix.Semantics.IDENTIFIER;
import static net.flowsonde.ipfix.Semantics.QUANTITY;
import static net.flowsonde.ipfix.Semantics.TOTAL_COUNTER;

/** The elements of IANA's registry that we export, with what exactly we put into them. */
final class IanaElements {
    // ---- who speaks to whom
    static final Element PROTOCOL_IDENTIFIER =
        iana(4, "protocolIdentifier", UNSIGNED8, IDENTIFIER, Units.NONE, "Protocol above the innermost IP header");
    static final Element SOURCE_TRANSPORT_PORT =
        iana(7, "sourceTransportPort", UNSIGNED16, IDENTIFIER, Units.NONE, "Port of the client");
    static final Element SOURCE_IPV4_ADDRESS =
        iana(8, "sourceIPv4Address", IPV4_ADDRESS, DEFAULT, Units.NONE, "Address of the client");
    static final Element DESTINATION_TRANSPORT_PORT =
        iana(11, "destinationTransportPort", UNSIGNED16, IDENTIFIER, Units.NONE, "Port of the server");
    static final Element DESTINATION_IPV4_ADDRESS =
        iana(12, "destinationIPv4Address", IPV4_ADDRESS, DEFAULT, Units.NONE, "Address of the server");
    static final Element SOURCE_IPV6_ADDRESS =
        iana(27, "sourceIPv6Address", IPV6_ADDRESS, DEFAULT, Units.NONE, "Address of the client");
    static final Element DESTINATION_IPV6_ADDRESS =
        iana(28, "destinationIPv6Address", IPV6_ADDRESS, DEFAULT, Units.NONE, "Address of the server");
    static final Element FLOW_ID = iana(148, "flowId", UNSIGNED64, IDENTIFIER, Units.NONE,
        "The same in every record of one flow, unique in the observation domain");
    static final Element OBSERVATION_TIME_NANOSECONDS = iana(325, "observationTimeNanoseconds", DATE_TIME_NANOSECONDS, DEFAULT,
        Units.NANOSECONDS, "When an alert was noticed, by the clock of the capture where it is about traffic");
    static final Element BIFLOW_DIRECTION = iana(239, "biflowDirection", UNSIGNED8, IDENTIFIER, Units.NONE,
        "1: the client is known to have begun; 0: client and server were inferred, as the beginning was not seen");

    static final Element USER_NAME = iana(371, "userName", STRING, DEFAULT, Units.NONE,
        "Who it was, as the protocol told it: the name of a logon, or the number of a user of NFS");

    // ---- how much and when
    static final Element OCTET_DELTA_COUNT = iana(1, "octetDeltaCount", UNSIGNED64, DELTA_COUNTER, Units.OCTETS,
        "Octets since the previous record of this flow, from the innermost IP header on");
    static final Element PACKET_DELTA_COUNT = iana(2, "packetDeltaCount", UNSIGNED64, DELTA_COUNTER, Units.PACKETS,
        "Packets on the wire since the previous record; a coalesced frame counts as the packets that it stands for");
    static final Element TRANSPORT_OCTET_DELTA_COUNT = iana(401, "transportOctetDeltaCount", UNSIGNED64, DELTA_COUNTER, Units.OCTETS,
        "Octets above the transport header since the previous record");
    static final Element FLOW_START_NANOSECONDS = iana(156, "flowStartNanoseconds", DATE_TIME_NANOSECONDS, DEFAULT, Units.NANOSECONDS,
        "First packet of this record, of either direction; its reverse: first packet of the server");
    static final Element FLOW_END_NANOSECONDS = iana(157, "flowEndNanoseconds", DATE_TIME_NANOSECONDS, DEFAULT, Units.NANOSECONDS,
        "Last packet of this record, of either direction");
    static final Element FLOW_END_REASON = iana(136, "flowEndReason", UNSIGNED8, IDENTIFIER, Units.NONE,
        "1 idle timeout, 2 active timeout, 3 end of flow detected, 4 forced end, 5 lack of resources");

    // ---- IP and ICMP
    static final Element IP_CLASS_OF_SERVICE =
        iana(5, "ipClassOfService", UNSIGNED8, IDENTIFIER, Units.NONE, "Type of service or traffic class of the first packet");
    static final Element MINIMUM_TTL = iana(52, "minimumTTL", UNSIGNED8, DEFAULT, Units.HOPS, "Smallest TTL or hop limit");
    static final Element MAXIMUM_TTL = iana(53, "maximumTTL", UNSIGNED8, DEFAULT, Units.HOPS, "Largest TTL or hop limit");
    static final Element FLOW_LABEL_IPV6 =
        iana(31, "flowLabelIPv6", UNSIGNED32, IDENTIFIER, Units.NONE, "Flow label of the first packet");
    static final Element ICMP_TYPE_CODE_IPV4 =
        iana(32, "icmpTypeCodeIPv4", UNSIGNED16, IDENTIFIER, Units.NONE, "Type * 256 + code of the first packet");
    static final Element ICMP_TYPE_CODE_IPV6 =
        iana(139, "icmpTypeCodeIPv6", UNSIGNED16, IDENTIFIER, Units.NONE, "Type * 256 + code of the first packet");

    // ---- TCP
    static final Element TCP_CONTROL_BITS = iana(6, "tcpControlBits", UNSIGNED16, FLAGS, Units.NONE, "Union of all flags, NS to FIN");
    static final Element TCP_WINDOW_SIZE =
        iana(186, "tcpWindowSize", UNSIGNED16, DEFAULT, Units.NONE, "Window of the first segment, unscaled");
    static final Element TCP_WINDOW_SCALE = iana(238, "tcpWindowScale", UNSIGNED16, DEFAULT, Units.NONE,
        "Shift of the window scale option of the SYN; 255 when there was none");
    static final Element TCP_RST_TOTAL_COUNT =
        iana(220, "tcpRstTotalCount", UNSIGNED64, TOTAL_COUNTER, Units.PACKETS, "Segments with RST, whether they took effect or not");

    // ---- the link
    static final Element INGRESS_INTERFACE =
        iana(10, "ingressInterface", UNSIGNED32, IDENTIFIER, Units.NONE, "Index of the interface where the packets came in; 0 unknown");
    static final Element EGRESS_INTERFACE =
        iana(14, "egressInterface", UNSIGNED32, IDENTIFIER, Units.NONE, "Index of the interface where the packets leave; 0 unknown");
    static final Element SOURCE_MAC_ADDRESS =
        iana(56, "sourceMacAddress", MAC_ADDRESS, DEFAULT, Units.NONE, "Sender of the client's packets on this link");
    static final Element DESTINATION_MAC_ADDRESS =
        iana(80, "destinationMacAddress", MAC_ADDRESS, DEFAULT, Units.NONE, "Receiver of the client's packets on this link");
    static final Element MPLS_TOP_LABEL_STACK_SECTION = iana(70, "mplsTopLabelStackSection", OCTET_ARRAY, DEFAULT, Units.NONE,
        "Label, experimental bits and bottom bit of the top MPLS entry; zeros when there is none");
    static final Element DOT1Q_VLAN_ID =
        iana(243, "dot1qVlanId", UNSIGNED16, IDENTIFIER, Units.NONE, "The only or the outer VLAN; 0 when there is none");
    static final Element DOT1Q_CUSTOMER_VLAN_ID =
        iana(245, "dot1qCustomerVlanId", UNSIGNED16, IDENTIFIER, Units.NONE, "Inner VLAN of a double tag; 0 when there is none");
    static final Element LAYER2_SEGMENT_ID = iana(351, "layer2SegmentId", UNSIGNED64, IDENTIFIER, Units.NONE,
        "VXLAN: 1 in the highest octet and the network identifier; 0 for other tunnels");

    // ---- options records: accounts
    static final Element EXPORTED_OCTET_TOTAL_COUNT = iana(40, "exportedOctetTotalCount", UNSIGNED64, TOTAL_COUNTER, Units.OCTETS,
        "Octets of the messages sent to this collector");
    static final Element EXPORTED_MESSAGE_TOTAL_COUNT =
        iana(41, "exportedMessageTotalCount", UNSIGNED64, TOTAL_COUNTER, Units.MESSAGES, "Messages sent to this collector");
    static final Element EXPORTED_FLOW_RECORD_TOTAL_COUNT = iana(42, "exportedFlowRecordTotalCount", UNSIGNED64, TOTAL_COUNTER,
        Units.FLOWS, "Flow records sent to this collector");
    static final Element EXPORTING_PROCESS_ID =
        iana(144, "exportingProcessId", UNSIGNED32, IDENTIFIER, Units.NONE, "Number of the collector in the order of the configuration");
    static final Element OBSERVATION_DOMAIN_ID =
        iana(149, "observationDomainId", UNSIGNED32, IDENTIFIER, Units.NONE, "As in the message header");
    static final Element OBSERVED_FLOW_TOTAL_COUNT =
        iana(163, "observedFlowTotalCount", UNSIGNED64, TOTAL_COUNTER, Units.FLOWS, "Flows opened by all queues");
    static final Element IGNORED_PACKET_TOTAL_COUNT = iana(164, "ignoredPacketTotalCount", UNSIGNED64, TOTAL_COUNTER, Units.PACKETS,
        "Frames that were not metered: dropped by kernel or interface, or without an IP packet that could be decoded");
    static final Element NOT_SENT_FLOW_TOTAL_COUNT = iana(166, "notSentFlowTotalCount", UNSIGNED64, TOTAL_COUNTER, Units.FLOWS,
        "Flow records that did not reach this collector's transport");
    static final Element NOT_SENT_PACKET_TOTAL_COUNT = iana(167, "notSentPacketTotalCount", UNSIGNED64, TOTAL_COUNTER, Units.PACKETS,
        "Packets counted in those records");
    static final Element NOT_SENT_OCTET_TOTAL_COUNT = iana(168, "notSentOctetTotalCount", UNSIGNED64, TOTAL_COUNTER, Units.OCTETS,
        "Octets counted in those records");

    // ---- options records: names
    static final Element INTERFACE_NAME = iana(82, "interfaceName", STRING, DEFAULT, Units.NONE, "Short name of the interface");
    static final Element INTERFACE_DESCRIPTION =
        iana(83, "interfaceDescription", STRING, DEFAULT, Units.NONE, "Description of the interface");
    static final Element INFORMATION_ELEMENT_ID =
        iana(303, "informationElementId", UNSIGNED16, IDENTIFIER, Units.NONE, "Id of the element that is described (RFC 5610)");
    static final Element INFORMATION_ELEMENT_DATA_TYPE =
        iana(339, "informationElementDataType", UNSIGNED8, DEFAULT, Units.NONE, "Its abstract data type");
    static final Element INFORMATION_ELEMENT_DESCRIPTION =
        iana(340, "informationElementDescription", STRING, DEFAULT, Units.NONE, "Its meaning");
    static final Element INFORMATION_ELEMENT_NAME =
        iana(341, "informationElementName", STRING, DEFAULT, Units.NONE, "Its name");
    static final Element INFORMATION_ELEMENT_RANGE_BEGIN =
        iana(342, "informationElementRangeBegin", UNSIGNED64, QUANTITY, Units.NONE, "Its smallest value");
    static final Element INFORMATION_ELEMENT_RANGE_END =
        iana(343, "informationElementRangeEnd", UNSIGNED64, QUANTITY, Units.NONE, "Its largest value");
    static final Element INFORMATION_ELEMENT_SEMANTICS =
        iana(344, "informationElementSemantics", UNSIGNED8, DEFAULT, Units.NONE, "Its semantics");
    static final Element INFORMATION_ELEMENT_UNITS =
        iana(345, "informationElementUnits", UNSIGNED16, DEFAULT, Units.NONE, "Its unit");
    static final Element PRIVATE_ENTERPRISE_NUMBER =
        iana(346, "privateEnterpriseNumber", UNSIGNED32, IDENTIFIER, Units.NONE, "Enterprise of the element that is described");

    private IanaElements() {
    }

    private static Element iana(
        final int id, final String name, final DataType type, final Semantics semantics, final Units units, final String description) {
        return new Element(Element.IANA, id, name, type, semantics, units, 0, 0, description);
    }
}
