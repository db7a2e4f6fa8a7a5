package net.flowsonde.collector;

import static net.flowsonde.collector.Octets.message;
import static net.flowsonde.collector.Octets.octets;
import static net.flowsonde.collector.Octets.set;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ElementDescriptionsTest {
    private static final long NOW = 1_700_000_000L;
    private static final long ENTERPRISE = 32_473;
    private static final int STRING = 13;
    private static final Octets OPTIONS_TEMPLATE = set(3, octets().u16(257).u16(6).u16(2)
        .field(346, 4).field(303, 2).field(339, 1).field(344, 1).field(345, 2).field(341, 65_535));
    private static final Octets TEMPLATE = set(2, octets().u16(256).u16(1).field(ENTERPRISE, 5, 2));
    private static final Octets DATA = set(256, octets().u16(9));

    private static Octets description(final int id, final int type, final String name) {
        return octets().u32(ENTERPRISE).u16(id).u8(type).u8(0).u16(0).u8(name.length()).text(name);
    }

    @Test
    void shouldKnowAnElementThatWasDescribedAfterItsTemplateAndBeforeItsData() {
        final Decoded decoded = Decoded.decode(Transport.UDP, message(NOW, 0, TEMPLATE, OPTIONS_TEMPLATE),
            message(NOW, 0, set(257, description(5, 2, "cause"))), message(NOW, 1, DATA));

        assertThat(decoded.rules()).isEmpty();
        assertThat(decoded.records.get(1)).containsEntry("cause", "9");
    }

    @Test
    void shouldHoldTheDescribedTypeAgainstTheLengthOfTheField() {
        final Decoded decoded = Decoded.decode(Transport.UDP, message(NOW, 0, TEMPLATE, OPTIONS_TEMPLATE),
            message(NOW, 0, set(257, description(5, 1, "cause"))), message(NOW, 1, DATA));

        assertThat(decoded.rules()).containsExactly(Rule.FIELD_LENGTH);
    }

    @Test
    void shouldAcceptARepeatedDescription() {
        assertThat(descriptions(description(5, 2, "cause"), description(5, 2, "cause"))).isZero();
    }

    @Test
    void shouldReportDescriptionsThatContradictEachOther() {
        assertThat(descriptions(description(5, 2, "cause"), description(5, 3, "cause"))).isEqualTo(1);
        assertThat(descriptions(description(5, 2, "cause"), description(6, 2, "cause"))).isEqualTo(1);
    }

    @Test
    void shouldReportCodesAndNumbersThatAreNone() {
        assertThat(descriptions(description(5, 99, "cause"))).isEqualTo(1);
        assertThat(descriptions(description(0, STRING, "cause"))).isEqualTo(1);
        assertThat(descriptions(description(0x8001, STRING, "cause"))).isEqualTo(1);
        assertThat(descriptions(description(5, STRING, ""))).isEqualTo(1);
        assertThat(descriptions(octets().u32(ENTERPRISE).u16(5).u8(2).u8(200).u16(0).u8(1).text("a"))).isEqualTo(1);
        assertThat(descriptions(octets().u32(ENTERPRISE).u16(5).u8(2).u8(0).u16(999).u8(1).text("a"))).isEqualTo(1);
    }

    @Test
    void shouldReportAnElementNumberThatIsNoScope() {
        final Octets template = set(3, octets().u16(257).u16(4).u16(1)
            .field(346, 4).field(303, 2).field(339, 1).field(341, 65_535));
        final Decoded decoded = Decoded.decode(Transport.TCP,
            message(NOW, 0, template, set(257, octets().u32(ENTERPRISE).u16(5).u8(2).u8(1).text("a"))));

        assertThat(decoded.rules()).containsExactly(Rule.ELEMENT_DESCRIPTION);
    }

    private static int descriptions(final Octets... descriptions) {
        final Octets all = octets();
        for (final Octets description : descriptions) {
            all.add(description);
        }
        final Decoded decoded = Decoded.decode(Transport.TCP, message(NOW, 0, OPTIONS_TEMPLATE, set(257, all)));
        assertThat(decoded.rules()).allMatch(rule -> rule == Rule.ELEMENT_DESCRIPTION);
        return decoded.rules().size();
    }
}
