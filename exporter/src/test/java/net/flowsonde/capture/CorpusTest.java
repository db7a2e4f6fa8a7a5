package net.flowsonde.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

final class CorpusTest {
    @Test
    void shouldCountEveryFrameThatWiresharkCounts() throws IOException, InterruptedException {
        final List<Path> files = Corpus.files();
        final Map<String, Long> expected = capinfos(files);
        final Map<String, Long> counted = new LinkedHashMap<>();
        for (final Path file : files) {
            if (expected.containsKey(file.toString())) {
                counted.put(file.toString(), count(file));
            }
        }
        assertThat(counted).hasSizeGreaterThan(100).isEqualTo(expected);
    }

    private static long count(final Path file) {
        final Counters counters = new Telemetry().register(Counter.Scope.QUEUE, file.toString());
        final CaptureAgent agent = new CaptureAgent(file.toString(), PacketSources.file(file, "", counters), new FrameChecker());
        agent.run();
        assertThat(agent.failure()).isEmpty();
        return counters.value(Counter.FRAMES_CAPTURED);
    }

    /** Frames of each file that it can read, by {@code capinfos}. */
    private static Map<String, Long> capinfos(final List<Path> files) throws IOException, InterruptedException {
        Assumptions.assumeTrue(LiveLab.has("capinfos"), "needs capinfos");
        final List<String> command = new ArrayList<>(List.of("capinfos", "-T", "-r", "-M", "-c"));
        files.forEach(file -> command.add(file.toString()));
        final Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        final Map<String, Long> counts = new LinkedHashMap<>();
        output.lines().map(line -> line.split("\t")).filter(fields -> fields.length == 2 && fields[1].matches("\\d+"))
            .forEach(fields -> counts.put(fields[0], Long.parseLong(fields[1])));
        return counts;
    }
}
