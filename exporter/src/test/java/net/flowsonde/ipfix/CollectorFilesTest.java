package net.flowsonde.ipfix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import net.flowsonde.config.ExportConfig;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class CollectorFilesTest {
    private static final long PEN = 32_473;
    private static final int MOST_PRIMITIVES = 64;

    private final Map<String, String> files = CollectorFiles.all(ExportConfig.DEFAULT);
    private final List<Element> own = Elements.all(PEN).stream().filter(element -> element.isOf(PEN)).toList();

    @Test
    void shouldSayInEachFileHowToUseIt() {
        assertThat(files).hasSize(8).allSatisfy((name, text) -> assertThat(text).containsAnyOf(name, "nfcapd -w", "tshark -r", "copy to"));
    }

    @Test
    void shouldNameAtMostAsManyPrimitivesAsNfacctdTakes() {
        final List<String> primitives = lines("pmacct-primitives.lst", "!");
        assertThat(primitives).hasSizeBetween(20, MOST_PRIMITIVES).contains(
            "name=tcpTeardownReason field_type=32473:32 len=1 semantics=u_int", "name=userName field_type=371 len=64 semantics=str",
            "name=filePath field_type=32473:517 len=vlen semantics=str", "name=flowEndReason field_type=136 len=1 semantics=u_int");
        assertThat(primitives).noneMatch(line -> line.contains("field_type=8 ") || line.contains("43874"));
        final Set<String> names = new HashSet<>();
        assertThat(primitives).allMatch(line -> names.add(line.substring(0, line.indexOf(' '))));
    }

    @Test
    void shouldMapForGoflow2WhatItDoesNotKnow() {
        final Map<?, ?> mapping = yaml("goflow2-mapping.yaml");
        final List<?> rows = (List<?>) ((Map<?, ?>) mapping.get("ipfix")).get("mapping");
        assertThat(rows).anySatisfy(row -> assertThat((Map<?, ?>) row).isEqualTo(
            Map.of("field", 32, "penprovided", true, "pen", 32_473, "destination", "tcpTeardownReason")));
        final Map<?, ?> formatter = (Map<?, ?>) mapping.get("formatter");
        final List<?> fields = (List<?>) formatter.get("fields");
        assertThat((List<?>) formatter.get("protobuf")).hasSameSizeAs(rows)
            .allSatisfy(field -> assertThat(fields.contains(((Map<?, ?>) field).get("name"))).isTrue());
    }

    @Test
    void shouldGiveTelegrafEveryOwnElementOnce() {
        final List<String> rows = lines("telegraf-elements.csv", "#");
        assertThat(rows).doesNotHaveDuplicates().contains("32473.32,tcpTeardownReason,uint", "29305.1,reverseOctetDeltaCount,uint");
        assertThat(rows.stream().filter(row -> row.startsWith("32473.")).map(row -> row.split(",")[1]))
            .containsAll(own.stream().map(Element::name).toList());
    }

    @Test
    void shouldGiveLogstashNoTableButOurs() {
        final Map<?, ?> definitions = yaml("logstash-definitions.yaml");
        assertThat(definitions.keySet().stream().map(Object::toString)).containsExactly("32473");
        assertThat((Map<?, ?>) definitions.get(32_473)).hasSameSizeAs(own)
            .anySatisfy((id, entry) -> assertThat(entry).isEqualTo(List.of(":string", ":tcpConnectionHistory")));
    }

    @Test
    void shouldDescribeOwnElementsInXml() throws Exception {
        final Set<String> names = own.stream().filter(element -> !element.isReverse()).map(Element::name).collect(Collectors.toSet());
        for (final String file : List.of("libfds-elements.xml", "libfixbuf-elements.xml")) {
            final Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(files.get(file).getBytes(StandardCharsets.UTF_8)));
            final NodeList elements = document.getElementsByTagName(file.startsWith("libfds") ? "element" : "record");
            final Set<String> described = new HashSet<>();
            for (int i = 0; i < elements.getLength(); i++) {
                described.add(((org.w3c.dom.Element) elements.item(i)).getElementsByTagName("name").item(0).getTextContent());
            }
            assertThat(described).as(file).isEqualTo(names);
        }
    }

    private List<String> lines(final String file, final String comment) {
        return files.get(file).lines().filter(line -> !line.startsWith(comment)).toList();
    }

    private Map<?, ?> yaml(final String file) {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(files.get(file));
    }
}
