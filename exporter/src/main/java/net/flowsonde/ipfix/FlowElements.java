package net.flowsonde.ipfix;

import static net.flowsonde.flow.FlowRecord.FORWARD;
import static net.flowsonde.flow.FlowRecord.NO_VLAN;
import static net.flowsonde.flow.FlowRecord.REVERSE;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileOperation;
import net.flowsonde.enrich.FlowMetadata;
import net.flowsonde.enrich.NameSource;
import net.flowsonde.enrich.file.UserSource;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.flow.TcpTeardownInitiator;
import org.agrona.DirectBuffer;

/**
 * What a flow record holds.
 * <p>
 * In a record the fields of the reverse direction stand before those of the forward direction: nfdump takes most elements of RFC 5103 for
 * their forward twin and keeps the last it meets, which then is the right one.
 * <p>
 * A template has at most {@value #MAX_FIELDS} fields, as Wireshark takes no more by default. A TCP record with both directions reaches
 * that already; for labels, tunnels, names and files then the rows of {@link Rank} stand back, the first first.
 */
final class FlowElements extends RecordElements<FlowRecord> {
    /** Most fields of a template. */
    static final int MAX_FIELDS = 60;

    /** What is left out where a template would have too many fields, from what is missed least. */
    private enum Rank {
        WINDOW, WINDOW_SCALE, SEGMENT_SIZE, MAXIMUM_TTL, MPTCP, OUT_OF_ORDER, ZERO_WINDOW, TTL_OF_RESET, MAC_ADDRESS, MINIMUM_TTL,
        CANDIDATES, CLIENT_NAME, DIFFERENTIATION, SEGMENT_ID, FRAMES
    }

    private static final long NS_PER_US = 1_000;
    private static final long UNSIGNED_INT_MAX = 0xFFFF_FFFFL;
    private static final long VXLAN_SEGMENT = 1L << 56;
    private static final IntFunction<String> NO_NAMES = null;
    private static final int LONGEST_NAME = 254;

    private final List<Field<FlowRecord>> reverse = new ArrayList<>();
    /** By shape, how many ranks stand back. */
    private final int[] left = new int[FlowShape.LIMIT];
    private final FlowMetadata metadata;
    private final List<Field<FlowRecord>> derived;

    /** @param metadata  what is known about the flow record at hand, whichever that is */
    FlowElements(final OwnElements own, final FlowMetadata metadata) {
        super(RecordKind.FLOW, FlowRecord::buffer);
        this.metadata = metadata;
        derived = DerivedFields.all(metadata);
        addKey();
        addCounts(own);
        addIp();
        addLink(own);
        addTcp(own);
        addTeardown(own);
        addTunnel(own);
        addNames(own);
        addFiles(own);
        final List<Field<FlowRecord>> all = all();
        for (int shape = 0; shape < FlowShape.LIMIT; shape++) {
            makeRoom(all, shape);
        }
    }

    private void makeRoom(final List<Field<FlowRecord>> all, final int shape) {
        while (fieldsOf(all, shape) > MAX_FIELDS) {
            if (++left[shape] > Rank.values().length) {
                throw new IllegalStateException("shape " + shape + " has " + fieldsOf(all, shape) + " fields that cannot stand back");
            }
        }
    }

    /** Counted without a list: there are thousands of shapes, and this is done at every start. */
    private static int fieldsOf(final List<Field<FlowRecord>> all, final int shape) {
        int fields = 0;
        for (final Field<FlowRecord> field : all) {
            fields += field.appliesTo(shape) ? 1 : 0;
        }
        return fields;
    }

    /** Applies where {@code applies} does, unless there is no room for it. */
    private IntPredicate ifRoom(final Rank rank, final IntPredicate applies) {
        return shape -> rank.ordinal() >= left[shape] && applies.test(shape);
    }

    @Override
    int shapeOf(final FlowRecord flow) {
        return FlowShape.of(flow, metadata);
    }

    @Override
    int shapes() {
        return FlowShape.LIMIT;
    }

    @Override
    boolean isOrdinary(final int shape) {
        return FlowShape.isOrdinary(shape);
    }

    @Override
    int templateId(final int shape) {
        return FlowShape.templateId(shape);
    }

    @Override
    List<Field<FlowRecord>> all() {
        return Stream.concat(reverse.stream(), super.all().stream()).toList();
    }

    /** Those of the forward direction first. */
    @Override
    List<Field<FlowRecord>> allReadable() {
        return Stream.concat(super.all().stream(), reverse.stream()).toList();
    }

    @Override
    List<Field<FlowRecord>> derived() {
        return derived;
    }

    private void addKey() {
        number(IanaElements.FLOW_ID, 8, ALWAYS, FlowRecord::flowId);
        octets(IanaElements.SOURCE_IPV4_ADDRESS, 4, FlowShape::isIpv4, FlowRecord::sourceAddressOffset);
        octets(IanaElements.DESTINATION_IPV4_ADDRESS, 4, FlowShape::isIpv4, FlowRecord::destinationAddressOffset);
        octets(IanaElements.SOURCE_IPV6_ADDRESS, 16, FlowShape::isIpv6, FlowRecord::sourceAddressOffset);
        octets(IanaElements.DESTINATION_IPV6_ADDRESS, 16, FlowShape::isIpv6, FlowRecord::destinationAddressOffset);
        number(IanaElements.SOURCE_TRANSPORT_PORT, 2, FlowShape::hasPorts, FlowRecord::sourcePort);
        number(IanaElements.DESTINATION_TRANSPORT_PORT, 2, FlowShape::hasPorts, FlowRecord::destinationPort);
        code(IanaElements.PROTOCOL_IDENTIFIER, ALWAYS, FlowRecord::protocol, CodeNames::protocol);
        code(IanaElements.BIFLOW_DIRECTION, ALWAYS,
            flow -> flow.hasFlag(FlowRecord.FLAG_DIRECTION_INFERRED) ? 0 : 1, CodeNames::biflowDirection);
    }

    private void addCounts(final OwnElements own) {
        number(IanaElements.FLOW_START_NANOSECONDS, 8, ALWAYS, FlowRecord::flowStartNs);
        number(IanaElements.FLOW_END_NANOSECONDS, 8, ALWAYS, FlowRecord::flowEndNs);
        reverseNumber(IanaElements.FLOW_START_NANOSECONDS, 8, ALWAYS, FlowRecord::startNs, NO_NAMES);
        code(IanaElements.FLOW_END_REASON, ALWAYS, FlowRecord::flowEndReason, CodeNames::flowEndReason);
        numbers(IanaElements.OCTET_DELTA_COUNT, 8, ALWAYS, FlowRecord::octets);
        numbers(IanaElements.PACKET_DELTA_COUNT, 8, ALWAYS, FlowRecord::packets);
        numbers(IanaElements.TRANSPORT_OCTET_DELTA_COUNT, 8, ALWAYS, FlowRecord::payloadOctets);
        numbers(own.capturedFrameDeltaCount, 8, ifRoom(Rank.FRAMES, ALWAYS), FlowRecord::frames);
        number(own.flowMarks, 4, ALWAYS, flow -> flow.flags() & FlowRecord.MARKS | metadata.marks());
    }

    private void addIp() {
        numbers(IanaElements.IP_CLASS_OF_SERVICE, 1, ifRoom(Rank.DIFFERENTIATION, ALWAYS), FlowRecord::ipClassOfService);
        numbers(IanaElements.MINIMUM_TTL, 1, ifRoom(Rank.MINIMUM_TTL, ALWAYS), FlowRecord::minimumTtl);
        numbers(IanaElements.MAXIMUM_TTL, 1, ifRoom(Rank.MAXIMUM_TTL, ALWAYS), FlowRecord::maximumTtl);
        number(IanaElements.FLOW_LABEL_IPV6, 4, shape -> FlowShape.isIpv6(shape) && !FlowShape.isTcp(shape), flow -> flow.flowLabelIPv6(FORWARD));
        numbers(IanaElements.ICMP_TYPE_CODE_IPV4, 2, FlowShape::isIcmpv4, FlowRecord::icmpTypeCode);
        numbers(IanaElements.ICMP_TYPE_CODE_IPV6, 2, FlowShape::isIcmpv6, FlowRecord::icmpTypeCode);
    }

    private void addLink(final OwnElements own) {
        number(IanaElements.INGRESS_INTERFACE, 4, ALWAYS, flow -> either(flow, FlowRecord::ingressInterface, 0));
        number(IanaElements.EGRESS_INTERFACE, 4, ALWAYS, flow -> flow.egressInterface(FORWARD));
        octets(IanaElements.SOURCE_MAC_ADDRESS, 6, ifRoom(Rank.MAC_ADDRESS, FlowShape::hasNoTunnel), FlowRecord::sourceMacAddressOffset);
        octets(IanaElements.DESTINATION_MAC_ADDRESS, 6, ifRoom(Rank.MAC_ADDRESS, FlowShape::hasNoTunnel),
            FlowRecord::destinationMacAddressOffset);
        number(IanaElements.DOT1Q_VLAN_ID, 2, FlowShape::hasVlans, flow -> vlan(either(flow, FlowRecord::vlanId, NO_VLAN)));
        number(IanaElements.DOT1Q_CUSTOMER_VLAN_ID, 2, FlowShape::hasVlans,
            flow -> vlan(either(flow, FlowRecord::customerVlanId, NO_VLAN)));
        number(IanaElements.MPLS_TOP_LABEL_STACK_SECTION, 3, FlowShape::hasRareLabels,
            flow -> Math.max(0, either(flow, FlowRecord::mplsTopLabelStackSection, -1)));
        number(own.fragmentDeltaCount, 4, FlowShape::hasRareLabels, flow -> flow.fragments(FORWARD) + flow.fragments(REVERSE));
    }

    private void addTcp(final OwnElements own) {
        numbers(IanaElements.TCP_CONTROL_BITS, 2, FlowShape::isTcp, FlowRecord::tcpControlBits, CodeNames::tcpFlags);
        numbers(IanaElements.TCP_WINDOW_SIZE, 2, ifRoom(Rank.WINDOW, FlowShape::isTcp), FlowRecord::tcpWindowSize);
        numbers(IanaElements.TCP_WINDOW_SCALE, 1, ifRoom(Rank.WINDOW_SCALE, FlowShape::isTcp), FlowRecord::tcpWindowScale);
        numbers(own.tcpMaximumSegmentSize, 2, ifRoom(Rank.SEGMENT_SIZE, FlowShape::isTcp), FlowRecord::tcpMaximumSegmentSize);
        numbers(own.tcpRetransmittedPackets, 4, FlowShape::isTcp, FlowRecord::tcpRetransmittedPackets);
        numbers(own.tcpOutOfOrderPackets, 4, ifRoom(Rank.OUT_OF_ORDER, FlowShape::isTcp), FlowRecord::tcpOutOfOrderPackets);
        numbers(own.tcpZeroWindowPackets, 4, ifRoom(Rank.ZERO_WINDOW, FlowShape::isTcp), FlowRecord::tcpZeroWindowPackets);
        number(own.tcpHandshakeServerRtt, 4, FlowShape::isTcp, flow -> microseconds(flow.handshakeServerRttNs()));
        number(own.tcpHandshakeClientRtt, 4, FlowShape::isTcp, flow -> microseconds(flow.handshakeClientRttNs()));
        number(own.applicationResponseTime, 4, FlowShape::hasPorts, flow -> microseconds(flow.applicationResponseTimeNs()));
    }

    private void addTeardown(final OwnElements own) {
        code(own.tcpTeardownReason, FlowShape::isTcp, FlowRecord::tcpTeardownReason, CodeNames::tcpTeardownReason);
        code(own.tcpTeardownInitiator, FlowShape::isTcp, FlowRecord::tcpTeardownInitiator, CodeNames::tcpTeardownInitiator);
        code(own.tcpTeardownPhase, FlowShape::isTcp, FlowRecord::tcpTeardownPhase, CodeNames::tcpTeardownPhase);
        code(own.tcpTeardownImpact, FlowShape::isTcp, FlowRecord::tcpTeardownImpact, CodeNames::tcpTeardownImpact);
        numbers(own.tcpUnackedOctets, 4, FlowShape::isTcp, FlowRecord::tcpUnackedOctets);
        number(own.tcpIdleBeforeTeardownMs, 4, FlowShape::isTcp, FlowRecord::tcpIdleBeforeTeardownMs);
        numbers(IanaElements.TCP_RST_TOTAL_COUNT, 4, FlowShape::isTcp, FlowRecord::tcpRstCount);
        number(own.tcpTtlRst, 1, ifRoom(Rank.TTL_OF_RESET, FlowShape::isTcp), FlowElements::ttlRst);
        number(own.tcpResetEvidence, 4, FlowShape::isTcp, FlowRecord::tcpResetEvidence, CodeNames::tcpResetEvidence);
        number(own.tcpResetMptcpReason, 1, ifRoom(Rank.MPTCP, FlowShape::isTcp), FlowRecord::tcpResetMptcpReason);
        text(own.tcpConnectionHistory, FlowRecord.HISTORY_CAPACITY, FlowShape::isTcp, FlowRecord::historyOffset, FlowRecord::historyLength);
    }

    private void addTunnel(final OwnElements own) {
        code(own.tunnelType, FlowShape::hasTunnel, FlowRecord::tunnelType, CodeNames::tunnelType);
        number(own.tunnelId, 4, FlowShape::hasTunnel, FlowRecord::tunnelId);
        number(IanaElements.LAYER2_SEGMENT_ID, 8, ifRoom(Rank.SEGMENT_ID, FlowShape::hasTunnel), FlowElements::layer2SegmentId);
        octets(own.tunnelSourceIPv4Address, 4, FlowShape::isTunnelIpv4, FlowRecord::tunnelSourceAddressOffset);
        octets(own.tunnelDestinationIPv4Address, 4, FlowShape::isTunnelIpv4, FlowRecord::tunnelDestinationAddressOffset);
        octets(own.tunnelSourceIPv6Address, 16, FlowShape::isTunnelIpv6, FlowRecord::tunnelSourceAddressOffset);
        octets(own.tunnelDestinationIPv6Address, 16, FlowShape::isTunnelIpv6, FlowRecord::tunnelDestinationAddressOffset);
    }

    private void addNames(final OwnElements own) {
        name(own.serverName, FlowShape::isNamed, FlowMetadata::serverName);
        name(own.serverCanonicalName, FlowShape::isNamed, FlowMetadata::serverCanonicalName);
        name(own.clientName, ifRoom(Rank.CLIENT_NAME, FlowShape::isNamed), FlowMetadata::clientName);
        code(own.nameSource, FlowShape::isNamed, flow -> metadata.nameSource(), NameSource::labelOf);
        number(own.nameAge, 4, FlowShape::isNamed, flow -> Math.min(metadata.nameAgeMs(), UNSIGNED_INT_MAX));
        number(own.nameCandidates, 1, ifRoom(Rank.CANDIDATES, FlowShape::isNamed), flow -> metadata.nameCandidates());
    }

    private void name(final Element element, final IntPredicate applies, final Function<FlowMetadata, DirectBuffer> name) {
        text(element, LONGEST_NAME, applies, flow -> name.apply(metadata), flow -> 0, flow -> name.apply(metadata).capacity());
    }

    private void addFiles(final OwnElements own) {
        string(IanaElements.USER_NAME, LONGEST_NAME, FlowShape::isUsed, flow -> metadata.use().user());
        string(own.fileUserDomain, LONGEST_NAME, FlowShape::isUsed, flow -> metadata.use().domain());
        code(own.userSource, FlowShape::isUsed, flow -> metadata.use().userSource().code(), code -> UserSource.of(code).name());
        string(own.filePath, FileAccess.LONGEST_PATH, FlowShape::isUsed, flow -> metadata.use().path());
        code(own.fileOperation, FlowShape::isUsed, flow -> metadata.use().operation().code(), code -> FileOperation.of(code).name());
        number(own.filesRead, 4, FlowShape::isUsed, flow -> metadata.use().filesRead());
        number(own.filesWritten, 4, FlowShape::isUsed, flow -> metadata.use().filesWritten());
        number(own.filesCreated, 4, FlowShape::isUsed, flow -> metadata.use().filesCreated());
        number(own.filesRenamed, 4, FlowShape::isUsed, flow -> metadata.use().filesRenamed());
        number(own.filesDeleted, 4, FlowShape::isUsed, flow -> metadata.use().filesDeleted());
    }

    /** A number that each direction has. */
    private void numbers(final Element element, final int length, final IntPredicate applies, final NumberField.Source<FlowRecord> value) {
        numbers(element, length, applies, value, NO_NAMES);
    }

    private void numbers(
        final Element element, final int length, final IntPredicate applies, final NumberField.Source<FlowRecord> value,
        final IntFunction<String> names) {
        add(new NumberField<>(element, length, applies, value, FORWARD, names));
        reverseNumber(element, length, applies, value, names);
    }

    private void reverseNumber(
        final Element element, final int length, final IntPredicate applies, final NumberField.Source<FlowRecord> value,
        final IntFunction<String> names) {
        reverse.add(new NumberField<>(
            element.reverse(), length, shape -> FlowShape.isReversed(shape) && applies.test(shape), value, REVERSE, names));
    }

    /** The value of the client's direction, or of the server's when the client has sent nothing. */
    private static long either(final FlowRecord flow, final NumberField.Source<FlowRecord> value, final long none) {
        final long forward = flow.frames(FORWARD) == 0 ? none : value.of(flow, FORWARD);
        return forward != none || flow.frames(REVERSE) == 0 ? forward : value.of(flow, REVERSE);
    }

    private static long vlan(final long id) {
        return id == NO_VLAN ? 0 : id;
    }

    private static long ttlRst(final FlowRecord flow) {
        final int first = flow.tcpTeardownInitiator() == TcpTeardownInitiator.SERVER.code() ? REVERSE : FORWARD;
        final int ttl = flow.tcpTtlRst(first);
        return ttl != 0 ? ttl : flow.tcpTtlRst(FORWARD + REVERSE - first);
    }

    /** 0 says not measured, so that whatever was measured is at least 1. */
    private static long microseconds(final long ns) {
        return ns < 0 ? 0 : Math.min(Math.max(1, ns / NS_PER_US), UNSIGNED_INT_MAX);
    }

    private static long layer2SegmentId(final FlowRecord flow) {
        return CodeNames.isVxlan(flow.tunnelType()) ? VXLAN_SEGMENT | flow.tunnelId() & 0xFF_FFFF : 0;
    }
}
