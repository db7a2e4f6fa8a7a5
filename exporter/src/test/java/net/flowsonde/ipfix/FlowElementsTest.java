package net.flowsonde.ipfix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.enrich.FlowMetadata;
import net.flowsonde.enrich.MetadataSamples;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.flow.FlowRecordSamples;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class FlowElementsTest {
    private static final long PEN = 32_473;
    private static final int SMALLEST_MTU = 512;

    private final FlowMetadata metadata = new FlowMetadata();
    private final FlowElements elements = new FlowElements(new OwnElements(PEN), metadata);

    @Test
    void shouldKeepTheIdsOfOwnElementsForEver() {
        final String own = Elements.all(PEN).stream().filter(element -> element.isOf(PEN))
            .filter(element -> (element.id() & Element.REVERSE_BIT) == 0).map(element -> element.id() + " " + element.name())
            .sorted((a, b) -> Integer.compare(Integer.parseInt(a.split(" ")[0]), Integer.parseInt(b.split(" ")[0])))
            .collect(Collectors.joining("\n"));
        assertThat(own).isEqualTo("""
            1 capturedFrameDeltaCount
            2 fragmentDeltaCount
            3 flowMarks
            32 tcpTeardownReason
            33 tcpTeardownInitiator
            34 tcpTeardownPhase
            35 tcpTeardownImpact
            36 tcpUnackedOctets
            37 tcpIdleBeforeTeardownMs
            38 tcpResetEvidence
            39 tcpResetMptcpReason
            40 tcpTtlRst
            41 tcpConnectionHistory
            96 tcpHandshakeServerRtt
            97 tcpHandshakeClientRtt
            98 applicationResponseTime
            99 tcpRetransmittedPackets
            100 tcpOutOfOrderPackets
            101 tcpZeroWindowPackets
            102 tcpMaximumSegmentSize
            160 tunnelType
            161 tunnelId
            162 tunnelSourceIPv4Address
            163 tunnelDestinationIPv4Address
            164 tunnelSourceIPv6Address
            165 tunnelDestinationIPv6Address
            192 counterName
            193 counterOwner
            194 counterValue
            195 tcpTeardownReasonName
            196 tunnelTypeName
            256 serverName
            257 serverCanonicalName
            258 clientName
            259 nameSource
            260 nameAge
            261 nameCandidates
            272 dnsQueryName
            273 dnsQueryType
            274 dnsQueryClass
            275 dnsId
            276 dnsFlags
            277 dnsTransport
            278 dnsUdpPayloadSize
            279 dnsResponseCode
            280 dnsResponseTime
            281 dnsRetries
            282 dnsMarks
            283 dnsQueryLength
            284 dnsAnswerLength
            285 dnsTrailingOctets
            286 dnsAnswerCount
            287 dnsAuthorityCount
            288 dnsAdditionalCount
            289 dnsMinimumTtl
            290 dnsAnswers
            291 dnsRecordList
            292 dnsRecordName
            293 dnsRecordType
            294 dnsRecordClass
            295 dnsRecordTtl
            296 dnsRecordSection
            297 dnsRecordData
            298 dnsMarkBit
            299 dnsMarkName
            300 dnsMarkDescription
            304 dnsServerFirstSeen
            305 dnsServerLastSeen
            306 dnsServerClients
            307 dnsServerQueries
            308 dnsServerAnswers
            309 dnsServerNoErrors
            310 dnsServerNxDomains
            311 dnsServerFailures
            312 dnsServerRefused
            313 dnsServerOtherErrors
            314 dnsServerMeanResponseTime
            315 dnsServerTraits
            316 dnsServerTransports
            512 fileProtocol
            513 fileOperation
            514 fileResult
            515 fileStatus
            516 fileShare
            517 filePath
            518 fileSecondPath
            519 filePathHash
            520 fileReadOctets
            521 fileWriteOctets
            522 fileReadOperations
            523 fileWriteOperations
            524 fileSizeAtOpen
            525 fileSizeAtClose
            526 fileMarks
            527 fileUserDomain
            528 fileWorkstation
            529 fileAuthentication
            530 fileSessionId
            531 userSource
            544 fileAccesses
            545 filesRead
            546 filesWritten
            547 filesCreated
            548 filesDeleted
            549 filesRenamed
            550 fileFailures
            551 fileRecordsSuppressed
            552 filesReadThenOverwritten
            553 filesReplacedByCopies
            554 filesRenamedToOneEnding
            555 filesWithNewEndings
            556 directoriesWithSameFile
            557 directoriesListed
            558 filesDestroyed
            559 fileAccessesDenied
            560 ransomwareScore
            561 filesDestroyedPercent
            562 fileAccessesDeniedPercent
            1024 alertKind
            1025 alertName
            1026 alertSeverity
            1027 alertSubject
            1028 alertText
            1029 alertValue
            1030 alertThreshold
            1031 alertSuppressed""");
    }

    @Test
    void shouldNameAndNumberEveryElementOnce() {
        final List<Element> all = Elements.all(PEN);
        assertThat(all).extracting(Element::name).doesNotHaveDuplicates();
        assertThat(all).extracting(element -> element.enterpriseNumber() + ":" + element.id()).doesNotHaveDuplicates();
        assertThat(all).allSatisfy(element -> {
            assertThat(element.id()).isBetween(1, 0x7FFF);
            assertThat(element.name()).matches("[a-z][A-Za-z0-9]+");
            assertThat(element.name().length()).isLessThanOrEqualTo(64);
            assertThat(element.description().getBytes(StandardCharsets.UTF_8).length).as(element.name()).isBetween(3, 254);
        });
    }

    @Test
    void shouldRefuseUnknownProfile() {
        assertThatThrownBy(() -> Elements.all(ExportConfig.DEFAULT.withProfile("nfdump9")))
            .hasMessageStartingWith("unknown profile nfdump9; there is native, nfdump, pmacct");
    }

    @Test
    void shouldFitTheSmallestMessageWithEveryTemplateAndRecord() {
        final int room = new MessageBuilder(MessageForm.IPFIX, SMALLEST_MTU).maxRecordLength();
        final FlowRecord flow = FlowRecordSamples.empty(4, 6);
        MetadataSamples.name(metadata, "s".repeat(254), "a".repeat(254), "c".repeat(254));
        for (int shape = 0; shape < FlowShape.LIMIT; shape++) {
            final RecordTemplate<FlowRecord> template = elements.template(shape);
            assertThat(template.templateLength()).as("template of shape %x", shape).isLessThanOrEqualTo(room);
            assertThat(template.fit(flow, room)).as("record of shape %x", shape).isLessThanOrEqualTo(room);
        }
        for (final OptionsTemplate template : new OptionsElements(new OwnElements(PEN), ProfileReader.read("native")).all()) {
            assertThat(template.templateLength()).isLessThanOrEqualTo(room);
            assertThat(template.maxRecordLength()).as("options template " + template.id()).isLessThanOrEqualTo(room);
        }
    }

    @Test
    void shouldGiveEveryShapeFixedFieldsAndNoDuplicates() {
        IntStream.range(0, FlowShape.LIMIT).forEach(shape -> {
            final List<Field<FlowRecord>> fields = elements.of(shape);
            assertThat(fields).extracting(field -> field.element().enterpriseNumber() + ":" + field.element().id())
                .doesNotHaveDuplicates();
            assertThat(fields).as("shape %x", shape).hasSizeLessThanOrEqualTo(FlowElements.MAX_FIELDS);
            assertThat(fields).anyMatch(field -> field.length() != Field.VARIABLE_LENGTH);
            assertThat(elements.readable(shape)).containsExactlyInAnyOrderElementsOf(fields);
        });
    }

    @Test
    void shouldCarryOnlyWhatApplies() {
        assertThat(names(FlowRecordSamples.empty(4, 17))).contains("sourceIPv4Address", "sourceTransportPort", "applicationResponseTime")
            .doesNotContain("sourceIPv6Address", "tcpControlBits", "icmpTypeCodeIPv4", "reverseOctetDeltaCount", "dot1qVlanId", "tunnelType");
        assertThat(names(FlowRecordSamples.empty(6, 58))).contains("sourceIPv6Address", "icmpTypeCodeIPv6", "flowLabelIPv6")
            .doesNotContain("sourceIPv4Address", "sourceTransportPort", "icmpTypeCodeIPv4");
        assertThat(names(FlowRecordSamples.empty(4, 1))).contains("icmpTypeCodeIPv4").doesNotContain("icmpTypeCodeIPv6");
        assertThat(names(FlowRecordSamples.empty(6, 1))).doesNotContain("icmpTypeCodeIPv4", "icmpTypeCodeIPv6");
        assertThat(names(FlowRecordSamples.tcp())).contains("tcpTeardownReason", "reverseTcpControlBits", "reverseTcpUnackedOctets");
        assertThat(names(FlowRecordSamples.vlans(FlowRecordSamples.tcp(), 100, 200))).contains("dot1qVlanId", "dot1qCustomerVlanId");
        assertThat(names(FlowRecordSamples.tunnel(FlowRecordSamples.tcp(), 7, 6, 5_000)))
            .contains("tunnelSourceIPv6Address", "layer2SegmentId").doesNotContain("tunnelSourceIPv4Address");
    }

    @Test
    void shouldCarryNamesWhereThereAreAny() {
        MetadataSamples.name(metadata, "www.example.com", "edge.example.net", "");
        assertThat(names(FlowRecordSamples.tcp())).contains("serverName", "serverCanonicalName", "nameSource", "nameAge", "nameCandidates")
            .contains("maximumTTL").doesNotContain("tcpWindowSize", "tcpMaximumSegmentSize");
        MetadataSamples.name(metadata, "", "", "");
        assertThat(names(FlowRecordSamples.tcp())).contains("tcpWindowSize", "maximumTTL").doesNotContain("serverName");
    }

    @Test
    void shouldWriteTheTemplateOfRfc7011() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_000]);
        final RecordTemplate<FlowRecord> template = elements.template(FlowShape.of(FlowRecordSamples.empty(4, 47), metadata));
        final int length = template.writeTemplate(buffer, 0);
        assertThat(length).isEqualTo(template.templateLength());
        assertThat(Hex.of(buffer, 0, length)).isEqualTo(
            "0100 0014 "
                + "0094 0008 0008 0004 000c 0004 0004 0001 00ef 0001 009c 0008 009d 0008 0088 0001 0001 0008 0002 0008 0191 0008 "
                + "8001 0008 0000 7ed9 8003 0004 0000 7ed9 "
                + "0005 0001 0034 0001 0035 0001 000a 0004 000e 0004 0038 0006 0050 0006");
    }

    private List<String> names(final FlowRecord flow) {
        return elements.of(FlowShape.of(flow, metadata)).stream().map(field -> field.element().name()).toList();
    }
}
