package net.flowsonde.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** pmacct's collector with the primitives that {@code flowsonde collector-files} writes for it; prints what it has every two seconds. */
final class Nfacctd implements AutoCloseable {
    private static final String PRIMITIVES = "tcpTeardownReason, flowEndReason, serverName, userName, filePath";
    private static final Map<String, Integer> PROTOCOLS = Map.of("tcp", 6, "udp", 17);
    private static final int ICMP = 1;

    private final Path output;
    private final int port;
    private final Process process;

    private Nfacctd(final Path output, final int port, final Process process) {
        this.output = output;
        this.port = port;
        this.process = process;
    }

    /** Starts it and waits until it listens. */
    static Nfacctd start(final Path scratch) throws Exception {
        final String program = Tools.require("nfacctd");
        final Path files = Files.createTempDirectory(scratch, "nfacctd");
        try (Exporter exporter = Exporter.run(scratch, "collector-files", files)) {
            assertThat(exporter.exitCode()).isZero();
        }
        final int port = Ports.free();
        final Path output = files.resolve("flows.csv");
        final Path config = Files.writeString(files.resolve("nfacctd.conf"), """
            daemonize: false
            nfacctd_ip: 127.0.0.1
            nfacctd_port: %d
            plugins: print
            print_output: csv
            print_output_separator: |
            print_output_file: %s
            print_output_file_append: true
            print_refresh_time: 2
            aggregate: src_host, dst_host, src_port, dst_port, proto, tcpflags, label, %s
            aggregate_primitives: %s
            """.formatted(port, output, PRIMITIVES, files.resolve("pmacct-primitives.lst")));
        final Process process = new ProcessBuilder(program, "-f", config.toString())
            .redirectErrorStream(true).redirectOutput(files.resolve("nfacctd.log").toFile()).start();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> Ports.isTaken(port));
        return new Nfacctd(output, port, process);
    }

    /** Where it listens. */
    String address() {
        return "udp://127.0.0.1:" + port;
    }

    /** Waits until it has printed so many packets, and answers its rows by their headings. */
    List<Map<String, String>> await(final long packets) throws IOException {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> packets() >= packets);
        return rows();
    }

    private long packets() throws IOException {
        return rows().stream().mapToLong(row -> Long.parseLong(row.get("PACKETS"))).sum();
    }

    /** Adds a row to what was read of the same direction of its flow. */
    static void add(final Map<String, FlowSums> uniflows, final Map<String, String> row) {
        FlowSums.addUniflow(uniflows, PROTOCOLS.getOrDefault(row.get("PROTOCOL"), ICMP),
            FlowSums.endpoint(row.get("SRC_IP"), Integer.parseInt(row.get("SRC_PORT"))),
            FlowSums.endpoint(row.get("DST_IP"), Integer.parseInt(row.get("DST_PORT"))),
            Long.parseLong(row.get("PACKETS")), Long.parseLong(row.get("BYTES")));
    }

    /** Whole lines of the file that is being written, by their headings. */
    private List<Map<String, String>> rows() throws IOException {
        if (!Files.exists(output)) {
            return List.of();
        }
        final String text = Files.readString(output);
        final List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        final List<String> heads = lines.isEmpty() ? List.of() : List.of(lines.get(0).split("\\|"));
        return lines.stream().map(line -> List.of(line.split("\\|", -1))).filter(row -> !row.equals(heads) && row.size() == heads.size())
            .map(row -> heads.stream().collect(Collectors.toMap(head -> head, head -> row.get(heads.indexOf(head))))).toList();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
