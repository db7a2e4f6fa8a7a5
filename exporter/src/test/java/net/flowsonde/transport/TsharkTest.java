package net.flowsonde.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.flowsonde.flow.FlowRecordSamples;
import net.flowsonde.ipfix.ExportAgent.Pace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Wireshark, which reads IPFIX files, says of ours. */
class TsharkTest {
    private static final List<Path> PLACES = List.of(Path.of("/usr/bin/tshark"), Path.of("/usr/local/bin/tshark"));

    @TempDir
    private Path directory;

    @Test
    void shouldDecodeEveryShapeWithoutExpertErrors() throws Exception {
        final Path file = directory.resolve("flows.ipfix");
        final ExportRig rig = new ExportRig("file://" + file, Pace.REPLAY);
        final SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 3_000; i++) {
            rig.export(FlowRecordSamples.random(random));
        }
        rig.close();
        assertThat(tshark(file, "-T", "fields", "-e", "_ws.expert.message", "-e", "_ws.malformed").strip()).isEmpty();
    }

    @Test
    void shouldReadWhatWasWritten() throws Exception {
        final Path file = directory.resolve("flows.ipfix");
        final ExportRig rig = new ExportRig("file://" + file, Pace.REPLAY);
        rig.export(FlowRecordSamples.tcp());
        rig.close();
        final String record = tshark(file, "-T", "fields", "-e", "cflow.srcaddr", "-e", "cflow.dstaddr", "-e", "cflow.srcport",
            "-e", "cflow.dstport", "-e", "cflow.flow_end_reason", "-e", "cflow.flow_id", "-Y", "cflow.srcaddr").strip();
        assertThat(record).isEqualTo("192.0.2.1\t198.51.100.2\t40000\t443\t3\t72623859790382856");
        assertThat(tshark(file, "-V", "-Y", "cflow.srcaddr")).contains("StartTime: Nov 14, 2023 22:13:20.123456789");
    }

    private static String tshark(final Path file, final String... arguments) throws IOException, InterruptedException {
        final Path program = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
        assumeTrue(program != null, "tshark is not installed");
        final List<String> command = new ArrayList<>(List.of(program.toString(), "-r", file.toString()));
        command.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("TZ", "UTC");
        final Process process = builder.start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }
}
