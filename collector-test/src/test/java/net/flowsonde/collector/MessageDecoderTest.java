package net.flowsonde.collector;

import static net.flowsonde.collector.Octets.message;
import static net.flowsonde.collector.Octets.octets;
import static net.flowsonde.collector.Octets.set;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MessageDecoderTest {
    private static final long NOW = 1_700_000_000L;
    /** Template 256: sourceIPv4Address, packetDeltaCount of 4 octets, reversePacketDeltaCount, userName of variable length. */
    private static final Octets TEMPLATE = set(2, octets().u16(256).u16(4)
        .field(8, 4).field(2, 4).field(29_305, 2, 8).field(371, 65_535));
    private static final Octets RECORD = octets().u32(0xC0000201L).u32(7).u64(5).u8(3).text("eva");

    @Test
    void shouldDecodeEveryFieldOfGoodMessages() {
        final Decoded decoded = Decoded.decode(Transport.FILE, message(NOW, 0, TEMPLATE), message(NOW, 0, set(256, RECORD)));

        assertThat(decoded.rules()).isEmpty();
        assertThat(decoded.records).containsExactly(Map.of("sourceIPv4Address", "192.0.2.1", "packetDeltaCount", "7",
            "reversePacketDeltaCount", "5", "userName", "eva"));
        assertThat(decoded.summary.total().packets()).isEqualTo(7);
        assertThat(decoded.summary.total().reversePackets()).isEqualTo(5);
    }

    @Test
    void shouldTakeTheLongFormOfVariableLengthAndPaddingOfZeros() {
        final Octets longForm = octets().u32(1).u32(2).u64(3).u8(255).u16(2).text("ab").u8(0).u16(0);
        final Decoded decoded = Decoded.decode(Transport.TCP, message(NOW, 0, TEMPLATE, set(256, longForm)));

        assertThat(decoded.rules()).isEmpty();
        assertThat(decoded.records.get(0)).containsEntry("userName", "ab");
    }

    @Test
    void shouldReadEveryKindOfValue() {
        final Octets template = set(2, octets().u16(300).u16(9).field(27, 16).field(56, 6).field(276, 1).field(153, 8)
            .field(157, 8).field(320, 8).field(437, 4).field(210, 3).field(4, 1));
        final Octets values = octets().u64(0x20010DB8_00000000L).u64(1).u16(0x0200).u32(0x5E000001).u8(1)
            .u64(1_699_999_999_500L).u64((1_699_999_999L + 2_208_988_800L) << 32 | 0x8000_0000L).u64(Double.doubleToLongBits(1.5))
            .u32(0xFFFF_FFFFL).u8(1).u8(2).u8(3).u8(17);
        final Decoded decoded = Decoded.decode(Transport.FILE, message(NOW, 0, template, set(300, values)));

        assertThat(decoded.rules()).isEmpty();
        assertThat(decoded.records.get(0)).containsEntry("sourceIPv6Address", "2001:db8:0:0:0:0:0:1")
            .containsEntry("sourceMacAddress", "02:00:5e:00:00:01").containsEntry("dataRecordsReliability", "true")
            .containsEntry("flowEndMilliseconds", "2023-11-14T22:13:19.500Z")
            .containsEntry("flowEndNanoseconds", "2023-11-14T22:13:19.500Z").containsEntry("protocolIdentifier", "17")
            .containsEntry("paddingOctets", "010203");
    }

    @Test
    void shouldCountTheRecordsThatAGapLeftOutAndThoseThatCameLate() {
        final Decoded decoded = Decoded.decode(Transport.UDP, message(NOW, 10, TEMPLATE), message(NOW, 10, set(256, RECORD)),
            message(NOW, 14, set(256, RECORD)), message(NOW, 11, set(256, RECORD)), message(NOW, 15, set(256, RECORD)));

        assertThat(decoded.rules()).containsExactly(Rule.SEQUENCE, Rule.SEQUENCE);
        assertThat(decoded.summary.missing()).isEqualTo(2);
    }

    @Test
    void shouldFollowASequenceNumberThatWraps() {
        final Decoded decoded = Decoded.decode(Transport.UDP, message(NOW, 0xFFFF_FFFFL, TEMPLATE),
            message(NOW, 0xFFFF_FFFFL, set(256, RECORD)), message(NOW, 0, set(256, RECORD)));

        assertThat(decoded.rules()).isEmpty();
    }

    @Test
    void shouldCountOptionsRecordsInTheSequence() {
        final Octets options = set(3, octets().u16(257).u16(2).u16(1).field(149, 4).field(41, 8));
        final Decoded decoded = Decoded.decode(Transport.TCP, message(NOW, 0, options),
            message(NOW, 0, set(257, octets().u32(1).u64(9))), message(NOW, 1, TEMPLATE));

        assertThat(decoded.rules()).isEmpty();
        assertThat(decoded.summary.optionsRecords()).isEqualTo(1);
    }

    @Test
    void shouldAcceptATemplateThatIsRepeatedAndOneThatWasWithdrawnFirst() {
        final Octets other = set(2, octets().u16(256).u16(1).field(8, 4));
        final Octets withdrawal = set(2, octets().u16(256).u16(0));

        assertThat(Decoded.decode(Transport.UDP, message(NOW, 0, TEMPLATE), message(NOW, 0, TEMPLATE)).rules()).isEmpty();
        assertThat(Decoded.decode(Transport.TCP, message(NOW, 0, TEMPLATE), message(NOW, 0, withdrawal), message(NOW, 0, other))
            .rules()).isEmpty();
        assertThat(Decoded.decode(Transport.TCP, message(NOW, 0, TEMPLATE), message(NOW, 0, set(2, octets().u16(2).u16(0))),
            message(NOW, 0, other)).rules()).isEmpty();
    }

    @Test
    void shouldForgetATemplateOverUdpThatWasNotRepeatedInItsLifetime() {
        final Octets other = set(2, octets().u16(256).u16(1).field(8, 4));

        assertThat(Decoded.decode(Transport.UDP, message(NOW, 0, TEMPLATE), message(NOW + 1_801, 0, other)).rules()).isEmpty();
        assertThat(Decoded.decode(Transport.UDP, message(NOW, 0, TEMPLATE), message(NOW + 1_799, 0, other)).rules())
            .containsExactly(Rule.TEMPLATE_CHANGED);
    }

    @Test
    void shouldKeepObservationDomainsApart() {
        final ByteBuffer otherDomain = message(NOW, 0, set(256, RECORD));
        otherDomain.putInt(12, 2);

        assertThat(Decoded.decode(Transport.TCP, message(NOW, 0, TEMPLATE), otherDomain).rules())
            .containsExactly(Rule.DATA_WITHOUT_TEMPLATE);
    }

    @Test
    void shouldSayWhereABreachLies() {
        final Decoded decoded = Decoded.decode(Transport.TCP, message(NOW, 0, TEMPLATE),
            message(NOW, 0, set(256, octets().u32(1).u32(2).u64(3).u8(1).u8(0xC3))));

        assertThat(decoded.breaches.kept()).containsExactly(
            new Breach("test", 2, 37, Rule.STRING_VALUE, "userName of template 256 no UTF-8"));
    }

    static Stream<Arguments> breaches() {
        final Octets plain = octets().u16(256).u16(1);
        return Stream.of(
            Arguments.of(Rule.MESSAGE_LENGTH, octets().u16(10).u16(16).u32(NOW).buffer()),
            Arguments.of(Rule.MESSAGE_LENGTH, octets().u16(10).u16(20).u32(NOW).u64(0).buffer()),
            Arguments.of(Rule.MESSAGE_VERSION, octets().u16(9).u16(16).u32(NOW).u64(0).buffer()),
            Arguments.of(Rule.EXPORT_TIME, message(0, 0)),
            Arguments.of(Rule.SEQUENCE, message(NOW, 1)),
            Arguments.of(Rule.SET_ID, message(NOW, 0, set(4, octets().u32(0)))),
            Arguments.of(Rule.SET_ID, message(NOW, 0, set(255, octets().u32(0)))),
            Arguments.of(Rule.SET_LENGTH, message(NOW, 0, octets().u16(2).u16(3))),
            Arguments.of(Rule.SET_LENGTH, message(NOW, 0, octets().u16(2).u16(9).u32(0))),
            Arguments.of(Rule.SET_LENGTH, message(NOW, 0, octets().u16(2))),
            Arguments.of(Rule.SET_EMPTY, message(NOW, 0, set(2, octets()))),
            Arguments.of(Rule.SET_EMPTY, message(NOW, 0, TEMPLATE, set(256, octets().u32(0)))),
            Arguments.of(Rule.PADDING, message(NOW, 0, TEMPLATE, set(256, octets().add(RECORD).u8(1)))),
            Arguments.of(Rule.PADDING, message(NOW, 0, TEMPLATE, set(256, octets().add(RECORD).u64(0)))),
            Arguments.of(Rule.TEMPLATE_ID, message(NOW, 0, set(2, octets().u16(255).u16(1).field(8, 4)))),
            Arguments.of(Rule.TEMPLATE_LENGTH, message(NOW, 0, set(2, octets().u16(256).u16(2).field(8, 4)))),
            Arguments.of(Rule.TEMPLATE_LENGTH, message(NOW, 0, set(2, octets().u16(256).u16(1).u16(0x8001).u16(4)))),
            Arguments.of(Rule.TEMPLATE_LENGTH, message(NOW, 0, set(3, octets().u16(256).u16(1)))),
            Arguments.of(Rule.TEMPLATE_CHANGED, message(NOW, 0, TEMPLATE, set(2, octets().add(plain).field(8, 4)))),
            Arguments.of(Rule.SCOPE_COUNT, message(NOW, 0, set(3, octets().u16(256).u16(1).u16(0).field(149, 4)))),
            Arguments.of(Rule.SCOPE_COUNT, message(NOW, 0, set(3, octets().u16(256).u16(1).u16(2).field(149, 4)))),
            Arguments.of(Rule.WITHDRAWAL, message(NOW, 0, set(2, octets().u16(256).u16(0)))),
            Arguments.of(Rule.WITHDRAWAL, message(NOW, 0, TEMPLATE, set(3, octets().u16(256).u16(0)))),
            Arguments.of(Rule.FIELD_ID, message(NOW, 0, set(2, octets().add(plain).field(0, 4)))),
            Arguments.of(Rule.FIELD_ID, message(NOW, 0, set(2, octets().add(plain).field(0L, 5, 4)))),
            Arguments.of(Rule.FIELD_LENGTH, message(NOW, 0, set(2, octets().add(plain).field(8, 0)))),
            Arguments.of(Rule.FIELD_LENGTH, data(octets().add(plain).field(8, 5), octets().u32(1).u8(1))),
            Arguments.of(Rule.FIELD_LENGTH, data(octets().add(plain).field(4, 2), octets().u16(1))),
            Arguments.of(Rule.FIELD_LENGTH, data(octets().add(plain).field(2, 65_535), octets().u8(1).u8(1))),
            Arguments.of(Rule.FIELD_LENGTH, data(octets().add(plain).field(152, 4), octets().u32(1))),
            Arguments.of(Rule.UNKNOWN_ELEMENT, data(octets().add(plain).field(32_000, 4), octets().u32(1))),
            Arguments.of(Rule.UNKNOWN_ELEMENT, data(octets().add(plain).field(32_473, 1, 4), octets().u32(1))),
            Arguments.of(Rule.UNKNOWN_ELEMENT, data(octets().add(plain).field(29_305, 32_000, 4), octets().u32(1))),
            Arguments.of(Rule.NOT_REVERSIBLE, data(octets().add(plain).field(29_305, 148, 8), octets().u64(1))),
            Arguments.of(Rule.NOT_REVERSIBLE, data(octets().add(plain).field(29_305, 239, 1), octets().u8(1))),
            Arguments.of(Rule.BIFLOW_DIRECTION, data(octets().add(plain).field(239, 1), octets().u8(4))),
            Arguments.of(Rule.DATA_WITHOUT_TEMPLATE, message(NOW, 0, set(256, RECORD))),
            Arguments.of(Rule.RECORD_LENGTH, message(NOW, 0, TEMPLATE, set(256, octets().u32(1).u32(2).u64(3).u8(4).u8(1)))),
            Arguments.of(Rule.RECORD_LENGTH, message(NOW, 0, TEMPLATE, set(256, octets().u32(1).u32(2).u64(3).u8(255).u8(0)))),
            Arguments.of(Rule.STRING_VALUE, data(octets().add(plain).field(371, 2), octets().u8('a').u8(0x80))),
            Arguments.of(Rule.STRING_VALUE, data(octets().add(plain).field(371, 2), octets().u8('a').u8(0xC3))),
            Arguments.of(Rule.BOOLEAN_VALUE, data(octets().add(plain).field(276, 1), octets().u8(0))),
            Arguments.of(Rule.TIME_VALUE, data(octets().add(plain).field(155, 8), octets().u64((NOW + 2_208_988_800L) << 32 | 1))),
            Arguments.of(Rule.TIME_ORDER, data(octets().u16(256).u16(2).field(152, 8).field(153, 8), octets().u64(2).u64(1))),
            Arguments.of(Rule.TIME_ORDER,
                data(octets().u16(256).u16(2).field(150, 4).field(151, 4), octets().u32(1).u32(NOW + 1))));
    }

    private static ByteBuffer data(final Octets template, final Octets values) {
        return message(NOW, 0, set(2, template), set(256, values));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("breaches")
    void shouldReportExactlyTheRuleThatIsBroken(final Rule rule, final ByteBuffer message) {
        assertThat(Decoded.decode(Transport.TCP, message).rules()).containsExactly(rule);
    }

    @Test
    void shouldReportOverUdpWhatOnlyUdpForbids() {
        assertThat(Decoded.decode(Transport.UDP, message(NOW, 0, TEMPLATE), message(NOW, 0, set(2, octets().u16(256).u16(0))))
            .rules()).containsExactly(Rule.WITHDRAWAL);
        assertThat(Decoded.decode(Transport.UDP, message(NOW, 0, TEMPLATE, set(256, octets().u32(1).u32(2).u64(3)
            .u8(255).u16(1_500).add(new byte[1_500])))).rules()).containsExactly(Rule.MESSAGE_SIZE);
    }

    @Test
    void shouldReportAnExportTimeThatRunsBackwards() {
        assertThat(Decoded.decode(Transport.TCP, message(NOW, 0), message(NOW - 1, 0)).rules())
            .containsExactly(Rule.EXPORT_TIME);
    }

    @Test
    void shouldNotGuessTheSequenceAfterRecordsThatItCouldNotCount() {
        assertThat(Decoded.decode(Transport.TCP, message(NOW, 0, set(256, RECORD)), message(NOW, 5)).rules())
            .containsExactly(Rule.DATA_WITHOUT_TEMPLATE);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldSurviveAnyOctets(final Transport transport) {
        final SplittableRandom random = new SplittableRandom(7);
        final Decoded decoded = new Decoded(transport);
        final byte[] good = message(NOW, 0, TEMPLATE, set(256, octets().add(RECORD).add(RECORD)),
            set(3, octets().u16(257).u16(2).u16(1).field(149, 4).field(41, 8)), set(257, octets().u32(1).u64(9))).array();
        for (int i = 0; i < 20_000; i++) {
            final byte[] broken = good.clone();
            for (int changes = random.nextInt(1, 6); changes > 0; changes--) {
                broken[random.nextInt(4, broken.length)] = (byte) random.nextInt();
            }
            decoded.decoder().onMessage(decoded.session(), ByteBuffer.wrap(broken));
        }

        assertThat(decoded.breaches.total()).isGreaterThan(10_000);
        assertThat(decoded.breaches.kept()).hasSizeLessThan(1_000);
    }
}
