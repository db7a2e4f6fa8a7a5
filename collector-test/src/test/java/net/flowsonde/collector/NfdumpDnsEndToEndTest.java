package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The DNS that nfdump reads out of what profile {@code nfdump} sends; tshark says what is in the capture. */
@Timeout(120)
class NfdumpDnsEndToEndTest {
    private static final Path CAPTURE = Exporter.ROOT.resolve("exporter/demo/demo.pcap");
    private static final Pattern QUESTION = Pattern.compile("DNS Query \\d+: (\\S+) type: \\S+, class: 1");
    private static final Pattern ANSWER = Pattern.compile("DNS Answer \\d+: \\S+ .*? A: (\\S+)");

    @TempDir
    private Path directory;

    @Test
    void shouldHaveNfdumpShowTheNamesOfEveryQueryAndTheAddressesOfEveryAnswer() throws Exception {
        Tools.require("tshark");
        final String raw;
        try (Nfcapd nfcapd = Nfcapd.start(directory)) {
            try (Exporter exporter = Exporter.run(directory, "replay", CAPTURE, "--collector", nfcapd.address(), "--profile", "nfdump")) {
                exporter.assertSuccess();
            }
            raw = nfcapd.raw();
        }
        assertThat(raw).doesNotContain("decoding failed", "Short packet");
        final Map<String, Long> names = count(lines("dns", "dns.qry.name"));
        assertThat(names).hasSizeGreaterThan(5);
        assertThat(count(groups(QUESTION, raw))).as("the record of each direction has the questions").isEqualTo(names);
        assertThat(count(groups(ANSWER, raw))).isEqualTo(count(lines("dns.flags.response == 1", "dns.a")));
    }

    private Stream<String> lines(final String filter, final String field) {
        final String[] command = {"tshark", "-r", CAPTURE.toString(), "-Y", "udp.port == 53 && " + filter, "-T", "fields", "-e", field};
        return Tools.check(directory, command).lines().stream()
            .flatMap(line -> Arrays.stream(line.split(","))).filter(value -> !value.isEmpty());
    }

    private static Stream<String> groups(final Pattern pattern, final String text) {
        return pattern.matcher(text).results().map((MatchResult found) -> found.group(1));
    }

    private static Map<String, Long> count(final Stream<String> values) {
        return values.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}
