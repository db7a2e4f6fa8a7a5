package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rules of collectors that cannot be run here, each by itself, on the octets that the packaged exporter sends: what their sources say
 * that they choke on or do not name. The traffic has both IP versions, every end of TCP, DNS, users and files.
 */
@Timeout(180)
class CollectorRulesEndToEndTest {
    private static final int OWN = 32_473;
    private static final int REVERSE = 29_305;
    private static final int CERT = 6_871;
    private static final int NTOP = 35_632;
    private static final int FLOWMON = 39_499;
    private static final int PROCERA = 15_397;
    private static final int PROCERA_SERVER_HOSTNAME = 18;
    /** Elements of CERT that Logstash's table has with another type than YAF sends, or has not. */
    private static final Set<Integer> CERT_WRONG_IN_LOGSTASH = Set.of(14, 15, 16_398, 16_399, 288, 223, 219, 185, 245, 250, 508, 32, 41, 42,
        106, 111, 112, 117, 122, 123, 196, 205, 225, 300, 463, 464, 465, 466, 509, 943);
    /** Elements of ntop that the CSV of Telegraf names. */
    private static final Set<Integer> NTOP_IN_TELEGRAF =
        Set.of(109, 110, 111, 112, 121, 122, 123, 124, 125, 127, 128, 188, 489, 490, 491, 492);
    private static final Predicate<Field> IS_OF_IANA = field -> field.enterprise() == 0;

    @TempDir
    private static Path directory;

    private static Path traffic;
    private static Path files;

    @BeforeAll
    static void generate() throws Exception {
        traffic = Traffic.generate(directory.resolve("traffic.pcap"), 6_000, 600).capture();
        files = Files.createDirectory(directory.resolve("files"));
        try (Exporter exporter = Exporter.run(directory, "collector-files", files)) {
            assertThat(exporter.exitCode()).isZero();
        }
    }

    private static Wire wire(final String profile) throws Exception {
        return Wire.of(directory, profile, Exporter.ROOT.resolve("exporter/demo/demo.pcap"), traffic);
    }

    @TestFactory
    Stream<DynamicTest> shouldKeepTheRulesOfGoflow2() throws Exception {
        final Wire wire = wire("goflow2");
        final Set<String> mapped =
            matches("goflow2-mapping.yaml", "\\{field: (\\d+)(?:, penprovided: true, pen: (\\d+))?, destination: \\w+\\}");
        return Stream.concat(general(wire), Stream.of(
            none(wire, "totals 85 and 86 are not read", ids(0, 85, 86)),
            none(wire, "23 and 24 would overwrite octets and packets", ids(0, 23, 24)),
            none(wire, "ports 180 to 183 are not read", ids(0, 180, 181, 182, 183)),
            none(wire, "a number of more than eight octets fails the message",
                field -> !field.isVariable() && field.length() > 8 && !ids(0, 27, 28).test(field)),
            none(wire, "the reverse direction is not counted", field -> field.enterprise() == REVERSE),
            dynamicTest("lists are not read", () -> assertThat(wire.lists()).isEmpty()),
            none(wire, "elements of enterprises are named by the mapping file only",
                field -> field.enterprise() != 0 && !mapped.contains(name(field))),
            dynamicTest("flowEndReason and RST counts are named by the mapping file", () ->
                assertThat(mapped).contains("0:136", "0:220", "0:148")),
            dynamicTest("an options template has no enterprise, whose bit would stay in the number", () ->
                assertThat(wire.templates).filteredOn(Template::isOptions).flatExtracting(Template::fields).allMatch(IS_OF_IANA))));
    }

    @TestFactory
    Stream<DynamicTest> shouldKeepTheRulesOfTelegraf() throws Exception {
        final Wire wire = wire("telegraf");
        final Set<String> named = matches("telegraf-elements.csv", "(?m)^(\\d+)\\.(\\d+),\\w+,\\w+$");
        return Stream.concat(general(wire), Stream.of(
            dynamicTest("numbers have 1, 2, 4 or 8 octets", () ->
                assertThat(wire.numbers()).isNotEmpty().allMatch(field -> Set.of(1, 2, 4, 8).contains(field.length()))),
            none(wire, "elements of IANA above 491 have no name", field -> field.enterprise() == 0 && field.id() > 491),
            dynamicTest("lists are left out", () -> assertThat(wire.lists()).isEmpty()),
            none(wire, "bit 14 of a number becomes a prefix of the name", field -> (field.id() & 0x4000) != 0),
            none(wire, "elements of enterprises are named by a CSV only, ours or that of ntop", field -> field.enterprise() != 0
                && !named.contains(field.enterprise() + ":" + field.id())
                && !(field.enterprise() == NTOP && NTOP_IN_TELEGRAF.contains(field.id())))));
    }

    @TestFactory
    Stream<DynamicTest> shouldKeepTheRulesOfLogstash() throws Exception {
        final Wire wire = wire("logstash");
        return Stream.concat(general(wire), Stream.of(
            none(wire, "IANA's elements are known up to 433, another costs the template",
                field -> field.enterprise() == 0 && field.id() > 433),
            none(wire, "reverse elements are known up to 433", field -> field.enterprise() == REVERSE && field.id() > 433),
            none(wire, "another enterprise than CERT and Procera costs the template, options templates too",
                field -> !Set.of(0L, (long) REVERSE, (long) CERT, (long) PROCERA).contains(field.enterprise())),
            none(wire, "of Procera it has 1 to 47 but two",
                field -> field.enterprise() == PROCERA && (field.id() > 47 || field.id() == 13 || field.id() == 14)),
            dynamicTest("the name that the client had asked for is told in Procera's proceraServerHostname", () ->
                assertThat(wire.templates).filteredOn(template -> template.fields().stream()
                    .anyMatch(field -> field.enterprise() == PROCERA && field.id() == PROCERA_SERVER_HOSTNAME)).isNotEmpty()),
            none(wire, "elements of CERT that it has with another type shift the record",
                field -> field.enterprise() == CERT && CERT_WRONG_IN_LOGSTASH.contains(field.id())),
            dynamicTest("a datagram is one message", () ->
                assertThat(wire.messages).isNotEmpty().allMatch(message -> (message.getShort(2) & 0xFFFF) == message.limit())),
            dynamicTest("a template id never comes to mean another template", () ->
                assertThat(wire.templates.stream().map(Template::id)).doesNotHaveDuplicates()),
            dynamicTest("the definitions file has no table but ours, as it would replace another", () ->
                assertThat(Files.readAllLines(files.resolve("logstash-definitions.yaml"))).filteredOn(line -> line.matches("\\d+:"))
                    .containsExactly(OWN + ":"))));
    }

    @TestFactory
    Stream<DynamicTest> shouldKeepTheRulesOfIpfixcol2() throws Exception {
        final Wire wire = wire("ipfixcol2");
        final String xml = Files.readString(files.resolve("libfds-elements.xml"));
        return Stream.concat(general(wire), Stream.of(
            none(wire, "unknown elements are left out of JSON: of IANA it has those up to 481",
                field -> field.enterprise() == 0 && field.id() > 481),
            none(wire, "of CERT it has no 40 and none from 302 on",
                field -> field.enterprise() == CERT && (field.id() == 40 || field.id() >= 302 && field.id() < 0x4000)),
            none(wire, "other enterprises are those that it has files for, or ours", field ->
                !Set.of(0L, (long) REVERSE, (long) CERT, (long) FLOWMON, (long) OWN).contains(field.enterprise())),
            none(wire, "ours are all in the file, whose reverse elements are split off by bit 14", field ->
                field.enterprise() == OWN && !xml.contains("<id>" + (field.id() & 0x3FFF) + "</id>")),
            dynamicTest("the file tells of bit 14", () ->
                assertThat(xml).contains("<pen>" + OWN + "</pen>", "<biflow mode=\"split\">14</biflow>")),
            dynamicTest("a list has at least its head", () -> assertThat(wire.lists).isNotEmpty().allMatch(octets -> octets >= 3)),
            dynamicTest("no silence is as long as its session's life of 600 s", () ->
                assertThat(check("statistics-interval")).isLessThan(600)),
            dynamicTest("templates come again before their life of 1800 s is over", () ->
                assertThat(check("template-refresh")).isLessThan(1_800))));
    }

    /** What holds for all of them. */
    private static Stream<DynamicTest> general(final Wire wire) {
        return Stream.of(
            dynamicTest("the strict decoder finds nothing wrong", () -> {
                assertThat(wire.breaches()).isEmpty();
                assertThat(wire.records).isGreaterThan(600);
            }),
            dynamicTest("templates come in a message before that of their first record", () -> assertThat(wire.late).isEmpty()),
            dynamicTest("templates and data come from one port", () -> assertThat(wire.sources).isOne()),
            dynamicTest("no template has an element twice", () -> assertThat(wire.templates).isNotEmpty()
                .allMatch(template -> new HashSet<>(names(template)).size() == template.fieldCount())),
            dynamicTest("each template has a field of a fixed length", () -> assertThat(wire.data())
                .allMatch(template -> template.fields().stream().anyMatch(field -> !field.isVariable()))),
            dynamicTest("octets and packets have 4 or 8 octets", () -> assertThat(wire.fields().filter(ids(0, 1, 2))).isNotEmpty()
                .allMatch(field -> field.length() == 4 || field.length() == 8)),
            dynamicTest("ports are 7 and 11", () -> assertThat(wire.fields()).anyMatch(ids(0, 7)).anyMatch(ids(0, 11))),
            dynamicTest("an IPv4 and an IPv6 template were there to look at", () ->
                assertThat(wire.fields()).anyMatch(ids(0, 8)).anyMatch(ids(0, 27))));
    }

    private static DynamicTest none(final Wire wire, final String rule, final Predicate<Field> breaks) {
        return dynamicTest(rule, () -> assertThat(wire.fields().filter(breaks)).isEmpty());
    }

    private static Predicate<Field> ids(final long enterprise, final Integer... ids) {
        return field -> field.enterprise() == enterprise && List.of(ids).contains(field.id());
    }

    private static List<String> names(final Template template) {
        return template.fields().stream().map(CollectorRulesEndToEndTest::name).toList();
    }

    private static String name(final Field field) {
        return field.enterprise() + ":" + field.id();
    }

    /** The elements that a file names, each as enterprise and number. */
    private static Set<String> matches(final String file, final String regex) throws Exception {
        final Set<String> elements = new HashSet<>();
        final boolean isNumberFirst = file.endsWith(".yaml");
        Pattern.compile(regex).matcher(Files.readString(files.resolve(file))).results().forEach(found -> {
            final String enterprise = isNumberFirst ? found.group(2) : found.group(1);
            elements.add((enterprise == null ? "0" : enterprise) + ":" + (isNumberFirst ? found.group(1) : found.group(2)));
        });
        assertThat(elements).isNotEmpty();
        return elements;
    }

    /** Seconds or minutes of a key of the configuration by default, in seconds. */
    private static long check(final String key) throws Exception {
        final Path config = Files.writeString(directory.resolve("empty.yaml"), "collectors: [udp://127.0.0.1:4739]\n");
        try (Exporter exporter = Exporter.run(directory, "check", "--config", config)) {
            final var found = Pattern.compile(key + ": (\\d+)(s|m)\\b").matcher(exporter.out());
            assertThat(found.find()).as(exporter.out()).isTrue();
            return Long.parseLong(found.group(1)) * (found.group(2).equals("m") ? 60 : 1);
        }
    }
}
