package net.flowsonde.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import net.flowsonde.config.FlowsondeConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the demo capture shows of files. */
class FilesReportTest {
    private static List<String> lines;

    @BeforeAll
    static void replay() throws InterruptedException {
        final StringWriter text = new StringWriter();
        final PrintWriter out = new PrintWriter(text, true);
        final Replay replay = new Replay(FlowsondeConfig.DEFAULT, List.of(Path.of("demo", "demo.pcap")), false, out, out);
        assertThat(replay.toReport(new FilesReport(out))).isEqualTo(Flowsonde.DONE);
        lines = text.toString().lines().toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "EXAMPLE\\\\anna +10.20.0.101 +create +ok +9,000  \\\\\\\\files.example.com\\\\projects\\\\report.docx",
        "EXAMPLE\\\\anna +10.20.0.101 +rename +ok +\\\\\\\\files.example.com\\\\projects\\\\report.docx -> report-2026.docx",
        "EXAMPLE\\\\anna +10.20.0.101 +read +ok +9,000 +\\\\\\\\files.example.com\\\\projects\\\\report-2026.docx",
        "EXAMPLE\\\\bruno +10.20.0.102 +delete +ok +\\\\\\\\files.example.com\\\\projects\\\\plans\\\\draft.txt",
        "EXAMPLE\\\\bruno +10.20.0.102 +logon +denied *",
        "1101 +10.20.0.101 +read +ok +29 +/srv/archive/minutes.txt"})
    void shouldSayWhoDidWhatToWhichPath(final String access) {
        assertThat(lines).anyMatch(line -> line.matches("\\d\\d:\\d\\d:\\d\\d " + access));
    }

    @Test
    void shouldListServersAndUsers() {
        assertThat(lines).anyMatch(line -> line.matches("10\\.20\\.0\\.10 .* SMB3\\.1\\.1")).anyMatch(line -> line.matches("10\\.20\\.0\\.11 .* NFSv3"))
            .anyMatch(line -> line.matches("EXAMPLE\\\\anna +\\d+ +0 +1 +9,000 +9,000  .*projects"));
    }
}
