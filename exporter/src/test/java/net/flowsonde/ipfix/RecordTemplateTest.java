package net.flowsonde.ipfix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class RecordTemplateTest {
    private static final int ROOM = 1_400;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1 << 17]);
    private final RecordTemplate<Sample> template = new SampleElements().template(0);

    /** A record with texts and lists. */
    private record Sample(long id, String path, String user, List<Entry> entries) {
    }

    private record Entry(int type, String text) {
    }

    private static final class SampleElements extends RecordElements<Sample> {
        SampleElements() {
            super(RecordKind.FLOW, sample -> new UnsafeBuffer(utf8(sample.path())));
            number(element(1, "id", DataType.UNSIGNED64), 8, ALWAYS, Sample::id);
            text(element(2, "path", DataType.STRING), 65_535, ALWAYS, sample -> 0, sample -> utf8(sample.path()).length);
            string(element(3, "user", DataType.STRING), 64, ALWAYS, Sample::user);
            subTemplateList(element(4, "entries", DataType.SUB_TEMPLATE_LIST), 4_096, ALWAYS, ListSemantic.ALL_OF,
                new EntryElements().template(0), new SampleEntries());
        }
    }

    private static final class EntryElements extends RecordElements<Entry> {
        EntryElements() {
            super(RecordKind.FLOW, entry -> new UnsafeBuffer(0, 0));
            number(element(7, "type", DataType.UNSIGNED16), 2, ALWAYS, Entry::type);
            string(element(5, "text", DataType.STRING), 1_000, ALWAYS, Entry::text);
        }

        @Override
        int templateId(final int shape) {
            return 783;
        }
    }

    private static final class SampleEntries implements Entries<Sample, Entry> {
        @Override
        public int count(final Sample sample) {
            return sample.entries().size();
        }

        @Override
        public Entry entry(final Sample sample, final int index) {
            return sample.entries().get(index);
        }
    }

    @Test
    void shouldWriteTextsAndListsWithTheirLengths() {
        final Sample sample = new Sample(7, "/a", null, List.of(new Entry(1, "x"), new Entry(28, "yz")));
        assertThat(written(sample)).isEqualTo(
            "0000000000000007" + "022f61" + "00" + "0c03030f00010178" + "001c02797a");
        assertThat(template.isCut()).isFalse();
    }

    @Test
    void shouldWriteEmptyListsWithTheirHeaders() {
        assertThat(written(new Sample(7, "", "", List.of()))).isEqualTo("0000000000000007" + "00" + "00" + "0303030f");
    }

    @Test
    void shouldWriteTheLengthOfLongTextInThreeOctets() {
        assertThat(template.fit(new Sample(7, "p".repeat(254), "", List.of()), ROOM)).isEqualTo(8 + 255 + 1 + 4);
        assertThat(written(new Sample(7, "p".repeat(255), "", List.of()))).startsWith("0000000000000007" + "ff00ff" + "707070");
        final Sample huge = new Sample(7, "p".repeat(70_000), "", List.of());
        final int length = template.fit(huge, 1 << 17);
        assertThat(template.write(huge, buffer, 0)).isEqualTo(length).isEqualTo(8 + 3 + 65_535 + 1 + 4);
    }

    @Test
    void shouldCutTheLongestValuesAlikeWhereARecordDoesNotFit() {
        final Sample sample = new Sample(7, "p".repeat(3_000), "carol", List.of(new Entry(1, "x".repeat(900)), new Entry(2, "y")));
        final int length = template.fit(sample, ROOM);
        assertThat(length).isLessThanOrEqualTo(ROOM).isGreaterThan(ROOM - 4);
        assertThat(template.isCut()).isTrue();
        final int limit = template.write(sample, buffer, 0);
        assertThat(limit).isLessThanOrEqualTo(length);
        final int pathLength = buffer.getShort(9, ByteOrder.BIG_ENDIAN) & 0xFFFF;
        assertThat(pathLength).isBetween(400, 700);
        assertThat(text(11 + pathLength, 6)).isEqualTo("\u0005carol");
    }

    @Test
    void shouldFitWhateverRoomThereIs() {
        final SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 5_000; i++) {
            final Sample sample = new Sample(i, "\u00e9\u20ac\ud83d\ude00p".repeat(random.nextInt(300)), "u".repeat(random.nextInt(80)),
                random.ints(random.nextInt(6), 0, 1_200).mapToObj(length -> new Entry(length, "t".repeat(length))).toList());
            final int room = random.nextInt(100, 3_000);
            final int length = template.fit(sample, room);
            assertThat(length).isLessThanOrEqualTo(room);
            assertThat(template.write(sample, buffer, 0)).isLessThanOrEqualTo(length);
            final int prefix = buffer.getByte(8) == -1 ? 3 : 1;
            final int pathLength = prefix == 3 ? buffer.getShort(9, ByteOrder.BIG_ENDIAN) & 0xFFFF : buffer.getByte(8) & 0xFF;
            assertThat(sample.path()).startsWith(text(8 + prefix, pathLength));
        }
    }

    @Test
    void shouldNeverCutACharacterInHalves() {
        final byte[] euro = utf8("a\u20ac");
        final UnsafeBuffer text = new UnsafeBuffer(euro);
        assertThat(Utf8.cut(text, 0, 4, 4)).isEqualTo(4);
        assertThat(Utf8.cut(text, 0, 4, 3)).isEqualTo(1);
        assertThat(Utf8.cut(text, 0, 4, 2)).isEqualTo(1);
        assertThat(Utf8.cut(text, 0, 4, 1)).isEqualTo(1);
        assertThat(Utf8.cut(text, 0, 4, 0)).isZero();
        final UnsafeBuffer noise = new UnsafeBuffer(new byte[] {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80});
        assertThat(Utf8.cut(noise, 0, 6, 5)).isEqualTo(5);
    }

    @Test
    void shouldWriteListsAsArraysOfJson() {
        final JsonWriter json = new JsonWriter();
        json.begin();
        template.writeJson(new Sample(7, "/a", "carol", List.of(new Entry(1, "x"), new Entry(28, "y"))), json);
        json.end();
        final DirectBuffer line = json.buffer();
        assertThat(line.getStringWithoutLengthUtf8(0, json.length())).isEqualTo("{\"id\":7,\"path\":\"/a\",\"user\":\"carol\","
            + "\"entries\":[{\"type\":1,\"text\":\"x\"},{\"type\":28,\"text\":\"y\"}]}\n");
    }

    @Test
    void shouldNameTheElementsAndTemplatesInsideOfLists() {
        assertThat(new SampleElements().elements()).extracting(Element::name)
            .containsExactly("id", "path", "user", "entries", "type", "text");
        assertThat(template.subTemplates()).singleElement().extracting(Template::id).isEqualTo(783);
    }

    @Test
    void shouldRefuseTextsThatNoLengthCanTell() {
        assertThatThrownBy(() -> new OctetTextField<byte[]>(
            element(5, "text", DataType.STRING), 65_536, RecordElements.ALWAYS, octets -> octets))
            .hasMessage("text cannot have 65536 octets");
    }

    private String written(final Sample sample) {
        final int length = template.fit(sample, ROOM);
        final int limit = template.write(sample, buffer, 0);
        assertThat(limit).isEqualTo(length);
        return Hex.of(buffer, 0, limit).replace(" ", "");
    }

    private String text(final int offset, final int length) {
        return buffer.getStringWithoutLengthUtf8(offset, length);
    }

    private static byte[] utf8(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Element element(final int id, final String name, final DataType type) {
        return new Element(32_473, id, name, type, Semantics.DEFAULT, Units.NONE, 0, 0, name);
    }
}
