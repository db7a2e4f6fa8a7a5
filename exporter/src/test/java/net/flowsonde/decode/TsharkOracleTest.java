package net.flowsonde.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares, frame by frame, the innermost addresses, protocol, ports, IP length and VLANs with what tshark finds in the corpus. It takes
 * minutes, so it runs only on {@code -Dflowsonde.oracle=encap,tcp} or {@code all}; the baselines of {@link CorpusTraceTest} have passed
 * it. Where the two differ on purpose, {@code oracle-differences.txt} says why: a line a file.
 */
class TsharkOracleTest {
    private static final Path CORPUS = Path.of(System.getProperty("flowsonde.corpus", "../../shared/pcaps"));
    private static final String FOLDERS = System.getProperty("flowsonde.oracle", "");
    private static final List<String> FIELDS = List.of("frame.protocols", "ip.src", "ip.dst", "ip.proto", "ip.len", "ipv6.src",
        "ipv6.dst", "ipv6.plen", "tcp.srcport", "tcp.dstport", "udp.srcport", "udp.dstport", "sctp.srcport", "sctp.dstport", "vlan.id");

    @TestFactory
    Stream<DynamicTest> shouldSeeWhatTsharkSees() throws IOException {
        Assumptions.assumeFalse(FOLDERS.isEmpty(), "asked for with flowsonde.oracle only");
        final Map<String, String> differences = differences();
        try (Stream<Path> walk = Files.walk(CORPUS)) {
            return walk.filter(file -> file.toString().matches(".*\\.(pcap|pcapng|cap)")).filter(TsharkOracleTest::isAsked).sorted()
                .toList().stream().map(file -> DynamicTest.dynamicTest(name(file), () -> check(file, differences.get(name(file)))));
        }
    }

    private static boolean isAsked(final Path file) {
        return FOLDERS.equals("all") || List.of(FOLDERS.split(",")).contains(file.getParent().getFileName().toString());
    }

    private static String name(final Path file) {
        return CORPUS.relativize(file).toString();
    }

    private static Map<String, String> differences() throws IOException {
        final Map<String, String> differences = new HashMap<>();
        try (var stream = TsharkOracleTest.class.getResourceAsStream("oracle-differences.txt")) {
            new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#"))
                .forEach(line -> differences.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1)));
        }
        return differences;
    }

    private static void check(final Path file, final String reason) throws Exception {
        final List<String> ours = ours(file);
        final List<String> theirs = theirs(file);
        final List<String> unequal = new ArrayList<>();
        for (int frame = 0; frame < Math.max(ours.size(), theirs.size()); frame++) {
            final String our = frame < ours.size() ? ours.get(frame) : "no frame";
            final String their = frame < theirs.size() ? theirs.get(frame) : "no frame";
            if (!our.equals(their)) {
                unequal.add("frame " + (frame + 1) + "\n   ours " + our + "\n tshark " + their);
            }
        }
        if (reason == null) {
            assertThat(unequal).as(name(file)).isEmpty();
        } else {
            assertThat(unequal).as("%s is expected to differ:%s", name(file), reason).isNotEmpty();
        }
    }

    private static List<String> ours(final Path file) throws IOException {
        final List<String> lines = new ArrayList<>();
        final PacketDecoder decoder = new PacketDecoder(8);
        final PacketLayout layout = new PacketLayout();
        new TraceFile(file).forEach((buffer, offset, limit, wireLength, linkType) -> {
            final Verdict verdict = decoder.decode(buffer, offset, limit, wireLength, linkType, layout);
            lines.add(verdict.isFlow() ? text(layout) : "-");
        });
        return lines;
    }

    private static String text(final PacketLayout layout) {
        final String ports = layout.hasPorts() ? layout.sourcePort() + ":" + layout.destinationPort() : "-";
        final String protocol = layout.ipVersion() == 4 ? " protocol " + layout.protocol() : "";
        return LayoutText.source(layout) + " > " + LayoutText.destination(layout) + protocol + " length " + layout.ipLength() + " ports "
            + ports + " vlans " + vlan(layout.vlanId()) + vlan(layout.customerVlanId());
    }

    private static String vlan(final int id) {
        return id == PacketLayout.NO_VLAN ? "" : id + ",";
    }

    private static List<String> theirs(final Path file) throws Exception {
        final List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString(), "-o", "ip.defragment:FALSE", "-o",
            "ipv6.defragment:FALSE", "-o", "tcp.desegment_tcp_streams:FALSE", "-o", "ip.tso_support:TRUE", "-T", "fields"));
        FIELDS.forEach(field -> command.addAll(List.of("-e", field)));
        final Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        final List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        process.waitFor();
        return lines.stream().map(line -> new TsharkFrame(line.split("\t", -1)).text()).toList();
    }

    /** The fields of one frame: each holds every occurrence, in the order of the layers. */
    private record TsharkFrame(String[] fields) {
        String text() {
            final String[] layers = values("frame.protocols")[0].split(":");
            int ip = -1;
            for (int layer = 0; layer < layers.length && !layers[layer].startsWith("icmp"); layer++) {
                ip = isIp(layers[layer]) ? layer : ip;
            }
            if (ip < 0) {
                return "-";
            }
            final String version = layers[ip];
            final int nth = occurrence(layers, ip);
            final String protocol = version.equals("ip") ? " protocol " + value("ip.proto", nth) : "";
            return address(value(version + ".src", nth)) + " > " + address(value(version + ".dst", nth)) + protocol + " length "
                + length(version, nth) + " ports " + ports(layers, ip) + " vlans " + vlans();
        }

        private String length(final String version, final int nth) {
            return version.equals("ip") ? value("ip.len", nth) : String.valueOf(40 + Integer.parseInt(value("ipv6.plen", nth)));
        }

        private String ports(final String[] layers, final int ip) {
            for (int layer = ip + 1; layer < layers.length && !layers[layer].startsWith("icmp"); layer++) {
                if (List.of("tcp", "udp", "sctp").contains(layers[layer])) {
                    final int nth = occurrence(layers, layer);
                    final String source = value(layers[layer] + ".srcport", nth);
                    return source.isEmpty() ? "-" : source + ":" + value(layers[layer] + ".dstport", nth);
                }
            }
            return "-";
        }

        private String vlans() {
            final String[] ids = values("vlan.id");
            return ids[0].isEmpty() ? "" : ids[0] + "," + (ids.length > 1 ? ids[1] + "," : "");
        }

        private static boolean isIp(final String layer) {
            return layer.equals("ip") || layer.equals("ipv6");
        }

        private static int occurrence(final String[] layers, final int at) {
            int nth = 0;
            for (int layer = 0; layer < at; layer++) {
                nth += layers[layer].equals(layers[at]) ? 1 : 0;
            }
            return nth;
        }

        private String[] values(final String field) {
            return fields[FIELDS.indexOf(field)].split(",", -1);
        }

        private String value(final String field, final int nth) {
            final String[] values = values(field);
            return nth < values.length ? values[nth] : "";
        }

        private static String address(final String text) {
            try {
                return text.isEmpty() ? "" : java.net.InetAddress.getByName(text).getHostAddress();
            } catch (final java.net.UnknownHostException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
