package net.flowsonde.decode;

import static net.flowsonde.decode.FrameBuilder.frame;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import net.flowsonde.decode.SampleFrames.Sample;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketDecoderTest {
    /** Frames do not begin at 0, so that an offset relative to the wrong thing shows. */
    private static final int OFFSET = 3;

    private final PacketDecoder decoder = new PacketDecoder(8);
    private final PacketLayout layout = new PacketLayout();

    private Verdict decode(final int linkType, final byte[] octets, final int captured, final int wireLength) {
        final byte[] copy = new byte[OFFSET + captured];
        System.arraycopy(octets, 0, copy, OFFSET, captured);
        final Verdict verdict =
            decoder.decode(new UnsafeBuffer(copy), OFFSET, OFFSET + captured, wireLength, linkType, layout);
        LayoutInvariants.check(layout, verdict, OFFSET, OFFSET + captured, wireLength);
        return verdict;
    }

    private Verdict decode(final FrameBuilder frame) {
        final byte[] octets = frame.build();
        return decode(1, octets, octets.length, octets.length);
    }

    private Verdict decodeHex(final String hex) {
        return decode(frame().hex(hex));
    }

    @TestFactory
    Stream<DynamicTest> shouldFindTheInnermostPacketOfEveryEncapsulation() {
        return SampleFrames.all().entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
            final Sample sample = entry.getValue();
            final Verdict verdict = decode(sample.linkType(), sample.octets(), sample.octets().length, sample.octets().length);
            assertThat(verdict).isEqualTo(Verdict.DECODED);
            assertThat(LayoutText.key(layout)).isEqualTo(sample.key());
        }));
    }

    @TestFactory
    Stream<DynamicTest> shouldNeverChangeAddressesByCuttingAFrame() {
        return SampleFrames.all().entrySet().stream()
            .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> cutEverywhere(entry.getValue())));
    }

    /** What the cut frame says of addresses is what the whole frame says of one of its IP headers; cut by sender or by capture. */
    private void cutEverywhere(final Sample sample) {
        decode(sample.linkType(), sample.octets(), sample.octets().length, sample.octets().length);
        final String inner = LayoutText.source(layout) + LayoutText.destination(layout);
        final String outer = layout.tunnelIpVersion() == 0 ? inner
            : LayoutText.address(layout.buffer(), layout.tunnelSourceAddressOffset(), layout.tunnelIpVersion())
                + LayoutText.address(layout.buffer(), layout.tunnelDestinationAddressOffset(), layout.tunnelIpVersion());
        for (int captured = 0; captured < sample.octets().length; captured++) {
            for (final int wireLength : new int[] {captured, sample.octets().length}) {
                final Verdict verdict = decode(sample.linkType(), sample.octets(), captured, wireLength);
                if (verdict.isFlow() && layout.nestingDepth() != 1) {
                    assertThat(LayoutText.source(layout) + LayoutText.destination(layout)).isIn(inner, outer);
                }
            }
        }
        assertThat(decode(sample.linkType(), sample.octets(), 0, 0).isFlow()).isFalse();
    }

    @Test
    void shouldReadTheTcpHeader() {
        assertThat(decode(frame().ethernet(0x0800).ipv4(6).tcp(80, 40000, 0x112).payload(5).payload(6))).isEqualTo(Verdict.DECODED);
        assertThat(layout.hasTransport()).isTrue();
        assertThat(layout.tcpFlags()).isEqualTo(0x112);
        assertThat(layout.tcpSequence()).isEqualTo(0x01020304);
        assertThat(layout.tcpAcknowledgment()).isEqualTo(0x05060708);
        assertThat(layout.tcpWindow()).isEqualTo(0x2000);
        assertThat(layout.tcpHeaderLength()).isEqualTo(20);
        assertThat(layout.ipOffset()).isEqualTo(OFFSET + 14);
        assertThat(layout.transportOffset()).isEqualTo(OFFSET + 34);
        assertThat(layout.payloadOffset()).isEqualTo(OFFSET + 54);
        assertThat(layout.payloadLength()).isEqualTo(11);
        assertThat(layout.ttl()).isEqualTo(64);
        assertThat(layout.destinationMacOffset()).isEqualTo(OFFSET);
        assertThat(layout.sourceMacOffset()).isEqualTo(OFFSET + 6);
    }

    @Test
    void shouldAllocateNothing() {
        final var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        final UnsafeBuffer[] frames =
            SampleFrames.all().values().stream().map(sample -> new UnsafeBuffer(sample.octets())).toArray(UnsafeBuffer[]::new);
        decodeAll(frames);
        final long before = threads.getCurrentThreadAllocatedBytes();
        for (int round = 0; round < 1_000; round++) {
            decodeAll(frames);
        }
        // the measurement and the virtual machine take a little; one object a frame would be a megabyte
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
    }

    private void decodeAll(final UnsafeBuffer[] frames) {
        for (final UnsafeBuffer frame : frames) {
            decoder.decode(frame, 0, frame.capacity(), frame.capacity(), 1, layout);
        }
    }

    @Test
    void shouldForgetThePacketBefore() {
        final Sample sample = SampleFrames.all().get("VXLAN, tags in and out");
        decode(1, sample.octets(), sample.octets().length, sample.octets().length);
        decode(1, SampleFrames.all().get("ICMPv6 error").octets(), 110, 110);
        decode(1, SampleFrames.all().get("IPv6 later fragment").octets(), 71, 71);
        decode(frame().ethernet(0x0800).ipv4(50).payload(8));
        assertThat(LayoutText.key(layout)).isEqualTo("10.0.0.1 > 10.0.1.1 50");
        assertThat(layout.isFragment()).isFalse();
        assertThat(layout.icmpType()).isEqualTo(PacketLayout.NONE);
        assertThat(layout.hasQuote()).isFalse();
        assertThat(layout.nestingDepth()).isZero();
    }

    @Test
    void shouldNeverCountEthernetPadding() {
        assertThat(decode(frame().ethernet(0x0800).hex("4500 001c 0000 0000 4011 0000 0a000001 0a000002 0001 0002 0008 0000")
            .payload(18))).isEqualTo(Verdict.DECODED);
        assertThat(layout.ipLength()).isEqualTo(28);
        assertThat(layout.payloadLength()).isZero();
        assertThat(layout.limit()).isEqualTo(OFFSET + 42);
    }

    @Test
    void shouldTakeTheLengthOfTheFrameWhenSegmentationIsOffloaded() {
        final byte[] v4 = frame().ethernet(0x0800).ipv4(6).tcp(1, 2, 0x10).payload(3000).build();
        v4[16] = 0;
        v4[17] = 0;
        assertThat(decode(1, v4, 200, 3054)).isEqualTo(Verdict.DECODED);
        assertThat(layout.ipLength()).isEqualTo(3040);
        assertThat(layout.payloadLength()).isEqualTo(3000);
        final byte[] v6 = frame().ethernet(0x86DD).ipv6(6).tcp(1, 2, 0x10).payload(3000).build();
        v6[18] = 0;
        v6[19] = 0;
        assertThat(decode(1, v6, 200, 400_074)).isEqualTo(Verdict.DECODED);
        assertThat(layout.ipLength()).isEqualTo(400_060);
    }

    @Test
    void shouldReadAJumboPayloadLength() {
        final byte[] frame = frame().ethernet(0x86DD).ipv6(0).hex("0600 c204 00020000").tcp(1, 2, 0x10).payload(100).build();
        frame[18] = 0;
        frame[19] = 0;
        assertThat(decode(1, frame, frame.length, 14 + 40 + 0x20000 + 6)).isEqualTo(Verdict.DECODED);
        assertThat(layout.ipLength()).isEqualTo(40 + 0x20000);
        assertThat(layout.payloadLength()).isEqualTo(0x20000 - 28);
    }

    @Test
    void shouldNotTakePaddingForAnOffloadedLength() {
        assertThat(decode(frame().ethernet(0x0800).hex("4500 0000 0000 0000 4011 0000 0a000001 0a000002").payload(26)))
            .isEqualTo(Verdict.IPV4_MALFORMED_TOTAL_LENGTH);
        assertThat(decode(frame().ethernet(0x86DD).hex("60000000 0000 3b 40").payload(32).payload(6))).isEqualTo(Verdict.DECODED);
        assertThat(layout.ipLength()).isEqualTo(40);
    }

    @Test
    void shouldMeterByTheFrameWhenTheHeaderPromisesMore() {
        final byte[] v4 = frame().ethernet(0x0800).ipv4(17).udp(1, 2).payload(10).build();
        assertThat(decode(1, v4, 46, 46)).isEqualTo(Verdict.IPV4_LENGTH_BEYOND_FRAME);
        assertThat(layout.ipLength()).isEqualTo(32);
        assertThat(layout.destinationPort()).isEqualTo(2);
        final byte[] v6 = frame().ethernet(0x86DD).ipv6(17).udp(1, 2).payload(10).build();
        assertThat(decode(1, v6, 66, 66)).isEqualTo(Verdict.IPV6_LENGTH_BEYOND_FRAME);
        assertThat(layout.ipLength()).isEqualTo(52);
    }

    @Test
    void shouldClampAWireLengthThatNoFrameHas() {
        final byte[] frame = frame().ethernet(0x0800).ipv4(6).tcp(1, 2, 0x10).build();
        frame[16] = 0;
        frame[17] = 0;
        decode(1, frame, frame.length, Integer.MAX_VALUE);
        assertThat(layout.ipLength()).isEqualTo(PacketDecoder.LONGEST_FRAME - 14);
        assertThat(decode(1, frame, frame.length, -1)).isEqualTo(Verdict.IPV4_MALFORMED_TOTAL_LENGTH);
    }

    @Test
    void shouldReadWhatAnIcmpErrorQuotes() {
        assertThat(decode(frame().ethernet(0x0800).ipv4(1).hex("0303 0000 00000000").ipv4(6).u16(4000).u16(80).u32(0x0A0B0C0DL)))
            .isEqualTo(Verdict.DECODED);
        assertThat(layout.icmpType()).isEqualTo(3);
        assertThat(layout.icmpCode()).isEqualTo(3);
        assertThat(layout.hasQuote()).isTrue();
        assertThat(layout.quotedProtocol()).isEqualTo(6);
        assertThat(layout.quotedSourcePort()).isEqualTo(4000);
        assertThat(layout.quotedDestinationPort()).isEqualTo(80);
        assertThat(layout.quotedTcpSequence()).isEqualTo(0x0A0B0C0D);
        assertThat(LayoutText.address(layout.buffer(), layout.quotedDestinationAddressOffset(), 4)).isEqualTo("10.0.1.2");
        decode(1, SampleFrames.all().get("ICMPv6 error").octets(), 130, 130);
        assertThat(layout.quotedIpVersion()).isEqualTo(6);
        assertThat(layout.quotedSourcePort()).isEqualTo(9);
        assertThat(layout.quotedTcpSequence()).isEqualTo(0x01020304);
    }

    @Test
    void shouldNotReadPortsFromAQuotedLaterFragment() {
        decode(frame().ethernet(0x0800).ipv4(1).hex("0b01 0000 00000000").ipv4(6, 7, 5).u16(4000).u16(80).u32(1));
        assertThat(layout.icmpType()).isEqualTo(11);
        assertThat(layout.hasQuote()).isFalse();
    }

    @Test
    void shouldDescribeFragments() {
        decode(1, SampleFrames.all().get("IPv4 first fragment").octets(), 50, 50);
        assertThat(layout.isFragment() && layout.hasMoreFragments() && layout.hasTransport()).isTrue();
        assertThat(layout.fragmentId()).isEqualTo(7);
        decode(1, SampleFrames.all().get("IPv6 later fragment").octets(), 71, 71);
        assertThat(layout.fragmentOffset()).isEqualTo(16);
        assertThat(layout.hasMoreFragments()).isFalse();
        assertThat(layout.fragmentPayloadOffset()).isEqualTo(OFFSET + 62);
        assertThat(layout.fragmentPayloadLength()).isEqualTo(9);
        assertThat(layout.hasPorts()).isFalse();
    }

    @Test
    void shouldNotFollowATunnelInsideAFragment() {
        assertThat(decode(frame().ethernet(0x0800).ipv4(17, 7, 0x2000).udp(1, 4789).hex("08000000 00007b00").ethernet(0x0800)
            .ipv4(6).tcp(1, 2, 2).hex("0000"))).isEqualTo(Verdict.DECODED);
        assertThat(LayoutText.key(layout)).isEqualTo("10.0.0.1 > 10.0.1.1 17 1:4789");
    }

    @Test
    void shouldCountFragmentsThatCannotBe() {
        assertThat(decode(frame().ethernet(0x0800).ipv4(17, 7, 0x3FFF).payload(16))).isEqualTo(Verdict.FRAGMENT_MALFORMED);
        assertThat(decode(frame().ethernet(0x0800).ipv4(17, 7, 0x2001).payload(9))).isEqualTo(Verdict.FRAGMENT_MALFORMED);
    }

    @Test
    void shouldMeterADatagramOnATunnelPortThatIsNoTunnel() {
        for (final int port : new int[] {2152, 3544, 4789, 4790, 6081, 8472}) {
            assertThat(decode(frame().ethernet(0x0800).ipv4(17).udp(1, port).payload(100))).isEqualTo(Verdict.DECODED);
            assertThat(LayoutText.key(layout)).isEqualTo("10.0.0.1 > 10.0.1.1 17 1:" + port);
            assertThat(layout.payloadLength()).isEqualTo(100);
        }
    }

    @Test
    void shouldMeterTheOuterPacketOfATunnelThatCarriesNoIp() {
        assertThat(decode(frame().ethernet(0x0800).ipv4(47).hex("0000 0806").payload(28))).isEqualTo(Verdict.DECODED);
        assertThat(LayoutText.key(layout)).isEqualTo("10.0.0.1 > 10.0.1.1 47");
        assertThat(decode(frame().ethernet(0x0800).ipv4(47).hex("0000 0800").payload(28)))
            .isEqualTo(Verdict.TUNNEL_PAYLOAD_MALFORMED);
        assertThat(LayoutText.key(layout)).isEqualTo("10.0.0.1 > 10.0.1.1 47");
        assertThat(decode(frame().ethernet(0x0800).ipv4(47).hex("0000 0800").payload(8)))
            .isEqualTo(Verdict.TUNNEL_PAYLOAD_TRUNCATED);
    }

    @Test
    void shouldStopAtTheNestingLimit() {
        final FrameBuilder frame = frame().ethernet(0x0800);
        for (int header = 0; header < 12; header++) {
            frame.ipv4(4);
        }
        assertThat(decode(frame)).isEqualTo(Verdict.NESTING_LIMIT);
        assertThat(layout.nestingDepth()).isEqualTo(8);
        assertThat(LayoutText.source(layout)).isEqualTo("10.0.0.9");
        assertThat(LayoutText.address(layout.buffer(), layout.tunnelSourceAddressOffset(), 4)).isEqualTo("10.0.0.1");
    }

    @Test
    void shouldStopAtTooManyLayers() {
        final FrameBuilder tags = frame().ethernet(0x8100);
        final FrameBuilder labels = frame().ethernet(0x8847);
        for (int layer = 0; layer < 200; layer++) {
            tags.vlan(1, 0x8100);
            labels.mpls(20, false);
        }
        assertThat(decode(tags)).isEqualTo(Verdict.TOO_MANY_LAYERS);
        assertThat(decode(labels)).isEqualTo(Verdict.TOO_MANY_LAYERS);
        final FrameBuilder extensions = frame().ethernet(0x86DD).ipv6(60);
        for (int header = 0; header < 40; header++) {
            extensions.hex("3c00 0000 00000000");
        }
        assertThat(decode(extensions)).isEqualTo(Verdict.IPV6_EXTENSION_LIMIT);
    }

    @Test
    void shouldPlaceTheVlanTagThatTheCaptureStripped() {
        final byte[] tagged = SampleFrames.all().get("VLAN").octets();
        final UnsafeBuffer buffer = new UnsafeBuffer(Arrays.copyOf(tagged, tagged.length));
        decoder.decode(buffer, 0, tagged.length, tagged.length, 1, 0xE00A, layout);
        assertThat(layout.vlanId()).isEqualTo(10);
        assertThat(layout.customerVlanId()).isEqualTo(5);
        final UnsafeBuffer tunnel = new UnsafeBuffer(SampleFrames.all().get("VXLAN, tags inside").octets());
        decoder.decode(tunnel, 0, tunnel.capacity(), tunnel.capacity(), 1, 0xE00A, layout);
        assertThat(layout.vlanId()).isEqualTo(10);
        assertThat(layout.customerVlanId()).isEqualTo(PacketLayout.NO_VLAN);
    }

    @Test
    void shouldGiveTcpFieldsWhenOnlyOptionsWereCut() {
        final byte[] frame = frame().ethernet(0x0800).ipv4(6).hex("0001 0002 01020304 00000000 8002 ffff 0000 0000")
            .payload(12).build();
        assertThat(decode(1, frame, 58, frame.length)).isEqualTo(Verdict.TCP_TRUNCATED);
        assertThat(layout.hasTransport()).isFalse();
        assertThat(layout.tcpFlags()).isEqualTo(2);
        assertThat(layout.tcpSequence()).isEqualTo(0x01020304);
        assertThat(layout.payloadLength()).isZero();
    }

    /** What is malformed, by layer: the rest of an Ethernet frame after its addresses. */
    @ParameterizedTest
    @CsvSource({
        "ARP, 0806 0001", "ARP, 8035", "OTHER_ETHERTYPE, 88cc 0207", "PPPOE_DISCOVERY, 8863 1109", "LLC, 0026 424203",
        "LLC, 0026 aaaa03 00000c 2000", "LLC_TRUNCATED, 0026 42", "LLC_TRUNCATED, 0026 aaaa03 0000", "VLAN_TRUNCATED, 8100 00",
        "VN_TAG_TRUNCATED, 8926 000000", "E_TAG_TRUNCATED, 893f 000000000000", "ETHERNET_TRUNCATED, 88e7 000000",
        "MPLS_TRUNCATED, 8847 0000", "MPLS_TRUNCATED, 8847 00010140", "MPLS_UNKNOWN_PAYLOAD, 8847 00010140 10000000",
        "PPPOE_TRUNCATED, 8864 1100", "PPPOE_MALFORMED, 8864 2100 0001 0004 0021", "PPP_TRUNCATED, 8864 1100 0001 0001 00",
        "PPP_CONTROL, 8864 1100 0001 0004 c021 0000", "NSH_TRUNCATED, 894f 0fc6", "NSH_MALFORMED, 894f 4fc20201 00002aff",
        "NSH_MALFORMED, 894f 0fc10201 00002aff", "NSH_UNKNOWN_PAYLOAD, 894f 0fc20209 00002aff",
        "IPV4_TRUNCATED, 0800 4500", "IPV4_MALFORMED_VERSION, 0800 6500 0014 00000000 40110000 0a000001 0a000002",
        "IPV4_MALFORMED_HEADER_LENGTH, 0800 4400 0014 00000000 40110000 0a000001 0a000002",
        "IPV4_MALFORMED_HEADER_LENGTH, 0800 4600 0014 00000000 40110000 0a000001 0a000002",
        "IPV4_MALFORMED_TOTAL_LENGTH, 0800 4500 0013 00000000 40110000 0a000001 0a000002",
        "IPV6_TRUNCATED, 86dd 6000", "IPV6_MALFORMED_VERSION, 86dd 4000000000003b400000000000000000000000000000000000000000000000"
        + "000000000000000000"
    })
    void shouldNameLayerAndCause(final Verdict expected, final String hex) {
        assertThat(decodeHex("020000000001 020000000002" + hex)).isEqualTo(expected);
        assertThat(expected.isFlow()).isFalse();
    }

    /** What is unsound above IPv4: protocol and its octets, the packet being as long as they are. */
    @ParameterizedTest
    @CsvSource({
        "TCP_MALFORMED, 6, 0001 0002 00000000 00000000 4010 0000 0000 0000", "TCP_MALFORMED, 6, 0001 0002",
        "TCP_MALFORMED, 6, 0001 0002 00000000 00000000 6010 0000 0000 0000", "UDP_MALFORMED, 17, 0001 0002 0007 0000",
        "UDP_MALFORMED, 17, 0001 0002 0009 0000", "UDP_MALFORMED, 17, 0001 0002 0000 0000", "UDP_MALFORMED, 17, 0001 0002",
        "SCTP_MALFORMED, 132, 0001 0002 00000000", "DCCP_MALFORMED, 33, 0001 0002 02000000 00000000",
        "ICMP_MALFORMED, 1, 0800 0000", "ICMP_MALFORMED, 1, 08",
        "GRE_MALFORMED, 47, 0000", "GRE_MALFORMED, 47, 0002 0800 00000000", "GRE_MALFORMED, 47, 2000 0800",
        "GRE_MALFORMED, 47, 0001 880b 00000000", "GRE_MALFORMED, 47, 4000 0800 00000000 0800 00ff 00"
    })
    void shouldMeterWhatIsUnsoundAboveIp(final Verdict expected, final int protocol, final String hex) {
        final Verdict verdict = decode(frame().ethernet(0x0800).ipv4(protocol).hex(hex));
        assertThat(verdict).isEqualTo(expected);
        assertThat(verdict.isFlow()).isTrue();
        assertThat(LayoutText.key(layout)).startsWith("10.0.0.1 > 10.0.1.1 " + protocol);
    }

    @ParameterizedTest
    @CsvSource({
        "IPV4_OPTIONS_TRUNCATED, 36", "TCP_TRUNCATED, 45", "TCP_TRUNCATED, 57"
    })
    void shouldTellTheCaptureFromThePacket(final Verdict expected, final int captured) {
        final byte[] frame = frame().ethernet(0x0800).hex("4600 0040 0000 0000 4006 0000 0a000001 0a000002 01010101")
            .tcp(1, 2, 0x10).payload(20).build();
        assertThat(decode(1, frame, captured, frame.length)).isEqualTo(expected);
        assertThat(layout.ipLength()).isEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN_LINK_TYPE, 147, 00000000", "LINK_TRUNCATED, 0, 0200", "LINK_CONTROL, 0, 07000000", "LINK_TRUNCATED, 113, 00000001",
        "LINK_TRUNCATED, 276, 08000000", "LINK_CONTROL, 113, 0000 0338 0000 0000000000000000 0000",
        "LLC, 113, 0000 0001 0006 0200000000010000 0004 424203", "LINK_CONTROL, 104, 8f00 8035", "LINK_TRUNCATED, 104, 0f00",
        "LINK_TRUNCATED, 101, ''", "IP_VERSION_UNKNOWN, 101, 50", "LINK_TRUNCATED, 50, ''", "PPP_CONTROL, 9, ff03 c021"
    })
    void shouldNameCausesOfOtherLinks(final Verdict expected, final int linkType, final String hex) {
        final byte[] octets = frame().hex(hex).build();
        assertThat(decode(linkType, octets, octets.length, octets.length)).isEqualTo(expected);
    }
}
